"""Which model fits best what one of them made? A confusion matrix: who made it × who fits best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from simulation.proceedings import Progress
from simulation.recovery.asking import ends, foreseen, names
from simulation.recovery.rooms import draw_room, luck, misjudged
from simulation.recovery.side_by_side import in_order
from simulation.where import ALONE, Where

Floats = NDArray[np.float64]
ERROR = 5.0  # points: the Gaussian error with which every outcome is recorded
NOISE = 10.0  # points: the standard deviation of errors of coded positions
NOISES = (0.0, NOISE)
ROOMS, SETS = 20, 50  # rooms a data set, data sets a model
POOL = 80  # rooms from which the data sets are drawn
REPLICATES = 31  # of which Plenary's median is taken
SAME = 1e-9  # relative: fits that differ by less are equal


class Outcomes(NamedTuple):
    """Outcomes `made` (M, P, K) by each model in a pool of rooms, and what each foresees there from positions
    as they are coded: `told` (M, P, K), NaN where it says nothing. `own` (P, R, K) are the replicates of
    which Plenary, the last one, foresees the median."""

    names: tuple[str, ...]
    made: Floats
    told: Floats
    own: Floats


def outcomes(
    noises: Sequence[float] = NOISES,
    pool: int = POOL,
    seed: int = 1,
    replicates: int = REPLICATES,
    where: Where = ALONE,
    progress: Progress | None = None,
) -> list[Outcomes]:
    """Let every model make an outcome in each room of a pool, and foresee one in the room as it is coded.

    A model makes what it foresees from the true positions; Plenary makes one replicate, with luck that those
    from which it foresees do not have, and foresees their median, issue by issue. `noises` are standard
    deviations of errors of coded positions, one set of outcomes each; what was made is the same in all.
    """
    found = in_order(partial(in_room, tuple(noises), seed, replicates), pool, where, progress)
    made, *told = np.array([one for one, _ in found]).transpose(1, 2, 0, 3)
    own = np.array([one for _, one in found]).swapaxes(0, 1)
    return [Outcomes(tuple(names()), made, *both) for both in zip(told, own, strict=True)]


def in_room(noises: tuple[float, ...], seed: int, replicates: int, number: int) -> tuple[Floats, Floats]:
    """What every model makes in a room, and what it foresees under each noise (1 + noises, M, K); and
    Plenary's replicates there (noises, R, K)."""
    room, chance = draw_room(seed, number), luck(seed, number)
    true = foreseen(room)
    made = [np.concatenate([true, ends(room, range(replicates, replicates + 1), chance).place])]
    spread = []
    for noise in noises:
        coded = misjudged(room, noise, seed, number)
        others = true if noise == 0 else foreseen(coded)
        spread.append(ends(coded, range(replicates), chance).place)
        made.append(np.concatenate([others, np.median(spread[-1], axis=0)[None]]))
    return np.array(made), np.array(spread)


def confusion(
    found: Outcomes,
    rooms: int = ROOMS,
    sets: int = SETS,
    error: float = ERROR,
    seed: int = 1,
    whole: bool = False,
) -> Floats:
    """In what share of the data sets which model (column) fits best what another one made (row): (M, M).

    1. A data set is some rooms of the pool, drawn without putting back; every outcome in it is recorded with
       a Gaussian error on each issue.
    2. The likelihood of a model is that of the recorded outcomes with what it foresees as their means. With
       one error for all, the highest likelihood is the smallest sum of squared distances, whether the error
       is known or fitted. Issues on which one of the models says nothing count for none.
    3. Models that fit alike, as where they foresee the same, share the data set. Rows add to 1.

    With `whole`, Plenary is held to all its replicates in place of their median: its likelihood in a room is
    the mean over them. The error then matters: it is what the best of the other models leaves, at least
    `error`.
    """
    rng = np.random.default_rng([seed, rooms, 3])
    models, pool, issues = found.made.shape
    spoken = np.logical_not(np.isnan(found.told + found.made).any(axis=0))
    shares: Floats = np.zeros((models, models))
    for _ in range(sets):
        some = rng.permutation(pool)[:rooms]
        slips = rng.normal(0, error, (len(some), issues))
        for maker in range(models):
            gaps = found.made[maker, some] + slips - found.told[:, some]
            loss = np.where(spoken[some], gaps**2, 0.0).sum(axis=(1, 2))
            if whole:
                variance = max(error**2, loss[:-1].min() / max(spoken[some].sum(), 1))
                gaps = (found.made[maker, some] + slips)[:, None] - found.own[some]
                away = np.where(spoken[some][:, None], gaps**2, 0.0).sum(axis=2)
                likely = logsumexp(away / (-2 * variance), axis=1) - np.log(away.shape[1])
                loss[-1] = -2 * variance * likely.sum()
            best = loss <= loss.min() * (1 + SAME)
            shares[maker] += best / best.sum()
    return shares / sets


def nearest(found: Outcomes) -> list[tuple[str, float]]:
    """For every model the other one that foresees most nearly the same, and how far apart they are: the root
    of the mean squared distance over rooms and issues, in points."""
    gaps = found.told[:, None] - found.told[None]
    apart = np.sqrt(np.nanmean(gaps**2, axis=(2, 3)))
    np.fill_diagonal(apart, np.inf)
    return [(found.names[row.argmin()], float(row.min())) for row in apart]
