"""A ranking of delegations on the left, and how much power the rule gives each of them on the right."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.figures._style import INK, calm
from simulation.analyses.voting_game import Power

ROW_HEIGHT = 27  # pixels


def two_panels() -> go.Figure:
    """Two panels that share their rows, the left one wider."""
    return make_subplots(
        rows=1, cols=2, shared_yaxes=True, column_widths=[0.64, 0.36], horizontal_spacing=0.05
    )


def add_power(figure: go.Figure, power: Power, rows: Sequence[int], names: Sequence[str], axis: str) -> None:
    """Draw the power of the delegations in these rows on the right, then lay out both panels.

    `axis` is what the left panel measures.
    """
    for word, values, form in (
        ("alone", power.shapley_shubik, "circle-open"),
        ("with its bloc", power.owen, "circle"),
    ):
        figure.add_scatter(
            x=[round(100 * float(values[row]), 3) for row in rows],
            y=list(names),
            mode="markers",
            name=f"power {word}",
            marker={"symbol": form, "size": 8, "color": INK, "line": {"color": INK, "width": 1.5}},
            hovertemplate="%{y}, power " + word + ": %{x:.2f} %<extra></extra>",
            row=1,
            col=2,
        )
    calm(figure, height=150 + ROW_HEIGHT * max(len(rows), 1))
    figure.update_yaxes(categoryorder="array", categoryarray=list(names)[::-1], tickfont={"size": 11})
    figure.update_xaxes(title={"font": {"size": 12}}, tickangle=0)
    figure.update_xaxes(title={"text": axis}, nticks=4, col=1)
    figure.update_xaxes(title={"text": "power,<br>%"}, rangemode="tozero", nticks=4, col=2)
    figure.update_layout(margin={"l": 150, "b": 60})
