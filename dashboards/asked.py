"""What a question is about: a run that is there already, or a scenario that is run now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboards.options import loaded


def results_of(
    where: str, replicates: int, seed: int, with_: list[str] | None, set_: list[str] | None, quiet: bool
) -> Any:
    """The results in a run folder, or those of a scenario, run with these replicates, seed and patches.

    Raises ScenarioError where patches are asked for on a run folder: what has been run cannot be changed.
    """
    from dashboards.terminal import progress
    from scenarios import Problem, ScenarioError
    from simulation import open_run, run

    folder = Path(where)
    if (folder / "manifest.json").is_file():
        if with_ or set_:
            mend = "name the scenario instead of its run"
            raise ScenarioError([Problem(where, None, "", "a finished run cannot be changed", mend)])
        return open_run(folder)
    room = loaded(where, with_, set_)
    with progress(f"{room.name}: replicates", quiet) as report:
        return run(room, replicates, seed, progress=report)
