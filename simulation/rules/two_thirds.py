"""Two thirds of those who vote yes or no, for important questions."""

import numpy as np
from numpy.typing import NDArray


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries if yes votes are at least two thirds of yes and no together, and there is one at least.

    Source: Charter of the United Nations, article 18 (2); rules of procedure of the General Assembly, 83, 86.
    """
    yes, no = (ballots == 1).sum(axis=0), (ballots == -1).sum(axis=0)
    return (yes > 0) & (3 * yes >= 2 * (yes + no))
