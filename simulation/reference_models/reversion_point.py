"""Reversion point: nothing is agreed, and every issue stays where it is.

A naive baseline. It needs no source: it foresees no change. An issue without a reversion point has no
forecast.
"""

from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held

TITLE, LETTER, PLACE, BASELINE = "reversion point", "R", 30, True


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """What holds on every issue when nothing is agreed."""
    return Prediction(held(positions, salience, capability, reversion).reversion.copy())
