"""Ensembles of any size: replicates in blocks, each kept at once, so that memory does not grow with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import from_document
from scenarios.schema import Scenario
from simulation import dataset, ledger
from simulation.contraction import WIDTH
from simulation.opening import open_room
from simulation.proceedings import Progress, negotiate
from simulation.results import MANIFEST, MARK, Results, RunError, manifest_of, result_hash
from simulation.store import Block, Store, checksum_of
from simulation.streams import check_seed
from simulation.tallies import SUMMARY, tallies, write_tallies
from simulation.versions import need, versions
from simulation.where import ALONE, Where, each

if TYPE_CHECKING:
    import xarray as xr

KIND = "ensemble"
SIZE = 4 * WIDTH  # replicates in a block
COURSES = ("stance", "lean", "place", "wording", "ambition")
ENDS = {"final_stance": "stance", "final_wording": "wording", "final_ambition": "ambition"}
LEFT_OUT = {
    *COURSES,
    *("endorsing_by_capability", "endorsing_by_population", "offered", "funds_left"),
    *("amendment", "amendment_moved_by"),
}
Keep = Literal["ends", "all"]


class Task(NamedTuple):
    """What all blocks have in common."""

    scenario: Scenario
    seed: int
    keep: Keep


def stream(
    scenario: Scenario,
    folder: Path,
    replicates: int = 100_000,
    seed: int = 1,
    keep: Keep = "ends",
    where: Where = ALONE,
    resume: bool = False,
    progress: Progress | None = None,
    size: int = SIZE,
) -> bool:
    """Negotiate many replicates into a folder, block by block; tells whether all are there.

    `keep` "ends" is what each replicate comes to, "all" every course too. With `resume` blocks that lie in
    the folder unharmed are kept. Ctrl-C ends it early, with what is done. The data and their hash depend on
    scenario, seed, replicates and `keep` alone. `progress(done, total)` counts replicates, `size` is that of
    a block. Raises RunError if the folder is taken or was begun with other settings, or Zarr is missing;
    OSError if the disk is full.
    """
    need(("zarr",), "an ensemble")
    if replicates < 1 or size < 1:
        raise ValueError(f"{min(replicates, size)} replicates; give a whole number from 1 on")
    asked = {
        "kind": KIND,
        **manifest_of(scenario, check_seed(seed), replicates, False, ""),
        "versions": versions(),
        "keep": keep,
        "block": size,
    }
    if ledger.begin(folder, asked, resume) and ledger.read(folder / MANIFEST)["complete"]:
        return True
    (folder / MARK).write_text("This ensemble is not finished; go on with --resume.\n", encoding="utf-8")
    store, task = Store(folder, size), Task(scenario, seed, keep)
    blocks = [(start, min(start + size, replicates)) for start in range(0, replicates, size)]
    with ledger.opened(folder) as book:
        there = _there(folder, store)
        done = sum(stop - start for start, stop in there)
        if progress:
            progress(done, replicates)
        try:
            left = (one for one in blocks if one not in there)
            for (start, stop), block in each(_block, task, left, where):
                if not there:
                    store.create(block, _labels(task, block, replicates), replicates)
                store.write(start, block)
                book.add(_entry(start, stop, block))
                there.add((start, stop))
                done += stop - start
                if progress:
                    progress(done, replicates)
        except KeyboardInterrupt:
            return False
        data = store.data()
        write_tallies(tallies(data), folder)
        finished = {**asked, "complete": True, "result_hash": result_hash(data)}
        ledger.write_whole(folder / MANIFEST, json.dumps(finished, ensure_ascii=False, indent=1) + "\n")
    (folder / MARK).unlink(missing_ok=True)
    return True


def open_ensemble(folder: Path) -> Results:
    """A finished ensemble: its data are read when they are asked for. Raises RunError if it is none, or not
    finished."""
    folder = Path(folder)
    manifest = ledger.read(folder / MANIFEST)
    if manifest.get("kind") != KIND:
        raise RunError(
            f"{folder / MANIFEST}: no ensemble; give the folder that `plenary ensemble` has written"
        )
    if not manifest["complete"]:
        raise RunError(f"{folder}: the ensemble is not finished; go on with `plenary ensemble … --resume`")
    need(("zarr",), "an ensemble")
    return Results(Store(folder, manifest["block"]).data(), from_document(manifest["scenario"]), manifest)


def open_tallies(folder: Path) -> xr.Dataset:
    """What `simulation.tallies` counted over a finished ensemble. Raises RunError if it is none."""
    import xarray as xr

    open_ensemble(folder)
    with xr.open_dataset(Path(folder) / SUMMARY, engine="h5netcdf") as stored:
        return stored.load()


def replay_ensemble(folder: Path, where: Where = ALONE, progress: Progress | None = None) -> str:
    """Negotiate an ensemble again, elsewhere; gives the hash of the new data."""
    from tempfile import TemporaryDirectory

    manifest = open_ensemble(folder).manifest
    with TemporaryDirectory() as beside:
        again, scenario = Path(beside) / KIND, from_document(manifest["scenario"])
        asked = (manifest["replicates"], manifest["seed"], manifest["keep"])
        if not stream(scenario, again, *asked, where, progress=progress):
            raise KeyboardInterrupt
        return ledger.read(again / MANIFEST)["result_hash"]


def _block(task: Task, span: tuple[int, int]) -> Block:
    """Negotiate the replicates of one block and take what is kept of them."""
    room = open_room(task.scenario)
    found = dataset.each_replicate(room, negotiate(room, range(*span), task.seed))
    if task.keep == "all":
        return found
    kept = {name: one for name, one in found.items() if name not in LEFT_OUT}
    for name, course in ENDS.items():
        dims, values = found[course]
        kept[name] = ((dims[0], *dims[2:]), np.ascontiguousarray(values[:, -1]))
    return kept


def _labels(task: Task, block: Block, replicates: int) -> xr.Dataset:
    """The coordinates of all dims that the variables of a block have."""
    import xarray as xr

    room = open_room(task.scenario)
    labels = dataset.labels(room, negotiate(room, range(1), task.seed)) | {"replicate": np.arange(replicates)}
    dims = {dim for names, _ in block.values() for dim in names}
    return xr.Dataset(coords={name: one for name, one in labels.items() if _along(name, one) <= dims})


def _along(name: str, label: Any) -> set[str]:
    """The dims of a coordinate, as `dataset.labels` writes it."""
    if not isinstance(label, tuple):
        return {name}
    return {label[0]} if isinstance(label[0], str) else set(label[0])


def _entry(start: int, stop: int, block: Block) -> dict[str, Any]:
    """A block as a line of the ledger."""
    values: dict[str, NDArray] = {name: one for name, (_, one) in block.items()}
    return {"start": start, "stop": stop, "variables": sorted(values), "sha256": checksum_of(values)}


def _there(folder: Path, store: Store) -> set[tuple[int, int]]:
    """The blocks that the ledger knows and the store holds unharmed."""
    return {
        (one["start"], one["stop"])
        for one in ledger.entries(folder)
        if store.holds(one["start"], one["stop"], one["sha256"], one["variables"])
    }
