"""Why did a delegation change its stance? Its replicate is run once more, and every change taken apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from agents.influence import BlocLine
from scenarios.schema import Scenario
from simulation.analyses.explanation import Explanation, content_by_issue, decompose
from simulation.analyses.wording import OBSERVER
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.room import Room
from simulation.threads import one_thread

Floats = NDArray[np.floating]


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
    with one_thread():
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
    cuts = record.upper if after == 1 or (before, after) == (1, 0) else record.lower
    heard = record.before[index, :, text, 0].astype(float)
    if row not in room.first:
        heard[room.first] = record.stance[index, room.first, text, 0]
    return account(
        room,
        row,
        text,
        index,
        after,
        1 if after > before else -1,
        position=record.position[index, row, :, 0],
        salience=record.salience[index - 1][row, :, 0],
        places=record.places[index, text, :, 0],
        trust=record.trust[index - 1][:, row, 0] * record.coloured[index - 1][row, text],
        parts=record.part[:4, index, :, text, 0],
        heard=heard,
        line=room.lines[room.line_of_text[text]],
        blocs=binding(room, public=True),
        chance=float(model.draws.chance[index - 1, row, text, 0]),
        cut=float(cuts[index, row, text, 0]),
    )


def account(
    room: Room,
    row: int,
    text: int,
    index: int,
    stance: int,
    direction: int,
    *,
    position: Floats,
    salience: Floats,
    places: Floats,
    trust: Floats,
    parts: Floats,
    heard: Floats,
    line: BlocLine,
    blocs: list[str],
    chance: float,
    cut: float,
) -> Explanation:
    """Take apart what the delegation in a row thought of a text when it answered, one replicate.

    Its `position` and `salience` (issue,), the text's `places` (issue,), its `trust` (sponsor,) as far as
    authorship still colours the text; everybody's
    `parts` without peers (part, country) and the stances `heard` (country,); the bloc `line` in force and the
    names of its `blocs`.
    """
    weights = room.part_weights.astype(float)
    content = content_of(room, row, position, salience, places)
    trusted = trust.astype(float) * room.authorship[text] * weights[1, row]
    own = parts.astype(float).sum(axis=0)
    inducements, events = float(parts[2, row]), float(parts[3, row])
    own[row] = content.sum() + trusted.sum() + inducements + events
    partners = line.follow[row].astype(float)[:, None] * line.line * own
    partners[:, row] = 0
    names = unique_names(room)
    found = decompose(
        names[row],
        names,
        list(room.scenario.texts.values())[text].title,
        index,
        stance,
        direction,
        content_by_issue=dict(
            zip([one.title for one in room.scenario.issues.values()], content.tolist(), strict=True)
        ),
        trust_by_sponsor={
            sponsor_name(room, sponsor): value
            for sponsor, value in zip(room.sponsors, trusted.tolist(), strict=True)
            if value
        },
        inducements=inducements,
        events=events,
        own=own,
        peer_weight=weights[4],
        ties=room.listening,
        bloc_line=np.diag(line.keep.astype(float))[row] + line.follow[row].astype(float) @ line.line,
        heard=heard,
        chance=chance,
        cut=cut,
    )
    passed_on = dict(zip(blocs, partners.sum(axis=1).tolist(), strict=True))
    return replace(found, by_bloc={name: value for name, value in passed_on.items() if value})


def content_of(room: Room, row: int, position: Floats, salience: Floats, places: Floats) -> Floats:
    """What a text brings a delegation on each issue (issue,), as it weighs in its appeal."""
    return content_by_issue(
        position,
        salience,
        places,
        room.reversion,
        room.content,
        float(room.force(places)),
        room.dynamics.loss_exponent,
    ) * float(room.part_weights[0, row])


def binding(room: Room, public: bool) -> list[str]:
    """The names of the blocs that bind their members, in statements or in votes, in the order of a line."""
    sizes = room.members.sum(axis=1).tolist()
    return [
        bloc.name
        for bloc, size in zip(room.scenario.blocs.values(), sizes, strict=True)
        if size >= 2 and (bloc.discipline if public else bloc.discipline_vote) > 0
    ]


def unique_names(room: Room) -> list[str]:
    """Names of the delegations; a name that two of them bear carries its key, that of an observer a mark."""
    delegations = room.scenario.delegations
    borne = Counter(one.name for one in delegations.values())
    return [
        (one.name if borne[one.name] == 1 else f"{one.name} ({key})") + (OBSERVER if one.observer else "")
        for key, one in delegations.items()
    ]


def sponsor_name(room: Room, sponsor: str) -> str:
    """The full name of a sponsor, a delegation or a bloc."""
    scenario = room.scenario
    return (scenario.delegations.get(sponsor) or scenario.blocs[sponsor]).name
