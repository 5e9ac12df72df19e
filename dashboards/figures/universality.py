"""Universality in four numbers.

How to read this: four measures side by side that are never added up: the share of delegations that endorse,
of regions of which at least half endorse, of the permanent five that endorse, and of replicates in which
nobody opposes in public. Bars are medians, whiskers hold the middle 80 % of the replicates.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from dashboards.figures._style import FONT, INK, PAPER, Mark, lines
from dashboards.summary import BAND
from simulation.analyses.answer import PERMANENT_FIVE
from simulation.analyses.spread import members_of
from simulation.analyses.spread import universality as measure
from simulation.results import counted

MEASURES = {
    "states": Mark("delegations", "D", "#0072B2", "", ""),
    "regions": Mark("regions", "R", "#009E73", "", "/"),
    "permanent_five": Mark("permanent five", "P", "#E69F00", "", "."),
    "no_public_objection": Mark("no objection", "N", "#8a6d3b", "", "x"),
}
ROW_HEIGHT = 21  # pixels


def universality(results: Any) -> go.Figure:
    """How universal support for each text is at the end, in four numbers that are never added up.

    The share of delegations that endorse, of regions of which at least half endorse, and of the permanent
    five that endorse: medians over the replicates, whiskers hold the middle 80 % of them. And the share of
    replicates in which nobody opposes the text in public.
    """
    data = results.data
    found = four_numbers(data)
    titles = [lines(str(title), 46) for title in data.text_title.values]
    figure = make_subplots(
        rows=len(titles), cols=1, subplot_titles=titles, vertical_spacing=0.32 / len(titles)
    )
    numbers = []
    for place in range(len(titles)):
        for name, mark in MEASURES.items():
            low, middle, high = (100 * float(value) for value in found[name][:, place])
            _bar(figure, mark, low, middle, high, place + 1)
            numbers.append(_number(mark, middle, high, place + 1))
    figure.layout.annotations += tuple(numbers)
    figure.update_annotations(
        {"x": 0, "xshift": -98, "xanchor": "left", "align": "left", "font": {"size": 13, "color": INK}},
        selector=lambda one: one.text in titles,
    )
    figure.update_xaxes(range=[0, 114], visible=False)
    figure.update_yaxes(
        autorange="reversed", showgrid=False, tickfont={"size": 12}, linecolor="#9aa3ad", showline=True
    )
    figure.update_layout(
        height=60 + len(titles) * (48 + ROW_HEIGHT * len(MEASURES)),
        margin={"l": 104, "r": 8, "t": 44, "b": 10},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        bargap=0.28,
        barmode="overlay",
        dragmode=False,
    )
    return figure


def _bar(figure: go.Figure, mark: Mark, low: float, middle: float, high: float, row: int) -> None:
    """One measure of one text with its band."""
    figure.add_bar(
        orientation="h",
        x=[round(middle, 1)],
        y=[mark.word],
        marker={
            "color": mark.colour,
            "pattern": {"shape": mark.pattern, "fgcolor": "rgba(255,255,255,0.45)", "size": 7},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [round(high - middle, 1)],
            "arrayminus": [round(middle - low, 1)],
            "color": INK,
            "thickness": 1.2,
            "width": 3,
            "visible": bool(high > low),
        },
        hovertemplate="%{x:.0f} %<extra></extra>",
        showlegend=False,
        row=row,
        col=1,
    )


def _number(mark: Mark, middle: float, high: float, row: int) -> dict[str, Any]:
    """The number behind a bar, clear of its band."""
    axis = "" if row == 1 else str(row)
    return {
        **{"x": float(np.nan_to_num(high)), "xref": f"x{axis}"},
        **{"y": mark.word, "yref": f"y{axis}"},
        "text": "–" if np.isnan(middle) else f"{middle:.0f} %",
        "showarrow": False,
        "xanchor": "left",
        "xshift": 7,
        "font": {"size": 12, "color": INK},
    }


def four_numbers(data: Any) -> dict[str, NDArray[np.float64]]:
    """Low, median and high over the replicates (3, text) of each measure, as shares from 0 to 1.

    Of the last measure there is one number, the share of the replicates, given three times. A share of
    nobody, such as of the permanent five where none of them sits, is NaN.
    """
    data = counted(data)
    _, regions = members_of(data.region.values)
    five = np.isin(data.country.values, PERMANENT_FIVE)
    found = measure(data.stance.isel(round=-1).values, regions, five)
    free = found.no_public_objection.mean(axis=0)
    bands = {
        name: np.quantile(np.asarray(getattr(found, name), dtype=float), BAND, axis=0)
        for name in ("states", "regions", "permanent_five")
    }
    return {**bands, "no_public_objection": np.stack([free, free, free])}
