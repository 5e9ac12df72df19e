"""What the tests of the report share: its sections in order, its size at most, and what its script draws."""

import json
import re

from dashboards.sections import by_place, costly
from tests.unpacking import unpacked

PLACED = (
    *("blocs", "influence", "bracket-prices", "frontier", "paths", "robustness", "tornado"),
    *("recorded-votes", "validation"),
)
OTHERS = [name for name in by_place() if name not in (*costly(), *PLACED)]
SECTIONS = (
    *("answer", "support", "map"),
    *("space", "coalitions", "life-lines", "network", "together", "margins", "blocs"),
    *("influence", "why", "acts", "paths", "robustness"),
    *("brackets", "drafting", "ambition", "gains"),
    *(*OTHERS, "timeline", "start"),
    *("honesty", "recorded-votes", "method"),
)
LARGEST = 8_500_000  # bytes of a report that can still be mailed


def without_library(folder):
    """The report of a run's folder without the drawing library in it."""
    html = (folder / "report.html").read_text("utf-8")
    scripts = re.findall(r"<script>.*?</script>", html, flags=re.DOTALL)
    return html.replace(max(scripts, key=len), "")


def payload(page):
    """What the page's script draws."""
    written = re.search(r'id="report-data">(.*?)</script>', page, re.DOTALL).group(1)
    return unpacked(json.loads(written))
