"""Delegations that people play."""

import numpy as np
from numpy.typing import NDArray

from agents.strategies._base import Floats, Moment, Strategy


class Human(Strategy):
    """A seat in the classroom: its stance comes from outside and stays until it is changed there.

    `NegotiationModel.take_stance(iso3, text, stance)` sets it, at once and in all replicates; the others hear
    it in the next consultation. Without a word from outside it keeps the stance with which it came, and it
    votes by its stance. Red lines do not bind it: breaking one is a player's own decision.
    """

    name = "human"
    source = "Guyot & Honiden (2006), Agent-Based Participatory Simulations"
    waits_for_instructions = False
    keeps_red_lines = False

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        return moment.stance.astype(np.int8)
