"""What is due in this round? Texts are tabled, shocks and statements take effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenarios.schema import Event
from simulation.chamber import Chamber
from simulation.phases.assurances import answer_doubts
from simulation.phases.merging import merge
from simulation.room import Room

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def open_round(model: NegotiationModel) -> None:
    """Table the texts and play the exogenous events due in this round.

    On the day a text is tabled its sponsors endorse it and the others take their opening stance. A state's
    own statement about a text is an outcome and never acts: the model would be told what it is asked.
    """
    room, chamber = model.room, model.chamber
    for text in room.tabling[model.round]:
        chamber.on_table[text] = True
        if room.merges[text]:
            merge(room, chamber, text)
        opening = np.where(room.sponsoring[:, text], 1, room.opening_stance)
        chamber.stance[:, text] = opening[:, None]
    for event in room.events[model.round]:
        if event.type == "assurance" and event.kind != "assurance":
            answer_doubts(event, model)
        else:
            act(event, room, chamber)


def act(event: Event, room: Room, chamber: Chamber) -> None:
    """Let one event take effect on the delegations it names (all of them if it names none)."""
    rows = room.rows(event.targets or ("all",))
    delta = room.dtype(event.delta)
    match event.type:
        case "trust_shock" | "assurance" if event.sponsor in room.sponsors:
            sponsor = room.sponsors.index(event.sponsor)
            chamber.trust[sponsor, rows] = np.clip(chamber.trust[sponsor, rows] + delta, -1, 1)
        case "position_change":
            issue = room.issues.index(event.issue)
            positions = chamber.instruction
            positions[rows, issue] = np.clip(positions[rows, issue] + delta, 0, 100)
            chamber.instruct(positions)
        case "salience_change":
            issue = room.issues.index(event.issue)
            coded = chamber.coded_salience.copy()
            coded[rows, issue] = np.clip(coded[rows, issue] + delta, 0, 100)
            chamber.set_salience(coded, room)
        case "statement" if event.text in room.texts:
            chamber.push[rows, room.texts.index(event.text)] += delta
