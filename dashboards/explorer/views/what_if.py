"""What if: the form of changes, what they do, and the variants that are kept."""

from __future__ import annotations

from dashboards.explorer import courses, differences, kept, moved
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View

KEY = "what-if"
CHARTS = (
    Chart("effect", "At the end, against the scenario as it is", "", differences.HOW, own=True),
    Chart("course", "How support grows", "", courses.HOW, own=True),
    Chart("moved", "Who is moved most", "", moved.HOW, own=True),
    Chart("kept", "Kept variants side by side", "", kept.HOW, own=True),
)


def entries(shown: Shown) -> list[Entry]:
    """The page of changes."""
    view = View(CHARTS, template="whatif.html.j2", script="whatif.js")
    return [Entry(KEY, "What if …", "Start here", 20, lambda: view)]
