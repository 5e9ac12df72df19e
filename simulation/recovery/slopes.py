"""Are known slopes found again in votes drawn from them, and do the 95 % intervals hold them?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.confirming import wilson
from simulation.backtest.calibration import softened
from simulation.backtest.evidence import PARTS, evidence
from simulation.backtest.fitting import LIKELY, fit
from simulation.backtest.learning import Lesson, lesson, pairs
from simulation.backtest.ordered import cut_points, probabilities
from simulation.backtest.roll_calls import RollCall, before, from_the_west, shipped
from simulation.proceedings import Progress
from simulation.recovery.side_by_side import in_order
from simulation.where import ALONE, Where

Floats = NDArray[np.float64]
KNOWN = ((3.0, 2.6, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0))
SETS = 40
WAYS = ("last alone", "all earlier")


class Slope(NamedTuple):
    """A slope that was put in, the mean and the spread of what was found, and the share of the data sets
    whose 95 % interval holds it, with a 95 % interval of that share."""

    way: str
    part: str
    known: float
    mean: float
    spread: float
    held: float
    interval: tuple[float, float]


def slopes(
    sets: int = SETS, seed: int = 1, where: Where = ALONE, progress: Progress | None = None
) -> list[Slope]:
    """Votes drawn with each of the known slopes, and what is found in them.

    A state votes once on a text, from what it did on the last text of the sponsor side. Its votes are then
    fitted in two ways.

    - *last alone*: each roll call beside that last one, from which it was drawn.
    - *all earlier*: each roll call beside every earlier one of its side, as `plenary calibrate` does.
    """
    found = np.array(in_order(partial(in_set, seed), sets, where, progress))
    return [
        _summed(way, part, true, found[:, number, row, place])
        for number, known in enumerate(KNOWN)
        for row, way in enumerate(WAYS)
        for place, (part, true) in enumerate(zip(PARTS, known, strict=True))
    ]


def in_set(seed: int, number: int) -> Floats:
    """One data set for each of the known slopes, fitted in both ways: the slope found, and whether its
    interval holds the known one (known, way, part, 2)."""
    found = []
    for row, known in enumerate(KNOWN):
        calls = voted(known, np.random.default_rng([seed, number, row, 4]))
        found.append([_found(take(calls), known) for take in (_last_alone, _all_earlier)])
    return np.array(found)


def _found(taught: Lesson, known: tuple[float, ...]) -> Floats:
    best = fit(taught)
    above = [fit(taught, best.at, {place: true}).loss - best.loss for place, true in enumerate(known)]
    return np.stack([best.slopes, np.array(above) <= LIKELY], axis=1)


def _summed(way: str, part: str, known: float, found: Floats) -> Slope:
    values, held = found[:, 0], float(found[:, 1].mean())
    spread = float(values.std(ddof=1)) if len(values) > 1 else np.nan
    return Slope(way, part, known, float(values.mean()), spread, held, wilson(held, len(values))[::2])


def _last_alone(calls: Sequence[RollCall]) -> Lesson:
    """Each roll call beside the last one of its sponsor side, from which it was drawn."""
    taught = _all_earlier(calls)
    later = [one.resolution.name for one, _ in pairs(calls)]
    last = [len(later) - 1 - later[::-1].index(name) for name in dict.fromkeys(later)]
    rows = np.isin(taught.pair, last)
    number = np.searchsorted(last, taught.pair[rows])
    return Lesson(taught.parts[rows], taught.votes[rows], number, np.ones(int(rows.sum())))


def _all_earlier(calls: Sequence[RollCall]) -> Lesson:
    taught = lesson(calls)
    assert taught is not None
    return taught


def voted(known: Sequence[float], rng: np.random.Generator) -> list[RollCall]:
    """The shipped roll calls voted on anew with these slopes, each from what was drawn for the last one of
    its sponsor side; the first of a side is as recorded, and so, on average, are all totals."""
    calls: list[RollCall] = []
    for call in shipped():
        side = [
            one
            for one in before(calls, call.resolution.date)
            if from_the_west(one.resolution) == from_the_west(call.resolution)
        ]
        if side:
            votes = call.votes.copy()
            appeal = evidence(call.resolution, side[-1])[call.cast] @ np.array(known)
            votes[call.cast] = _votes(appeal, softened(call), rng)
            call = call._replace(votes=votes)
        calls.append(call)
    return calls


def _votes(appeal: Floats, shares: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    """One vote for each appeal, with cut-points at which the expected shares are these."""
    chance = probabilities(appeal, *cut_points(appeal, shares))
    return (rng.random(len(appeal))[:, None] > chance.cumsum(axis=1)[:, :2]).sum(axis=1)
