"""What wears off? Trust drifts back towards where it was, and calls are forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents import influence

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def mend_trust(model: NegotiationModel) -> None:
    """Trust moved by shocks and assurances returns to its start by 1 − exp(−decay·days) in each round.

    What calls on delegations added fades in the same way, at a rate of its own.
    """
    room, chamber = model.room, model.chamber
    chamber.trust = influence.recover_trust(
        chamber.trust, model.trust_start, room.dynamics.trust_decay, room.rounds[model.round].days
    )
    if room.dynamics.lobbying_weight:
        left = np.exp(-room.dynamics.lobbying_decay * room.rounds[model.round].days)
        chamber.lobbied *= room.dtype(left)
