"""`plenary export`: a scenario as a spreadsheet, or as other programs of the field read it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json, Scenario, Set, With, loaded

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="FILE.xlsx, FILE.csv or FILE.tsv, the file to write.")
]


def command(name: Scenario, file: File, with_: With = None, set_: Set = None, json: Json = False) -> None:
    """Write a scenario into a file to edit or to use elsewhere.

    FILE.xlsx is a workbook with all of it, a sheet for each table. FILE.csv is the table that other programs
    of the field read: actor, capability, issue, position, salience. FILE.tsv or FILE.txt is what programs for
    the exchange of positions read: lines marked #A, #P, #M and #D, with the worded points of every scale.
    """
    from dashboards.terminal import print_json
    from scenarios import Problem, ScenarioError
    from scenarios.exchange_format import to_exchange
    from scenarios.field_format import to_table
    from scenarios.workbook import to_workbook

    room = loaded(name, with_, set_)
    kind = file.suffix.lower()
    if kind not in (".csv", ".tsv", ".txt", ".xlsx"):
        mend = "end it in .xlsx, .csv or .tsv"
        raise ScenarioError([Problem(str(file), None, "", "this is no name of a table", mend)])
    if file.exists():
        mend = "choose another name, or remove the file first"
        raise ScenarioError([Problem(str(file), None, "", "something lies there already", mend)])
    if kind == ".xlsx":
        to_workbook(room, file)
    else:
        text = to_table(room) if kind == ".csv" else to_exchange(room)
        file.write_text(text, encoding="utf-8", newline="")
    if json:
        print_json({"file": str(file), "delegations": len(room.delegations), "issues": len(room.issues)})
    else:
        print(f"{file}: {len(room.delegations)} delegations, {len(room.issues)} issues.")
        print(f"Edit it, then `plenary import {file} --to my-talks`.")
