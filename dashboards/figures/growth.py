"""Growth of support, group by group.

How to read this: each panel is a group of delegations, the first one all of them; the line is the share of
the group that endorses the text, median over the replicates, the band holds the middle 80 % of them. The
dotted line repeats the median of all delegations. Rounds have equal width here, so a dense opening shows;
the dates beneath tell how long they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from dashboards.figures._dates import round_ticks
from dashboards.figures._style import FONT, INK, PAPER, QUIET, RULE_LINE, STANCES, lines, transparent
from dashboards.groups import everybody_and
from dashboards.summary import BAND
from simulation.analyses.spread import endorsement_by_group, support_bands
from simulation.results import counted

PANELS, COLUMNS = 6, 2
ROW_HEIGHT = 150  # pixels a row of panels


def growth(results: Any, text: str | None = None, by: str = "region") -> go.Figure:
    """The share that endorses a text, round by round, among all delegations and in the largest groups.

    Groups are `by` region, bloc or coalition over all replicates; the five largest have a panel. Lines are
    medians over the replicates, bands hold the middle 80 % of them, each round taken by itself.
    """
    data = results.data
    text = text or str(data.text.values[0])
    names, _, shares = group_shares(data, text, by)
    names, drawn = names[:PANELS], np.round(100 * shares[:, :, :PANELS])
    rows = -(-len(names) // COLUMNS)
    figure = make_subplots(
        rows=rows,
        cols=COLUMNS,
        specs=[
            [_cell(row * COLUMNS + column < len(names)) for column in range(COLUMNS)] for row in range(rows)
        ],
        shared_xaxes="all",
        shared_yaxes="all",
        horizontal_spacing=0.14,
        vertical_spacing=0.3 / rows,
        subplot_titles=[lines(name[:1].upper() + name[1:], 24) for name in names],
    )
    for place in range(len(names)):
        where = {"row": place // COLUMNS + 1, "col": place % COLUMNS + 1}
        _panel(figure, drawn[:, :, place], drawn[1, :, 0] if place else None, where)
    _frame(figure, [str(date) for date in data.date.values], rows)
    return figure


def _cell(filled: bool) -> dict[str, Any] | None:
    """A place in the grid of panels, none where no panel stands."""
    return {} if filled else None


def group_shares(data: Any, text: str, by: str) -> tuple[list[str], list[int], NDArray[np.float64]]:
    """Names and sizes of all delegations and of the groups, and low, median and high share that endorses a
    text (3, round, group); observers do not count."""
    data = counted(data)
    names, members = everybody_and(data, by)
    shares = endorsement_by_group(data.stance.sel(text=[text]).values, members)[..., 0]
    return names, members.sum(axis=1).tolist(), support_bands(shares, BAND)


def _panel(
    figure: go.Figure, band: NDArray[np.float64], everybody: NDArray[np.float64] | None, where: dict[str, int]
) -> None:
    """One group: its band, its median, and beside it the median of all delegations."""
    low, middle, high = (values.astype(int).tolist() for values in band)
    colour = INK if everybody is None else STANCES[1].colour
    figure.add_scatter(y=low, mode="lines", line={"width": 0}, **where)
    figure.add_scatter(
        y=high, mode="lines", line={"width": 0}, fill="tonexty", fillcolor=transparent(colour, 0.2), **where
    )
    if everybody is not None:
        dotted = {"color": QUIET, "width": 1, "dash": "dot"}
        figure.add_scatter(y=everybody.astype(int).tolist(), mode="lines", line=dotted, **where)
    figure.add_scatter(y=middle, mode="lines", line={"color": colour, "width": 2.2}, **where)


def _frame(figure: go.Figure, dates: list[str], rows: int) -> None:
    """Axes in percent and dates, and the common look."""
    figure.update_annotations({"font": {"size": 11, "color": INK}})
    figure.update_xaxes(range=[0, len(dates) - 1], showgrid=False, linecolor=RULE_LINE)
    figure.update_xaxes(**round_ticks(dates), tickfont={"size": 10}, tickangle=0, row=rows)
    figure.update_yaxes(range=[0, 102], dtick=50, gridcolor=RULE_LINE)
    figure.update_yaxes(ticksuffix=" %", tickfont={"size": 10}, col=1)
    figure.update_layout(
        height=60 + ROW_HEIGHT * rows,
        margin={"l": 44, "r": 24, "t": 44, "b": 40},
        font={"family": FONT, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        showlegend=False,
        hovermode=False,
        dragmode=False,
    )
