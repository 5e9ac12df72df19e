"""A scenario made of changes: as a folder among the drafts that `plenary run` takes, or packed."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboards import drafts
from scenarios import load, names, write
from scenarios.problems import shorten
from scenarios.schema import Scenario

LONGEST_PROSE = 20_000  # characters of the prose of a scenario


class Unfit(ValueError):
    """A scenario cannot be saved under this name."""


def check(name: str) -> None:
    """Raises Unfit where a scenario cannot have this name, or one of the shipped scenarios has it."""
    if not name:
        raise Unfit("The scenario needs a name.")
    if not drafts.NAME.fullmatch(name):
        words = "a name is made of at most 64 letters, digits, - and _, and starts with a letter or a digit"
        raise Unfit(f"“{shorten(name, 40)}” is no name for a scenario: {words}.")
    if name.casefold() in {one.casefold() for one in names()}:
        raise Unfit(f"“{name}” is a shipped scenario; choose another name.")


def renamed(scenario: Scenario, name: str, words: Sequence[str]) -> Scenario:
    """The scenario under a name of its own, with a note on what was changed."""
    told = "\n".join(f"- {one}" for one in words)
    note = f"{scenario.sources}\nMade from {scenario.name} by these changes:\n\n{told}\n"
    sources = note if words and len(note) <= LONGEST_PROSE else scenario.sources
    return scenario.model_copy(update={"name": name, "sources": sources})


def saved(name: str, scenario: Scenario) -> dict[str, Any]:
    """Lay the scenario down as a new draft. Raises Unfit where there is one of this name."""
    drafts.folder().mkdir(parents=True, exist_ok=True)
    target = drafts.folder() / name
    if any(one.name.casefold() == name.casefold() for one in drafts.folder().iterdir()):
        raise Unfit(f"There is a draft “{name}” already; nothing was saved. Choose another name.")
    with tempfile.TemporaryDirectory() as scratch:
        made = _written(scenario, Path(scratch) / name)
        try:
            shutil.copytree(made, target)  # fails where somebody was faster
        except FileExistsError:
            raise Unfit(f"There is a draft “{name}” already; nothing was saved.") from None
    return {"folder": str(target), "command": f"plenary run {_quoted(target)}"}


def packed(name: str, scenario: Scenario) -> bytes:
    """The scenario's folder as a .zip file, the same bytes every time."""
    content = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as scratch,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        made = _written(scenario, Path(scratch) / name)
        for one in sorted(path for path in made.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(one.relative_to(made.parent).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, one.read_bytes())
    return content.getvalue()


def _written(scenario: Scenario, folder: Path) -> Path:
    """The scenario's folder, read back before anybody relies on it."""
    made = write(scenario, folder)
    assert load(made) == scenario, "what was written is not what was meant"
    return made


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
