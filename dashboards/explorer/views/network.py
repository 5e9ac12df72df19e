"""The coalition network round by round, with ties as strong as one likes."""

from __future__ import annotations

from dashboards import figures
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View

KEY, TITLE = "network", "Who stands near whom"


def entries(shown: Shown) -> list[Entry]:
    """The network."""
    chart = Chart(KEY, TITLE, "country round coalition", figures.how_to_read(KEY))
    view = View((chart,), template="network.html.j2")
    return [Entry(KEY, TITLE, "Who stands together", 20, lambda: view)]
