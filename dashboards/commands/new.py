"""`plenary new`: a scenario to edit, copied or filled in from the reference data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.options import Json

Target = Annotated[
    Path, typer.Argument(metavar="PATH", help="The folder to make; its name becomes the scenario's name.")
]
Source = Annotated[
    str | None,
    typer.Option("--from", metavar="NAME|PATH", help="The scenario to copy, launch-2020 if absent."),
]
Countries = Annotated[
    str | None,
    typer.Option(
        "--countries", metavar="LIST", help="Fill in these states and groups instead: asean,usa,chn."
    ),
]
Issues = Annotated[
    str | None,
    typer.Option("--issues", metavar="LIST", help="On these issues: flow,access,…; all if absent."),
]


def command(
    path: Target,
    source: Source = None,
    countries: Countries = None,
    issues: Issues = None,
    json: Json = False,
) -> None:
    """Make a new folder to edit: a copy of a scenario, or chosen states on chosen issues.

    A text editor and a spreadsheet are enough; `plenary check` then finds all mistakes at once. With
    `--countries` the values come from the reference data: coded where somebody coded a state, else estimated
    by a stated rule and marked so.
    """
    from dashboards.terminal import print_json
    from scenarios import Problem, ScenarioError, load

    _free(path)
    if countries is None and issues is not None or countries is not None and source is not None:
        mend = "give --countries with --issues, or --from alone"
        raise ScenarioError([Problem("plenary new", None, "", "these options do not go together", mend)])
    if countries is not None:
        from scenarios import write
        from scenarios.composing import compose

        room = compose(path.name, countries.split(","), (issues or "").split(","))
        write(room, path)
        estimated = [key for key, seat in room.delegations.items() if seat.basis == "estimate"]
        files = sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.is_file())
        if json:
            print_json(
                {
                    "folder": str(path),
                    "delegations": list(room.delegations),
                    "estimated": estimated,
                    "issues": list(room.issues),
                    "files": files,
                }
            )
            return
        print(f"{path}: {len(room.delegations)} delegations on {len(room.issues)} issues.")
        if estimated:
            print(f"Estimated, with a wide error: {', '.join(estimated)}.")
    else:
        load(source or "launch-2020")
        files = copy(source or "launch-2020", path)
        if json:
            print_json({"folder": str(path), "from": source or "launch-2020", "files": files})
            return
        print(f"{path}: a copy of {source or 'launch-2020'}, {len(files)} files.")
    print(f"Edit it, then `plenary check {path}` and `plenary run {path}`.")


def _free(path: Path) -> None:
    """Raise ScenarioError unless a scenario can be made here."""
    import re

    from scenarios import Problem, ScenarioError

    if path.exists():
        mend = "choose another name, or remove the folder first"
        raise ScenarioError([Problem(str(path), None, "", "something lies there already", mend)])
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", path.name):
        mend = "use letters, digits, - and _ only, at most 64"
        raise ScenarioError([Problem(str(path), None, "", "a scenario cannot have this name", mend)])


def copy(source: str, path: Path) -> list[str]:
    """Copy the files of a scenario into a new folder and return their names."""
    import re

    from scenarios.loading import find

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
