"""The why-chart: what an appeal is made of, round by round, for one delegation and one text.

How to read this: the coloured parts add up exactly to the black line. Where it lies on or above the upper
dashed line, the delegation endorses when it is next instructed; below the lower one it opposes; in between it
studies. First replicate.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._dates import dated_panels
from dashboards.figures._style import INK, PAPER, PARTS, calm, transparent

# Words, colour, dash and width of each line over the stack.
LINES = {
    "endorse_cut": ("endorses from here up", "#00304d", "dash", 2),
    "oppose_cut": ("opposes below here", "#7a3300", "dot", 2),
    "sum": ("appeal, all parts added", INK, "solid", 3),
}


def why(results: Any, country: str | None = None, text: str | None = None) -> go.Figure:
    """Stacked parts of a delegation's appeal against its two cut-points, in the first replicate.

    Parts that pull towards the text stack upwards, parts that push away downwards; the black line is their
    exact sum. At or above the upper cut-point the delegation endorses when next instructed, below the lower
    one it opposes, between them it studies.
    """
    data = results.data
    country = country or str(data.country.values[0])
    text = text or str(data.text.values[0])
    dates = [str(date) for date in data.date.values[1:]]
    figure, columns = dated_panels(dates)
    series = appeal_parts(results, country, text)
    for column, shown in enumerate(columns, start=1):
        last = column == len(columns)
        for key, values in series.items():
            if key in PARTS:
                _part(figure, dates[shown], values[shown], key, column, last)
        for name in LINES:
            _line(figure, dates[shown], series[name][shown], name, column, last)
    return calm(figure, height=470, y_title="gain units")


def appeal_parts(results: Any, country: str, text: str) -> dict[str, np.ndarray]:
    """Every series of the why-chart for one delegation and text, over the rounds from the first one on."""
    return series_of(results.data.sel(country=country, text=text))


def series_of(data: Any) -> dict[str, np.ndarray]:
    """Every series of the why-chart by name, each (round, …) without the opening: the parts, their sum, the
    two cut-points. The part `bloc` is what following its blocs adds to a delegation's own appeal."""
    data = data.isel(round=slice(1, None))
    own = {str(part): data.part_of_appeal.sel(part=part).values for part in data.part.values}
    series = {**own, "bloc": data.appeal.values - sum(own.values()), "chance": data.chance.values}
    series["sum"] = data.appeal.values + series["chance"]
    series["endorse_cut"], series["oppose_cut"] = data.endorse_cut.values, data.oppose_cut.values
    return series


def _part(
    figure: go.Figure, dates: list[str], values: np.ndarray, key: str, column: int, named: bool
) -> None:
    mark = PARTS[key]
    for sign, side in ((1, np.maximum(values, 0)), (-1, np.minimum(values, 0))):
        figure.add_scatter(
            x=dates,
            y=side.tolist(),
            stackgroup=f"{'up' if sign > 0 else 'down'}{column}",
            line={"width": 0.5, "color": mark.colour, "shape": "hv"},
            fillcolor=transparent(mark.colour, 0.75),
            fillpattern={"shape": mark.pattern, "fgcolor": "rgba(255,255,255,0.65)", "size": 6},
            name=mark.word,
            legendgroup=key,
            showlegend=named and sign > 0,
            hovertemplate=f"{mark.word} %{{y:+.3f}}<extra></extra>",
            meta={"series": key, "side": sign, "column": column},
            row=1,
            col=column,
        )


def _line(
    figure: go.Figure, dates: list[str], values: np.ndarray, name: str, column: int, named: bool
) -> None:
    """One line over the stack, on a white edge that sets it off from whatever lies beneath."""
    words, colour, dash, width = LINES[name]
    for edge in (True, False):
        figure.add_scatter(
            x=dates,
            y=values.tolist(),
            mode="lines",
            line={
                "color": PAPER if edge else colour,
                "dash": "solid" if edge else dash,
                "width": width + 3 if edge else width,
                "shape": "hv",
            },
            name=words,
            showlegend=named and not edge,
            hoverinfo="skip" if edge else None,
            hovertemplate=None if edge else f"{words} %{{y:+.3f}}<extra></extra>",
            meta={"series": name, "side": 0, "column": column},
            row=1,
            col=column,
        )
