"""`plenary sweep`: every combination of some settings, here or on a cluster."""

from __future__ import annotations

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
    Text,
    With,
    check_known,
    loaded,
    text_of,
    where_of,
)

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.sweep import Sweep

Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="KEY=LEVELS",
        help="A factor: KEY=low:high:count, KEY=a,b,c, or with=OVERLAY,none. Give it once a factor.",
    ),
]
Measure = Annotated[
    str, typer.Option("--measure", metavar="NAME", help="What is drawn and printed; the files hold all.")
]
SHOWN = 5  # failed cells that are named
ABOUT = (
    "Means over all levels of the other factors, every cell under the same luck. A model's output, not a "
    "prediction."
)


def command(
    scenario: Scenario,
    vary: Vary = None,
    replicates: Replicates = 64,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    text: Text = None,
    measure: Measure = "endorsing",
    out: Out = None,
    resume: Resume = False,
    scheduler: Scheduler = None,
    workers: Processes = 0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Sweep settings: every combination, kept cell by cell.

    Writes a folder with a table, a Zarr store and a picture, and prints what moves most. Stopped or killed,
    the same command with --resume goes on: `plenary sweep launch-2020 --vary dynamics.peer_weight=0:0.15:7
    --vary rule=consensus,simple-majority --out DIR --resume`.
    """
    from dashboards.terminal import print_json, progress, remarks

    where, document = where_of(scheduler, workers), loaded(scenario, with_, set_)
    text = text_of(document, text)
    from simulation.compare import MEASURES

    check_known("measure", measure, MEASURES)
    if not vary:
        raise typer.BadParameter("name a factor, such as dynamics.peer_weight=0:0.15:7", param_hint="--vary")
    if resume and out is None:
        raise typer.BadParameter("name the folder to go on with by --out", param_hint="--resume")
    from dashboards.run_folder import new_folder
    from dashboards.sweep_folder import write_sweep
    from simulation.factors import read_factors
    from simulation.sweep import sweep

    factors = read_factors(vary, document, scenario)
    folder = out or new_folder(f"{document.name}-sweep")
    with progress(f"{document.name}: cells", quiet or json) as report:
        found = sweep(document, factors, folder, replicates, seed, where, resume, report)
    files = write_sweep(found, folder, text, measure)
    if json:
        print_json(_document(found, files))
    else:
        _tell(found, files, text, measure, quiet)
    if not found.complete:
        remarks(quiet).print(
            f"Stopped after {found.done} of {found.cells} cells; these are kept. Go on with the same command "
            f"and --out {folder} --resume.",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(130)


def _tell(found: Sweep, files: dict[str, str], text: str, measure: str, quiet: bool) -> None:
    """Print what moves most, what failed, and where the files are."""
    from dashboards.terminal import answers, remarks
    from dashboards.words import OUTCOMES
    from simulation.analyses.spans import spans
    from simulation.factors import levels_of

    moved = spans(found.data, text, measure)
    rows = [
        [
            one.factor,
            f"{one.least:.3g} at {_level(one.lowest)}",
            f"{one.most:.3g} at {_level(one.highest)}",
            f"{one.span:.3g} [{one.low:.3g}, {one.high:.3g}]",
            f"{one.share:.0%}" if one.share == one.share else "–",
        ]
        for one in moved
    ]
    head = ["factor", "least", "most", "apart, 95 %", "share"]
    sure = [one for one in moved if one.low > 0]
    first = (
        f"What moves most on {text}, in {OUTCOMES[measure]}: {sure[0].factor}."
        if sure
        else f"Nothing that was varied moves {text} in {OUTCOMES[measure]} beyond chance."
    )
    console = answers()
    so_far = "" if found.complete else f"After {found.done} of {found.cells} cells: "
    console.print(f"{so_far}{first}\n", markup=False)
    console.print(_table(head, rows))
    console.print(f"\n{ABOUT}", style="dim", markup=False)
    for cell, reason in list(found.failures.items())[:SHOWN]:
        console.print(
            f"Failed: {', '.join(map(_level, levels_of(found.factors, cell)))}: {reason}", markup=False
        )
    if len(found.failures) > SHOWN:
        console.print(f"and {len(found.failures) - SHOWN} more; they stand in failed.csv", markup=False)
    where = "\n".join(f"{name:9}{files[name]}" for name in ("table", "picture", "store") if name in files)
    remarks(quiet).print(f"\n{where}", markup=False, style="dim", soft_wrap=True)


def _table(head: list[str], rows: list[list[str]]) -> Table:
    """A table whose cells are broken and not cut where they are long: names of settings are."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for place, heading in enumerate(head):
        made.add_column(heading, justify="right" if place else "left", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def _level(level: float | str) -> str:
    return f"{level:g}" if isinstance(level, float) else level


def _document(found: Sweep, files: dict[str, str]) -> dict[str, Any]:
    """The sweep as one JSON document."""
    from dashboards.terminal import plain
    from simulation.analyses.spans import spans
    from simulation.factors import levels_of
    from simulation.results import result_hash

    return {
        "scenario": found.scenario.name,
        "replicates": found.manifest["replicates"],
        "seed": found.manifest["seed"],
        "factors": {factor.name: [plain(level) for level in factor.levels] for factor in found.factors},
        "cells": found.cells,
        "done": found.done,
        "complete": found.complete,
        "result_hash": result_hash(found.data),
        "failed": [
            {"levels": [plain(one) for one in levels_of(found.factors, cell)], "reason": reason}
            for cell, reason in found.failures.items()
        ],
        "spans": {
            text: {
                name: [
                    {key: plain(value) for key, value in one._asdict().items()}
                    for one in spans(found.data, text, name)
                ]
                for name in found.data.measure.values.tolist()
            }
            for text in found.data.text.values.tolist()
        },
        "files": files,
    }
