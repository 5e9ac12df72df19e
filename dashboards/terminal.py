"""Small pieces of the terminal: consoles, JSON, sparklines, strips of positions, a progress bar."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

BLOCKS = "▁▂▃▄▅▆▇█"
SHADES = " ·▁▂▃▄▅▆▇█"


def answers() -> Console:
    """The console for answers, on standard output."""
    from rich.console import Console

    return Console(highlight=False)


def remarks(quiet: bool = False) -> Console:
    """The console for progress and remarks, on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, quiet=quiet)


def print_json(document: Any) -> None:
    """Print `document` as the one JSON document on standard output."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # Names of files need not be legal text; half a character goes as JSON's own escape.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def open_page(page: Path, quiet: bool = False) -> None:
    """Open a page in the default browser; say where it is if there is none."""
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        remarks(quiet).print(f"No browser was found; open {page} yourself.", markup=False)


def finite(value: float) -> float | None:
    """A number as JSON can hold it: null for one that has no end.

    >>> finite(0.5), finite(float("inf"))
    (0.5, None)
    """
    return value if abs(value) != float("inf") else None


def plain(value: Any) -> Any:
    """Any value as JSON can hold it: null for a number that is none, too.

    >>> plain("none"), plain(3), plain(float("nan"))
    ('none', 3, None)
    """
    if not isinstance(value, float):
        return value
    return finite(value) if value == value else None


def sparkline(values: Sequence[float], top: float) -> str:
    """Values from 0 to `top` as a row of blocks of eight heights.

    >>> sparkline([0, 4, 8], top=8)
    '▁▅█'
    """
    if top <= 0:
        return BLOCKS[0] * len(values)
    heights = [round(min(max(value / top, 0.0), 1.0) * (len(BLOCKS) - 1)) for value in values]
    return "".join(BLOCKS[height] for height in heights)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], wrapped: bool = False) -> Table:
    """A table for the terminal: words at the left (`wrapped` where they are many), the rest at the right."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for place, heading in enumerate(head):
        made.add_column(heading, justify="right" if place else "left", no_wrap=bool(place) or not wrapped)
    for row in rows:
        made.add_row(*row)
    return made


def tell(
    sentences: Sequence[str],
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    about: str,
    wrapped: bool = False,
) -> None:
    """Print an answer: in words, as a table, and how to take it."""
    console = answers()
    for sentence in sentences:
        console.print(sentence, markup=False)
    console.print()
    console.print(table(head, rows, wrapped))
    console.print(f"\n{about}", style="dim", markup=False)


def print_parts(parts: Iterable[str | tuple[list[str], list[list[str]]]]) -> None:
    """Print sentences and tables, these as head and rows, in the order in which they come."""
    console = answers()
    for part in parts:
        if isinstance(part, str):
            console.print(part, markup=False)
        else:
            console.print(table(*part))


def strip(positions: Sequence[float], width: int = 40) -> str:
    """How many delegations stand where on a scale from 0 to 100, as a strip of `width` characters.

    >>> strip([0, 0, 100], width=4)
    '█  ▄'
    """
    counts = [0] * width
    for position in positions:
        counts[min(int(position / 100 * width), width - 1)] += 1
    most = max(counts, default=0) or 1
    return "".join(SHADES[-(-count * (len(SHADES) - 1) // most)] for count in counts)


def thinned(values: Sequence[float], width: int) -> list[float]:
    """At most `width` of the values, evenly spaced, first and last among them.

    >>> thinned([0, 1, 2, 3, 4], 3)
    [0, 2, 4]
    """
    if len(values) <= width:
        return list(values)
    return [values[round(place * (len(values) - 1) / (width - 1))] for place in range(width)]


@contextmanager
def working(title: str, quiet: bool = False) -> Iterator[None]:
    """A sign of life on standard error while something without countable steps goes on."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    with remarks().status(title):
        yield


@contextmanager
def progress(title: str, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error that appears once the work has lasted a second.

    Yields a function to call with (done, total).
    """
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(title),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=remarks(), transient=True)
    task = bar.add_task(title, total=None)
    began, showing = time.monotonic(), False

    def report(done: int, total: int) -> None:
        nonlocal showing
        bar.update(task, completed=done, total=total)
        if not showing and time.monotonic() - began > 1.0:
            bar.start()
            showing = True

    try:
        yield report
    finally:
        bar.stop()
