"""`plenary import`: a scenario folder from a workbook, or from a file of other programs of the field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="FILE.xlsx as `plenary export` writes it, or FILE.csv, FILE.tsv or FILE.txt."
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
    """Make a scenario folder from a workbook, a table or marked lines.

    FILE.xlsx is a workbook as `plenary export` writes it. FILE.csv is a table as other programs of the field
    write it, with the columns actor, capability, position, salience, and issue if there are several.
    FILE.tsv or FILE.txt, or a FILE.csv that begins with a mark, is an input of programs for the exchange of
    positions: lines marked #A (actors), #P (issues), #M (points of a scale) and #D (positions). Neither has a
    text or a reversion point: placeholders are put in their place for you to edit.
    """
    from dashboards.terminal import print_json
    from scenarios import write
    from scenarios.exchange_format import from_exchange
    from scenarios.field_format import from_table
    from scenarios.marked_lines import is_exchange
    from scenarios.workbook import from_workbook

    if file.suffix.lower() == ".xlsx":
        folder = to or Path(file.stem)
        read = from_workbook(file, folder)
        if json:
            print_json({"folder": str(folder), "delegations": len(read.delegations)})
        else:
            print(f"{folder}: {len(read.delegations)} delegations, {len(read.issues)} issues.")
            print(f"Now `plenary check {folder}`, then `plenary run {folder}`.")
        return
    scenario = from_exchange(file, scale) if is_exchange(file) else from_table(file, scale)
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
