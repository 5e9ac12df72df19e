"""`plenary bench`: how fast is it, against the same rounds in plain Mesa and against its own bars?"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet

if TYPE_CHECKING:
    from rich.table import Table

Phases = Annotated[bool, typer.Option("--phases", help="Time per phase of a round instead of the figures.")]
Small = Annotated[
    bool, typer.Option("--small", help="A small room, to see that everything is in place; no bar applies.")
]
NEEDS_A_CLONE = (
    "`plenary bench` needs a clone of the repository: the benchmarks lie beside the packages there "
    "and are not installed."
)


def command(phases: Phases = False, small: Small = False, json: Json = False, quiet: Quiet = False) -> None:
    """Time Plenary against its bars.

    Rounds against the same rounds in plain Mesa, whole runs against the clock. Takes under a minute; exit
    code 1 if a bar is missed.
    """
    from dashboards.cli import FAILED, stop
    from dashboards.terminal import answers, print_json, working

    if not _beside():
        stop(NEEDS_A_CLONE, FAILED)
    from importlib import import_module
    from subprocess import CalledProcessError

    measuring, sizes = import_module("benchmarks.figures"), import_module("benchmarks.timing")
    size = sizes.SMALL if small else sizes.FULL
    rows: list[dict[str, Any]] = []
    try:
        if phases:
            with working("timing phases", quiet or json):
                rows = measuring.phases(size)
        else:
            for title, measure in measuring.figures(size):
                with working(f"timing: {title}", quiet or json):
                    rows += map(asdict, measure())
    except CalledProcessError as error:
        stop(f"A timed process failed: {error.stderr.strip()}", FAILED)
    if json:
        print_json(rows)
    else:
        answers().print(_phase_table(rows) if phases else _figure_table(rows))
    if any(row.get("passed") is False for row in rows):
        raise typer.Exit(FAILED)


def _beside() -> bool:
    """Whether the benchmarks lie beside the packages, and it is these that Python would import."""
    from importlib.util import find_spec
    from pathlib import Path

    home = Path(__file__).resolve().parents[2] / "benchmarks"
    spec = find_spec("benchmarks")
    return spec is not None and spec.origin is not None and Path(spec.origin).resolve().parent == home


def _figure_table(rows: list[dict[str, Any]]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("figure")
    for heading in ("against", "ours", "ratio", "bar"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("passed", no_wrap=True)
    for row in rows:
        table.add_row(
            row["title"],
            _quantity(row["against"], row["unit"]),
            _quantity(row["ours"], row["unit"]),
            _quantity(row["ratio"], "×"),
            row["bar"] or "",
            {None: "", True: "yes", False: "[bold red]no[/]"}[row["passed"]],
        )
    return table


def _phase_table(rows: list[dict[str, Any]]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim", caption="one round of one replicate")
    table.add_column("phase")
    for heading in ("plain", "ours", "ratio", "share", "everything on"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            row["phase"].replace("_", " "),
            _quantity(row["plain"], row["unit"]),
            _quantity(row["ours"], row["unit"]),
            _quantity(row["ratio"], "×"),
            f"{row['share']:.0%}",
            _quantity(row["everything"], row["unit"]),
        )
    return table


def _number(value: float) -> str:
    """A number to three digits, written out.

    >>> _number(62_345.6), _number(1.876), _number(0.08123)
    ('62,300', '1.88', '0.0812')
    """
    rounded = float(f"{value:.3g}")
    size = math.floor(math.log10(abs(rounded))) if rounded else 0
    return f"{rounded:,.{max(0, 2 - size)}f}"


def _quantity(value: float | None, unit: str) -> str:
    """A number with its unit, nothing for none."""
    return "" if value is None else f"{_number(value)} {unit}"
