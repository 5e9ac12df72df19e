"""`plenary schema`: what an editor needs to check a scenario while one types."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json

Folder = Annotated[Path, typer.Argument(metavar="PATH", help="The scenario folder.")]


def command(path: Folder, json: Json = False) -> None:
    """Let an editor check a scenario while you type.

    Puts JSON Schemas of its TOML files beside them, and settings by which editors that know Taplo find them.
    """
    from dashboards.terminal import print_json
    from scenarios.json_schema import lay_beside

    files = lay_beside(path)
    if json:
        print_json({"folder": str(path), "files": files})
        return
    print(f"{path}: {', '.join(files)}.")
    print("Open the folder in an editor with Taplo; for Visual Studio Code it is called Even Better TOML.")
