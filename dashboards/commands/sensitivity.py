"""`plenary sensitivity`: which assumptions does the headline hang on, all of them varied together?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import (
    Json,
    Processes,
    Quiet,
    Replicates,
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
    from simulation.sensitivity import Headline, Sensitivity, Settled

Method = Annotated[
    str,
    typer.Option(
        "--method",
        metavar="NAME",
        help="morris (few runs, what matters at all), sobol (shares of the variance), pawn (distributions).",
    ),
]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="KEY[=RANGE]",
        help="Vary this alone, once for each: dynamics.peer_weight=0:0.15, positions.EU=-20:20, "
        "with=OVERLAY, KEY=a,b,c, or the KEY of what is varied by default.",
    ),
]
Measure = Annotated[
    str,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="endorsing, opposing, yes, no, ambition, or a chance: adopted, vote_passed.",
    ),
]
Size = Annotated[
    int,
    typer.Option(
        "--size",
        min=0,
        max=100_000,
        help="Trajectories (morris, 16), base points (sobol, 64) or points (pawn, 256); 0 for that.",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write tables, picture, manifest here.")
]
FOLLOWED = 5  # assumptions that are taken on to the next method


def command(
    scenario: Scenario,
    method: Method = "morris",
    vary: Vary = None,
    text: Text = None,
    measure: Measure = "endorsing",
    size: Size = 0,
    replicates: Replicates = 24,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    out: Out = None,
    scheduler: Scheduler = None,
    workers: Processes = 0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask which assumptions the headline hangs on.

    Varies parameters over their advised ranges, positions, the rule, and what can be off or on, all together,
    and tells what each does, what is no more than chance, and whether the ranking is settled. Needs SALib
    (pip install SALib).
    """
    from dashboards.terminal import print_json, progress
    from simulation.compare import MEASURES
    from simulation.sensitivity import SIZES, assumptions, headline, read_assumptions, sensitivity, settled
    from simulation.sensitivity.designs import need_salib

    need_salib()
    check_known("method", method, SIZES)
    where, room = where_of(scheduler, workers), loaded(scenario, with_, set_)
    text = text_of(room, text)
    check_known("measure", measure, MEASURES)
    varied = read_assumptions(vary, room, scenario, text) if vary else assumptions(room, scenario)
    with progress(f"{room.name}: cells", quiet or json) as report:
        found = sensitivity(
            room, varied, text, method, size or SIZES[method], replicates, seed, where, report
        )
    with progress(f"{room.name}: the headline's replicates", quiet or json) as report:
        course = headline(room, text, measure, seed, progress=report)
    said = settled(found, text, measure)
    files = {}
    if out:
        from dashboards.sensitivity_folder import write_sensitivity

        files = write_sensitivity(found, out, text, measure)
    if json:
        print_json(_document(found, text, measure, said, course, files))
    else:
        _tell(found, text, measure, said, course, files, quiet)


def _tell(
    found: Sensitivity,
    text: str,
    measure: str,
    said: Settled,
    course: list[Headline],
    files: dict[str, str],
    quiet: bool,
) -> None:
    """Print the answer, the rows that move most, and what to ask next."""
    from dashboards.sensitivity_table import ABOUT, HEADS, MODEL, SHOWN, rows_of, sentences
    from dashboards.terminal import remarks, tell

    rows = rows_of(found, text, measure, said)
    answer = sentences(found, text, measure, said, course)
    about = f"{ABOUT[found.method]} {MODEL}"
    if len(rows) > SHOWN:
        about = f"and {len(rows) - SHOWN} more that move less; --json and --out hold all.\n{about}"
    tell(answer, HEADS[found.method], rows[:SHOWN], about)
    if found.method == "morris" and said.clear:
        asked = " ".join(f"--vary {name}" for name in said.clear[:FOLLOWED])
        remarks(quiet).print(
            f"\nTheir shares: plenary sensitivity {found.scenario.name} --method sobol {asked}",
            markup=False,
            style="dim",
            soft_wrap=True,
        )
    for name, path in files.items():
        remarks(quiet).print(f"{name:9}{path}", markup=False, style="dim", soft_wrap=True)


def _document(
    found: Sensitivity, text: str, measure: str, said: Settled, course: list[Headline], files: dict[str, str]
) -> dict[str, Any]:
    """The analysis as one JSON document."""
    from dashboards.sensitivity_table import listed, sentences
    from dashboards.terminal import plain

    return {
        "scenario": found.scenario.name,
        "text": text,
        "measure": measure,
        "method": found.method,
        "size": found.size,
        "replicates": found.replicates,
        "seed": found.seed,
        "cells": len(found.points),
        "negotiated": found.negotiated,
        "answer": sentences(found, text, measure, said, course),
        "indices": listed(found, text, measure, said),
        "settled": {key: plain(value) for key, value in said._asdict().items()},
        "headline": [
            {key: plain(value) for key, value in one._asdict().items()} | {"still": one.still}
            for one in course
        ],
        "failed": [{"cell": cell, "reason": reason} for cell, reason in found.failures.items()],
        "files": files,
    }
