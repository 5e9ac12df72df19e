"""`plenary report`: the report of a run, made again from its data, for the screen, for paper or as a PDF."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboards.options import Json, Quiet, RunFolder

Full = Annotated[
    bool, typer.Option("--full", help="Add the analyses that run the negotiation again; takes a while.")
]
Paper = Annotated[
    bool, typer.Option("--paper", help="Write report-paper.html, where nothing is to be chosen or unfolded.")
]
Pdf = Annotated[
    bool, typer.Option("--pdf", help="Write report.pdf, with a Chromium, Chrome or Edge of this machine.")
]


def command(
    run: RunFolder,
    full: Full = False,
    paper: Paper = False,
    pdf: Pdf = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make the report of a run again.

    Writes report.html anew from a run folder, for example after an update of Plenary; with --paper or --pdf
    a version to print instead.
    """
    from dashboards.printing import find_browser

    if pdf:
        find_browser()
    from dashboards.known import known
    from dashboards.minutes import read_minutes, write_minutes
    from dashboards.report import write_report
    from dashboards.report_parts.pdf import write_pdf
    from dashboards.terminal import print_json, working
    from simulation import open_run

    results, acts = open_run(run), read_minutes(run)
    found = known(results, acts)
    if acts is None:
        write_minutes(found.acts, run)
    made = {}
    with working("writing the report", quiet or json):
        if not (paper or pdf):
            made["report"] = write_report(results, run / "report.html", found, full)
        if paper:
            made["paper"] = write_report(results, run / "report-paper.html", found, full, paper=True)
        if pdf:
            made["pdf"] = write_pdf(results, run / "report.pdf", found, full)
    if json:
        print_json({name: str(path) for name, path in made.items()})
    else:
        for path in made.values():
            print(f"{path} is written.")
