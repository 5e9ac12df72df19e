"""Do votes said to be likely come true as often as said?

How to read this: a mark stands for all forecasts of a yes in one tenth of the scale, their mean chance across
and the share that came true upwards, with its 95 % interval after Wilson; the number is how many votes. On
the dashed line things happen as often as said. A hollow diamond marks a tenth whose interval leaves the line
out: below it Plenary was too sure of a yes, above it not sure enough. Votes of one roll call hang together,
so the intervals are too narrow.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.figures._style import INK, QUIET, calm
from simulation.analyses.confirming import wilson
from simulation.backtest.shipped_scores import kept

LOOKS = {
    True: ("as said, within chance", "circle", "#0072B2"),
    False: ("not as said", "diamond-open", "#D55E00"),
}


def reliability(results: Any) -> go.Figure:
    """Share of yes votes that came true by forecast chance, on the shipped roll calls.

    The figure is the same for all `results`: what is tested is the model's equation of a vote on recorded
    votes.
    """
    bins = kept()["reliability"]
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": INK, "width": 1, "dash": "dash"},
        name="as often as said",
        hoverinfo="skip",
    )
    for agrees, (word, form, colour) in LOOKS.items():
        some = [one for one in bins if as_said(one) == agrees]
        bands = [wilson(one["happened"], one["n"]) for one in some]
        figure.add_scatter(
            x=[one["forecast"] for one in some],
            y=[one["happened"] for one in some],
            mode="markers+text",
            text=[str(one["n"]) for one in some],
            textposition="bottom right",
            textfont={"size": 11, "color": QUIET},
            name=word,
            marker={"symbol": form, "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
            error_y={
                "array": [round(band[2] - band[1], 4) for band in bands],
                "arrayminus": [round(band[1] - band[0], 4) for band in bands],
                "thickness": 1.5,
                "width": 4,
            },
            cliponaxis=False,
            hovertemplate="said %{x:.0%}, came true %{y:.0%} of %{text} votes<extra></extra>",
        )
    calm(figure, height=480)
    figure.update_xaxes(
        title={"text": "chance of a yes, as forecast", "font": {"size": 12}},
        range=[-0.03, 1.06],
        tickformat=".0%",
        zeroline=False,
    )
    figure.update_yaxes(
        title={"text": "share of them that voted yes", "font": {"size": 12}, "standoff": 6},
        range=[-0.03, 1.03],
        tickformat=".0%",
        zeroline=False,
    )
    figure.update_layout(margin={"l": 58, "b": 48, "t": 62}, meta={"square": True})
    return figure


def as_said(one: dict[str, Any]) -> bool:
    """Whether the interval of a tenth includes the mean of its forecasts."""
    low, _, high = wilson(one["happened"], one["n"])
    return low <= one["forecast"] <= high
