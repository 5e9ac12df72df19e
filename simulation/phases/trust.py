"""Does confidence come back? Trust drifts towards where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents import influence

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def mend_trust(model: NegotiationModel) -> None:
    """Trust moved by shocks and assurances returns to its start by 1 − exp(−decay·days) in each round."""
    room, chamber = model.room, model.chamber
    chamber.trust = influence.recover_trust(
        chamber.trust, model.trust_start, room.dynamics.trust_decay, room.rounds[model.round].days
    )
