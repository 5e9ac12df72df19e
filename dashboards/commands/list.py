"""`plenary list`: the scenarios that come with Plenary."""

from __future__ import annotations

from dashboards.options import Json


def command(json: Json = False) -> None:
    """List the scenarios that come with Plenary."""
    from scenarios import load, names

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
