"""Kept variants side by side: what each does to one text, against the scenario as it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import plotly.graph_objects as go
from starlette.exceptions import HTTPException

from dashboards.explorer import changes
from dashboards.explorer.changes import Change, Offered
from dashboards.explorer.differences import lined_up
from dashboards.explorer.effects import MEASURES, SHARES, Cell, cell, written
from dashboards.explorer.whatif import MANY, WhatIf
from dashboards.figures._style import STANCES, lines
from dashboards.pictures._picture import picture
from dashboards.words import signed

MOST, LONGEST_NAME = 6, 80  # variants, and characters of a name
HOW = (
    "A row is a kept variant; the marks are the changes in the numbers of delegations that endorse the text "
    "(round) and oppose it (a cross) at the end, against the scenario as it is, with 95 % intervals."
)
ROW_HEIGHT = 52  # pixels a variant
Variant = tuple[str, tuple[Change, ...]]


def variants_of(form: Sequence[tuple[str, str]], offer: Offered, fields: int) -> list[Variant]:
    """The variants in a form: a name, then its changes. Raises HTTPException for more than can be kept."""
    names = [value[:LONGEST_NAME] for name, value in form if name == "name"]
    asked = [value for name, value in form if name == "variant"]
    if len(asked) > MOST or len(names) != len(asked):
        raise HTTPException(400)
    try:
        pairs = [parse_qsl(value, max_num_fields=fields) for value in asked]
    except ValueError:
        raise HTTPException(400) from None
    return [(name, changes.asked_of(one, offer)) for name, one in zip(names, pairs, strict=True)]


def side_by_side(
    what_if: WhatIf, variants: Sequence[Variant], text: str, work: threading.Lock
) -> dict[str, Any]:
    """Picture and table of the variants; nothing but an empty figure where none is kept."""
    if not variants:
        return {"figure": None}
    found = [(name, what_if.answer(asked, MANY, work)) for name, asked in variants]
    cells = {
        name: {measure: cell(one, text, measure) for measure in MEASURES}
        for name, one in _apart(found)
        if text in one.text.values
    }
    head = ["variant", *(SHARES.get(measure, words) for measure, words in MEASURES.items())]
    rows = [[name, *(_cell(one) for one in row.values())] for name, row in cells.items()]
    if rows:
        first = next(iter(cells.values()))
        rows.insert(0, ["as it is", *("–" if one is None else written(one.base) for one in first.values())])
    told = "; ".join(f"{name} {_gap(row['endorsing'])}" for name, row in cells.items())
    title = what_if.scenario.texts[text].title
    finding = f"Endorsements of the {title} against the scenario as it is: {told}."
    return picture(_figure(cells), finding, head, rows)


def _apart(found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The same with names that differ."""
    names: list[str] = []
    for name, _ in found:
        tried = [name, *(f"{name} ({number})" for number in range(2, MOST + 2))]
        names.append(next(one for one in tried if one not in names))
    return [(name, one) for name, (_, one) in zip(names, found, strict=True)]


def _cell(one: Cell | None) -> str:
    return "–" if one is None else f"{written(one.changed)} ({signed(one.gap)}; {one.interval})"


def _gap(one: Cell | None) -> str:
    return "–" if one is None else f"{signed(one.gap)} ({one.interval})"


def _figure(cells: dict[str, dict[str, Cell | None]]) -> go.Figure:
    """Changes in endorsements and opposition by variant, the first one above."""
    names, figure, wide = list(cells)[::-1], go.Figure(), 5.0
    for stance, measure, form, offset in ((1, "endorsing", "circle", 0.14), (-1, "opposing", "x", -0.14)):
        here = [one for name in names if (one := cells[name][measure]) is not None]
        mark = STANCES[stance]
        wide = max([wide, *(1.08 * max(abs(one.low), abs(one.high)) for one in here)])
        figure.add_scatter(
            x=[round(one.gap, 2) for one in here],
            y=[place + offset for place in range(len(here))],
            mode="markers",
            name=f"change in {mark.word}",
            marker={"symbol": form, "size": 10, "color": mark.colour},
            error_x={"array": [round((one.high - one.low) / 2, 2) for one in here], "color": mark.colour},
            hovertemplate=f"%{{x:+.1f}} {mark.word}<extra></extra>",
        )
    labels = [lines(name, 24) for name in names]
    return lined_up(figure, labels, wide, height=110 + ROW_HEIGHT * len(names), left=150)
