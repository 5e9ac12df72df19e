"""The views of a run: which charts stand on which page."""

from __future__ import annotations

from typing import NamedTuple

from agents.registry import UnknownEntry
from dashboards import figures
from dashboards.explorer.differences import HOW
from dashboards.explorer.shown import Shown
from dashboards.figures.ambition import sponsored
from dashboards.figures.timeline import statements
from dashboards.sections._section import Drawn, Section

OVERVIEW, WHAT_IF = "overview", "what-if"
HEADINGS = {
    "gains": "Whom each article serves",
    "coalitions": "Who stands with whom",
    "life-lines": "Life lines of the coalitions",
    "together": "Who ends up together",
    "margins": "How firm the coalitions are",
    "ambition": "Support and ambition",
    "timeline": "What was said, beside the model",
    "start": "Where it started and ended",
}
BY_TEXT = ("gains", "margins")


class Chart(NamedTuple):
    """A chart of a page. `follows` are the parts of the state that it shows (words of `State`); `options` are
    choices of its own after the label `choose`."""

    name: str
    heading: str
    follows: str
    how: str
    options: tuple[tuple[str, str], ...] = ()
    choose: str = ""


class View(NamedTuple):
    """A page: its charts, and the section of the report that it shows, if it is one."""

    key: str
    title: str
    charts: tuple[Chart, ...]
    section: Section | None = None


def listed(shown: Shown) -> list[tuple[str, str]]:
    """Keys and titles of the views that are there at once."""
    data = shown.results.data
    absent = {
        name
        for name, there in (("ambition", sponsored(data)), ("timeline", statements(shown.results)))
        if not there
    }
    return [
        (OVERVIEW, "Overview"),
        (WHAT_IF, "What if …"),
        *((name, title) for name, title in HEADINGS.items() if name not in absent),
    ]


def more(shown: Shown) -> list[tuple[str, str]]:
    """Keys and titles of the sections of the report, which take a while to work out."""
    shown.prepare()
    return [(name, section.title) for name, section in shown.sections.items()]


def view_of(shown: Shown, key: str) -> View:
    """The view with this key. Raises UnknownEntry where there is none."""
    if key == OVERVIEW:
        return View(key, "Overview", _overview(shown))
    if key == WHAT_IF:
        return View(key, "What if …", (Chart("effect", "What it does", "", HOW),))
    known = dict(listed(shown))
    if key in known:
        follows = "text" if key in BY_TEXT else ""
        return View(key, known[key], (Chart(key, known[key], follows, figures.how_to_read(key)),))
    shown.prepare()
    if key not in shown.sections:
        raise UnknownEntry("view", key, [*known, *shown.sections])
    section, texts = shown.sections[key], set(shown.results.data.text.values.tolist())
    return View(
        key, section.title, tuple(_drawn(one, section.title, texts) for one in section.pictures), section
    )


def _overview(shown: Shown) -> tuple[Chart, ...]:
    charts = [
        Chart("map", "Where support lies", "text country round", figures.how_to_read("world")),
        Chart("support", "How support grew", "text round", figures.how_to_read("support")),
        Chart("network", "Who stands near whom at the end", "country", figures.how_to_read("network")),
        Chart("why", "Why it stands where it stands", "text country round", figures.how_to_read("why")),
    ]
    return tuple(charts if shown.map else charts[1:])


def _drawn(one: Drawn, title: str, texts: set[str]) -> Chart:
    """A chart of a section, which follows the text chosen on the page, or has choices of its own."""
    how, heading = figures.how_to_read(one.figure), one.heading or title
    if set(one.choices) <= texts:
        return Chart(one.figure, heading, "text", how)
    return Chart(one.figure, heading, "", how, tuple(one.options), one.choose)
