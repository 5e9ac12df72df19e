"""`plenary list`: the scenarios that come with Plenary."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboards.options import Json

Overlays = Annotated[
    bool, typer.Option("--overlays", help="List the overlays that `--with` takes, not the scenarios.")
]


def command(overlays: Overlays = False, json: Json = False) -> None:
    """List the scenarios that come with Plenary."""
    from scenarios import load, names

    if overlays:
        _list_overlays(json)
        return
    rows = []
    for name in names():
        scenario = load(name)
        rows.append(
            {
                "name": name,
                "title": scenario.title,
                "question": scenario.question,
                "delegations": len(scenario.delegations),
                "texts": len(scenario.texts),
                "rounds": sum(stretch.rounds for stretch in scenario.calendar),
            }
        )
    if json:
        from dashboards.terminal import print_json

        print_json(rows)
    else:
        _print(rows)


def _list_overlays(json: bool) -> None:
    from rich.table import Table

    from dashboards.terminal import answers, print_json
    from scenarios import overlays

    known = overlays().values()
    if json:
        print_json([{"name": one.name, "about": one.about, "value": one.value} for one in known])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("overlay", no_wrap=True)
    table.add_column("what it does")
    for one in known:
        word = f"{one.name}=VALUE" if one.value else one.name
        table.add_row(word, one.about + (f" VALUE is {one.value}." if one.value else ""))
    answers().print(table)
    answers().print(
        "\nSeveral combine: `plenary run launch-2020 --with doubts-about-motives --with coordinator=VNM`.",
        style="dim",
    )


def _print(rows: list[dict]) -> None:
    from rich.table import Table

    from dashboards.terminal import answers

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("scenario", no_wrap=True)
    for heading in ("states", "texts", "rounds"):
        table.add_column(heading, justify="right")
    table.add_column("what it asks")
    for row in rows:
        numbers = (str(row[key]) for key in ("delegations", "texts", "rounds"))
        table.add_row(row["name"], *numbers, row["question"] or row["title"])
    answers().print(table)
    answers().print("\nLook closer with `plenary show NAME`, run with `plenary run NAME`.", style="dim")
