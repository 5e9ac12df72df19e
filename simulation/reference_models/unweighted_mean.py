"""Unweighted mean: every issue ends at the mean of all positions, each delegation counting the same.

A naive baseline. It needs no source: it is the average. Whoever has no position on an issue is left out of
it; salience does not matter, known or not.
"""

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held, weighted_mean

TITLE, LETTER, PLACE, BASELINE = "unweighted mean", "A", 20, True


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The mean position on every issue: Σ x / N over those who have one."""
    place = np.asarray(positions, dtype=np.float64)
    held(place, salience, capability, reversion)
    return Prediction(weighted_mean(place, np.ones_like(place)))
