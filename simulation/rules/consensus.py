"""Nobody objects."""

import numpy as np
from numpy.typing import NDArray

from simulation.contraction import total
from simulation.rules._scores import Floats, Score

COUNTS_STANCES = False


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries if no delegation votes no and at least one votes yes; abstaining lets a text pass.

    Source: practice of the United Nations, adoption without a vote: the absence
    of formal objection, not unanimity.
    """
    return (ballots != -1).all(axis=0) & (ballots == 1).any(axis=0)


def score(yes: Floats, no: Floats, quota: float | None, vetoes: NDArray[np.bool_]) -> Score:
    """The logarithm of the chance that nobody objects, objections independent."""
    passing = np.maximum(1 - no, yes.dtype.type(1e-12))
    return Score(total(np.log(passing)), np.zeros_like(yes[:, :1, :1]), -1 / passing)
