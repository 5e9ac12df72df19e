"""`plenary run`: the main job, from a scenario to the answer, the report and the data."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Batch, Json, Out, Quiet, Replicates, Scenario, Seed, Set, With, Workers, loaded

Pdf = Annotated[
    bool, typer.Option("--pdf", help="Print the report too, with a Chromium, Chrome or Edge of this machine.")
]
Open = Annotated[bool, typer.Option("--open", help="Open the report in a browser afterwards.")]


def command(
    scenario: Scenario,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    out: Out = None,
    open_: Open = False,
    pdf: Pdf = False,
    batch: Batch = 64,
    workers: Workers = 1,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a scenario, print the answer, write the report.

    Who comes on board, when and because of whom; which coalitions form; what is adopted.
    """
    began = time.perf_counter()
    from dashboards.printing import find_browser

    if pdf:
        find_browser()
    from dashboards.run_folder import new_folder, write_run
    from dashboards.summary import summarise
    from dashboards.terminal import answers, open_page, print_json, progress, remarks, working

    document = loaded(scenario, with_, set_)
    folder = out or new_folder(document.name)
    from simulation import run

    gc.freeze()  # what the libraries keep for good is not searched for rubbish again
    imported = time.perf_counter()
    with progress(f"{document.name}: replicates", quiet or json) as report:
        results = run(document, replicates, seed, batch, workers, report)
    with working("writing the report", quiet or json):
        files = write_run(results, folder, pdf)
        answer = summarise(results)
    took = time.perf_counter() - imported
    if json:
        print_json({**answer.document(), "files": files, "seconds": round(took, 3)})
    else:
        from dashboards.answer_table import print_answer

        print_answer(answers(), answer)
        remarks(quiet).print(_where(files, took, imported - began), markup=False, style="dim", soft_wrap=True)
    if open_:
        open_page(Path(files["report"]), quiet or json)
    if not answer.complete:
        remarks(quiet).print(f"Stopped after {answer.replicates} of {replicates} replicates; these are kept.")
        raise typer.Exit(130)


def _where(files: dict[str, str], took: float, importing: float) -> str:
    printed = f"PDF     {files['pdf']}\n" if "pdf" in files else ""
    return (
        f"\nReport  {files['report']}\n{printed}Data    {files['data']}\n"
        f"{took:.1f} s, and {importing:.1f} s to load the libraries"
    )
