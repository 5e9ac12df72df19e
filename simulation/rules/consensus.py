"""Nobody objects."""

import numpy as np
from numpy.typing import NDArray


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries if no delegation votes no and at least one votes yes; abstaining lets a text pass.

    Source: practice of the United Nations, adoption without a vote: the absence
    of formal objection, not unanimity.
    """
    return (ballots != -1).all(axis=0) & (ballots == 1).any(axis=0)
