"""`plenary import`: a scenario folder from the field's table of actors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.csv", help="Columns actor, capability, position, salience; issue if several."
    ),
]
Folder = Annotated[
    Path | None, typer.Option("--to", metavar="PATH", help="The folder to make; named as the file if absent.")
]
Scale = Annotated[
    tuple[float, float] | None,
    typer.Option("--scale", metavar="LOW HIGH", help="The ends of the scale that positions are given on."),
]


def command(file: File, to: Folder = None, scale: Scale = None, json: Json = False) -> None:
    """Make a scenario folder from a table of actors, as other programs of the field write it.

    The table has no text and no reversion point: placeholders are put in their place for you to edit.
    """
    from dashboards.terminal import print_json
    from scenarios import write
    from scenarios.field_format import from_table

    scenario = from_table(file, scale)
    folder = write(scenario, to or Path(scenario.name))
    ends = {key: [issue.low_pole, issue.high_pole] for key, issue in scenario.issues.items()}
    if json:
        print_json({"folder": str(folder), "delegations": len(scenario.delegations), "scale": ends})
        return
    print(f"{folder}: {len(scenario.delegations)} delegations, {len(ends)} issues.")
    for issue, (low, high) in ends.items():
        print(f"  {issue}: {low} to {high} in the file is 0 to 100 here")
    print("The text, the reversion points and the calendar are placeholders: replace them in")
    print(f"{folder / 'scenario.toml'} and {folder / 'texts'}, then `plenary check {folder}`.")
