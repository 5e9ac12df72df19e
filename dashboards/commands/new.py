"""`plenary new`: a copy of a scenario to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json


def command(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The folder to make; its name is the scenario's.")
    ],
    source: Annotated[
        str, typer.Option("--from", metavar="NAME", help="The scenario to copy.")
    ] = "launch-2020",
    json: Json = False,
) -> None:
    """Copy a scenario into a new folder, ready to edit with a text editor and a spreadsheet."""
    from dashboards.terminal import print_json
    from scenarios import copy

    files = copy(source, path)
    if json:
        print_json({"folder": str(path), "from": source, "files": files})
        return
    print(f"{path}: a copy of {source}, {len(files)} files.")
    print(f"Edit it, then `plenary check {path}` and `plenary run {path}`.")
