"""`plenary new`: a copy of a scenario to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json

Target = Annotated[
    Path, typer.Argument(metavar="PATH", help="The folder to make; its name becomes the scenario's name.")
]
Source = Annotated[str, typer.Option("--from", metavar="NAME|PATH", help="The scenario to copy.")]


def command(path: Target, source: Source = "launch-2020", json: Json = False) -> None:
    """Copy a scenario into a new folder to edit.

    A text editor and a spreadsheet are enough; `plenary check` then finds all mistakes at once.
    """
    from dashboards.terminal import print_json
    from scenarios import load

    load(source)
    files = copy(source, path)
    if json:
        print_json({"folder": str(path), "from": source, "files": files})
        return
    print(f"{path}: a copy of {source}, {len(files)} files.")
    print(f"Edit it, then `plenary check {path}` and `plenary run {path}`.")


def copy(source: str, path: Path) -> list[str]:
    """Copy the files of a scenario into a new folder and return their names. Raises ScenarioError."""
    import re

    from scenarios import Problem, ScenarioError
    from scenarios.loading import find

    if path.exists():
        mend = "choose another name, or remove the folder first"
        raise ScenarioError([Problem(str(path), None, "", "something lies there already", mend)])
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", path.name):
        mend = "use letters, digits, - and _ only, at most 64"
        raise ScenarioError([Problem(str(path), None, "", "a scenario cannot have this name", mend)])
    home = find(source)
    files = [file for file in sorted(home.rglob("*")) if file.suffix in (".toml", ".csv") and file.is_file()]
    for file in files:
        content = file.read_bytes()
        if file == home / "scenario.toml":
            # The copy is named by its folder.
            content = re.sub(rb"(?m)^name *= *.*\n", b"", content, count=1)
        target = path / file.relative_to(home)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return [str(file.relative_to(home)) for file in files]
