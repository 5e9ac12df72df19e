"""Delegations that replay what was said."""

import numpy as np
from numpy.typing import NDArray

from agents.strategies._base import UNSAID, Floats, Moment, Strategy


class Scripted(Strategy):
    """Replays the record: it takes the stances of its own recorded statements in the rounds of their dates.

    Events of type `statement` and nature `outcome` act for this strategy alone, and only those that name the
    delegation among their targets (or, without targets, as their speaker) and are not made on behalf of a
    bloc. Welcomes, supports and co-sponsors endorse; opposes in public opposes; the rungs between study.
    Before it has spoken it keeps the stance with which it came, and it votes by its stance. Neither
    instructions nor red lines stand in its way.
    """

    name = "scripted"
    source = "The scenario's own record of statements; history as a baseline, a house rule"
    looks_at = ("on_record",)
    waits_for_instructions = False
    keeps_red_lines = False

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        assert moment.on_record is not None
        said = moment.on_record[:, :, None]
        return np.where(said == UNSAID, moment.stance, said).astype(np.int8)
