"""What if: the form of changes, and what they do."""

from __future__ import annotations

from dashboards.explorer.differences import HOW
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View

KEY = "what-if"
EFFECT = Chart("effect", "What it does", "", HOW, own=True)


def entries(shown: Shown) -> list[Entry]:
    """The page of changes."""
    view = View((EFFECT,), template="whatif.html.j2", script="whatif.js")
    return [Entry(KEY, "What if …", "Start here", 20, lambda: view)]
