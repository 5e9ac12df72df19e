"""More yes than no among those who vote yes or no."""

import numpy as np
from numpy.typing import NDArray

from simulation.rules._scores import Floats, Score, share_score

COUNTS_STANCES = False


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries with more yes than no; who abstains or is absent counts as not voting.

    Source: Charter of the United Nations, article 18 (3); rules of procedure of the General Assembly, 85, 86.
    """
    return (ballots == 1).sum(axis=0) > (ballots == -1).sum(axis=0)


def score(yes: Floats, no: Floats, quota: float | None, vetoes: NDArray[np.bool_]) -> Score:
    """The chance of more yes than no, votes independent."""
    return share_score(yes, no, quota=1 / 2, step=1 / 2, strictly=True)
