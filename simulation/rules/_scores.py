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
    replicate, or anything that broadcasts): how the value changes with each chance of yes and of no."""

    value: Floats
    by_yes: Floats
    by_no: Floats


def share_score(yes: Floats, no: Floats, quota: float, step: float, strictly: bool) -> Score:
    """The chance that yes votes reach a share of yes and no together.

    Φ of E[margin]/sd[margin] with continuity correction, margin = Σ (1−Q)·yes_i − Q·no_i, delegations
    independent. `step` is the distance between neighbouring margins, `strictly` whether a margin of 0 fails.
    """
    for_yes, for_no = yes.dtype.type(1 - quota), yes.dtype.type(quota)
    lean = for_yes * yes - for_no * no
    spread = for_yes**2 * yes + for_no**2 * no - lean**2
    mean = total(lean) + yes.dtype.type(-step / 2 if strictly else step / 2)
    variance = np.maximum(total(spread), yes.dtype.type(1e-12))
    deviations = mean / np.sqrt(variance)
    density = np.exp(-(deviations**2) / 2) / np.sqrt(2 * np.pi * variance)
    tilt = deviations / (2 * np.sqrt(variance))
    by_yes = density * (for_yes - tilt * (for_yes**2 - 2 * lean * for_yes))
    by_no = density * (-for_no - tilt * (for_no**2 + 2 * lean * for_no))
    return Score(ndtr(deviations).astype(yes.dtype), by_yes, by_no)
