"""Many settings of one scenario: each cell is a patch, negotiated under the same luck and measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.analyses.confirming import wilson
from simulation.compare import LEVEL, MEASURES, measures
from simulation.opening import open_room
from simulation.proceedings import Progress, negotiate
from simulation.streams import check_seed
from simulation.where import ALONE, Where, each

if TYPE_CHECKING:
    import xarray as xr

Patch = Mapping[str, Any]
Floats = NDArray[np.float64]
AT_ONCE = 512  # replicates whose courses are held in memory
CHANCES = ("adopted", "vote_passed")


class Cell(NamedTuple):
    """What came of one cell: its `place` among the patches, mean and standard deviation over the replicates
    (measure, text), NaN for a text that it lacks; or why it `failed`, and then nothing but NaN."""

    place: int
    mean: Floats
    sd: Floats
    failed: str = ""


class Setup(NamedTuple):
    """What all cells have in common; made by `set_up`."""

    scenario: Scenario
    texts: tuple[str, ...]
    replicates: int
    seed: int


def set_up(scenario: Scenario, replicates: int, seed: int, texts: Sequence[str] | None = None) -> Setup:
    """What `one_cell` needs to know, numbers checked. Raises ValueError for those out of range."""
    if replicates < 1:
        raise ValueError(f"replicates is {replicates}; give a whole number from 1 on")
    return Setup(scenario, tuple(scenario.texts if texts is None else texts), replicates, check_seed(seed))


def cells(
    scenario: Scenario,
    patches: Iterable[tuple[int, Patch]],
    replicates: int = 64,
    seed: int = 1,
    where: Where = ALONE,
    texts: Sequence[str] | None = None,
) -> Iterator[Cell]:
    """Measure numbered patches on a scenario, each cell as soon as it is finished.

    Every cell has the same seed, so that differences between cells are not differences of luck. A cell that
    fails says why, and the others go on. `texts` are the keys of the texts to measure, by default those of
    the scenario without patches. Raises ValueError for numbers out of range.
    """
    for _, cell in each(one_cell, set_up(scenario, replicates, seed, texts), patches, where):
        yield cell


def measured(
    scenario: Scenario,
    patches: Sequence[Patch],
    replicates: int = 64,
    seed: int = 1,
    where: Where = ALONE,
    progress: Progress | None = None,
    texts: Sequence[str] | None = None,
) -> tuple[xr.Dataset, dict[int, str]]:
    """All cells as one data set, and why some failed, by their place among the patches.

    `mean`, `sd`, `low` and `high` (cell, text, measure) are over the replicates, the measures those of
    `simulation.compare`; `low` and `high` are the ends of the 95 % interval of the mean. The data set depends
    neither on `where` nor on the order in which cells are finished. `progress(done, total)` is called after
    each cell.
    """
    kept = list(scenario.texts if texts is None else texts)
    shape = (len(patches), len(MEASURES), len(kept))
    mean, sd = np.full(shape, np.nan), np.full(shape, np.nan)
    failures: dict[int, str] = {}
    for done, cell in enumerate(cells(scenario, enumerate(patches), replicates, seed, where, kept), start=1):
        mean[cell.place], sd[cell.place] = cell.mean, cell.sd
        if cell.failed:
            failures[cell.place] = cell.failed
        if progress:
            progress(done, len(patches))
    return table(mean, sd, kept, replicates, seed), dict(sorted(failures.items()))


def table(mean: Floats, sd: Floats, texts: Sequence[str], replicates: int, seed: int) -> xr.Dataset:
    """The data set of cells from means and standard deviations (cell, measure, text)."""
    import xarray as xr

    low, high = interval_of(mean, sd, replicates)
    values = {"mean": mean, "sd": sd, "low": low, "high": high}
    return xr.Dataset(
        {name: (("cell", "text", "measure"), one.transpose(0, 2, 1)) for name, one in values.items()},
        coords={"cell": np.arange(len(mean)), "text": list(texts), "measure": list(MEASURES)},
        attrs={"replicates": replicates, "seed": seed},
    )


def interval_of(mean: Floats, sd: Floats, replicates: int) -> tuple[Floats, Floats]:
    """Both ends of the 95 % interval of means (…, measure, text): normal, and for chances Wilson's.

    One replicate tells nothing about the interval of a mean: it is infinite.
    """
    half = LEVEL * sd / np.sqrt(replicates) if replicates > 1 else np.where(np.isnan(mean), np.nan, np.inf)
    low, high = mean - half, mean + half
    for name in CHANCES:
        share = mean[..., MEASURES.index(name), :]
        known = ~np.isnan(share)
        ends = np.vectorize(wilson, otypes=[float] * 3)(np.where(known, share, 0), replicates)
        for edge, end in ((low, ends[0]), (high, ends[2])):
            edge[..., MEASURES.index(name), :] = np.where(known, end, np.nan)
    return low, high


def one_cell(setup: Setup, numbered: tuple[int, Patch]) -> Cell:
    """Measure one cell; whatever is wrong with it is its own affair."""
    place, patch = numbered
    empty = np.full((len(MEASURES), len(setup.texts)), np.nan)
    try:
        mean, sd = _measured(setup, patch)
    except Exception as problem:
        return Cell(place, empty, empty, f"{type(problem).__name__}: {problem}")
    return Cell(place, mean, sd)


def _measured(setup: Setup, patch: Patch) -> tuple[Floats, Floats]:
    """Mean and standard deviation (measure, text) of one cell."""
    room = open_room(apply_patch(setup.scenario, patch))
    there = [text for text in setup.texts if text in room.texts]
    blocks = [
        range(start, min(start + AT_ONCE, setup.replicates)) for start in range(0, setup.replicates, AT_ONCE)
    ]
    parts = [measures(room, negotiate(room, block, setup.seed), there) for block in blocks]
    values = np.concatenate(parts, axis=1)
    mean, sd = (np.full((len(MEASURES), len(setup.texts)), np.nan) for _ in range(2))
    columns = [setup.texts.index(text) for text in there]
    mean[:, columns] = values.mean(axis=1)
    if setup.replicates > 1:
        sd[:, columns] = values.std(axis=1, ddof=1)
    return mean, sd
