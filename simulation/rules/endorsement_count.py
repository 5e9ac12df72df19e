"""Enough delegations have endorsed in public."""

import numpy as np
from numpy.typing import NDArray

from simulation.contraction import total
from simulation.rules._scores import Floats, Score

COUNTS_STANCES = True


def decide(ballots: NDArray[np.int8], quota: float | None, vetoes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carries once the quota (a share of all delegations in the room; more than half by default) endorses.

    A declaration open for endorsement takes hold by numbers, not by a vote: a house rule, with the counting
    of parties in entry-into-force clauses as its model (Vienna
    Convention on the Law of Treaties, article 24).
    """
    yes, seats = (ballots == 1).sum(axis=0), ballots.shape[0]
    return 2 * yes > seats if quota is None else yes >= quota * seats


def score(yes: Floats, no: Floats, quota: float | None, vetoes: NDArray[np.bool_]) -> Score:
    """The expected share of delegations that endorse."""
    each = yes.dtype.type(1 / len(yes))
    return Score(total(yes) * each, np.full_like(yes[:, :1, :1], each), np.zeros_like(yes[:, :1, :1]))
