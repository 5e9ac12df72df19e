"""Nine of fifteen, and no permanent member against."""

import numpy as np
from numpy.typing import NDArray

from simulation.contraction import total
from simulation.rules._scores import Floats, Score, share_score

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
    """The chance of enough yes votes times the chance of no veto, votes independent."""
    enough = share_score(yes, 1 - yes, quota=3 / 5 if quota is None else quota, step=1.0, strictly=False)
    standing = np.where(vetoes[:, None, None], np.maximum(1 - no, yes.dtype.type(1e-12)), 1)
    unopposed = np.exp(total(np.log(standing)))
    value = enough.value * unopposed
    by_no = np.where(vetoes[:, None, None], -value / standing, 0)
    return Score(value, (enough.by_yes - enough.by_no) * unopposed, by_no)
