"""Which parameter does the answer hang on?

How to read this: a row is one parameter, the widest span on top. Its two bars are the change in the number
of delegations that endorse at the end when it alone is put at the low or the high end of its advised range,
under the same luck; the thin line is the 95 % interval. The sixteen widest spans have a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import plotly.graph_objects as go

from dashboards.figures._style import INK, calm
from dashboards.words import setting
from simulation.analyses.tornado import by_span
from simulation.analyses.tornado import tornado as made_tornado

if TYPE_CHECKING:
    import xarray as xr

MOST = 16  # rows, so that the picture stays one
ROW_HEIGHT = 36  # pixels a parameter
LANE, THICKNESS = 0.2, 0.36  # of a row: how far a bar lies from its middle, and how thick it is


class Look(NamedTuple):
    """How one end is drawn."""

    colour: str
    pattern: str
    lane: float


LOOKS = {"low": Look("#0072B2", "", -LANE), "high": Look("#E69F00", "/", LANE)}


def tornado(results: Any, text: str | None = None, found: xr.Dataset | None = None) -> go.Figure:
    """Change in endorsements on a text by parameter of `[dynamics]`, at both ends of its advised range.

    `found` is the comparison if it has been made already; without it the scenario of the results is
    negotiated again.
    """
    text = text or str(results.data.text.values[0])
    if found is None:
        found = made_tornado(results.scenario, results.data.sizes["replicate"], results.manifest["seed"])
    here = found.sel(text=text)
    rows = [name for name in by_span(found, text) if float(here.span.sel(parameter=name)) > 0][:MOST]
    figure = go.Figure()
    for side, look in LOOKS.items():
        one = here.sel(side=side, parameter=rows)
        half = ((one.high - one.low) / 2).values.tolist()
        places = [row + look.lane for row in range(len(rows))]
        figure.add_bar(
            x=one.change.values.round(2),
            y=places,
            width=THICKNESS,
            orientation="h",
            name=side,
            marker={"color": look.colour, "pattern": {"shape": look.pattern}},
            error_x={
                "array": [None if value == float("inf") else round(value, 2) for value in half],
                "color": INK,
                "thickness": 1,
                "width": 2,
            },
            customdata=[
                f"{told(name)} at {setting(value)}"
                for name, value in zip(rows, one.value.values, strict=True)
            ],
            hovertemplate="%{customdata}: %{x:+.1f} endorsements<extra></extra>",
        )
        _letters(figure, one, places, side)
    _frame(figure, rows)
    return figure


def told(parameter: str) -> str:
    """A parameter in words.

    >>> told("peer_weight")
    'peer weight'
    """
    return parameter.replace("_", " ")


def _letters(figure: go.Figure, one: xr.Dataset, places: list[float], side: str) -> None:
    """Write beyond each bar and its interval which end it is and its value; none where nothing moves."""
    for change, low, high, value, place in zip(
        *(each.values.tolist() for each in (one.change, one.low, one.high, one.value)), places, strict=True
    ):
        if change:
            edge = high if change > 0 else low
            figure.add_annotation(
                x=round(change if abs(edge) == float("inf") else edge, 2),
                y=place,
                text=f"{side} {setting(value)}",
                showarrow=False,
                xanchor="left" if change > 0 else "right",
                xshift=4 if change > 0 else -4,
                font={"size": 10},
            )


def _frame(figure: go.Figure, rows: list[str]) -> None:
    """Axes with room for the letters on both sides, the line of no change, and the common look."""
    figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")
    calm(figure, height=110 + ROW_HEIGHT * max(len(rows), 1))
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[told(name) for name in rows],
        tickfont={"size": 11},
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    reach = [mark.x for mark in figure.layout.annotations if mark.x] or [0.0]
    low, high = min(0.0, *reach), max(0.0, *reach)
    room = 0.4 * (high - low) or 1.0
    figure.update_xaxes(
        title={"text": "change in endorsements", "font": {"size": 12}},
        tickformat="+.0f",
        nticks=6,
        range=[low - room, high + room],
        zeroline=False,
    )
    figure.update_layout(margin={"l": 128, "b": 48}, barmode="overlay")
