"""What votes say of β, τ and the cut-points if discipline and listening are assumed.

Common interests, a bloc's line and listening show in votes in the same way (Manski 1993): they are given, not
fitted, and products stand beside the single numbers.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.calibrating.estimates import FIXED, natural
from simulation.calibrating.likelihood import climb
from simulation.calibrating.recorded import Recorded, laid_out

Floats = NDArray[np.float64]
DISCIPLINE = (0.0, 0.5, 1.0)
LISTENING = (0.0, 0.02, 0.05, 0.10)


class Cell(NamedTuple):
    """For discipline times as high as coded and a `peer_weight` λ: the parameters in the order of
    `estimates.parameters`, β·λ, β times the mean share that a state's own appeal keeps, and the log
    likelihood."""

    discipline: float
    peer_weight: float
    values: Floats
    precision_times_peers: float
    precision_times_own: float
    log_likelihood: float


def sweep(found: Recorded, gain: Floats) -> list[Cell]:
    """One fit for every discipline and listening of the grid."""
    own = float(np.mean([np.diag(line)[found.used].mean() for line in found.lines]))
    return [_cell(found, gain, *given, own) for given in product(DISCIPLINE, LISTENING)]


def _cell(found: Recorded, gain: Floats, discipline: float, listening: float, own: float) -> Cell:
    top = climb(laid_out(found, gain, listening, discipline=discipline))
    values = natural(top.values, len(FIXED))
    kept = 1 - discipline + discipline * own
    return Cell(discipline, listening, values, values[0] * listening, values[0] * kept, -top.loss)
