"""The coalition strip: who is with whom from round to round."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._style import PAPER, calm, group_colour, plain
from dashboards.groups import labels_by_round
from dashboards.words import letter
from simulation.analyses.wording import day

ROW_HEIGHT = 5  # pixels a delegation
LEGIBLE = 3  # a run of fewer rows gets no letter: it would cover its neighbours


def coalitions(results: Any) -> go.Figure:
    """One row a delegation, one column a round, one colour and letter a coalition, in the first replicate.

    Rows are ordered by the coalitions of the last round; a change of colour along a row is a delegation that
    moved. White is a delegation that stands alone.
    """
    data = results.data
    labels = labels_by_round(data).T  # (country, round)
    order = np.lexsort([labels[:, index] for index in range(labels.shape[1])])
    labels = labels[order]
    names = [plain(str(name)) for name in data.name.values[order]]
    days = [day(str(date)) for date in data.date.values]
    found = sorted({int(label) for label in labels.ravel()})
    figure = go.Figure(
        go.Heatmap(
            z=np.searchsorted(found, labels),
            zmin=-0.5,
            zmax=len(found) - 0.5,
            colorscale=_steps([group_colour(label) for label in found]),
            showscale=False,
            opacity=0.8,
            customdata=np.array([[letter(int(label)) for label in row] for row in labels]),
            text=[[f"{name}, {date}" for date in days] for name in names],
            hovertemplate="%{text}: coalition %{customdata}<extra></extra>",
        )
    )
    last = labels.shape[1] - 1
    for first_row, last_row, label in _runs(labels[:, -1]):
        count = f" {last_row - first_row + 1}"
        _letter(figure, last + 0.7, (first_row + last_row) / 2, label, count, "left")
    for first_row, last_row, label in _runs(labels[:, 0]):
        if last_row - first_row + 1 > LEGIBLE:
            _letter(figure, -0.7, (first_row + last_row) / 2, label, "", "right")
    calm(figure, height=70 + ROW_HEIGHT * len(names))
    ticks = np.unique(np.linspace(0, last, 6).round().astype(int))
    words = [f"{one} {month[:3]}<br>{year}" for one, month, year in (days[tick].split() for tick in ticks)]
    figure.update_xaxes(tickvals=ticks, ticktext=words, range=[-1.6, last + 2.6])
    figure.update_yaxes(visible=False, autorange="reversed")
    figure.update_layout(margin={"l": 8, "r": 8, "t": 10})
    return figure


def _runs(labels: np.ndarray) -> list[tuple[int, int, int]]:
    """First and last place and label of each run of equal labels of coalitions."""
    edges = np.flatnonzero(np.diff(labels)) + 1
    starts, stops = [0, *edges.tolist()], [*edges.tolist(), len(labels)]
    runs = [(start, stop - 1, int(labels[start])) for start, stop in zip(starts, stops, strict=True)]
    return [run for run in runs if run[2] >= 0]


def _steps(colours: list[str]) -> list[tuple[float, str]]:
    """A colour scale of equal steps without blending."""
    width = 1 / len(colours)
    return [
        edge
        for index, colour in enumerate(colours)
        for edge in ((index * width, colour), ((index + 1) * width, colour))
    ]


def _letter(figure: go.Figure, x: float, y: float, label: int, count: str, anchor: str) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        text=f"<b>{letter(label)}</b>{count}",
        showarrow=False,
        xanchor=anchor,
        font={"color": group_colour(label), "size": 14},
        bgcolor=PAPER,
    )
