"""Who is most like whom: the ties of the coalition network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.coalitions import likeness
from simulation.opening import open_room

NEAREST = 5  # ties that a delegation starts, to those most like it
REPLICATES = 32  # over which likeness is averaged
WEAKEST = 30  # per cent of likeness, for a tie


class Ties(NamedTuple):
    """Pairs of rows (tie, 2), the lower row first, and their likeness in whole per cent, cut off (tie,)."""

    pairs: NDArray[np.int64]
    weight: NDArray[np.int64]


def mean_likeness(results: Any, rounds: Sequence[int]) -> NDArray[np.float64]:
    """How alike delegations are after some rounds (round, country, country), averaged over the first
    replicates."""
    stances, room = results.data.stance.values[:REPLICATES], open_room(results.scenario)
    found: list[NDArray[np.float64]] = []
    for place, index in enumerate(rounds):
        before = rounds[place - 1] if place else None
        if before is not None and np.array_equal(stances[:, index], stances[:, before]):
            found.append(found[-1])
        else:
            found.append(likeness(room, stances[:, index]).mean(axis=0, dtype=np.float64))
    return np.array(found)


def ties(alike: NDArray[np.float64]) -> Ties:
    """Every delegation's ties to those most like it: five at most, from a likeness of 30 % on."""
    alike = np.where(np.eye(len(alike), dtype=bool), -1.0, alike)
    nearest = np.argsort(-alike, axis=1, kind="stable")[:, : min(NEAREST, len(alike) - 1)]
    rows = np.repeat(np.arange(len(alike)), nearest.shape[1])
    ends = np.sort(np.column_stack([rows, nearest.ravel()]), axis=1)
    pairs = np.unique(ends, axis=0).reshape(-1, 2)
    weight = np.floor(100 * alike[pairs[:, 0], pairs[:, 1]] + 1e-6).astype(np.int64)
    strong = weight >= WEAKEST
    return Ties(pairs[strong], weight[strong])
