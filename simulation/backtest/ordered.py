"""The ordered logit of votes (McKelvey and Zavoina 1975): no, abstain, yes on a scale with two cut-points."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, stdtrit

SMALLEST = 1e-12
WIDTH = 40.0  # cut-points lie within so many logits of the appeal
FREEDOM = 3.0
NODES = stdtrit(FREEDOM, (np.arange(41) + 0.5) / 41)  # middles of 41 equally likely parts of Student's t


def probabilities(appeal: np.ndarray, low: float, high: float) -> np.ndarray:
    """Chances of no, abstain and yes: (n, 3), with P(no) = σ(low − appeal) and P(yes) = σ(appeal − high)."""
    no, yes = expit(low - appeal), expit(appeal - high)
    return np.stack([no, np.maximum(1 - no - yes, SMALLEST), yes], axis=-1)


def cut_points(appeal: np.ndarray, shares: np.ndarray) -> tuple[float, float]:
    """Cut-points at which the expected shares of no and of yes are `shares` (no, abstain, yes; > 0)."""
    ends = float(appeal.min()) - WIDTH, float(appeal.max()) + WIDTH
    low = brentq(lambda cut: expit(cut - appeal).mean() - shares[0], *ends)
    high = brentq(lambda cut: expit(appeal - cut).mean() - shares[2], *ends)
    return low, max(low, high)


def shifted(appeal: np.ndarray, low: float, high: float, drift: float) -> np.ndarray:
    """Chances if all appeals shift together, for each of 41 equally likely shifts: (41, n, 3).

    The shift is `drift` times a Student t with 3 degrees of freedom, in 41 equally likely parts: most rooms
    hardly shift from one text to the next, some do by much.
    """
    return np.array([probabilities(appeal + drift * node, low, high) for node in NODES])
