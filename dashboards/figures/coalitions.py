"""The coalition strip: who is with whom from round to round.

How to read this: each row is a delegation, each column a round; delegations of one colour and letter stand
and move together in the first replicate. A change of colour along a row is a delegation that moved.
"""

from __future__ import annotations

from typing import Any, NamedTuple

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
            text=[[name] * len(days) for name in names],
            customdata=[
                [f"{date}: coalition {letter(int(label))}" for date, label in zip(days, row, strict=True)]
                for row in labels
            ],
            hovertemplate="%{text}, %{customdata}<extra></extra>",
        )
    )
    _letters(figure, labels)
    calm(figure, height=70 + ROW_HEIGHT * len(names))
    ticks = np.unique(np.linspace(0, labels.shape[1] - 1, 5).round().astype(int))
    words = [f"{one} {month[:3]}<br>{year}" for one, month, year in (days[tick].split() for tick in ticks)]
    figure.update_xaxes(tickvals=ticks, ticktext=words, range=[-0.5, labels.shape[1] - 0.5], tickangle=0)
    figure.update_yaxes(visible=False, autorange="reversed")
    figure.update_layout(margin={"l": 30, "r": 52, "t": 10})
    return figure


class Run(NamedTuple):
    """Neighbouring rows of one coalition."""

    first: int
    last: int
    label: int


def _letters(figure: go.Figure, labels: np.ndarray) -> None:
    """Name the coalitions: at both ends, with their size at the last one, and in between those that pass."""
    for run in _runs(labels[:, -1]):
        mark = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "bgcolor": PAPER}
        _letter(figure, run, mark, f" {run.last - run.first + 1}")
    for run in _runs(labels[:, 0]):
        if run.last - run.first >= LEGIBLE:
            mark = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -4, "bgcolor": PAPER}
            _letter(figure, run, mark)
    lasting = {run.label for run in _runs(labels[:, -1])}
    widest: dict[int, tuple[int, Run, int]] = {}
    for index, column in enumerate(labels.T):
        for run in _runs(column):
            if run.label not in lasting:
                size = run.last - run.first
                widest[run.label] = max(widest.get(run.label, (0, run, index)), (size, run, index))
    for size, run, index in widest.values():
        if size >= LEGIBLE:
            _letter(figure, run, {"x": index, "font": {"color": PAPER, "size": 13}})


def _runs(labels: np.ndarray) -> list[Run]:
    """The runs of equal labels in one round; who stands alone is in none."""
    edges = np.flatnonzero(np.diff(labels)) + 1
    starts, stops = [0, *edges.tolist()], [*edges.tolist(), len(labels)]
    runs = [Run(start, stop - 1, int(labels[start])) for start, stop in zip(starts, stops, strict=True)]
    return [run for run in runs if run.label >= 0]


def _steps(colours: list[str]) -> list[tuple[float, str]]:
    """A colour scale of equal steps without blending."""
    width = 1 / len(colours)
    return [
        edge
        for index, colour in enumerate(colours)
        for edge in ((index * width, colour), ((index + 1) * width, colour))
    ]


def _letter(figure: go.Figure, run: Run, mark: dict[str, Any], count: str = "") -> None:
    figure.add_annotation(
        y=(run.first + run.last) / 2,
        text=f"<b>{letter(run.label)}</b>{count}",
        showarrow=False,
        **{"font": {"color": group_colour(run.label), "size": 14}, **mark},
    )
