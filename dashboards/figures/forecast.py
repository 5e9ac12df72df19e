"""What classic models foresee on every issue, beside Plenary.

How to read this: a row is an issue from 0 to 100, a mark what one model foresees there, told apart by letter,
shape and colour; squares in grey are naive baselines. The wide band is where Plenary's most supported text
ends in the middle 80 % of the replicates, the line across it the median. The farther the marks of a row lie
apart, the less the models agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from dashboards.figures._style import GROUPS, INK, PAPER, QUIET, calm, lines, transparent
from simulation import reference_models
from simulation.analyses.forecast import Ended, Forecasts, ended, forecasts

FORMS = (
    *("circle", "diamond", "triangle-up", "pentagon", "hexagon", "triangle-down"),
    *("octagon", "triangle-left", "triangle-right", "hexagon2"),
)
OWN = GROUPS[0]
LANES = (0.0, -0.2, 0.2, -0.4, 0.4)  # of a row, taken in turn by marks that would overlap
CLEAR = 7.0  # points between two marks in one lane
ROW_HEIGHT = 74  # pixels an issue


def forecast(results: Any, found: Forecasts | None = None, own: Ended | None = None) -> go.Figure:
    """A strip of marks for every issue, one a model, over the band in which Plenary ends.

    `found` and `own` are the forecasts and where Plenary's texts end, if known already. A model that says
    nothing of any issue is left out.
    """
    found, own = found or forecasts(results.scenario), own or ended(results)
    titles = [lines(str(title), 16) for title in results.data.issue_title.values.tolist()]
    rows = np.arange(len(titles))
    heights = rows + lanes(found.outcomes).T  # (M, K)
    figure = go.Figure()
    low, middle, high = own.band.round(1).tolist()
    bars = {"color": transparent(OWN, 0.22), "width": 40}
    for first, (begin, end) in enumerate(zip(low, high, strict=True)):
        figure.add_scatter(
            x=[begin, end],
            y=[first, first],
            mode="lines",
            line=bars,
            name="Plenary, middle 80 %",
            legendgroup="own",
            showlegend=not first,
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=middle,
        y=rows,
        mode="markers",
        name="Plenary, median",
        marker={"symbol": "line-ns", "size": 40, "line": {"color": OWN, "width": 3}},
        hovertemplate="Plenary: %{x:.0f}<extra></extra>",
    )
    spoken = [place for place, row in enumerate(found.outcomes) if not np.isnan(row).all()]
    looks = _looks()
    for place in spoken:
        model = found.models[place]
        form, colour = looks.get(model.name, ("square", QUIET))
        figure.add_scatter(
            x=[None if np.isnan(value) else round(float(value), 1) for value in found.outcomes[place]],
            y=heights[place].round(2).tolist(),
            mode="markers+text",
            text=model.letter,
            name=f"{model.letter} {model.title}",
            textfont={"size": 9, "color": INK},
            marker={"symbol": form, "size": 17, "color": PAPER, "line": {"color": colour, "width": 2}},
            hovertemplate=f"{model.title}: " + "%{x:.0f}<extra></extra>",
        )
    calm(figure, height=150 + ROW_HEIGHT * max(len(titles), 1))
    figure.update_yaxes(
        tickvals=rows.tolist(),
        ticktext=titles,
        tickfont={"size": 11},
        range=[len(titles) - 0.4, -0.6],
        zeroline=False,
    )
    figure.update_xaxes(
        title={"text": "place on the issue's scale", "font": {"size": 12}}, range=[-3, 103], zeroline=False
    )
    figure.update_layout(
        margin={"l": 112, "b": 48, "t": 70},
        legend={"font": {"size": 11}, "itemsizing": "constant", "tracegroupgap": 0},
    )
    return figure


def _looks() -> dict[str, tuple[str, str]]:
    """Shape and colour of every model that is no baseline, the same in every room."""
    names = [name for name in reference_models.names() if not reference_models.find(name).baseline]
    return {
        name: (FORMS[number % len(FORMS)], GROUPS[number % len(GROUPS)]) for number, name in enumerate(names)
    }


def lanes(outcomes: ArrayLike) -> NDArray[np.float64]:
    """How far each mark stands off the middle of its row (K, M), so that near ones do not overlap.

    From the left, each takes the first lane whose last mark is far enough away, or else the emptiest one.
    """
    values = np.asarray(outcomes, dtype=np.float64).T
    out = np.zeros(values.shape)
    for row, marks in enumerate(values):
        last = np.full(len(LANES), -np.inf)
        for place in np.argsort(marks, kind="stable"):
            if np.isnan(marks[place]):
                continue
            free = np.flatnonzero(marks[place] - last >= CLEAR)
            lane = int(free[0]) if len(free) else int(last.argmin())
            last[lane] = marks[place]
            out[row, place] = LANES[lane]
    return out
