"""`plenary validate`: published and exact numbers beside Plenary's own."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import typer

from dashboards.commands.show import WIDTH as COLUMNS
from dashboards.commands.show import As, Out, is_page
from dashboards.options import Json, Quiet

if TYPE_CHECKING:
    from rich.console import Console

    from dashboards.validation_table import Part
    from simulation.validation import Row

HEAD = ("what", "published\nor exact", "ours", "difference", "tolerance", "passed")
WIDTH = 17  # characters of a line in a cell


def command(format: As = None, out: Out = None, json: Json = False, quiet: Quiet = False) -> None:
    """Compute published and exact numbers again and print them beside ours.

    Each row has the number of others, ours, the difference, the tolerance and the source. Takes under twenty
    seconds; exit code 1 if a row is not within its tolerance.
    """
    from dashboards.cli import FAILED
    from dashboards.terminal import answers, print_json, working
    from dashboards.validation_table import computed, document

    with working("computing published cases", quiet or json):
        parts = computed()
    page = is_page(format, out)
    if out is not None:
        out.write_text(_written(parts, page), encoding="utf-8")
    if json:
        print_json(document(parts))
    elif out is not None:
        print(f"{out} is written.")
    elif page:
        print(_written(parts, page), end="")
    else:
        _print(answers(), parts)
    if not all(row.passed for part in parts for row in part.rows):
        raise typer.Exit(FAILED)


def _written(parts: list[Part], page: bool) -> str:
    """The table as a page, or as plain words in lines."""
    from io import StringIO

    from rich.console import Console

    from dashboards.validation_page import to_page

    if page:
        return to_page(parts)
    console = Console(file=StringIO(), highlight=False, width=COLUMNS)
    with console.capture() as captured:
        _print(console, parts)
    return captured.get()


def _print(console: Console, parts: list[Part]) -> None:
    """The table by source and kind, and how many rows agree."""
    from dashboards.terminal import table
    from dashboards.validation_table import ABOUT, summary
    from simulation.validation import KINDS

    for part in parts:
        console.print(f"{part.title}\n", style="bold", markup=False)
        for group in part.groups:
            for kind in KINDS:
                if rows := [_cells(row) for row in group.rows if row.kind == kind]:
                    console.print(f"{group.source} · {kind}", style="dim", markup=False)
                    console.print(table(HEAD, rows, wrapped=True))
                    console.print()
    for sentence in summary([row for part in parts for row in part.rows]):
        console.print(sentence, markup=False)
    console.print(f"\n{ABOUT}", style="dim", markup=False)


def _cells(row: Row) -> list[str]:
    """The cells of a row but its kind, in lines that leave room for its name on a narrow terminal."""
    from rich.markup import escape

    from dashboards.validation_table import cells

    name, *others, _, passed = map(escape, cells(row))
    return [name, *map(_broken, others), passed if row.passed else f"[bold red]{passed}[/]"]


def _broken(cell: str) -> str:
    """Words in lines, a long fraction below its numerator.

    >>> _broken("126658297/1460244240")
    '126658297/\\n1460244240'
    """
    return cell if len(cell) <= WIDTH else "\n".join(wrap(cell.replace("/", "/ "), WIDTH))
