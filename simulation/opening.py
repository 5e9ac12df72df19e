"""How does a room come about? A scenario is turned into arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from agents import influence, strategies
from agents.registry import UnknownEntry
from agents.strategies import PartWeights, Strategy
from scenarios import reference
from scenarios.schema import Scenario
from scenarios.ties import tie_matrix
from simulation import commitments, rules, tables, temperaments
from simulation.calendar import acting_events, pursued, rounds, tabling
from simulation.meetings import meetings
from simulation.open_points import open_points
from simulation.room import Floats, Precision, Room
from simulation.streams import Seats
from simulation.wording import tabulate


def open_room(
    scenario: Scenario, dtype: Precision = np.float32, seats: Mapping[str, Strategy] | None = None
) -> Room:
    """Build the room of a scenario; `seats` puts a strategy of its own in some delegations' place.

    Raises `UnknownEntry` for an unknown strategy, decision rule or seat.
    """
    countries, issues, texts = tuple(scenario.delegations), tuple(scenario.issues), tuple(scenario.texts)
    delegations = tuple(scenario.delegations.values())
    dynamics = scenario.dynamics
    rules.find(scenario.rule.name)
    if scenario.final_vote:
        rules.find(scenario.final_vote.name)
        rules.find(scenario.final_vote.otherwise or scenario.final_vote.name)

    blocs = tuple(scenario.blocs)
    members = np.array(
        [[iso3 in set(bloc.members) for iso3 in countries] for bloc in scenario.blocs.values()], dtype=bool
    ).reshape(len(blocs), len(countries))
    sponsors = tuple(dict.fromkeys(name for text in scenario.texts.values() for name in text.sponsors))
    observing = np.array([one.observer for one in delegations])
    sponsoring = tables.sponsoring(scenario, countries, members) & ~observing[:, None]
    positions, position_sd = tables.positions(scenario, members)
    salience, salience_sd = tables.salience(scenario, members)
    all_rounds = rounds(scenario.calendar)
    tabled_in, from_start = tabling(scenario, all_rounds)
    temper = {name: strategies.find(name) for name in dict.fromkeys(one.strategy for one in delegations)}
    for iso3 in seats or {}:
        if iso3 not in countries:
            raise UnknownEntry("delegation", iso3, list(countries))
    strategy_of = [
        (seats or {}).get(iso3) or temper[one.strategy]
        for iso3, one in zip(countries, delegations, strict=True)
    ]
    groups = {
        strategy: np.array([row for row, one in enumerate(strategy_of) if one is strategy])
        for strategy in dict.fromkeys(strategy_of)
    }
    wordings = tuple(tabulate(scenario, key, dtype) for key in texts)
    red_lines = tables.red_lines(scenario, dtype)
    asked_for = {name for strategy in groups for name in strategy.looks_at}
    usual = PartWeights(1.0, dynamics.trust_weight, 1.0, 1.0, dynamics.peer_weight)
    lines, vote_lines, line_of_text, speakers = tables.bloc_lines(scenario, countries, members, strategy_of)
    listening: Floats = np.asarray(tie_matrix(scenario), dtype=dtype)
    signed = (listening < 0).any()
    persuasion = influence.row_shares(np.maximum(listening, 0)) if signed else listening
    content = np.array([issue.kind == "content" for issue in scenario.issues.values()])
    first = np.zeros(len(countries), dtype=bool)
    first[sorted(speakers)] = True
    first |= sponsoring.any(axis=1)
    first |= [one.speaks_first for one in strategy_of]

    def numbers(values: Sequence[float] | Sequence[list[float]]) -> Floats:
        return np.array(values, dtype=dtype)

    def own_or_usual(name: str) -> Floats:
        usual, own = getattr(dynamics, name), (getattr(one, name) for one in delegations)
        return numbers([usual if value is None else value for value in own])

    return Room(
        scenario=scenario,
        dynamics=dynamics,
        dtype=dtype,
        countries=countries,
        issues=issues,
        texts=texts,
        sponsors=sponsors,
        seats=Seats.of(countries, reference.slots()),
        rounds=all_rounds,
        events=acting_events(scenario, all_rounds),
        tabling=tabled_in,
        tabled_from_start=from_start,
        pursued=pursued(scenario, all_rounds),
        positions=positions,
        position_sd=position_sd,
        salience=salience,
        salience_sd=salience_sd,
        shared_errors=tables.shared_errors(scenario, members),
        trust=np.array([[one.trust.get(name, 0.0) for name in sponsors] for one in delegations]).reshape(
            len(countries), len(sponsors)
        ),
        authorship=tables.authorship(scenario, sponsors).astype(dtype),
        sponsoring=sponsoring,
        opening_stance=np.array([one.stance for one in delegations], dtype=np.int8),
        openness=own_or_usual("openness"),
        endorse_threshold=_alike(own_or_usual("endorse_threshold"))[:, None, None],
        oppose_threshold=_alike(own_or_usual("oppose_threshold"))[:, None, None],
        budgets=numbers([text.budget for text in scenario.texts.values()]),
        effort=numbers([text.effort for text in scenario.texts.values()]),
        prices=np.asarray(tables.prices(countries, dynamics.price_exponent), dtype=dtype),
        capability=numbers([one.capability for one in delegations]),
        population=numbers([one.population or 0.0 for one in delegations]),
        absence=numbers([1.0 if one.observer else one.absence for one in delegations]),
        listening=listening,
        persuasion=persuasion,
        listening_to_first=np.ascontiguousarray(listening[:, first]),
        isolated=np.logical_not(persuasion.any(axis=1)),
        lines=tuple(line.astype(dtype) for line in lines),
        vote_lines=tuple(line.astype(dtype) for line in vote_lines),
        line_of_text=line_of_text,
        part_weights=_alike(numbers([list(one.part_weights(usual)) for one in strategy_of]).T.copy()),
        groups=tuple(groups.items()),
        emphasis=temperaments.emphasis(strategy_of, issues, dtype),
        conditions=temperaments.conditions(scenario, wordings) if "conditions_met" in asked_for else {},
        script=temperaments.script(scenario, all_rounds) if "on_record" in asked_for else None,
        at_will=np.array([not one.waits_for_instructions for one in strategy_of]),
        unbound=np.array([not one.keeps_red_lines for one in strategy_of]),
        observing=observing,
        first=np.flatnonzero(first),
        content=content,
        kinds=tuple(map(np.flatnonzero, (content, ~content) if scenario.force_issue else (content | True,))),
        force_issue=issues.index(scenario.force_issue) if scenario.force_issue else None,
        reversion=numbers([issue.reversion for issue in scenario.issues.values()]),
        wordings=wordings,
        merges=tuple(tables.merged(scenario, wordings, text) for text in texts),
        drafting=tables.drafting(scenario),
        red_lines=red_lines,
        open_points=open_points(wordings, red_lines, content),
        limits_of_sponsors=tables.limits_of_sponsors(sponsoring, red_lines),
        blocs=blocs,
        members=members,
        commitments=commitments.tabulate(scenario, wordings),
        meetings=meetings(scenario, all_rounds),
    )


def _alike(values: Floats) -> Floats:
    """Numbers of delegations (…, country); one number seen from everywhere if all are the same, which a round
    reads faster than many."""
    first = values[..., :1]
    return np.broadcast_to(first, values.shape) if (values == first).all() else values
