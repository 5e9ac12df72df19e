"""`plenary bench`: how fast is it, against the same rounds in plain Mesa and against its own bars?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

Phases = Annotated[bool, typer.Option("--phases", help="Time per phase of a round instead of the figures.")]
Others = Annotated[
    bool, typer.Option("--others", help="The same work in NDlib and in Mesa's batch_run instead.")
]
Scaling = Annotated[
    bool, typer.Option("--scaling", help="How time and memory grow with the size of a room instead.")
]
Small = Annotated[
    bool, typer.Option("--small", help="A small room, to see that everything is in place; no bar applies.")
]
NEEDS_A_CLONE = (
    "`plenary bench` needs a clone of the repository: the benchmarks lie beside the packages there "
    "and are not installed."
)
NEEDS_NDLIB = (
    "`plenary bench --others` compares with NDlib, which is not installed: "
    "`uv sync --group comparisons`, or `pip install ndlib six`."
)


def command(
    phases: Phases = False,
    others: Others = False,
    scaling: Scaling = False,
    small: Small = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Time Plenary against its bars.

    Rounds against the same rounds in plain Mesa, whole runs against the clock. Takes under a minute; exit
    code 1 if a bar is missed.
    """
    from dashboards.cli import BAD_INPUT, FAILED, stop
    from dashboards.terminal import answers, print_json

    if phases + others + scaling > 1:
        stop("Give one of --phases, --others and --scaling at a time.", BAD_INPUT)
    if not _beside():
        stop(NEEDS_A_CLONE, FAILED)
    from importlib import import_module
    from importlib.util import find_spec
    from subprocess import CalledProcessError

    if others and find_spec("ndlib") is None:
        stop(NEEDS_NDLIB, FAILED)
    timing = import_module("benchmarks.timing")
    size, still = timing.SMALL if small else timing.FULL, quiet or json
    table: Callable[[list[dict[str, Any]]], Table | Group]
    try:
        if phases:
            rows, table = _phases(size, still), _phase_table
        elif scaling:
            rows, table = _scaling(size, still), _scaling_table
        else:
            which = "others" if others else "figures"
            measures = getattr(import_module(f"benchmarks.{which}"), which)(size)
            rows, table = _one_by_one(measures, still), _figure_table
    except CalledProcessError as error:
        stop(f"A timed process failed: {error.stderr.strip()}", FAILED)
    if json:
        print_json(rows)
    else:
        answers().print(table(rows))
        answers().print(timing.machine(), style="dim")
    if any(row.get("passed") is False for row in rows):
        raise typer.Exit(FAILED)


def _one_by_one(measures: Iterable[tuple[str, Callable[[], list[Any]]]], still: bool) -> list[dict[str, Any]]:
    """The lines of measures that are taken one after the other."""
    from dashboards.terminal import working

    rows: list[dict[str, Any]] = []
    for title, measure in measures:
        with working(f"timing: {title}", still):
            rows += map(asdict, measure())
    return rows


def _phases(size: Any, still: bool) -> list[dict[str, Any]]:
    from importlib import import_module

    from dashboards.terminal import working

    with working("timing phases", still):
        return list(import_module("benchmarks.figures").phases(size))


def _scaling(size: Any, still: bool) -> list[dict[str, Any]]:
    from importlib import import_module

    measuring = import_module("benchmarks.scaling")
    axes = [(title, lambda work=work: [work()]) for title, work in measuring.scaling(size)]
    return _one_by_one([*axes, ("ties", lambda: measuring.listening(size))], still)


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


def _scaling_table(rows: list[dict[str, Any]]) -> Group:
    """Exponents by axis, and listening by the share of pairs that listen."""
    from rich.console import Group
    from rich.table import Table

    caption = "time and memory grow as size to the power of this"
    growth = Table(box=None, pad_edge=False, header_style="dim", caption=caption)
    growth.add_column("axis", no_wrap=True)
    for heading in ("sizes", "seconds", "time grows", "MiB", "memory grows"):
        growth.add_column(heading, justify="right", no_wrap=True)
    ties = Table(box=None, pad_edge=False, header_style="dim", caption="listening, 64 replicates at once")
    for heading in ("pairs that listen", "whole matrix", "ties alone", "ratio", "taken"):
        ties.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        if "axis" in row:
            least, most = row["sizes"][0], row["sizes"][-1]
            growth.add_row(
                row["axis"],
                f"{least['size']}–{most['size']}",
                f"{_number(least['seconds'])}–{_number(most['seconds'])}",
                f"{row['time']:.2f} ± {row['time_error']:.2f}",
                f"{_number(least['mib'])}–{_number(most['mib'])}",
                f"{row['memory']:.2f} ± {row['memory_error']:.2f}",
            )
        else:
            ties.add_row(
                f"{row['share']:.0%}",
                _quantity(row["whole"], "µs"),
                _quantity(row["ties"], "µs"),
                _quantity(row["whole"] / row["ties"], "×"),
                row["taken"],
            )
    return Group(growth, "", ties)


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
