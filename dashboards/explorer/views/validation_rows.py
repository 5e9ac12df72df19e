"""Every published or exact number beside Plenary's own, row by row."""

from __future__ import annotations

from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Entry, View
from dashboards.sections import validation
from dashboards.validation_table import ABOUT, HEAD, cells, computed, summary


def entries(shown: Shown) -> list[Entry]:
    """The table, behind the picture of it."""
    return [
        Entry("validation-rows", "Number by number", validation.GROUP, 101 + validation.PLACE, _view, True)
    ]


def _view() -> View:
    parts = computed()
    told = {
        "parts": parts,
        "head": HEAD,
        "cells": cells,
        "said": summary([row for part in parts for row in part.rows]),
        "about": ABOUT,
    }
    return View(template="validation_rows.html.j2", told=told)
