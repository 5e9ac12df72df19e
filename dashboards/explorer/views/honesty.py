"""How far a run can be trusted: the same words as in the report, one click away from every view."""

from __future__ import annotations

from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Entry, View
from dashboards.report_parts.honesty import honesty
from dashboards.report_parts.order import ABOUT

KEY = "honesty"


def entries(shown: Shown) -> list[Entry]:
    """The panels."""
    return [Entry(KEY, ABOUT[KEY], "Start here", 15, lambda: _view(shown))]


def _view(shown: Shown) -> View:
    """What other models say is worked out for it; what takes long stands there once it has been asked for."""
    shown.section("forecast")
    return View(template="honesty.html.j2", told=honesty(shown.results, shown.answer, shown.sections))
