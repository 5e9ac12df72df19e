"""Nine of fifteen, and no permanent member against."""

import numpy as np
from numpy.typing import NDArray


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries if yes votes reach the quota of all seats (three fifths by default) and no veto holder says no.

    A permanent member's abstention or absence is no veto.
    Source: Charter of the United Nations, article 27 (3) with the practice since 1946 (ICJ, Namibia, 1971).
    """
    yes, seats = (ballots == 1).sum(axis=0), ballots.shape[0]
    enough = 5 * yes >= 3 * seats if quota is None else yes >= quota * seats
    return enough & ~(ballots[vetoes] == -1).any(axis=0)
