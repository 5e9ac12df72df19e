"""Negotiates all points of a design and keeps what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.cells import Cell, Setup, one_cell, set_up
from simulation.compare import MEASURES
from simulation.proceedings import Progress
from simulation.sensitivity.assumption import LUCK, Assumption, Point, other_luck, point
from simulation.sensitivity.designs import design
from simulation.sensitivity.indices import Index, indices
from simulation.streams import SEED_LIMIT, check_seed
from simulation.where import ALONE, Where, each

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """A design and what came of it.

    - `varied`: the assumptions, the last one luck; `points` (cell, assumption) their shares from 0 to 1
    - `values` (cell, measure, text): means over the replicates; NaN for cells that failed and for what a text
      lacks
    - `failures`: why cells failed, by their number; `negotiated`: how many cells differed from all before
    """

    scenario: Scenario
    text: str
    method: str
    size: int
    replicates: int
    seed: int
    varied: list[Assumption]
    points: Floats
    values: Floats
    failures: dict[int, str]
    negotiated: int

    def outcome(self, text: str, measure: str) -> Floats:
        """One measure of one text (cell,)."""
        return self.values[:, MEASURES.index(measure), list(self.scenario.texts).index(text)]

    def indices(self, text: str, measure: str) -> list[Index]:
        """What each assumption does to it, in the order of `varied`."""
        return self.first(len(self.points), text, measure)

    def first(self, count: int, text: str, measure: str) -> list[Index]:
        """The same from the first cells of the design alone."""
        return list(_indices(self, count, text, measure))


@lru_cache(maxsize=256)
def _indices(found: Sensitivity, count: int, text: str, measure: str) -> tuple[Index, ...]:
    """The indices from the first cells, worked out once: those of PAWN take seconds."""
    names, stepped = [one.name for one in found.varied], [one.stepped for one in found.varied]
    values = found.outcome(text, measure)[:count]
    return tuple(indices(found.method, names, found.points[:count], values, found.seed, stepped))


def sensitivity(
    scenario: Scenario,
    varied: Sequence[Assumption],
    text: str,
    method: str = "morris",
    size: int = 16,
    replicates: int = 24,
    seed: int = 1,
    where: Where = ALONE,
    progress: Progress | None = None,
) -> Sensitivity:
    """Vary all assumptions together, and luck with them, and measure every text at every point.

    Cells with the same luck share all draws, so that what differs between them is not chance; luck itself is
    an assumption among others, which does nothing but draw again, and what it moves is what chance can.
    `text` is the one that shifted positions move towards. A cell that fails says why and the others go on.
    `progress(done, total)` is called after each cell. Raises RunError without SALib.
    """
    everything = [*varied, other_luck()]
    points = design(method, len(everything), size, check_seed(seed))
    asked = [point(scenario, everything, shares, text) for shares in points]
    keys = [repr(one) for one in asked]
    different = dict(zip(keys, asked, strict=True))
    places = {key: place for place, key in enumerate(different)}
    setup, numbered = set_up(scenario, replicates, seed), enumerate(different.values())
    found: dict[int, Cell] = {}
    for _, cell in each(_negotiated, setup, numbered, where):
        found[cell.place] = cell
        if progress:
            progress(len(found), len(different))
    known = [found[places[key]] for key in keys]
    return Sensitivity(
        scenario,
        text,
        method,
        size,
        replicates,
        seed,
        everything,
        points,
        np.stack([cell.mean for cell in known]),
        {place: cell.failed for place, cell in enumerate(known) if cell.failed},
        len(different),
    )


def _negotiated(setup: Setup, numbered: tuple[int, Point]) -> Cell:
    """One cell under its luck."""
    place, (patch, luck) = numbered
    return one_cell(setup._replace(seed=(setup.seed + luck) % SEED_LIMIT), (place, patch))


def dummy(found: Sequence[Index]) -> Index:
    """The index of luck, below which nothing is told from chance."""
    return next(one for one in found if one.name == LUCK)
