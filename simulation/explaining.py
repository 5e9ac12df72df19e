"""Why did a delegation change its stance? Its replicate is run once more, and every change taken apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from threadpoolctl import threadpool_limits

from agents import preferences
from scenarios.schema import Scenario
from simulation.analyses.explanation import Explanation, content_by_issue, decompose
from simulation.model import NegotiationModel
from simulation.room import Room, open_room


def explain(
    scenario: Scenario, seed: int, country: str | None = None, text: str | None = None, replicate: int = 0
) -> list[Explanation]:
    """Every change of stance in one replicate with all its reasons, in order; of one delegation or on one
    text if they are given.

    The random streams make the second run equal to the first, bit for bit. What a sponsor says on the day it
    tables its own text is no change to explain. Raises ValueError for a country or text that is not there.
    """
    for name, known in ((country, scenario.delegations), (text, scenario.texts)):
        if name is not None and name not in known:
            raise ValueError(f"'{name}' is not in {scenario.name}; there are {', '.join(known)}")
    model = NegotiationModel(open_room(scenario), [replicate], seed, in_full=True)
    with threadpool_limits(limits=1):
        model.run_model()
    return [
        explanation
        for one, on, explanation in changes(model)
        if country in (None, one) and text in (None, on)
    ]


def changes(model: NegotiationModel) -> Iterator[tuple[str, str, Explanation]]:
    """Every change of stance in the first replicate of a model that kept everything: the keys of delegation
    and text, and the explanation, in order of rounds."""
    room, record = model.room, model.record
    for index in range(1, len(record.stance)):
        moved = record.stance[index, ..., 0] != record.before[index, ..., 0]
        for row, text in np.argwhere(moved).tolist():
            yield room.countries[row], room.texts[text], change(model, row, text, index)


def change(model: NegotiationModel, row: int, text: int, index: int) -> Explanation:
    """The change of stance of the delegation in a row at the end of round `index`, first replicate."""
    room, record = model.room, model.record
    before, after = (int(path[index, row, text, 0]) for path in (record.before, record.stance))
    direction = 1 if after > before else -1
    towards_endorsing = after == 1 or before == 1
    cuts = record.upper if towards_endorsing else record.lower
    weights = room.part_weights.astype(float)

    content = _content(model, row, text, index)
    trust = record.trust[index - 1][:, row, 0].astype(float) * room.authorship[text] * weights[1, row]
    events = float(record.part[3, index, row, text, 0])
    inducements = float(record.part[2, index, row, text, 0])
    own = record.part[:4, index, :, text, 0].astype(float).sum(axis=0)
    own[row] = content.sum() + trust.sum() + inducements + events

    heard = record.before[index, :, text, 0].astype(float)
    if row not in room.first:
        heard[room.first] = record.stance[index, room.first, text, 0]
    names = unique_names(room)
    return decompose(
        names[row],
        names,
        list(room.scenario.texts.values())[text].title,
        index,
        after,
        direction,
        content_by_issue=dict(
            zip([one.title for one in room.scenario.issues.values()], content.tolist(), strict=True)
        ),
        trust_by_sponsor={
            sponsor_name(room, sponsor): value
            for sponsor, value in zip(room.sponsors, trust.tolist(), strict=True)
            if value
        },
        inducements=inducements,
        events=events,
        own=own,
        peer_weight=weights[4],
        ties=room.listening,
        bloc_line=room.lines[room.line_of_text[text]].dense[row],
        heard=heard,
        chance=float(model.draws.chance[index - 1, row, text, 0]),
        cut=float(cuts[index, row, text, 0]),
    )


def _content(model: NegotiationModel, row: int, text: int, index: int) -> np.ndarray:
    """What a text brought a delegation on each issue (issue,), as it weighs in its appeal."""
    room, record, dynamics = model.room, model.record, model.room.dynamics
    salience = record.salience[index - 1]
    places = record.places[index, text, :, 0]
    force = 1.0
    if room.force_issue is not None:
        binding = float(places[room.force_issue])
        force = float(preferences.legal_force(np.array(binding), dynamics.force_base, dynamics.force_slope))
    return (
        content_by_issue(
            record.position[index, row, :, 0],
            salience[row, :, 0],
            places,
            room.reversion,
            room.content,
            force,
            dynamics.loss_exponent,
        )
        * room.part_weights[0, row]
    )


def unique_names(room: Room) -> list[str]:
    """Names of the delegations; a name that two of them bear carries its key."""
    delegations = room.scenario.delegations
    borne = Counter(one.name for one in delegations.values())
    return [one.name if borne[one.name] == 1 else f"{one.name} ({key})" for key, one in delegations.items()]


def sponsor_name(room: Room, sponsor: str) -> str:
    """The full name of a sponsor, a delegation or a bloc."""
    scenario = room.scenario
    return (scenario.delegations.get(sponsor) or scenario.blocs[sponsor]).name
