"""Who persuades whom? Delegations consult, and expressed positions move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents import influence
from simulation.contraction import contract, contract_within

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def consult(model: NegotiationModel) -> None:
    """Everybody hears what everybody says (one matrix product), and moves as far as its instruction lets it.

    Keeps what was heard of the stances for the endorsement phase. Nobody is persuaded through negative ties;
    a delegation without positive ones hears itself on the issues.
    """
    room, chamber = model.room, model.chamber
    chamber.board[:, : chamber.issues] = chamber.position
    heard = contract(room.listening, chamber.board)
    if room.dynamics.confidence < 100:
        positions = contract_within(room.persuasion, chamber.position, room.dynamics.confidence)
    else:
        one_product = room.persuasion is room.listening
        positions = heard if one_product else contract(room.persuasion, chamber.board)
        positions = positions[:, : chamber.issues]
        if room.isolated.any():
            positions[room.isolated] = chamber.position[room.isolated]
    chamber.heard = heard[:, chamber.issues :].copy()  # a view would keep all that was heard in memory
    chamber.stale = set(range(len(room.texts)))
    chamber.position = influence.persuade(chamber.anchor, positions, chamber.open_to)
