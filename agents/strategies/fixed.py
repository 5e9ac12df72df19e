"""Delegations that never move."""

import numpy as np
from numpy.typing import NDArray

from agents.strategies._base import Floats, Moment, Strategy


class Fixed(Strategy):
    """Keeps the stance with which it came, and votes accordingly; only a red line of its own can move it.

    For tests, for zealots of the literature on opinion dynamics, and for delegations under orders.
    """

    name = "fixed"
    source = "Zealots: Mobilia (2003), Does a single zealot affect an infinite group of voters?"

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        return moment.stance.astype(np.int8)
