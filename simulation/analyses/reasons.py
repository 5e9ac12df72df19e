"""What each delegation did and why: every change of a public stance in one replicate, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.analyses.explanation import Explanation, content_by_issue, decompose
from simulation.model import NegotiationModel
from simulation.phases.endorsement import endorse

if TYPE_CHECKING:
    from simulation.results import Results

CONTENT, TRUST, INDUCEMENTS, EVENTS, PEERS = range(5)  # rows of a room's part weights


class Before(NamedTuple):
    """What delegations knew just before they answered: stances (N, M), salience (N, K), trust (P, N)."""

    stance: NDArray[np.float64]
    salience: NDArray[np.float64]
    trust: NDArray[np.float64]


def watch(model: NegotiationModel) -> list[Before]:
    """Let a model note the state of its first replicate each time before delegations answer.

    Returns the list that fills up, one entry a round; the negotiation itself stays the same, draw for draw.
    """
    notes: list[Before] = []

    def take_note(model: NegotiationModel) -> None:
        chamber = model.chamber
        state = (chamber.stance, chamber.salience, chamber.trust)
        notes.append(Before(*(part[..., 0].astype(float) for part in state)))

    at = model.phases.index(endorse)
    model.phases = (*model.phases[:at], take_note, *model.phases[at:])
    return notes


def reasons(
    results: Results, country: str | None = None, text: str | None = None, replicate: int = 0
) -> list[Explanation]:
    """Explanations of the changes of public stance in one replicate, in order of rounds.

    `country` and `text` are keys that narrow the choice. The replicate is negotiated once more: its random
    streams make the second run equal to the first. What a sponsor says on the day it tables its own text is
    no change to explain. Raises ValueError for a key that is not in the room.
    """
    scenario = results.scenario
    for key, known, kind in ((country, scenario.delegations, "delegations"), (text, scenario.texts, "texts")):
        if key is not None and key not in known:
            raise ValueError(f"{key} is not among the {kind} of {scenario.name}")
    model = NegotiationModel(scenario, [replicate], int(results.manifest["seed"]), in_full=True)
    notes = watch(model)
    model.run_model()
    room = model.room
    rows = list(range(len(room.countries))) if country is None else [room.countries.index(country)]
    columns = list(range(len(room.texts))) if text is None else [room.texts.index(text)]
    explained = []
    for round_index, before in enumerate(notes):
        changed = model.record.stance[round_index + 1, :, :, 0] != before.stance
        explained += [
            _explain(model, before, round_index, row, column)
            for column in columns
            for row in rows
            if changed[row, column]
        ]
    return explained


def _explain(model: NegotiationModel, before: Before, round_index: int, row: int, column: int) -> Explanation:
    room, record = model.room, model.record
    scenario, dynamics, now = room.scenario, room.dynamics, round_index + 1
    stance = int(record.stance[now, row, column, 0])
    direction = 1 if stance > before.stance[row, column] else -1
    # Up to endorsing or down from it, the upper cut-point was crossed; otherwise the lower one.
    upper = stance == 1 or (before.stance[row, column] == 1 and stance == 0)
    cut = (record.upper if upper else record.lower)[now, row, column, 0]

    places = record.places[now, column, :, 0].astype(float)
    force = 1.0
    if room.force_issue is not None:
        force = float(
            preferences.legal_force(places[room.force_issue], dynamics.force_base, dynamics.force_slope)
        )
    weights = room.part_weights[:, row].astype(float)
    content = weights[CONTENT] * content_by_issue(
        record.position[now, row, :, 0],
        before.salience[row],
        places,
        room.reversion,
        room.content,
        force,
        dynamics.loss_exponent,
    )
    authorship = room.authorship[column].astype(float)
    trust = weights[TRUST] * authorship * before.trust[:, row]
    inducements, events = (float(record.part[part, now, row, column, 0]) for part in (INDUCEMENTS, EVENTS))
    own = record.part[:PEERS, now, :, column, 0].astype(float).sum(axis=0)
    own[row] = content.sum() + trust.sum() + inducements + events
    heard = before.stance[:, column].copy()
    if row not in room.first:
        heard[room.first] = record.stance[now, room.first, column, 0]
    return decompose(
        row,
        _names(model),
        scenario.texts[room.texts[column]].title,
        now,
        stance,
        direction,
        content_by_issue={
            issue.title: float(part) for issue, part in zip(scenario.issues.values(), content, strict=True)
        },
        trust_by_sponsor={
            _sponsor(model, name): float(part)
            for name, part, share in zip(room.sponsors, trust, authorship, strict=True)
            if share
        },
        inducements=inducements,
        events=events,
        own=own,
        peer_weight=room.part_weights[PEERS].astype(float),
        ties=room.listening,
        bloc_line=room.lines[room.line_of_text[column]][row],
        heard=heard,
        chance=float(model.draws.chance[round_index, row, column, 0]),
        cut=float(cut),
    )


def _names(model: NegotiationModel) -> list[str]:
    """Names of the delegations; a name that two of them bear carries its key."""
    delegations = model.room.scenario.delegations
    names = [one.name for one in delegations.values()]
    return [
        one.name if names.count(one.name) == 1 else f"{one.name} ({key})" for key, one in delegations.items()
    ]


def _sponsor(model: NegotiationModel, key: str) -> str:
    scenario = model.room.scenario
    return scenario.delegations[key].name if key in scenario.delegations else scenario.blocs[key].name
