"""Would the headline stand if something had been judged otherwise?

How to read this: a row is one thing judged otherwise under the same luck, the mark the change in the number
of delegations that endorse at the end, with its 95 % interval. Rows far from the line are what the answer
rests on; a cross marks those that turn whether the text is adopted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboards.figures._style import INK, calm, lines
from simulation.analyses.robustness import overturned
from simulation.analyses.robustness import robustness as made_robustness

if TYPE_CHECKING:
    import xarray as xr

STANDS, TURNS = "#0072B2", "#D55E00"
ROW_HEIGHT = 30  # pixels a doubt


def robustness(results: Any, text: str | None = None, found: xr.Dataset | None = None) -> go.Figure:
    """Change in endorsements at the end by what is judged otherwise, largest first.

    `found` is the comparison if it has been made already; without it the scenario of the results is
    negotiated again.
    """
    text = text or str(results.data.text.values[0])
    if found is None:
        found = made_robustness(results.scenario, results.data.sizes["replicate"], results.manifest["seed"])
    here = found.sel(text=text, measure="endorsing")
    turned = set(overturned(found, text, "adopted"))
    order = abs(here.difference).values.argsort(kind="stable")[::-1]
    figure = go.Figure()
    for word, form, colour, turns in (
        ("the outcome stands", "circle", STANDS, False),
        ("adoption turns", "x", TURNS, True),
    ):
        rows = [row for row in order if (str(here.variant.values[row]) in turned) == turns]
        middle = here.difference.values[rows]
        half = ((here.high.values[rows] - here.low.values[rows]) / 2).tolist()
        figure.add_scatter(
            x=middle.round(2),
            y=[lines(str(here.variant.values[row]), 24) for row in rows],
            mode="markers",
            name=word,
            marker={"symbol": form, "size": 9, "color": colour},
            error_x={
                "array": [None if value == float("inf") else round(value, 2) for value in half],
                "color": colour,
            },
            hovertemplate="%{y}: %{x:+.1f} endorsements<extra></extra>",
        )
    figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")
    calm(figure, height=110 + ROW_HEIGHT * len(order))
    names = [lines(str(here.variant.values[row]), 24) for row in order]
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], tickfont={"size": 11})
    figure.update_xaxes(
        title={"text": "change in endorsements", "font": {"size": 12}},
        tickformat="+.0f",
        nticks=6,
        zeroline=False,
    )
    figure.update_layout(margin={"l": 150, "b": 48})
    return figure
