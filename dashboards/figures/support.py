"""Support curves: how many delegations endorse, study and oppose a text, round by round.

How to read this: read from left to right: each line counts the delegations that endorse (E, solid), study (S,
dotted) or oppose (O, dashed) the text. The line is the median, the band holds the middle 80 % of the
replicates. A dense opening has a panel of its own; dates are true to scale within each panel.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.figures._dates import column_of, dated_panels
from dashboards.figures._style import QUIET, STANCES, calm, filled, plain
from dashboards.summary import bands
from simulation.analyses.wording import day
from simulation.results import counted

COUNTS = {1: "endorsing", 0: "studying", -1: "opposing"}


def support(results: Any, text: str | None = None) -> go.Figure:
    """Delegations that endorse (E, solid), study (S, dotted) and oppose (O, dashed) a text over time.

    Lines are medians over the replicates, bands hold the middle 80 % of them. Dashed uprights are events that
    act in the run; the pluses under the curves are recorded statements, which the model is not told.
    `text` is a key, by default the scenario's first text.
    """
    data = results.data
    key = text or str(data.text.values[0])
    dates = [str(date) for date in data.date.values]
    figure, parts = dated_panels(dates)
    for stance, count in COUNTS.items():
        low, middle, high = bands(data, count, key)
        for column, part in enumerate(parts, start=1):
            between = filled(dates[part], low[part], high[part], STANCES[stance].colour)
            figure.add_scatter(**between, showlegend=False, row=1, col=column)
            _line(figure, dates[part], middle[part], stance, column, named=column == len(parts))
    _events(figure, results, key, dates, parts)
    delegations = counted(data).sizes["country"]
    figure.update_yaxes(range=[-0.07 * delegations, delegations * 1.04], rangemode="tozero")
    return calm(figure, height=400, y_title="delegations")


def _line(figure: go.Figure, dates: list[str], middle, stance: int, column: int, named: bool) -> None:
    mark = STANCES[stance]
    last = len(dates) - 1
    figure.add_scatter(
        x=dates,
        y=middle.tolist(),
        mode="lines+text" if named else "lines",
        text=[mark.letter if place == last else "" for place in range(len(dates))],
        textposition="middle right",
        textfont={"color": mark.colour, "size": 14},
        cliponaxis=False,
        name=f"{mark.letter} {mark.word}",
        line={"color": mark.colour, "dash": mark.dash, "width": 2.5},
        showlegend=named,
        hovertemplate=f"%{{y:.0f}} {mark.word}, %{{x|%d %b %Y}}<extra></extra>",
        row=1,
        col=column,
    )


def _events(figure: go.Figure, results: Any, key: str, dates: list[str], parts: list[slice]) -> None:
    """Upright lines for events that act in the run, pluses under the curves for recorded statements."""
    delegations = counted(results.data).sizes["country"]
    acting: dict[int, list] = {}
    recorded: dict[int, list] = {}
    uprights = []
    for event in results.scenario.events.values():
        column = column_of(event.date.isoformat(), dates, parts)
        if column is None or event.text not in (None, key):
            continue
        if event.nature == "outcome":
            recorded.setdefault(column, []).append(event)
        elif event.type != "note":
            acting.setdefault(column, []).append(event)
            uprights.append(_upright(event.date.isoformat(), column))
    figure.layout.shapes = uprights
    _marks(figure, acting, 1.0 * delegations, "triangle-down", "event that acts in the run")
    _marks(figure, recorded, -0.035 * delegations, "cross-thin", "statement on record, not told to the model")


def _upright(date: str, column: int) -> dict[str, Any]:
    """A line from the bottom of a panel to its top on a day."""
    axis = "" if column == 1 else str(column)
    return {
        "type": "line",
        **{"x0": date, "x1": date, "xref": f"x{axis}"},
        **{"y0": 0, "y1": 1, "yref": f"y{axis} domain"},
        "line": {"color": QUIET, "width": 1, "dash": "dot"},
        "layer": "below",
    }


def _marks(figure: go.Figure, events: dict[int, list], height: float, symbol: str, words: str) -> None:
    """Marks at one height that tell on pointing what happened, by column."""
    for column, those in events.items():
        figure.add_scatter(
            x=[event.date.isoformat() for event in those],
            y=[height] * len(those),
            mode="markers",
            marker={"symbol": symbol, "size": 9, "color": QUIET, "line": {"color": QUIET, "width": 2}},
            name=words,
            showlegend=column == max(events),
            hovertext=[plain(f"{day(event.date.isoformat())}: {event.sentence}") for event in those],
            hoverinfo="text",
            row=1,
            col=column,
        )
