"""All numbers of a run as a table to search, sort and take away."""

from __future__ import annotations

from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Entry, View

KEY = "data"


def entries(shown: Shown) -> list[Entry]:
    """The table."""
    view = View(template="data.html.j2", script="data.js")
    return [Entry(KEY, "All numbers as a table", "Numbers", 10, lambda: view)]
