"""A sweep: every combination of some factors, cell by cell into a folder that can be gone on with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scenarios import from_document, scenario_hash, to_document
from scenarios.schema import Scenario
from simulation import ledger
from simulation.cells import Cell, Floats, cells, table
from simulation.compare import MEASURES
from simulation.factors import Factor, count, levels_of, patch_of
from simulation.proceedings import Progress
from simulation.results import MANIFEST, RunError
from simulation.versions import versions
from simulation.where import ALONE, Where

if TYPE_CHECKING:
    import xarray as xr

KIND = "sweep"


class Sweep(NamedTuple):
    """What a sweep found so far.

    - `data`: `mean`, `sd`, `low`, `high` over the replicates, with a dim named after each factor, and `text`,
      `measure`; NaN for cells that failed or are not there yet
    - `factors`, `scenario`, and the `manifest` of the folder
    - `failures`: why cells failed, by number; `done`: how many cells are there, failed ones too
    """

    data: xr.Dataset
    factors: list[Factor]
    scenario: Scenario
    manifest: dict[str, Any]
    failures: dict[int, str]
    done: int

    @property
    def cells(self) -> int:
        """How many cells there are to be."""
        return count(self.factors)

    @property
    def complete(self) -> bool:
        """Are all cells there?"""
        return self.done == self.cells


def sweep(
    scenario: Scenario,
    factors: Sequence[Factor],
    folder: Path,
    replicates: int = 64,
    seed: int = 1,
    where: Where = ALONE,
    resume: bool = False,
    progress: Progress | None = None,
) -> Sweep:
    """Negotiate every combination of the factors' levels under the same luck, and keep each cell at once.

    With `resume` cells that lie in the folder already are not worked out again. Ctrl-C gives what is there by
    then. `progress(done, total)` is called after each cell. Raises RunError if the folder is taken or was
    begun with other settings, OSError if the disk is full; what is saved is kept.
    """
    texts = _texts(scenario, factors)
    manifest = {
        "kind": KIND,
        "scenario_name": scenario.name,
        "scenario_hash": scenario_hash(scenario),
        "factors": json.loads(json.dumps([factor._asdict() for factor in factors], default=str)),
        "texts": texts,
        "replicates": replicates,
        "seed": seed,
        "versions": versions(),
        "scenario": to_document(scenario),
    }
    ledger.begin(folder, manifest, resume)
    with ledger.opened(folder) as book:
        there = {entry["cell"] for entry in ledger.entries(folder)}
        total, done = count(factors), len(there)
        left = ((place, patch_of(factors, place)) for place in range(total) if place not in there)
        if progress:
            progress(done, total)
        try:
            for cell in cells(scenario, left, replicates, seed, where, texts):
                book.add(_entry(cell))
                done += 1
                if progress:
                    progress(done, total)
        except KeyboardInterrupt:
            pass
    return open_sweep(folder)


def _texts(scenario: Scenario, factors: Sequence[Factor]) -> list[str]:
    """The texts of the scenario, and those that some level adds."""
    added = [
        key
        for factor in factors
        for patch in factor.patches
        for key, value in (patch.get("texts") or {}).items()
        if key != "*" and value is not None and key not in scenario.texts
    ]
    return list(dict.fromkeys([*scenario.texts, *added]))


def _entry(cell: Cell) -> dict[str, Any]:
    """A cell as a line of the ledger; numbers that are none are null."""
    if cell.failed:
        return {"cell": cell.place, "failed": cell.failed}
    return {"cell": cell.place, "mean": _plain(cell.mean), "sd": _plain(cell.sd)}


def _plain(values: Floats) -> list[list[float | None]]:
    return [[None if one != one else one for one in row] for row in values.tolist()]


def open_sweep(folder: Path) -> Sweep:
    """What lies in the folder of a sweep, finished or not. Raises RunError if there is none."""
    folder = Path(folder)
    manifest = ledger.read(folder / MANIFEST)
    if manifest.get("kind") != KIND:
        raise RunError(
            f"{folder / MANIFEST}: this is no sweep; give the folder that `plenary sweep` has written"
        )
    factors = [
        Factor(one["name"], tuple(one["levels"]), tuple(one["patches"])) for one in manifest["factors"]
    ]
    shape = (count(factors), len(MEASURES), len(manifest["texts"]))
    mean, sd = np.full(shape, np.nan), np.full(shape, np.nan)
    there, failures = set(), {}
    for entry in ledger.entries(folder):
        place = entry["cell"]
        there.add(place)
        if "failed" in entry:
            failures[place] = entry["failed"]
        else:
            mean[place], sd[place] = np.array(entry["mean"], float), np.array(entry["sd"], float)
    flat = table(mean, sd, manifest["texts"], manifest["replicates"], manifest["seed"])
    return Sweep(
        unfolded(flat, factors),
        factors,
        from_document(manifest["scenario"]),
        manifest,
        dict(sorted(failures.items())),
        len(there),
    )


def unfolded(flat: xr.Dataset, factors: list[Factor]) -> xr.Dataset:
    """The data set of cells with a dim for each factor."""
    import xarray as xr

    names, sizes = [factor.name for factor in factors], [len(factor.levels) for factor in factors]
    return xr.Dataset(
        {
            name: ((*names, "text", "measure"), one.values.reshape(*sizes, *one.shape[1:]))
            for name, one in flat.data_vars.items()
        },
        coords={
            **{factor.name: list(factor.levels) for factor in factors},
            "text": flat.text,
            "measure": flat.measure,
        },
        attrs={**flat.attrs, "factors": names},
    )


def rows(found: Sweep) -> Iterator[list[Any]]:
    """The tidy table: head first, then a row for each cell that is there, text and measure."""
    values = ("mean", "sd", "low", "high")
    names = [factor.name for factor in found.factors]
    yield [*names, "text", "measure", *values]
    blocks = np.stack([found.data[name].values for name in values], axis=-1)
    flat = blocks.reshape(count(found.factors), *blocks.shape[len(names) :])
    texts, measures = found.data.text.values.tolist(), found.data.measure.values.tolist()
    for cell, here in enumerate(flat):
        levels = levels_of(found.factors, cell)
        for text, by_measure in zip(texts, here.tolist(), strict=True):
            for measure, numbers in zip(measures, by_measure, strict=True):
                if numbers[0] == numbers[0]:
                    yield [*levels, text, measure, *numbers]
