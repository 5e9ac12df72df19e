"""`plenary show`: the brief of a scenario, in the terminal or as a page."""

from __future__ import annotations

from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Scenario

if TYPE_CHECKING:
    from scenarios.schema import Scenario as Room

WIDTH = 110  # columns of a brief that is written to a file


class Format(StrEnum):
    """How a brief is written: plain words, or a page."""

    text = "text"
    html = "html"


As = Annotated[Format | None, typer.Option("--format", help="Plain words (text) or a page (html).")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it there.")]
Open = Annotated[
    bool, typer.Option("--open", help="Open the page in a browser; it is written to NAME.html without --out.")
]


def command(
    name: Scenario,
    format: As = None,
    out: Out = None,
    open_: Open = False,
    json: Json = False,
) -> None:
    """Show what a scenario is about and who stands where.

    Its story, question and learning objectives, issues with worded anchors, positions, texts, blocs, ties,
    calendar, rule, how sure its numbers are, which overlays fit it, and its limits.
    """
    from dashboards.terminal import open_page, print_json
    from scenarios import load

    scenario = load(name)
    page = open_ or is_page(format, out)
    if open_ and out is None:
        out = Path(f"{scenario.name}.html")
    if out is not None:
        out.write_text(_written(scenario, name, page), encoding="utf-8")
    if json:
        document = _finite(scenario.model_dump(mode="json"))
        print_json(document if out is None else {"file": str(out), **document})
    elif out is not None:
        print(f"{out} is written.")
    elif page:
        print(_written(scenario, name, page), end="")
    else:
        _print(scenario, name)
    if open_ and out is not None:
        open_page(out, json)


def is_page(format: Format | None, out: Path | None) -> bool:
    """Is a page asked for, by the format or by the file's name?"""
    if format is None:
        return out is not None and out.suffix in (".html", ".htm")
    return format is Format.html


def _print(scenario: Room, source: str) -> None:
    from dashboards.briefs.brief import brief
    from dashboards.briefs.terminal import print_brief
    from dashboards.terminal import answers

    print_brief(answers(), brief(scenario, source))


def _written(scenario: Room, source: str, page: bool) -> str:
    """The brief as a page, or as plain words in lines."""
    from rich.console import Console

    from dashboards.briefs.brief import brief
    from dashboards.briefs.page import to_page
    from dashboards.briefs.terminal import print_brief

    found = brief(scenario, source)
    if page:
        return to_page(found)
    console = Console(file=StringIO(), highlight=False, width=WIDTH)
    with console.capture() as captured:
        print_brief(console, found)
    return captured.get()


def _finite(value: Any) -> Any:
    """The same document with infinities as words, since JSON has no number for them."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "inf" if value > 0 else "-inf"
    return value
