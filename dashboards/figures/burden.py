"""What a text brings each group, as it was tabled and as it ended.

How to read this: a row is a group of delegations, the hollow mark what the text brought it on average as it
was tabled, the full one what it brings at the end; to the right of the line it is better off than without any
text. A thick bar to the left is what the group paid for the agreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._style import INK, calm, lines
from simulation.analyses.burden import Burden, Group, groups_in
from simulation.analyses.burden import burden as burdens

WON, PAID = "#0072B2", "#D55E00"
BLOCS = 10  # rows for blocs, so that the picture stays one
ROW_HEIGHT = 30  # pixels a group


def burden(
    results: Any,
    text: str | None = None,
    found: Burden | None = None,
    rows: Sequence[Group] | None = None,
) -> go.Figure:
    """What a text brings groups, as tabled and at the end: the mean over members, the median over replicates.

    `found` and `rows` are the gains and the groups to show, if known already.
    """
    text = text or str(results.data.text.values[0])
    found, rows = found or burdens(results, text), burden_rows(results) if rows is None else rows
    before = [group_median(found.tabled, group) for group in rows]
    after = [group_median(found.end, group) for group in rows]
    words = [lines(f"{group.name} ({int(group.members.sum())})", 24) for group in rows]
    figure = go.Figure()
    for word, colour, mine in (
        ("won by redrafting", WON, [b <= a for b, a in zip(before, after, strict=True)]),
        ("paid for agreement", PAID, [b > a for b, a in zip(before, after, strict=True)]),
    ):
        x: list[float | None] = []
        y: list[str | None] = []
        for place, shown in enumerate(mine):
            if shown:
                x += [before[place], after[place], None]
                y += [words[place], words[place], None]
        figure.add_scatter(
            x=x, y=y, mode="lines", line={"color": colour, "width": 5}, name=word, hoverinfo="skip"
        )
    for name, values, form in (("as tabled", before, "circle-open"), ("at the end", after, "circle")):
        figure.add_scatter(
            x=values,
            y=words,
            mode="markers",
            name=name,
            marker={"symbol": form, "size": 9, "color": INK, "line": {"color": INK, "width": 1.5}},
            hovertemplate="%{y}, " + name + ": %{x:+.3f}<extra></extra>",
        )
    figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")
    calm(figure, height=110 + ROW_HEIGHT * max(len(rows), 1))
    figure.update_yaxes(categoryorder="array", categoryarray=words[::-1], tickfont={"size": 11})
    figure.update_xaxes(
        title={"text": "mean gain, in gain units", "font": {"size": 12}},
        tickformat="+.1f",
        nticks=6,
        tickangle=0,
        zeroline=False,
    )
    figure.update_layout(margin={"l": 150, "b": 48})
    return figure


def burden_rows(results: Any) -> list[Group]:
    """The groups with a row: regions, states by development, and the ten blocs that members follow most."""
    found = groups_in(results)
    blocs = sorted((one for one in found if one.kind == "bloc"), key=lambda one: -one.discipline)[:BLOCS]
    return [one for one in found if one.kind != "bloc"] + blocs


def group_median(gains: np.ndarray, group: Group) -> float:
    """The mean gain of a group's members, the median over replicates of gains (R, N)."""
    return round(float(np.median(gains[:, group.members].mean(axis=1))), 4)
