"""Who persuades whom? Delegations consult, and expressed positions move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents import influence
from simulation.contraction import contract, contract_within

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def consult(model: NegotiationModel) -> None:
    """Everybody hears what everybody says, and moves as far as its instruction lets it.

    Keeps what was heard of the stances for the endorsement phase. Nobody is persuaded through negative ties;
    a delegation without positive ones hears itself on the issues.
    """
    room, chamber = model.room, model.chamber
    chamber.heard = contract(room.hearing, chamber.stance)
    if room.dynamics.confidence < 100:
        positions = contract_within(room.persuasion, chamber.position, room.dynamics.confidence)
    else:
        positions = contract(room.persuading, chamber.position)
        if room.at_play.isolation:
            positions[room.isolated] = chamber.position[room.isolated]
    chamber.said = chamber.position
    chamber.position = influence.persuade(chamber.anchor, positions, chamber.open_to)
    chamber.stale = set(range(len(room.texts)))
