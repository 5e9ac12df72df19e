"""`plenary export`: a scenario as a spreadsheet, or its delegations as the table of the field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json, Scenario, Set, With, loaded

File = Annotated[Path, typer.Argument(metavar="FILE", help="FILE.xlsx or FILE.csv, the file to write.")]


def command(name: Scenario, file: File, with_: With = None, set_: Set = None, json: Json = False) -> None:
    """Write a scenario into a file to edit or to use elsewhere.

    FILE.xlsx is a workbook with all of it, a sheet for each table. FILE.csv is the table that other programs
    of the field read: actor, capability, issue, position, salience.
    """
    from dashboards.terminal import print_json
    from scenarios import Problem, ScenarioError
    from scenarios.field_format import to_table
    from scenarios.workbook import to_workbook

    room = loaded(name, with_, set_)
    if file.suffix.lower() not in (".csv", ".xlsx"):
        mend = "end it in .xlsx or .csv"
        raise ScenarioError([Problem(str(file), None, "", "this is no name of a table", mend)])
    if file.exists():
        mend = "choose another name, or remove the file first"
        raise ScenarioError([Problem(str(file), None, "", "something lies there already", mend)])
    if file.suffix.lower() == ".xlsx":
        to_workbook(room, file)
    else:
        file.write_text(to_table(room), encoding="utf-8")
    if json:
        print_json({"file": str(file), "delegations": len(room.delegations), "issues": len(room.issues)})
    else:
        print(f"{file}: {len(room.delegations)} delegations, {len(room.issues)} issues.")
        print(f"Edit it, then `plenary import {file} --to my-talks`.")
