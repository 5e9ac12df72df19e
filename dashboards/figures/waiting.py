"""Time to endorse, group by group.

How to read this: each line is the share of a group (the star: of all delegations) that has not endorsed the
text yet, by Kaplan and Meier over all replicates; it starts at 100 % and goes down a step whenever some of
the group endorse for the first time. Where a line crosses one half, half of the group is on board. The letter
at its end stands beside the group's name above. Rounds have equal width, so a dense opening shows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._dates import round_ticks
from dashboards.figures._style import GROUPS, INK, QUIET, Mark, calm, plain
from dashboards.groups import everybody_and
from dashboards.words import letter
from simulation.analyses.spread import Survival
from simulation.analyses.timing import NO_TEST, Timing, timings
from simulation.results import counted

CURVES = 6
CLOSE = 5  # percent: letters nearer than this would cover each other
DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot", "solid")
LOOKS = (
    Mark("", "*", INK, "solid", ""),
    *(Mark("", letter(place), GROUPS[place], dash, "") for place, dash in enumerate(DASHES)),
)


def waiting(results: Any, text: str | None = None, by: str = "region") -> go.Figure:
    """The share of all delegations, and of the six largest groups, that still waits to endorse a text.

    Groups are `by` region, bloc or coalition over all replicates. The curves are those of Kaplan and Meier
    (1958); who never endorses is watched until the last day.
    """
    data = results.data
    text = text or str(data.text.values[0])
    dates = [str(date) for date in data.date.values]
    days = np.cumsum(data.days.values)
    figure, ends = go.Figure(), []
    for place, (name, found) in enumerate(list(timing_of(data, text, by).items())[: CURVES + 1]):
        share = np.round(100 * still_waiting(found.curve, days)).astype(int).tolist()
        look = LOOKS[place]
        figure.add_scatter(
            y=share,
            mode="lines",
            name=plain(f"{look.letter} {name}"),
            line={"color": look.colour, "dash": look.dash, "width": 2, "shape": "hv"},
        )
        ends.append((share[-1], look.letter, look.colour))
    figure.add_hline(y=50, line={"color": QUIET, "width": 1, "dash": "dot"}, layer="below")
    calm(figure, height=400)
    figure.update_xaxes(**round_ticks(dates), range=[0, len(dates) - 1])
    figure.update_yaxes(
        range=[0, 103], ticksuffix=" %", title={"text": "still waiting", "font": {"size": 12}}
    )
    figure.update_layout(margin={"r": 34}, hovermode=False, showlegend=True)
    figure.layout.annotations = _letters(ends, len(dates) - 1)
    return figure


def still_waiting(curve: Survival, days: NDArray[np.integer]) -> NDArray[np.float64]:
    """A curve read off at the end of each round (T+1,)."""
    place = np.searchsorted(curve.time, days, side="right")
    return np.concatenate([[1.0], curve.waiting])[place]


def timing_of(data: Any, text: str, by: str) -> dict[str, Timing]:
    """When all delegations and each group come on board, by name, largest group first.

    Observers do not count. Coalitions have no test: they are found from the very stances it would look at.
    """
    data = counted(data)
    names, members = everybody_and(data, by)
    first = data.first_endorsed.sel(text=text).values
    found = timings(first, np.cumsum(data.days.values), members)
    if by == "coalition":
        found = [one._replace(test=NO_TEST) for one in found]
    return dict(zip(names, found, strict=True))


def _letters(ends: list[tuple[int, str, str]], last: int) -> list[dict[str, Any]]:
    """A letter at the end of each line; letters that would cover each other stand side by side."""
    placed: list[dict[str, Any]] = []
    before, shift = -np.inf, 6
    for height, mark, colour in sorted(ends):
        shift = shift + 10 if height - before < CLOSE else 6
        before = height
        placed.append(
            {
                "x": last,
                "y": height,
                "text": mark,
                "showarrow": False,
                "xshift": shift,
                "font": {"color": colour, "size": 13},
            }
        )
    return placed
