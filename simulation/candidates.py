"""Which changes of wording are worth a closer look? The best single options, and trades of two."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from simulation.brackets import Brackets

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NEVER = -np.inf


@cache
def _pairs(width: int) -> tuple[Numbers, Numbers]:
    """Which two of so many go together."""
    return np.triu_indices(width, k=1)


def trades(brackets: Brackets, estimate: Floats, width: int) -> tuple[Numbers, Numbers, Floats]:
    """Pairs of the most promising single changes of different articles (row, pair): numbers of the first and
    the second, and the sums of their estimates.

    `estimate` (row, single) ranks the singles; the best `width` of them are paired, whether or not they could
    stand alone. The sum is −∞ for two changes of one article.
    """
    best = np.argsort(-estimate, axis=1, kind="stable")[:, :width]
    where = best + np.arange(len(estimate))[:, None] * estimate.shape[1]
    first, second = _pairs(best.shape[1])
    article, worth = brackets.article.take(where), estimate.take(where)
    apart = article[:, first] != article[:, second]
    both = np.where(apart, worth[:, first] + worth[:, second], NEVER)
    return best[:, first], best[:, second], both


def shortlist(rank: Floats, longest: int) -> tuple[Numbers, Flags]:
    """The best `longest` changes of each row by rank (row, place), and which of them are any.

    `rank` (row, change); a rank of −∞ means none.
    """
    chosen = np.argsort(-rank, axis=1, kind="stable")[:, :longest]
    return chosen, np.take_along_axis(rank, chosen, axis=1) > NEVER
