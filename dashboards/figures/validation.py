"""Published and exact numbers beside Plenary's own, by how far apart they are.

How to read this: a row is where numbers of others come from, a mark how many of them lie so far from ours,
in units of the tolerance that each has: the same, at most a thousandth of it, a tenth, all, or outside.
Shapes tell whether they are printed, come from somebody else's program, are exact, or are our own. Whatever
has a number outside its tolerance stands on top.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import plotly.graph_objects as go

from dashboards.figures._style import INK, PAPER, QUIET, calm, lines
from dashboards.validation_table import Part, computed, source_name
from simulation.validation import KINDS, Row

LOOKS = {
    "published": ("circle", "#0072B2"),
    "third-party run": ("diamond", "#8a6d3b"),
    "exact": ("square", "#009E73"),
    "our own": ("pentagon", QUIET),
}
OUTSIDE = "outside"
STEPS = (("same", 0.0), ("≤ .001", 1e-3), ("≤ .1", 0.1), ("≤ 1", 1.0))
COLUMNS = (*(word for word, _ in STEPS), OUTSIDE)
LANE = {"family": 27, "source": 29}  # pixels
WIDTH = {"family": 19, "source": 26}  # characters of a name in a line, of which there are two


class Lane(NamedTuple):
    """The rows of one origin and one kind, counted by `COLUMNS`."""

    origin: str
    kind: str
    counts: dict[str, int]


def validation(results: Any, by: str = "family") -> go.Figure:
    """How many numbers of others are met how closely, by "family" of cases or by "source".

    The figure is the same for all `results`.
    """
    found = lanes(computed(), by)
    figure = go.Figure()
    for kind, (form, colour) in LOOKS.items():
        marks = [
            (column, place, count)
            for place, lane in enumerate(found)
            if lane.kind == kind
            for column, count in lane.counts.items()
        ]
        figure.add_scatter(
            x=[column for column, _, _ in marks],
            y=[place for _, place, _ in marks],
            mode="markers+text",
            text=[str(count) for _, _, count in marks],
            textfont={"size": 11, "color": INK},
            name=kind,
            marker={"symbol": form, "size": 22, "color": PAPER, "line": {"width": 2, "color": colour}},
            hovertemplate=f"{kind}: %{{text}} numbers, %{{x}}<extra></extra>",
        )
    origins = list(dict.fromkeys(lane.origin for lane in found))
    spans = [[place for place, lane in enumerate(found) if lane.origin == one] for one in origins]
    calm(figure, height=130 + LANE[by] * len(found))
    figure.update_yaxes(
        tickvals=[sum(span) / len(span) for span in spans],
        ticktext=[_label(one, by) for one in origins],
        tickfont={"size": 11 if by == "family" else 10},
        range=[len(found) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
    )
    for span in spans[1:]:
        figure.add_hline(y=span[0] - 0.5, line={"color": "#eceff2", "width": 1}, layer="below")
    figure.update_xaxes(
        categoryorder="array",
        categoryarray=COLUMNS,
        range=[-0.5, len(COLUMNS) - 0.5],
        side="top",
        tickangle=0,
        tickfont={"size": 10},
        title={"text": "distance, in tolerances", "font": {"size": 12}, "standoff": 6},
    )
    figure.update_layout(
        margin={"l": 118 if by == "family" else 140, "b": 12, "t": 92},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
    )
    return figure


def lanes(parts: Sequence[Part], by: str) -> list[Lane]:
    """Rows counted by origin, kind and how far apart they are; origins with a row outside first."""
    groups: dict[str, list[Row]] = {}
    for part in parts:
        for group in part.groups:
            groups.setdefault(part.title if by == "family" else source_name(group.source), []).extend(
                group.rows
            )
    order = sorted(groups, key=lambda origin: all(row.passed for row in groups[origin]))
    return [
        Lane(origin, kind, dict(Counter(column(row) for row in some)))
        for origin in order
        for kind in KINDS
        if (some := [row for row in groups[origin] if row.kind == kind])
    ]


def _label(origin: str, by: str) -> str:
    """A name in at most two lines."""
    return lines(textwrap.shorten(origin, 2 * WIDTH[by] - 8, placeholder=" …"), WIDTH[by])


def column(row: Row) -> str:
    """How far apart the numbers of a row are, in units of its tolerance."""
    if not row.passed:
        return OUTSIDE
    if not row.difference:  # 0, or the same word
        return STEPS[0][0]
    away = abs(row.difference) / row.tolerance
    return next(word for word, most in STEPS if away <= most)
