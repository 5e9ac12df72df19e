"""`plenary export`: the delegations of a scenario as the table that other programs of the field read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json, Scenario, Set, With, loaded

File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table to write.")]


def command(name: Scenario, file: File, with_: With = None, set_: Set = None, json: Json = False) -> None:
    """Write actor, capability, issue, position and salience of every delegation into a CSV file."""
    from dashboards.terminal import print_json
    from scenarios import Problem, ScenarioError
    from scenarios.field_format import to_table

    room = loaded(name, with_, set_)
    if file.suffix.lower() != ".csv":
        raise ScenarioError([Problem(str(file), None, "", "this is no name of a table", "end it in .csv")])
    if file.exists():
        mend = "choose another name, or remove the file first"
        raise ScenarioError([Problem(str(file), None, "", "something lies there already", mend)])
    file.write_text(to_table(room), encoding="utf-8")
    rows = len(room.delegations) * len(room.issues)
    if json:
        print_json({"file": str(file), "rows": rows})
    else:
        print(f"{file}: {len(room.delegations)} actors on {len(room.issues)} issues, {rows} rows.")
