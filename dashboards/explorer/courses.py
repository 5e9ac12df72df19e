"""How support for one text grows with and without the changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboards.figures._dates import dated_panels
from dashboards.figures._style import STANCES, calm, transparent

if TYPE_CHECKING:
    import xarray as xr

HOW = (
    "Delegations that endorse (E, blue) and oppose (O, orange), round by round: with the changes as a thick "
    "line with its band (the middle 80 % of replicates), as it is as a thin dotted line."
)
SIDES = (("base_course", "as it is", 1.5, "dot", False), ("changed_course", "changed", 3.0, "solid", True))


def courses(found: xr.Dataset, text: str, dates: Sequence[str], delegations: int) -> go.Figure:
    """Curves of one variant of what `simulation.compare` gives, with its course; `dates` by round."""
    figure, parts = dated_panels(dates)
    for stance in (1, -1):
        mark = STANCES[stance]
        for name, words, width, dash, banded in SIDES:
            low, middle, high = found[name].sel(stance=stance, text=text).values
            for column, part in enumerate(parts, start=1):
                days, ends = list(dates[part]), (low[part], high[part])
                last = column == len(parts)
                if banded:
                    _band(figure, days, *ends, mark.colour, column)
                figure.add_scatter(
                    x=days,
                    y=middle[part].tolist(),
                    mode="lines+text" if banded and last else "lines",
                    text=[mark.letter if banded and day == days[-1] else "" for day in days],
                    textposition="middle right",
                    textfont={"color": mark.colour, "size": 14},
                    cliponaxis=False,
                    name=f"{mark.word}, {words}",
                    line={"color": mark.colour, "dash": dash, "width": width},
                    showlegend=last,
                    hovertemplate=f"%{{y:.0f}} {mark.word}, {words}, %{{x|%d %b %Y}}<extra></extra>",
                    row=1,
                    col=column,
                )
    figure.update_yaxes(range=[0, delegations * 1.04])
    return calm(figure, height=340, y_title="delegations")


def _band(figure: go.Figure, days: list[str], low, high, colour: str, column: int) -> None:
    figure.add_scatter(
        x=[*days, *days[::-1]],
        y=[*low.tolist(), *high[::-1].tolist()],
        fill="toself",
        fillcolor=transparent(colour, 0.16),
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        row=1,
        col=column,
    )
