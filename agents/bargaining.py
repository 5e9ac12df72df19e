"""What does a delegation offer and accept? Aspirations that decline, and chances that a wording carries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.floating]


def aspiration(progress: float, concession: float) -> float:
    """The share of its initial gain that a sponsor still insists on, 1 at the start and 0 at the end.

    α(t) = 1 − (t/T)^(1/e): e < 1 holds out until late (Boulware), 1 gives way steadily, e > 1 concedes early.
    Source: Faratin, Sierra & Jennings (1998), Negotiation decision functions for autonomous agents.

    >>> aspiration(0.5, 1.0), aspiration(0.5, 0.5)
    (0.5, 0.75)
    """
    return 1 - progress ** (1 / concession)


def least_acceptable(initial: Floats, share: float) -> Floats:
    """The gain below which a sponsor will not go: α·V of its initial gain V, or V itself if it was a loss."""
    return np.minimum(initial, share * initial)


def chances(appeal: Floats, lower: Floats, upper: Floats, precision: float) -> tuple[Floats, Floats]:
    """The chances that delegations say yes and no: σ(β(A − c2)) and σ(β(c1 − A)); steps for β = ∞."""
    if np.isinf(precision):
        return (appeal >= upper).astype(appeal.dtype), (appeal < lower).astype(appeal.dtype)
    beta = appeal.dtype.type(precision)
    return expit(beta * (appeal - upper)), expit(beta * (lower - appeal))


def slope(chance: Floats, precision: float) -> Floats:
    """How fast a chance grows with the appeal: β·P(1 − P)."""
    return chance.dtype.type(precision) * chance * (1 - chance)
