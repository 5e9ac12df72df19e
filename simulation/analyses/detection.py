"""Which coalitions are there in any round, and would another method find the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analyses.coalitions import adjusted_rand, detect, likeness
from simulation.analyses.modularity import louvain, modularity
from simulation.opening import open_room

if TYPE_CHECKING:
    from simulation.results import Results

SINGLES = 8  # replicates on which Louvain is asked too


class Second(NamedTuple):
    """What Louvain says of one replicate: its number, how many coalitions of two or more we find and how
    clear they are (modularity), the same for Louvain, and how far the two agree (adjusted Rand index, 1 the
    same)."""

    replicate: int
    coalitions: int
    modularity: float
    louvain_coalitions: int
    louvain_modularity: float
    adjusted_rand: float


def in_round(results: Results, when: int = -1) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    """Coalitions (R, N) of every replicate after a round, and how clear they are (R,); `when` counts rounds
    from 0, the opening, or from the end as −1.

    Those of the last round stand in the data set already.
    """
    data = results.data
    if when in (-1, data.sizes["round"] - 1):
        return data.coalition.values, data.modularity.values
    return detect(open_room(results.scenario), data.stance.values[:, when])


def second_opinion(
    results: Results, labels: ArrayLike, when: int = -1, singles: int = SINGLES
) -> list[Second]:
    """What Louvain (Blondel and others 2008, as in NetworkX) finds in single replicates after a round.

    `labels` (R, N) are what `in_round` found. Replicates are taken evenly from the first to the last.
    """
    mine = np.asarray(labels)
    room = open_room(results.scenario)
    chosen = np.unique(np.linspace(0, len(mine) - 1, min(singles, len(mine))).round().astype(int))
    asked = []
    for replicate in chosen.tolist():
        alike = likeness(room, results.data.stance.values[replicate : replicate + 1, when])[0]
        theirs = louvain(alike)
        asked.append(
            Second(
                replicate,
                _coalitions(mine[replicate]),
                float(modularity(alike, mine[replicate])),
                _coalitions(theirs),
                float(modularity(alike, theirs)),
                adjusted_rand(mine[replicate], theirs),
            )
        )
    return asked


def _coalitions(labels: NDArray[np.integer]) -> int:
    """How many coalitions of two or more there are."""
    return int((np.unique(labels, return_counts=True)[1] > 1).sum())
