"""Nine of fifteen, and no permanent member against."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from simulation.contraction import total
from simulation.rules._scores import Floats, Score, margin

COUNTS_STANCES = False


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries if yes votes reach the quota of all seats (three fifths by default) and no veto holder says no.

    A permanent member's abstention or absence is no veto.
    Source: Charter of the United Nations, article 27 (3) with the practice since 1946 (ICJ, Namibia, 1971).
    """
    yes, seats = (ballots == 1).sum(axis=0), ballots.shape[0]
    enough = 5 * yes >= 3 * seats if quota is None else yes >= quota * seats
    return enough & ~(ballots[vetoes] == -1).any(axis=0)


def score(yes: Floats, no: Floats, quota: float | None, vetoes: NDArray[np.bool_]) -> Score:
    """The chance of no veto times the chance of enough yes votes if there is none, votes independent."""
    standing = np.where(vetoes[:, None, None], np.maximum(1 - no, yes.dtype.type(1e-12)), 1)
    if_unopposed = yes / standing
    needed = 3 / 5 if quota is None else quota
    enough = margin(if_unopposed, 1 - if_unopposed, quota=needed, step=1.0, strictly=False)
    value = np.exp(log_ndtr(enough.deviations) + total(np.log(standing)))
    steepness = np.exp(-(enough.deviations**2) / 2 - log_ndtr(enough.deviations)) / np.sqrt(2 * np.pi)
    by_no = np.where(vetoes[:, None, None], -1 / standing, 0)
    return Score(value.astype(yes.dtype), (enough.by_yes - enough.by_no) * steepness, by_no)
