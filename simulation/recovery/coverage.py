"""How often does an 80 % band hold what it says it holds? Plenary's own bands in drawn rooms."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analyses.confirming import wilson
from simulation.proceedings import Progress
from simulation.recovery.asking import Ends, ends
from simulation.recovery.matching import NOISE
from simulation.recovery.rooms import Drawn, draw_room, luck, misjudged
from simulation.recovery.side_by_side import in_order
from simulation.where import ALONE, Where

Floats = NDArray[np.float64]
BAND = (0.1, 0.9)  # quantiles at its ends: the middle 80 %
SIZE = 24, 36  # delegations: in larger rooms, whole numbers are less coarse
ROOMS, REPLICATES = 150, 39
FAR = 100_000  # number of the first room here, beyond those of the confusion matrices
CASES = {
    "as coded": "the positions are as coded",
    "drawn": "the positions are drawn as the scenario says, ±10 points",
    "off, said": "positions are coded with errors of ±10 points, and the scenario says so",
    "off, not said": "positions are coded with errors of ±10 points, and the scenario says nothing",
}
MEASURES = {"endorsing": "how many endorse", "yes": "yes votes", "place": "places of the outcome"}


class Coverage(NamedTuple):
    """How often a band held, in some rooms.

    `printed` is the band from the 10 % to the 90 % point with its ends, `split` counts values that equal an
    end for their part; both with 95 % intervals in which a room counts once. `off` is how far the truth lay
    above the middle of the band, on average: in delegations, votes, or points.
    """

    case: str
    measure: str
    rooms: int
    printed: float
    printed_interval: tuple[float, float]
    split: float
    split_interval: tuple[float, float]
    off: float


def inside(values: ArrayLike, truth: ArrayLike) -> tuple[Floats, Floats]:
    """Whether the middle 80 % of some values (R, …) holds a truth (…): by the band as printed, and split.

    Where values repeat, as whole numbers do, a band with its ends holds more than 80 %. Split, the truth
    takes its place among the values by lot, (below + U · (same + 1)) / (R + 1), and what is returned is the
    chance that this lies from 0.1 to 0.9: on average exactly 80 % where truth and values have one
    distribution.

    >>> [found.tolist() for found in inside([[1], [2], [3], [4]], [2])]
    [[1.0], [1.0]]
    >>> [found.round(2).tolist() for found in inside([[5], [5], [5], [5]], [5])]
    [[1.0], [0.8]]
    """
    made, true = np.asarray(values, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    low, high = np.quantile(made, BAND, axis=0)
    count = len(made) + 1
    below = (made < true).sum(axis=0) / count
    width = ((made == true).sum(axis=0) + 1) / count
    held = np.minimum(below + width, BAND[1]) - np.maximum(below, BAND[0])
    return ((low <= true) & (true <= high)).astype(np.float64), np.clip(held / width, 0.0, 1.0)


def coverage(
    rooms: int = ROOMS,
    seed: int = 1,
    replicates: int = REPLICATES,
    noise: float = NOISE,
    where: Where = ALONE,
    progress: Progress | None = None,
) -> list[Coverage]:
    """Plenary's 80 % bands beside a replicate with luck of its own, in every case of `CASES`.

    In *drawn* the truth is one more replicate of the very scenario, which says how uncertain positions are.
    In both cases of *off* the true room ends with its true positions, and the band comes from the room as it
    was coded, each position with a normal error.
    """
    found = np.array(in_order(partial(in_room, seed, replicates, noise), rooms, where, progress))
    return [
        _summed(case, measure, found[:, row, column])
        for row, case in enumerate(CASES)
        for column, measure in enumerate(MEASURES)
    ]


def in_room(seed: int, replicates: int, noise: float, number: int) -> Floats:
    """For every case and measure (case, measure, 3): whether the band held, printed and split, and how far
    the truth lay above the middle of the band; means over the issues for places."""
    number += FAR
    room, chance = draw_room(seed, number, SIZE), luck(seed, number)
    coded = misjudged(room, noise, seed, number)

    def some(one: Drawn, position_sd: float = 0.0) -> tuple[Ends, Ends]:
        found = ends(one, range(replicates + 1), chance, position_sd)
        return Ends(*(values[:-1] for values in found)), Ends(*(values[-1] for values in found))

    as_coded, drawn, unsaid = some(room), some(coded, noise), some(coded)
    pairs = as_coded, drawn, (drawn[0], as_coded[1]), (unsaid[0], as_coded[1])
    return np.array(
        [[_held(*(getattr(one, measure) for one in pair)) for measure in MEASURES] for pair in pairs]
    )


def _held(values: Floats, truth: Floats) -> tuple[float, float, float]:
    printed, split = inside(values, truth)
    return float(printed.mean()), float(split.mean()), float((truth - np.median(values, axis=0)).mean())


def _summed(case: str, measure: str, found: Floats) -> Coverage:
    rooms, (printed, split, off) = len(found), found.mean(axis=0).tolist()
    return Coverage(
        case, measure, rooms, printed, wilson(printed, rooms)[::2], split, wilson(split, rooms)[::2], off
    )
