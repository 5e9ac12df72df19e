"""Scale midpoint: every issue ends at 50, whoever wants what.

A naive baseline. It needs no source: whoever knows nothing but the scale says so, and a model that knows
positions has to be nearer to be of use. Unknown values do not matter.
"""

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held

TITLE, LETTER, PLACE, BASELINE = "scale midpoint", "M", 10, True


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """50 on every issue."""
    room = held(positions, salience, capability, reversion)
    return Prediction(np.full(room.positions.shape[1], 50.0))
