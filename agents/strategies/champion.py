"""Delegations that make a text their cause."""

import numpy as np

from agents.response import ENDORSE
from agents.strategies._base import Floats, Moment, Strategy

LIKING = 0.05


class Champion(Strategy):
    """Endorses early, before the others speak, and never falls back to studying a text it has endorsed.

    A gain of 0.05 is enough for it, and it waits for no instructions. It leaves a text only when that has
    come to cost it so much that it would oppose it.
    """

    name = "champion"
    source = (
        "Norm entrepreneurs: Finnemore & Sikkink (1998), International Norm Dynamics and Political Change"
    )
    speaks_first = True
    waits_for_instructions = False

    def cut_points(self, lower: Floats, upper: Floats, moment: Moment) -> tuple[Floats, Floats]:
        eager = np.maximum(lower, np.minimum(upper, upper.dtype.type(LIKING)))
        return lower, np.where(moment.stance == ENDORSE, lower, eager)
