"""A true date axis for rounds of unequal length: the dense opening days in a panel of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

DAY = 86_400_000  # milliseconds, the unit of Plotly's date steps
OPENING_SHARE = 0.36  # of the width, for the opening panel where there is one


def opening_rounds(dates: Sequence[str]) -> int:
    """How many rounds belong to a dense opening that would vanish on one common axis; 0 where there is none.

    A dense opening holds at least a fifth of the rounds in at most a tenth of the time.

    >>> opening_rounds(["2020-09-08", "2020-09-09", "2020-09-10", "2020-10-10", "2020-11-10", "2020-12-10"])
    2
    >>> opening_rounds(["2020-09-10", "2020-10-10", "2020-11-10", "2020-12-10"])
    0
    """
    days = [(dt.date.fromisoformat(date) - dt.date.fromisoformat(dates[0])).days for date in dates]
    last, rounds = days[-1], len(days) - 1
    best = 0
    for place in range(2, rounds):
        step_before, step_after = days[place] - days[place - 1], days[place + 1] - days[place]
        if days[place] <= 0.1 * last and step_after >= 4 * step_before and place >= 0.2 * rounds:
            best = place
    return best


def dated_panels(dates: Sequence[str], rows: int = 1, **options: Any) -> tuple[go.Figure, list[slice]]:
    """An empty figure with one panel, or an opening and a long panel side by side, each on a true date axis.

    Returns the figure and, for each column, the slice of rounds that it shows.
    """
    opening = opening_rounds(dates)
    if not opening:
        figure = make_subplots(rows=rows, cols=1, shared_xaxes=True, **options)
        _date_axis(figure, dates[0], dates[-1], column=1)
        return figure, [slice(0, len(dates))]
    figure = make_subplots(
        rows=rows,
        cols=2,
        shared_yaxes=True,
        shared_xaxes=True,
        column_widths=[OPENING_SHARE, 1 - OPENING_SHARE],
        horizontal_spacing=0.02,
        **options,
    )
    _date_axis(figure, dates[0], dates[opening], column=1)
    _date_axis(figure, dates[opening], dates[-1], column=2)
    return figure, [slice(0, opening + 1), slice(opening, len(dates))]


def round_ticks(dates: Sequence[str]) -> dict[str, Any]:
    """Ticks for an axis on which every round has the same width: the opening, the end of a dense opening
    where there is one, and the last round, each with its date in two lines.

    >>> round_ticks(["2020-09-10", "2020-10-10", "2020-11-10"])
    {'tickvals': [0, 2], 'ticktext': ['10 Sep<br>2020', '10 Nov<br>2020']}
    """
    places = sorted({0, opening_rounds(dates), len(dates) - 1})
    shown = [dt.date.fromisoformat(dates[place]) for place in places]
    return {"tickvals": places, "ticktext": [f"{one.day} {one:%b}<br>{one.year}" for one in shown]}


def column_of(date: str, dates: Sequence[str], parts: Sequence[slice]) -> int | None:
    """The column (from 1) whose stretch of time holds `date`; none where no panel shows it."""
    for column, part in enumerate(parts, start=1):
        if dates[part.start] <= date <= dates[part.stop - 1]:
            return column
    return None


def _date_axis(figure: go.Figure, first: str, last: str, column: int) -> None:
    """Range and tick format of one column: days for short stretches, months for long ones."""
    begin, end = dt.date.fromisoformat(first[:10]), dt.date.fromisoformat(last[:10])
    room = max((end - begin) / 50, dt.timedelta(hours=6))
    start, stop = dt.datetime.combine(begin, dt.time()) - room, dt.datetime.combine(end, dt.time()) + room
    short = (end - begin).days <= 60
    step = max(1, round((end - begin).days / 2))
    ticks = {"tick0": first, "dtick": step * DAY, "tickformat": "%-d %b"}
    figure.update_xaxes(
        type="date",
        range=[start.isoformat(), stop.isoformat()],
        **(ticks if short else {"nticks": 6, "tickformat": "%b\n%Y"}),
        col=column,
    )
    figure.update_xaxes(tickangle=0, tickfont={"size": 12})
