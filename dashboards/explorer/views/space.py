"""The issue space: who wants what, where the texts stand, and how both move."""

from __future__ import annotations

from dashboards import figures
from dashboards.explorer.shown import Shown
from dashboards.explorer.state import State
from dashboards.explorer.views._view import Chart, Entry, View
from dashboards.figures._placed import placed
from dashboards.pictures._picture import Picture
from dashboards.pictures.space import axes_told, loadings, space_by_round
from dashboards.sections._section import Section, Table

KEY, TITLE = "space", "The issue space"
BY_STANCE, BY_COALITION = "stance", "coalition"
FOLLOWS = "text country round coalition"
OPTIONS = ((BY_STANCE, "its stance on the text"), (BY_COALITION, "its coalition"))


def entries(shown: Shown) -> list[Entry]:
    """The issue space."""
    return [Entry(KEY, TITLE, "How it went", 5, lambda: _view(shown))]


def _view(shown: Shown) -> View:
    chart = Chart(
        KEY,
        TITLE,
        FOLLOWS,
        figures.how_to_read(KEY),
        OPTIONS,
        "Colour and form of a dot tell",
    )
    axes = axes_told(shown.results, placed(shown.results).plane)
    table = loadings(shown.results)
    caption = "What the two directions are made of, issue by issue"
    section = Section(TITLE, "Along what lines is the room divided?", axes, tables=[Table(caption, **table)])
    return View((chart,), section)


def _picture(shown: Shown, state: State, pick: str | None) -> Picture:
    return space_by_round(shown.results, None if pick == BY_COALITION else state.text)


PICTURES = {KEY: _picture}
