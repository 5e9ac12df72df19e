"""A scenario's tables as arrays: places, positions, sponsors, bloc lines and red lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from agents import influence, preferences
from agents.strategies import Strategy
from scenarios import reference
from scenarios.schema import Scenario
from simulation.wording import Wording

Floats = NDArray[np.floating]


def positions(
    scenario: Scenario, members: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coded positions and their standard deviations (country, issue), gaps filled."""
    judged, seats = scenario.uncertainty, scenario.delegations.values()
    own = [judged.position_sd if one.position_sd is None else one.position_sd for one in seats]
    values, spread = with_unknown(
        _coded([one.positions for one in seats], scenario), np.array(own)[:, None], members
    )
    return values, spread * judged.spread


def salience(
    scenario: Scenario, members: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coded salience and its standard deviations (country, issue), gaps filled."""
    judged, seats = scenario.uncertainty, scenario.delegations.values()
    own = [judged.salience_sd if one.salience_sd is None else one.salience_sd for one in seats]
    values, spread = with_unknown(
        _coded([one.salience for one in seats], scenario), np.array(own)[:, None], members
    )
    return values, spread * judged.spread


def shared_errors(scenario: Scenario, members: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How much of a delegation's error of judgement comes from each of its blocs (country, bloc).

    The squares of a row are shares of the variance: they add up to `bloc_correlation`, split over the blocs
    by their discipline, or to nothing where no bloc has any. The rest is the delegation's own. A bloc of
    one is no bloc.
    """
    discipline = np.array([bloc.discipline for bloc in scenario.blocs.values()])
    weight = members.T * (discipline * (members.sum(axis=1) >= 2))
    total = weight.sum(axis=1, keepdims=True)
    shares = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return np.sqrt(scenario.uncertainty.bloc_correlation * shares)


def with_unknown(
    values: NDArray[np.float64], sd: NDArray[np.float64], members: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and standard deviations (country, issue) without gaps.

    An unknown value gets the mean and the spread of the delegations that share a bloc with it and are known
    on the issue (of the whole room if there are none; the middle of the scale if nobody is).
    """
    values, spread = values.copy(), np.array(np.broadcast_to(sd, values.shape))
    known = ~np.isnan(values)
    for row, issue in zip(*np.nonzero(~known), strict=True):
        partners = members[members[:, row]].any(axis=0) & known[:, issue]
        pool = values[partners if partners.any() else known[:, issue], issue]
        values[row, issue] = pool.mean() if len(pool) else 50.0
        spread[row, issue] = np.hypot(spread[row, issue], pool.std() if len(pool) else 25.0)
    return values, spread


def _coded(tables: Sequence[Mapping[str, float | None]], scenario: Scenario) -> NDArray[np.float64]:
    """One value a delegation and issue, NaN where it is unknown."""
    return np.array(
        [
            [np.nan if (value := row.get(issue)) is None else value for issue in scenario.issues]
            for row in tables
        ]
    )


def sponsoring(scenario: Scenario, countries: Sequence[str], members: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which delegations have tabled which text: its sponsors, and the members of a bloc that sponsors it."""
    out = np.zeros((len(countries), len(scenario.texts)), dtype=bool)
    for m, text in enumerate(scenario.texts.values()):
        for name in text.sponsors:
            if name in scenario.delegations:
                out[countries.index(name), m] = True
            else:
                out[members[list(scenario.blocs).index(name)], m] = True
    return out


def authorship(scenario: Scenario, sponsors: Sequence[str]) -> NDArray[np.float64]:
    """How much trust in each sponsor colours each text (text, sponsor); a row sums to the sponsorship."""
    out = np.zeros((len(scenario.texts), len(sponsors)))
    for m, text in enumerate(scenario.texts.values()):
        for name in text.sponsors:
            out[m, sponsors.index(name)] += text.sponsorship / len(text.sponsors)
    return out


def bloc_lines(
    scenario: Scenario,
    countries: Sequence[str],
    members: NDArray[np.bool_],
    strategy_of: Sequence[Strategy],
) -> tuple[list[influence.BlocLine], list[influence.BlocLine], tuple[int, ...], set[int]]:
    """Bloc lines for stances and for votes, which one each text uses, and who speaks first."""
    blocs = tuple(scenario.blocs.values())
    capability = np.array([0.0 if one.silent else one.capability for one in scenario.delegations.values()])
    own = np.array([one.discipline() for one in strategy_of], dtype=object)
    speakers: set[int] = set()
    sets: dict[tuple[int, ...], int] = {}
    line_of_text = []
    for text in scenario.texts.values():
        coordinators = []
        for bloc, inside in zip(blocs, members, strict=True):
            towards = next(
                (bloc.coordinator_for[one] for one in text.sponsors if one in bloc.coordinator_for), None
            )
            name = towards or bloc.coordinator
            row = countries.index(name) if name in scenario.delegations else -1
            row = row if row >= 0 and inside[row] and not scenario.delegations[countries[row]].silent else -1
            coordinators.append(row)
            if bloc.speaks_first and row >= 0:
                speakers.add(row)
        line_of_text.append(sets.setdefault(tuple(coordinators), len(sets)))

    def lines(discipline: list[float]) -> list[influence.BlocLine]:
        return [
            influence.bloc_line(
                members,
                np.array(discipline),
                capability,
                np.array(coordinators, dtype=np.intp),
                scenario.dynamics.coordinator_weight,
                own,
            )
            for coordinators in sets
        ]

    said, voted = lines([bloc.discipline for bloc in blocs]), lines([bloc.discipline_vote for bloc in blocs])
    return said, voted, tuple(line_of_text), speakers


def limits_of_sponsors(
    sponsoring: NDArray[np.bool_], lines: preferences.RedLines
) -> tuple[tuple[tuple[int, float, float], ...], ...]:
    """The red lines of each text's sponsors: on which issue, and between which places it may lie."""
    theirs = np.tile(sponsoring[lines.owners].T, 2) @ (lines.held.T > 0)
    limits = list(zip(lines.issue.tolist(), lines.lowest.tolist(), lines.highest.tolist(), strict=True))
    return tuple(tuple(limits[line] for line in np.flatnonzero(of_text)) for of_text in theirs)


def merged(scenario: Scenario, wordings: Sequence[Wording], text: str) -> dict[int, tuple[int, int]]:
    """From which text and article the articles of a merged text come, all by number."""
    keys, own = list(scenario.texts), wordings[list(scenario.texts).index(text)]
    found = {}
    for source in scenario.texts[text].merges:
        theirs = wordings[keys.index(source)]
        for number, article in enumerate(theirs.articles):
            name = f"{source}-{article}"
            if name in own.articles and own.options[own.articles.index(name)] == theirs.options[number]:
                found[own.articles.index(name)] = (keys.index(source), number)
    return found


def drafting(scenario: Scenario) -> tuple[str, ...]:
    """Who redrafts each text; nobody redrafts any if drafting is off."""
    usual = scenario.dynamics.drafting
    return tuple(usual if usual == "off" else text.drafting or usual for text in scenario.texts.values())


def prices(countries: Sequence[str], exponent: float) -> NDArray[np.float64]:
    """What a unit of inducement costs with each delegation (country,): (GDP / median GDP of all states)^ν.

    A larger economy is dearer to move. 1 for actors without a known GDP.
    """
    known = {key: state.gdp_usd for key, state in reference.states().items() if state.gdp_usd}
    median = float(np.median(list(known.values())))
    return np.array([(known.get(key, median) / median) ** exponent for key in countries])


def red_lines(scenario: Scenario, dtype: type[np.floating]) -> preferences.RedLines:
    """The red lines of both kinds."""
    countries, issues, lines = tuple(scenario.delegations), tuple(scenario.issues), scenario.red_lines
    return preferences.red_lines(
        [countries.index(line.delegation) for line in lines],
        [issues.index(line.issue) for line in lines],
        [line.min for line in lines],
        [line.max for line in lines],
        [line.kind == "forbids" for line in lines],
        dtype,
    )
