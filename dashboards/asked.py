"""What a question is about: a run that is there already, or a scenario that is run now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.options import loaded

if TYPE_CHECKING:
    from scenarios.schema import Scenario


def is_run(where: str) -> bool:
    """Whether a run lies in this folder."""
    from simulation.results import MANIFEST

    return (Path(where) / MANIFEST).is_file()


def case_of(where: str, seed: int) -> tuple[Scenario, int]:
    """The scenario and the seed of a run, or a scenario as it is with this seed."""
    from scenarios import from_document
    from simulation.results import read_manifest

    if not is_run(where):
        return loaded(where, None, None), seed
    manifest = read_manifest(Path(where))
    return from_document(manifest["scenario"]), manifest["seed"]


def results_of(
    where: str,
    text: str | None,
    replicates: int,
    seed: int,
    with_: list[str] | None,
    set_: list[str] | None,
    quiet: bool,
) -> Any:
    """The results in a run folder, or those of a scenario, run with these replicates, seed and patches.

    Raises UnknownEntry for a `text` that is not there, before anything is run, and ScenarioError where
    patches are asked for on a run folder: what has been run cannot be changed.
    """
    from dashboards.options import text_of
    from dashboards.terminal import progress
    from scenarios import Problem, ScenarioError
    from simulation import open_run, run

    if is_run(where):
        if with_ or set_:
            mend = "name the scenario instead of its run"
            raise ScenarioError([Problem(where, None, "", "a finished run cannot be changed", mend)])
        return open_run(Path(where))
    room = loaded(where, with_, set_)
    text_of(room, text)
    with progress(f"{room.name}: replicates", quiet) as report:
        return run(room, replicates, seed, progress=report)
