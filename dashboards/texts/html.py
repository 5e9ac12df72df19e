"""A text or a redline as a page to print, and as the part of a page that reports show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from dashboards.texts.layout import Bracket, Paragraph, paragraphs, status_line
from dashboards.texts.redline import Changed
from scenarios.schema import Scenario, Text

TEMPLATES = Path(__file__).parent.parent / "templates"
BLANK = {"before": "", "after": "", "brackets": (), "agreed": False, "lead": "", "pieces": ()}


def to_html(scenario: Scenario, text: Text, as_of: dt.date | None = None) -> str:
    """The text as one page: no network, no other files. `as_of` is the day of its status line."""
    return _page(text.title, status_line(text, as_of), tabled_by(scenario, text), shown(scenario, text))


def redline_html(title: str, subtitle: str, changes: list[Changed]) -> str:
    """A redline as one page."""
    return _page(title, subtitle, "", shown_redline(changes))


def tabled_by(scenario: Scenario, text: Text) -> str:
    """Who tabled the text, in words; empty if nobody in the room did."""
    return f"Tabled by {', '.join(called(scenario, name) for name in text.sponsors)}" if text.sponsors else ""


def shown(scenario: Scenario, text: Text) -> list[dict[str, Any]]:
    """The paragraphs as the template shows them."""
    return [_paragraph(scenario, one) for one in paragraphs(text)]


def shown_redline(changes: list[Changed]) -> list[dict[str, Any]]:
    """The paragraphs of a redline as the template shows them."""
    return [{**BLANK, "label": one.label, "title": one.title, "pieces": one.pieces} for one in changes]


def called(scenario: Scenario, name: str) -> str:
    """A delegation by its name, a bloc by its key, as in the brackets of a negotiated text."""
    return scenario.delegations[name].name if name in scenario.delegations else name


def _paragraph(scenario: Scenario, one: Paragraph) -> dict[str, Any]:
    return {
        **BLANK,
        "label": one.label,
        "title": one.title,
        "lead": one.before[: one.lead],
        "before": one.before[one.lead :],
        "brackets": [_bracket(scenario, each) for each in one.brackets if not each.deletes],
        "after": one.after,
        "deletions": [_bracket(scenario, each) for each in one.brackets if each.deletes],
        "agreed": one.agreed,
    }


def _bracket(scenario: Scenario, one: Bracket) -> dict[str, Any]:
    held = ", ".join(called(scenario, name) for name in one.held_by)
    if one.deletes:
        return {"held": f"del. {held}".rstrip(), "words": "", "stands": one.stands}
    return {"held": f"{held}: " if held else "", "words": one.words, "stands": one.stands}


def _page(title: str, subtitle: str, sponsors: str, body: list[dict[str, Any]]) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("text.html.j2")
    return template.render(title=title, subtitle=subtitle, sponsors=sponsors, body=body)
