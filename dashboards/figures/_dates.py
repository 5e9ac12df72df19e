"""A true date axis for rounds of unequal length: the dense opening days in a panel of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

OPENING_SHARE = 0.36  # of the width, for the opening panel where there is one


def opening_rounds(days: Sequence[float]) -> int:
    """How many rounds belong to a dense opening that would vanish on one common axis; 0 where there is none.

    A dense opening holds at least a fifth of the rounds in at most a tenth of the time.

    >>> opening_rounds([0, 1, 2, 3, 4, 104, 204, 304, 404])
    4
    >>> opening_rounds([0, 30, 60, 90])
    0
    """
    last, rounds = days[-1], len(days) - 1
    best = 0
    for place in range(2, rounds):
        step_before, step_after = days[place] - days[place - 1], days[place + 1] - days[place]
        if days[place] <= 0.1 * last and step_after >= 4 * step_before and place >= 0.2 * rounds:
            best = place
    return best


def dated_panels(
    dates: Sequence[str], days: Sequence[float], rows: int = 1, **options
) -> tuple[go.Figure, list[slice]]:
    """An empty figure with one panel, or an opening and a long panel side by side, each on a true date axis.

    Returns the figure and, for each column, the slice of rounds that it shows.
    """
    opening = opening_rounds(days)
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
    figure.update_xaxes(
        type="date",
        range=[start.isoformat(), stop.isoformat()],
        tickformat="%-d %b" if short else "%b\n%Y",
        nticks=3 if short else 6,
        col=column,
    )
