"""Many replicates of one scenario, from the opening to labelled results."""

from __future__ import annotations

from pathlib import Path

from scenarios import from_document
from scenarios.schema import Scenario
from simulation import dataset
from simulation.contraction import WIDTH
from simulation.opening import open_room
from simulation.proceedings import Progress, negotiate
from simulation.results import Results, manifest_of, read_manifest, result_hash
from simulation.streams import check_seed
from simulation.threads import one_thread


def run(
    scenario: Scenario,
    replicates: int = 100,
    seed: int = 1,
    batch: int = WIDTH,
    workers: int = 1,
    progress: Progress | None = None,
) -> Results:
    """Run a scenario and analyse it. The same scenario, seed and replicates give the same bits, whatever the
    batch size and the number of workers.

    `replicates` ≥ 1; 0 ≤ `seed` < 2⁶³; `progress(done, total)` is called after each batch. Raises ValueError
    for numbers out of range and `UnknownEntry` for an unknown strategy or decision rule. Ctrl-C during the
    rounds gives results of the replicates done so far, with `complete` false in the manifest.
    """
    for name, value in (("replicates", replicates), ("batch", batch), ("workers", workers)):
        if value < 1:
            raise ValueError(f"{name} is {value}; give a whole number from 1 on")
    room = open_room(scenario)
    proceedings = negotiate(
        room, range(replicates), check_seed(seed), batch, workers, progress, keep_partial=True
    )
    with one_thread():
        data = dataset.build(room, proceedings, seed)
    manifest = manifest_of(scenario, seed, proceedings.replicates, proceedings.complete, result_hash(data))
    return Results(data, scenario, manifest)


def replay(folder: Path, progress: Progress | None = None) -> tuple[bool, Results]:
    """Run again from a run folder's manifest; tells whether results are identical, and gives the new ones.

    Raises RunError if the folder is no finished run.
    """
    manifest = read_manifest(folder)
    again = run(
        from_document(manifest["scenario"]), manifest["replicates"], manifest["seed"], progress=progress
    )
    return again.hash == manifest["result_hash"], again
