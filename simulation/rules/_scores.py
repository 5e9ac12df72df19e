"""How far is a text from carrying? Scores of share rules, from the chances of yes and no."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from simulation.contraction import total

Floats = NDArray[np.floating]


class Score(NamedTuple):
    """`value` (column, replicate), the higher the nearer to carrying; `by_yes` and `by_no` (country, column,
    replicate, or anything that broadcasts): which way and how fast each chance moves it, up to a positive
    factor that a column's delegations share (so a text far from carrying still knows which way is up)."""

    value: Floats
    by_yes: Floats
    by_no: Floats


class Margin(NamedTuple):
    """How many standard deviations the expected margin lies above failing, and how each chance moves that."""

    deviations: Floats
    by_yes: Floats
    by_no: Floats


def margin(yes: Floats, no: Floats, quota: float, step: float, strictly: bool) -> Margin:
    """The margin Σ (1−Q)·yes_i − Q·no_i against 0, delegations independent, with continuity correction.

    `step` is the distance between neighbouring margins, `strictly` whether a margin of 0 fails.
    """
    for_yes, for_no = yes.dtype.type(1 - quota), yes.dtype.type(quota)
    lean = for_yes * yes - for_no * no
    spread = for_yes**2 * yes + for_no**2 * no - lean**2
    mean = total(lean) + yes.dtype.type(-step / 2 if strictly else step / 2)
    deviation = np.sqrt(np.maximum(total(spread), yes.dtype.type(1e-12)))
    deviations = mean / deviation
    tilt = deviations / (2 * deviation)
    return Margin(
        deviations,
        (for_yes - tilt * (for_yes**2 - 2 * lean * for_yes)) / deviation,
        (-for_no - tilt * (for_no**2 + 2 * lean * for_no)) / deviation,
    )


def share_score(yes: Floats, no: Floats, quota: float, step: float, strictly: bool) -> Score:
    """The chance that yes votes reach a share of yes and no together: Φ(E[margin]/sd[margin])."""
    found = margin(yes, no, quota, step, strictly)
    return Score(ndtr(found.deviations).astype(yes.dtype), found.by_yes, found.by_no)
