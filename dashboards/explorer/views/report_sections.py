"""The sections of the report, each on a page of its own; those that take long are made on demand."""

from __future__ import annotations

from functools import partial

from agents.registry import modules
from dashboards import figures, sections
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View
from dashboards.sections._section import Drawn


def entries(shown: Shown) -> list[Entry]:
    """All sections."""
    known, costly = modules("dashboards.sections"), sections.costly()
    return [
        Entry(
            name, module.TITLE, module.GROUP, 100 + module.PLACE, partial(_view, shown, name), name in costly
        )
        for name, module in known.items()
    ]


def _view(shown: Shown, name: str) -> View:
    section, texts = shown.section(name), set(shown.results.data.text.values.tolist())
    if section is None:
        return View(template="nothing.html.j2")
    return View(tuple(_drawn(one, section.title, texts) for one in section.pictures), section)


def _drawn(one: Drawn, title: str, texts: set[str]) -> Chart:
    """A chart of a section, which follows the text chosen on the page, or has choices of its own."""
    how, heading = figures.how_to_read(one.figure), one.heading or title
    if set(one.choices) <= texts:
        return Chart(one.figure, heading, "text", how)
    return Chart(one.figure, heading, "", how, tuple(one.options), one.choose)
