"""Delegations that stand between the camps."""

import numpy as np
from numpy.typing import NDArray

from agents.response import ENDORSE, OPPOSE, STUDY
from agents.strategies._base import LATE, Floats, Moment, Strategy

SUPPORT = 0.10
OPPOSITION = 0.05


class Broker(Strategy):
    """Stays undecided in public until late, unless both camps can live with a text.

    It takes both camps to be able to live with a text that a tenth of the room endorses and no more than a
    twentieth opposes. On such texts, in the last quarter of the rounds and in the vote, it answers by
    interest; where it has taken a side before, it goes on by interest.
    """

    name = "broker"
    source = "Entrepreneurial leadership: Young (1991), Political Leadership and Regime Formation"
    looks_at = ("room_stance",)

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        usual = super().answer(pull, lower, upper, moment)
        if moment.progress >= LATE:
            return usual
        assert moment.room_stance is not None
        endorsed, opposed = (
            (moment.room_stance == side).mean(axis=0, dtype=np.float64) for side in (ENDORSE, OPPOSE)
        )
        bridged = (endorsed >= SUPPORT) & (opposed <= OPPOSITION)
        return np.where(bridged | (moment.stance != STUDY), usual, np.int8(STUDY))
