"""`plenary ensemble`: very many replicates of one scenario, here or on a cluster."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import (
    Json,
    Out,
    Processes,
    Quiet,
    Replicates,
    Resume,
    Scenario,
    Scheduler,
    Seed,
    Set,
    With,
    loaded,
    where_of,
)

if TYPE_CHECKING:
    import xarray as xr


class Kept(StrEnum):
    """How much of a replicate is kept."""

    ENDS = "ends"
    ALL = "all"


Keep = Annotated[
    Kept,
    typer.Option("--keep", help="Of each replicate: what it comes to, or all of its course (50 times more)."),
]
ABOUT = "A model's output, not a prediction."


def command(
    scenario: Scenario,
    replicates: Replicates = 100_000,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    keep: Keep = Kept.ENDS,
    out: Out = None,
    resume: Resume = False,
    scheduler: Scheduler = None,
    workers: Processes = 0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run very many replicates into a Zarr store.

    Memory does not grow with their number. Stopped or killed, the same command with --resume goes on, to the
    same data and the same hash: `plenary ensemble launch-2020 --replicates 100000 --out DIR --resume`.
    """
    from dashboards.terminal import print_json, progress, remarks

    where, document = where_of(scheduler, workers), loaded(scenario, with_, set_)
    if resume and out is None:
        raise typer.BadParameter("name the folder to go on with by --out", param_hint="--resume")
    from dashboards.ensemble_folder import write_ensemble
    from dashboards.run_folder import new_folder
    from simulation.streaming import open_ensemble, open_tallies, stream

    folder = out or new_folder(f"{document.name}-ensemble")
    with progress(f"{document.name}: replicates", quiet or json) as report:
        complete = stream(document, folder, replicates, seed, keep.value, where, resume, report)
    if not complete:
        told = f"Stopped; what is done is kept. Go on with the same command and --out {folder} --resume."
        remarks(quiet).print(told, markup=False, soft_wrap=True)
        raise typer.Exit(130)
    results, counts = open_ensemble(folder), open_tallies(folder)
    files = write_ensemble(results, counts, folder)
    if json:
        print_json({**_document(results, counts), "files": files})
    else:
        _tell(results, counts, files, quiet)


def _document(results: Any, counts: xr.Dataset) -> dict[str, Any]:
    """What came of an ensemble, by text."""
    from dashboards.summary import BAND
    from simulation.analyses.confirming import wilson
    from simulation.tallies import COUNTS, quantiles

    replicates = results.replicates
    return {
        "scenario": results.scenario.name,
        "replicates": replicates,
        "seed": results.manifest["seed"],
        "result_hash": results.hash,
        "texts": {
            text: {
                **{
                    name: quantiles(counts[f"{name}_times"].sel(text=text).values[-1], BAND).tolist()
                    for name in COUNTS
                },
                **{
                    name: wilson(int(counts[f"{name}_times"].sel(text=text)) / replicates, replicates)
                    for name in ("adopted", "vote_passed")
                },
            }
            for text in counts.text.values.tolist()
        },
    }


def _tell(results: Any, counts: xr.Dataset, files: dict[str, str], quiet: bool) -> None:
    """Print a row a text, and where the files are."""
    from dashboards.terminal import remarks, tell

    found = _document(results, counts)
    rows = []
    for text, here in found["texts"].items():
        bands = [
            f"{middle:g} ({low:g}–{high:g})" for low, middle, high in (here["endorsing"], here["opposing"])
        ]
        ends = (here["adopted"], here["vote_passed"])
        chances = [f"{share:.1%} ({low:.1%}–{high:.1%})" for low, share, high in ends]
        rows.append([text, *bands, *chances])
    first = (
        f"{found['replicates']:,} replicates of {found['scenario']}, seed {found['seed']}. At the end, in "
        "the median and in the middle 80 % of them, and chances with their 95 % intervals:"
    )
    tell([first], ["text", "endorse", "oppose", "adopted", "vote passes"], rows, ABOUT, wrapped=True)
    where = "\n".join(f"{name:9}{files[name]}" for name in ("data", "tables", "picture"))
    remarks(quiet).print(
        f"\n{where}\nhash     {found['result_hash']}", markup=False, style="dim", soft_wrap=True
    )
