"""How near is a text to carrying? Scores of rules that count heads, from the chances of yes and no."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from simulation.contraction import across

Floats = NDArray[np.floating]
TINY = 1e-12
"""The smallest chance whose logarithm is taken."""


class Score(NamedTuple):
    """`value` (case,), the higher the nearer to carrying; `by_yes` and `by_no` (case, country, or anything
    that broadcasts): which way and how fast each chance moves it, up to a positive factor that a case's
    delegations share (so a text far from carrying still knows which way is up)."""

    value: Floats
    by_yes: Floats
    by_no: Floats


def nothing(chances: Floats) -> Floats:
    """Slopes of what does not matter."""
    return np.zeros((1, 1), dtype=chances.dtype)


def share_score(yes: Floats, no: Floats, quota: float, step: float, strictly: bool) -> Score:
    """The chance that yes votes reach a share of yes and no together: Φ(z), z = E[margin]/sd[margin].

    The margin Σ (1−Q)·yes_i − Q·no_i is held against 0, delegations independent, with continuity correction
    and one for skewness, + γ·(z² − 1)·φ(z)/6 (the first term of an Edgeworth expansion; slopes leave it out).
    `step` is the distance between neighbouring margins, `strictly` whether a margin of 0 fails.
    """
    for_yes, for_no = yes.dtype.type(1 - quota), yes.dtype.type(quota)
    lean = for_yes * yes - for_no * no
    spread = for_yes**2 * yes + for_no**2 * no - lean**2
    mean = across(lean) + yes.dtype.type(-step / 2 if strictly else step / 2)
    deviation = np.sqrt(np.maximum(across(spread), yes.dtype.type(TINY)))
    deviations = mean / deviation
    tilt = (deviations / (2 * deviation))[:, None]
    third = for_yes**3 * yes - for_no**3 * no - 3 * lean * (spread + lean**2) + 2 * lean**3
    skewness = across(third) / deviation**3
    bend = (deviations**2 - 1) * np.exp(-(deviations**2) / 2) / np.sqrt(2 * np.pi)
    chance = np.clip(ndtr(deviations) + skewness * bend / 6, 0, 1)
    return Score(
        chance.astype(yes.dtype),
        (for_yes - tilt * (for_yes**2 - 2 * lean * for_yes)) / deviation[:, None],
        (-for_no - tilt * (for_no**2 + 2 * lean * for_no)) / deviation[:, None],
    )


def seats_score(yes: Floats, needed: int) -> Score:
    """The exact chance that at least so many of all delegations vote yes, each independently.

    Slopes are those of the logarithm of its normal approximation. `needed` lies above 0.
    """
    chance = np.zeros((needed + 1, len(yes)), dtype=yes.dtype)
    chance[0] = 1
    for one in yes.T:
        joining = chance[:-1] * one
        chance[:-1] *= 1 - one
        chance[1:] += joining
    deviation = np.sqrt(np.maximum(across(yes * (1 - yes)), yes.dtype.type(TINY)))
    deviations = (across(yes) - yes.dtype.type(needed - 0.5)) / deviation
    hazard = np.exp(-(deviations**2) / 2 - log_ndtr(deviations)) / np.sqrt(2 * np.pi)
    tilt = (deviations / (2 * deviation))[:, None]
    by_yes = (hazard / deviation)[:, None] * (1 - tilt * (1 - 2 * yes))
    return Score(chance[-1], by_yes.astype(yes.dtype), nothing(yes))


def objections_score(no: Floats, tolerated: int) -> Score:
    """The logarithm of the exact chance that no more than the tolerated number object, each independently.

    In logarithms, so that a text that many block still knows which way is up.
    """
    passing = np.maximum(1 - no, no.dtype.type(TINY))
    if tolerated == 0:
        return Score(across(np.log(passing)), nothing(no), -1 / passing)
    cases, seats = no.shape
    most = min(tolerated, seats)
    stays, objects = np.log(passing).T, np.log(np.maximum(no, no.dtype.type(TINY))).T
    nobody = np.full((most + 1, cases), -np.inf, dtype=no.dtype)
    nobody[0] = 0
    before = [nobody]
    for row in range(seats):
        before.append(_joined(before[-1], stays[row], objects[row]))
    value = np.logaddexp.reduce(before[-1], axis=0)
    by_no, after = np.empty_like(no), nobody
    for row in reversed(range(seats)):
        others = np.logaddexp.reduce(before[row] + after[::-1], axis=0)
        by_no[:, row] = -np.exp(others - value)
        after = _joined(after, stays[row], objects[row])
    return Score(value, nothing(no), by_no)


def _joined(counts: Floats, stays: Floats, objects: Floats) -> Floats:
    """Logarithms of the chances of 0, 1, 2… objections once one more delegation has been asked."""
    out = counts + stays
    out[1:] = np.logaddexp(out[1:], counts[:-1] + objects)
    return out
