"""The why-chart: what an appeal is made of, round by round, for one delegation and one text."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._dates import dated_panels
from dashboards.figures._style import INK, PARTS, STANCES, calm, transparent


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
        _cut(figure, dates[shown], series["endorse_cut"][shown], 1, column, last)
        _cut(figure, dates[shown], series["oppose_cut"][shown], -1, column, last)
        _sum(figure, dates[shown], series["sum"][shown], column, last)
    return calm(figure, height=430, y_title="gain units")


def appeal_parts(results: Any, country: str, text: str) -> dict[str, np.ndarray]:
    """Every series of the why-chart by name, from the first round on: parts, their sum, the two cut-points.

    The part `bloc` is what following its blocs adds to a delegation's own appeal.
    """
    data = results.data.sel(country=country, text=text).isel(round=slice(1, None))
    own = {str(part): data.part_of_appeal.sel(part=part).values.astype(float) for part in data.part.values}
    series = {
        **own,
        "bloc": data.appeal.values - sum(own.values()),
        "chance": data.chance.values.astype(float),
    }
    series["sum"] = data.appeal.values + series["chance"]
    series["endorse_cut"] = data.endorse_cut.values.astype(float)
    series["oppose_cut"] = data.oppose_cut.values.astype(float)
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


def _cut(
    figure: go.Figure, dates: list[str], values: np.ndarray, stance: int, column: int, named: bool
) -> None:
    mark = STANCES[stance]
    figure.add_scatter(
        x=dates,
        y=values.tolist(),
        mode="lines",
        line={"color": mark.colour, "dash": "dash", "width": 2, "shape": "hv"},
        name="endorses from here up" if stance > 0 else "opposes below here",
        showlegend=named,
        hovertemplate="cut-point %{y:+.3f}<extra></extra>",
        meta={"series": "endorse_cut" if stance > 0 else "oppose_cut", "side": 0, "column": column},
        row=1,
        col=column,
    )


def _sum(figure: go.Figure, dates: list[str], values: np.ndarray, column: int, named: bool) -> None:
    figure.add_scatter(
        x=dates,
        y=values.tolist(),
        mode="lines",
        line={"color": INK, "width": 3, "shape": "hv"},
        name="appeal, all parts added",
        showlegend=named,
        hovertemplate="appeal %{y:+.3f}<extra></extra>",
        meta={"series": "sum", "side": 0, "column": column},
        row=1,
        col=column,
    )
