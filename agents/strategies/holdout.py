"""Delegations that block until they are paid for it."""

import numpy as np
from numpy.typing import NDArray

from agents.response import ENDORSE, OPPOSE
from agents.strategies._base import LATE, Floats, Moment, Strategy

DEMAND = 0.10


class Holdout(Strategy):
    """Opposes whatever lies on the table, and gives way only late, to what brings it a large gain.

    In the last quarter of the rounds, and in the vote, it endorses what lies 0.10 gain units above its usual
    cut-point and opposes the rest. What it has once endorsed, its own text among it, it treats like anybody
    else.
    """

    name = "holdout"
    source = (
        "Holding out for better terms: Fearon (1998), Bargaining, Enforcement, and International Cooperation"
    )

    def cut_points(self, lower: Floats, upper: Floats, moment: Moment) -> tuple[Floats, Floats]:
        demanding = upper + upper.dtype.type(DEMAND)
        won = moment.stance == ENDORSE
        return np.where(won, lower, demanding), np.where(won, upper, demanding)

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        usual = super().answer(pull, lower, upper, moment)
        if moment.progress >= LATE:
            return usual
        return np.where(moment.stance == ENDORSE, usual, np.int8(OPPOSE))
