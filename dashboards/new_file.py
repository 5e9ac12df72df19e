"""Files that a command writes for the first time: what lies there already is never overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def refuse_to_overwrite(*files: Path | None) -> None:
    """Raise ScenarioError for the first of some files that is there already; None is a file not asked for."""
    from scenarios import Problem, ScenarioError

    for file in files:
        if file is not None and file.exists():
            mend = "choose another name or remove it first"
            raise ScenarioError([Problem(file.name, None, "", "the file is there already", mend)])


def write_toml(file: Path, found: dict[str, Any]) -> None:
    """Write an answer into a new file. Raises FileExistsError where it is there already."""
    import tomli_w

    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.write(tomli_w.dumps(found))
