"""Which model fits best what another one made?

How to read this: a row is the model that made the outcomes of many drawn rooms, a column the model that fits
them best; the darker the cell, the more of the data sets, and the number is their share in per cent. Where
only the outlined diagonal is dark, models are told from each other; any other cell is a model taken for
another one. Above with positions coded as they are, below with errors of ten points.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.figures._style import FONT, INK, PAPER
from dashboards.recovery_tables import coded
from simulation import reference_models
from simulation.recovery.asking import PLENARY
from simulation.recovery.document import frozen

SCALE = [(0, "#ffffff"), (0.5, "#b9d3e6"), (1, "#00304d")]
DARK = 0.72  # from here on numbers are white
OWN = "P"
ROW_HEIGHT = 29  # pixels a model


def confusion(results: Any, found: dict[str, Any] | None = None) -> go.Figure:
    """Shares of data sets by model that made them and model that fits them best, without and with noise.

    `found` is an answer of `plenary recovery`, by default the one that comes with Plenary; the figure is the
    same for all `results`, since its rooms are drawn.
    """
    both = (found or frozen())["confusion"]
    figure = make_subplots(
        rows=len(both), cols=1, vertical_spacing=0.09, subplot_titles=[coded(one["noise"]) for one in both]
    )
    for row, one in enumerate(both, start=1):
        shares = np.array(one["shares"])
        letters = [_letter(name) for name in one["models"]]
        titles = [f"{title}  {letter}" for title, letter in zip(one["titles"], letters, strict=True)]
        figure.add_heatmap(
            z=shares,
            zmin=0,
            zmax=1,
            x=letters,
            y=titles,
            colorscale=SCALE,
            showscale=False,
            xgap=1,
            ygap=1,
            customdata=[one["titles"]] * len(titles),
            hovertemplate="made by %{y}<br>best fit %{customdata}: %{z:.0%}<extra></extra>",
            row=row,
            col=1,
        )
        for (made, fits), share in np.ndenumerate(shares):
            if share >= 0.005:
                figure.add_annotation(
                    x=letters[fits],
                    y=titles[made],
                    text=f"{100 * share:.0f}",
                    showarrow=False,
                    font={"size": 11, "color": PAPER if share >= DARK else INK},
                    row=row,
                    col=1,
                )
        for place in range(len(titles)):
            edges = {"x0": place - 0.5, "x1": place + 0.5, "y0": place - 0.5, "y1": place + 0.5}
            figure.add_shape(type="rect", line={"color": INK, "width": 1}, **edges, row=row, col=1)
    count = len(both[0]["models"])
    figure.update_annotations({"font": {"size": 13, "color": INK}}, selector={"yref": "paper"})
    figure.update_xaxes(title={"text": "the model that fits best", "font": {"size": 12}}, row=len(both))
    figure.update_xaxes(type="category", showgrid=False, zeroline=False, tickfont={"size": 11}, tickangle=0)
    figure.update_yaxes(type="category", showgrid=False, zeroline=False, autorange="reversed")
    figure.update_yaxes(tickfont={"size": 11})
    figure.update_layout(
        height=(ROW_HEIGHT * count + 80) * len(both),
        margin={"l": 176, "r": 8, "t": 34, "b": 48},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor="#f4f6f8",
        dragmode=False,
    )
    return figure


def _letter(name: str) -> str:
    return OWN if name == PLENARY else reference_models.find(name).letter
