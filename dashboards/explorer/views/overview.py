"""The first page: the answer in words, the map, the curves, the network, and one delegation's reasons."""

from __future__ import annotations

from dashboards import figures
from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Chart, Entry, View

KEY = "overview"


def entries(shown: Shown) -> list[Entry]:
    """The overview."""
    return [Entry(KEY, "Overview", "Start here", 10, lambda: View(_charts(shown)))]


def _charts(shown: Shown) -> tuple[Chart, ...]:
    charts = [
        Chart("map", "Where support lies", "text country round coalition", figures.how_to_read("world")),
        Chart("support", "How support grew", "text round", figures.how_to_read("support")),
        Chart("network", "Who stands near whom", "country round coalition", figures.how_to_read("network")),
        Chart("why", "Why it stands where it stands", "text country round", figures.how_to_read("why")),
    ]
    return tuple(charts if shown.map else charts[1:])
