"""Beside another: a second item of the shelf held against this one."""

from __future__ import annotations

from dashboards.explorer import courses, differences, moved
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View

KEY = "beside"
CHARTS = (
    Chart("effect", "At the end, against this one", "", differences.HOW, own=True),
    Chart("course", "How support grows", "", courses.HOW, own=True),
    Chart("moved", "Who differs most", "", moved.HOW, own=True),
)


def entries(shown: Shown) -> list[Entry]:
    """The page that holds another item against this one."""
    view = View(CHARTS, template="beside.html.j2", script="beside.js")
    return [Entry(KEY, "Beside another", "Start here", 30, lambda: view)]
