"""`plenary replay`: does a run give the same results again?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dashboards.options import Json, Quiet, RunFolder

if TYPE_CHECKING:
    from simulation.proceedings import Progress


def command(run: RunFolder, json: Json = False, quiet: Quiet = False) -> None:
    """Repeat a run or an ensemble and say whether the results are identical.

    Everything is taken from the folder's manifest. Exit code 1 if the results differ.
    """
    from dashboards.terminal import print_json, progress

    with progress("replay", quiet or json) as report:
        recorded, replayed = _hashes(run, report)
    identical = recorded == replayed
    if json:
        print_json({"identical": identical, "recorded": recorded, "replayed": replayed})
    elif identical:
        print(f"Identical: {replayed}")
    else:
        print(f"Different: the manifest says {recorded}, this machine finds {replayed}.")
    raise typer.Exit(0 if identical else 1)


def _hashes(folder: Path, report: Progress) -> tuple[str, str]:
    """The hash that a folder's manifest has, and the one found now."""
    from simulation.results import kind_of, read_manifest

    if kind_of(folder) == "ensemble":
        from dashboards.options import where_of
        from simulation.streaming import open_ensemble, replay_ensemble

        return open_ensemble(folder).hash, replay_ensemble(folder, where_of(None, 0), report)
    from simulation import replay

    return read_manifest(folder)["result_hash"], replay(folder, report)[1].hash
