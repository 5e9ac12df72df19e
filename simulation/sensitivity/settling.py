"""How much of it is chance? When the headline stands still, and whether the ranking of assumptions is
settled."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from scenarios.schema import Scenario
from simulation.cells import measured
from simulation.proceedings import Progress
from simulation.sensitivity.assumption import LUCK
from simulation.sensitivity.designs import block
from simulation.sensitivity.indices import Index
from simulation.sensitivity.running import Sensitivity, dummy

LEAST, MOST = 64, 1024  # replicates that are tried, doubling
POINT = 0.01  # a hundredth of the room, or of a chance
COUNTED = ("endorsing", "opposing", "yes", "no")


class Headline(NamedTuple):
    """A measure of the scenario as it is, from so many replicates: mean, standard error and 95 % interval,
    all as shares (0–1) of the room where it counts delegations; `moved` by how much since half as many, NaN
    at first."""

    replicates: int
    mean: float
    error: float
    low: float
    high: float
    moved: float

    @property
    def still(self) -> bool:
        """Moved by less than a point since half as many replicates, and known to within a point?"""
        return self.moved < POINT and (self.high - self.low) / 2 < POINT


def headline(
    scenario: Scenario,
    text: str,
    measure: str,
    seed: int = 1,
    most: int = MOST,
    progress: Progress | None = None,
) -> list[Headline]:
    """The headline from 64 replicates, 128, 256 and so on, until it moves by less than a point.

    More replicates hold the fewer, with the same luck. It ends at `most` in any case.
    """
    room = sum(not seat.observer for seat in scenario.delegations.values())
    unit = room if measure in COUNTED else 1
    found: list[Headline] = []
    replicates = LEAST
    while replicates <= most:
        data, failures = measured(scenario, [{}], replicates, seed, texts=[text])
        if failures:
            return found
        here = data.sel(cell=0, text=text, measure=measure)
        mean = float(here["mean"]) / unit
        found.append(
            Headline(
                replicates,
                mean,
                float(here.sd / np.sqrt(replicates)) / unit,
                float(here.low) / unit,
                float(here.high) / unit,
                abs(mean - found[-1].mean) if found else float("nan"),
            )
        )
        if progress:
            progress(replicates, most)
        if found[-1].still or np.isnan(mean):
            break
        replicates *= 2
    return found


class Settled(NamedTuple):
    """Is the ranking settled? The `order` of names, largest first, without luck; `clear` those that do more
    than luck, by the interval of the difference; `rivals` those that may do as much as the first; `halves`
    who leads by the first quarter, the first half and all of the design; `needed` an estimate of the size at
    which the first and the second would part, none where they have parted or do the same."""

    order: list[str]
    clear: list[str]
    rivals: list[str]
    halves: list[str]
    needed: int | None

    @property
    def leader(self) -> str | None:
        """The first, if nothing else may do as much and chance does not."""
        return self.order[0] if self.order[0] in self.clear and not self.rivals else None


def settled(found: Sensitivity, text: str, measure: str) -> Settled:
    """How far the ranking of assumptions on one measure of one text can be trusted."""
    rows = found.indices(text, measure)
    order, luck = ranked(rows), dummy(rows)
    rivals = [one.name for one in order[1:] if not _parted(order[0], one)]
    return Settled(
        [one.name for one in order],
        [one.name for one in order if _parted(one, luck)],
        rivals,
        [early[0].name for part in (4, 2) if (early := _early(found, part, text, measure))] + [order[0].name],
        _needed(found.size, order) if rivals else None,
    )


def _half(one: Index) -> float:
    return one.high - one.value


def _parted(more: Index, less: Index) -> bool:
    """Is one index larger than another, by the 95 % interval of their difference? The two are taken as
    independent."""
    return more.value - less.value > float(np.hypot(_half(more), _half(less)))


def ranked(rows: Sequence[Index]) -> list[Index]:
    """Indices without luck, the largest first; equal ones, and those without a value, as they come."""
    return sorted(
        (one for one in rows if one.name != LUCK), key=lambda one: -np.nan_to_num(one.value, nan=-1.0)
    )


def _early(found: Sensitivity, part: int, text: str, measure: str) -> list[Index]:
    """The ranking by the first part of the design; nothing if that is too little."""
    size = found.size // part
    if size < 2:
        return []
    rows = ranked(found.first(size * block(found.method, len(found.varied)), text, measure))
    return [] if np.isnan(rows[0].value) else rows


def _needed(size: int, order: Sequence[Index]) -> int | None:
    """The size at which the first two intervals would part, if the gap stays and they shrink as 1/√size."""
    if len(order) < 2:
        return None
    gap = order[0].value - order[1].value
    half = float(np.hypot(_half(order[0]), _half(order[1])))
    return ceil(size * (half / gap) ** 2) if gap > 0 and np.isfinite(half) else None
