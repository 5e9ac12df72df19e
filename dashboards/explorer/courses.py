"""How support for one text grows on two sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._dates import dated_panels
from dashboards.figures._style import STANCES, calm, filled, plain

HOW = (
    "Delegations that endorse (E, blue) and oppose (O, orange), round by round, in the median of the "
    "replicates: the scenario as it is as a thin dotted line, the other side as a thick one with its band "
    "(the middle 80 %)."
)
HEIGHT = 340


class Side(NamedTuple):
    """One side of a comparison: its name, its dates by round, and quantiles of how many endorse and oppose
    (stance, band, round)."""

    name: str
    dates: Sequence[str]
    bands: NDArray[np.floating]


def courses(before: Side, after: Side, delegations: int) -> go.Figure:
    """Curves of both sides, each at its own dates: the second one thick and with its band."""
    dates = sorted({*before.dates, *after.dates})
    figure, parts = dated_panels(dates)
    for row, stance in enumerate((1, -1)):
        for side, width, dash in ((before, 1.5, "dot"), (after, 3.0, "solid")):
            for column, part in enumerate(parts, start=1):
                shown = [dates[part][0] <= date <= dates[part][-1] for date in side.dates]
                bands = side.bands[row][:, shown]
                days = [date for date, here in zip(side.dates, shown, strict=True) if here]
                last = column == len(parts)
                if side is after:
                    between = filled(days, bands[0], bands[2], STANCES[stance].colour, 0.16)
                    figure.add_scatter(**between, showlegend=False, row=1, col=column)
                _line(figure, days, bands[1], side.name, stance, width, dash, column, last)
    figure.update_yaxes(range=[0, delegations * 1.04])
    return calm(figure, height=HEIGHT, y_title="delegations")


def _line(
    figure: go.Figure,
    days: list[str],
    middle: NDArray[np.floating],
    side: str,
    stance: int,
    width: float,
    dash: str,
    column: int,
    last: bool,
) -> None:
    mark, thick = STANCES[stance], dash == "solid"
    figure.add_scatter(
        x=days,
        y=middle.tolist(),
        mode="lines+text" if thick and last else "lines",
        text=[mark.letter if thick and last and day == days[-1] else "" for day in days],
        textposition="middle right",
        textfont={"color": mark.colour, "size": 14},
        cliponaxis=False,
        name=f"{mark.word}, {plain(side)}",
        line={"color": mark.colour, "dash": dash, "width": width},
        showlegend=last,
        hovertemplate=f"%{{y:.0f}} {mark.word}, {plain(side)}, %{{x|%d %b %Y}}<extra></extra>",
        row=1,
        col=column,
    )
