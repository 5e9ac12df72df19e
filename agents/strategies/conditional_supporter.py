"""Delegations that name their price in words."""

import numpy as np
from numpy.typing import NDArray

from agents.response import STUDY
from agents.strategies._base import Floats, Moment, Strategy


class ConditionalSupporter(Strategy):
    """Endorses a text only while the articles it names carry one of the wordings it asks for.

    While all of them do, it answers by interest; while any does not, it studies the text, neither endorsing
    nor opposing, and takes an endorsement back. It goes by the wording at the start of the round, in the vote
    by the final one. Its conditions stand in the scenario: `conditions = {global-initiative = {"4" =
    ["alternative-2"]}}`; on texts without any it answers by interest.
    """

    name = "conditional-supporter"
    source = (
        "Underdal et al. (2012), Can conditional commitments break the climate change negotiations deadlock?"
    )
    looks_at = ("conditions_met",)

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        usual = super().answer(pull, lower, upper, moment)
        assert moment.conditions_met is not None
        return np.where(moment.conditions_met, usual, np.int8(STUDY))
