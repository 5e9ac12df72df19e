"""Whom the changes move most, in the chance to endorse one text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.figures._style import INK, STANCES, calm, plain

HOW = "A bar is a delegation: by how many points in a hundred its chance to endorse the text changes."
BARS = 10  # delegations
ROW_HEIGHT = 24  # pixels a delegation
WIDTH = 24  # characters of a name


def moved(names: Sequence[str], gaps: Sequence[float]) -> go.Figure:
    """Bars for the delegations that are moved most, in points in a hundred, the largest above; always of the
    same height."""
    rows = list(zip(names, gaps, strict=True))[::-1]
    figure = go.Figure()
    figure.add_bar(
        x=[round(gap, 1) for _, gap in rows],
        y=[plain(textwrap.shorten(name, WIDTH, placeholder=" …")) for name, _ in rows],
        orientation="h",
        marker={
            "color": [STANCES[1 if gap > 0 else -1].colour for _, gap in rows],
            "pattern": {"shape": ["" if gap > 0 else "/" for _, gap in rows]},
        },
        hovertemplate="%{y}: %{x:+.0f} points<extra></extra>",
    )
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    calm(figure, height=90 + ROW_HEIGHT * BARS)
    most = max([5.0, *(abs(gap) for _, gap in rows)])
    figure.update_xaxes(
        range=[-1.08 * most, 1.08 * most],
        title={"text": "change in the chance to endorse, points", "font": {"size": 12}},
        tickformat="+.0f",
        nticks=6,
        zeroline=False,
    )
    figure.update_yaxes(range=[len(rows) - BARS - 0.5, len(rows) - 0.5], tickfont={"size": 11})
    figure.update_layout(margin={"l": 160, "b": 48, "t": 10}, showlegend=False)
    return figure
