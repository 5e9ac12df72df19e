"""`plenary replay`: does a run give the same results again?"""

from __future__ import annotations

import typer

from dashboards.options import Json, Quiet, RunFolder


def command(run: RunFolder, json: Json = False, quiet: Quiet = False) -> None:
    """Repeat a run and say whether the results are identical.

    Everything is taken from the run folder's manifest. Exit code 1 if the results differ.
    """
    from dashboards.terminal import print_json, progress
    from simulation import replay
    from simulation.results import read_manifest

    recorded = read_manifest(run)["result_hash"]
    with progress("replay", quiet or json) as report:
        identical, again = replay(run, report)
    if json:
        print_json({"identical": identical, "recorded": recorded, "replayed": again.hash})
    elif identical:
        print(f"Identical: {again.hash}")
    else:
        print(f"Different: the manifest says {recorded}, this machine finds {again.hash}.")
    raise typer.Exit(0 if identical else 1)
