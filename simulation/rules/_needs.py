"""What does a coalition need to carry a text? Rules as sums that have to reach something."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.rules._house import HAIR, House

Floats = NDArray[np.float64]


class Need(NamedTuple):
    """One thing that a rule asks: Σ `by_yes`·yes + Σ `by_no`·no ≥ `least`, both (country,).

    `by_yes` is never below 0 and `by_no` never above, so that nobody brings a text down by joining.
    """

    by_yes: Floats
    by_no: Floats
    least: float

    def met(self, yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether it is met by some who vote yes and some who vote no (…, country)."""
        return np.asarray(yes @ self.by_yes + no @ self.by_no >= self.least)


Needs = tuple[tuple[Need, ...], ...]
"""A text carries if all needs of any one of these alternatives are met."""


def carried(needs: Needs, yes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a text carries if some vote yes and all others no (…, country)."""
    return np.any([np.all([need.met(yes, ~yes) for need in some], axis=0) for some in needs], axis=0)


def votes(house: House, yes: float, no: float, least: float) -> Need:
    """Every yes counts so much, every no so much."""
    each = np.ones(house.seats)
    return Need(yes * each, no * each, float(least))


def seats(house: House, least: int) -> Need:
    """So many yes votes, one at least."""
    return votes(house, 1, 0, max(least, 1))


def weight(house: House, weights: Floats, quota: float | None) -> Need:
    """Yes votes with a share of all weight, more than half without a quota."""
    share = 0.5 + HAIR if quota is None else quota - HAIR
    return Need(weights, np.zeros(house.seats), share * float(weights.sum()))


def objections(house: House, tolerated: int, whose: NDArray[np.bool_] | None = None) -> Need:
    """No more than so many votes of no, of all or of some."""
    mine = np.ones(house.seats) if whose is None else whose.astype(np.float64)
    return Need(np.zeros(house.seats), -mine, -float(tolerated))
