"""The text and its brackets, as it stands after the chosen round."""

from __future__ import annotations

from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Entry, View

KEY = "wording"


def entries(shown: Shown) -> list[Entry]:
    """The wording of the chosen text."""
    view = View(template="wording.html.j2", script="wording.js")
    return [Entry(KEY, "The text and its brackets", "The text", 10, lambda: view)]
