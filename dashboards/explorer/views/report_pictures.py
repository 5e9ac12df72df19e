"""The pictures of the report that the overview does not have, each on a page of its own."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from dashboards import figures
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View
from dashboards.figures.ambition import sponsored
from dashboards.figures.timeline import statements


class Page(NamedTuple):
    """Where a picture stands: its title, its group, its place, and whether it follows the chosen text."""

    title: str
    group: str
    place: int
    follows: str = ""


PAGES = {
    "start": Page("Where it started and ended", "How it went", 10),
    "timeline": Page("What was said, beside the model", "How it went", 20),
    "gains": Page("Whom each article serves", "The text", 20, "text country"),
    "ambition": Page("Support and ambition", "The text", 30),
    "coalitions": Page("Who stands with whom", "Who stands together", 10),
    "life-lines": Page("Life lines of the coalitions", "Who stands together", 30),
    "together": Page("Who ends up together", "Who stands together", 40),
    "margins": Page("How firm the coalitions are", "Who stands together", 50, "text"),
}


def entries(shown: Shown) -> list[Entry]:
    """The pictures that this run has."""
    absent = {
        name
        for name, there in (
            ("ambition", sponsored(shown.results.data)),
            ("timeline", statements(shown.results)),
        )
        if not there
    }
    return [
        Entry(name, page.title, page.group, page.place, partial(_view, name, page))
        for name, page in PAGES.items()
        if name not in absent
    ]


def _view(name: str, page: Page) -> View:
    return View((Chart(name, page.title, page.follows, figures.how_to_read(name)),))
