"""What does a rule read: what delegations say in public, or what they would vote?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import response
from agents.influence import BlocLine

if TYPE_CHECKING:
    from simulation.room import Room
    from simulation.rules import DecisionRule

Floats = NDArray[np.floating]


def bloc_lines(room: Room, public: bool) -> Sequence[BlocLine]:
    """Bloc lines with the discipline of statements or of votes."""
    return room.lines if public else room.vote_lines


def cut_points(room: Room, stance: Floats, public: bool, one_no_blocks: bool) -> tuple[Floats, Floats]:
    """Cut-points of public stances or of votes, given where delegations stand (country, text, replicate).

    Where one no blocks, an objection has to be worth the cost of standing alone: it lies `block_cost` lower.
    """
    dynamics = room.dynamics
    if public:
        thresholds = room.endorse_threshold, room.oppose_threshold
    else:
        thresholds = (
            np.array(dynamics.vote_yes_threshold, dtype=room.dtype),
            np.array(dynamics.vote_oppose_threshold, dtype=room.dtype),
        )
    lower, upper = response.cut_points(stance, *thresholds, dynamics.commitment)
    return (lower - room.dtype(dynamics.block_cost) if one_no_blocks else lower), upper


def cut_points_of(room: Room, rule: DecisionRule, stance: Floats) -> tuple[Floats, Floats]:
    """Cut-points of what a rule reads."""
    return cut_points(room, stance, rule.counts_stances, rule.one_no_blocks)
