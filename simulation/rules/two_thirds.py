"""Two thirds of those who vote yes or no, for important questions."""

import numpy as np
from numpy.typing import NDArray

from simulation.rules._scores import Floats, Score, share_score

COUNTS_STANCES = False


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries if yes votes are at least two thirds of yes and no together, and there is one at least.

    Source: Charter of the United Nations, article 18 (2); rules of procedure of the General Assembly, 83, 86.
    """
    yes, no = (ballots == 1).sum(axis=0), (ballots == -1).sum(axis=0)
    return (yes > 0) & (3 * yes >= 2 * (yes + no))


def score(yes: Floats, no: Floats, quota: float | None, vetoes: NDArray[np.bool_]) -> Score:
    """The chance that yes votes reach two thirds of yes and no, votes independent."""
    return share_score(yes, no, quota=2 / 3, step=1 / 3, strictly=False)
