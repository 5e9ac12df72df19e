"""`plenary report`: the report of a run, made again from its data."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboards.options import Json, RunFolder

Full = Annotated[
    bool, typer.Option("--full", help="Add the analyses that run the negotiation again; takes a while.")
]


def command(run: RunFolder, full: Full = False, json: Json = False) -> None:
    """Make the report of a run again.

    Writes report.html anew from a run folder, for example after an update of Plenary.
    """
    from dashboards.known import known
    from dashboards.minutes import read_minutes, write_minutes
    from dashboards.report import write_report
    from dashboards.terminal import print_json
    from simulation import open_run

    results, acts = open_run(run), read_minutes(run)
    found = known(results, acts)
    if acts is None:
        write_minutes(found.acts, run)
    path = write_report(results, run / "report.html", found, full)
    if json:
        print_json({"report": str(path)})
    else:
        print(f"{path} is written.")
