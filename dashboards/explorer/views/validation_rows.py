"""Every published or exact number beside Plenary's own, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.explorer.shown import Shown
from dashboards.explorer.views._view import Entry, View
from dashboards.sections import validation
from dashboards.validation_table import ABOUT, HEAD, Group, Part, cells, computed, summary
from simulation.threads import one_thread


def entries(shown: Shown) -> list[Entry]:
    """The table, behind the picture of it."""
    return [
        Entry(
            "validation-rows",
            "Number by number",
            validation.GROUP,
            101 + validation.PLACE,
            lambda: _view(shown),
            True,
        )
    ]


def _view(shown: Shown) -> View:
    with shown.deep, one_thread():  # the section computes the same numbers and has the same lock
        parts = computed()
    told = {
        "parts": failed_first(parts),
        "head": HEAD,
        "cells": cells,
        "said": summary([row for part in parts for row in part.rows]),
        "about": ABOUT,
    }
    return View(template="validation_rows.html.j2", told=told)


def failed_first(parts: Sequence[Part]) -> list[Part]:
    """Families, their sources and rows, those first that have a row outside its tolerance."""

    def whole(some: Part | Group) -> bool:
        return all(row.passed for row in some.rows)

    found = []
    for part in parts:
        groups = [
            one._replace(rows=sorted(one.rows, key=lambda row: row.passed))
            for one in sorted(part.groups, key=whole)
        ]
        found.append(part._replace(groups=groups))
    return sorted(found, key=whole)
