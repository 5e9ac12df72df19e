"""Support × ambition.

How to read this: each dot is one replicate of one text: further up more delegations endorse it, further right
its wording keeps more of what its sponsors first wanted. The outlined mark is the median, the path its way
there. Beyond 100 % it serves them better than at first. Texts without sponsors have no ambition and are left
out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._style import GROUPS, INK, PAPER, QUIET, calm, lines, plain, transparent
from simulation.results import counted

FORMS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "hexagon", "cross")


def ambition(results: Any) -> go.Figure:
    """How many delegations endorse a text at the end, against what its wording retains for its sponsors.

    Ambition is the share of the sponsors' initial gain that the wording retains, so 100 % is the text as
    tabled, 0 % one that brings them nothing and below 0 one that leaves them worse off than no text. A dot a
    replicate; the large mark is the median of both, the path leads there round by round from the hollow mark
    at the first round in which the text is on the table. Texts without sponsors have no ambition and are left
    out.
    """
    data = results.data
    figure = go.Figure()
    for place in sponsored(data):
        course = medians(data, place)
        colour, form = GROUPS[place % len(GROUPS)], FORMS[place % len(FORMS)]
        title = plain(str(data.text_title.values[place]))
        last = 100 * data.ambition.values[:, -1, place], data.endorsing.values[:, -1, place]
        figure.add_scatter(
            x=np.round(last[0], 1).tolist(),
            y=last[1].tolist(),
            mode="markers",
            marker={"symbol": form, "size": 7, "color": transparent(colour, 0.32)},
            hovertemplate=f"{title}: %{{y}} endorse, ambition %{{x:.0f}} %<extra></extra>",
            legendgroup=title,
            showlegend=False,
        )
        figure.add_scatter(
            x=course[0].round(1).tolist(),
            y=course[1].tolist(),
            mode="lines",
            line={"color": colour, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
            legendgroup=title,
            showlegend=False,
        )
        for index, end in ((0, False), (-1, True)):
            figure.add_scatter(
                x=[round(float(course[0][index]), 1)],
                y=[float(course[1][index])],
                mode="markers",
                marker={
                    "symbol": form,
                    "size": 15 if end else 9,
                    "color": colour if end else PAPER,
                    "line": {"color": INK if end else colour, "width": 2},
                },
                name=lines(str(data.text_title.values[place]), 34),
                hovertemplate=f"{title}, median: %{{y:.0f}} endorse, ambition %{{x:.0f}} %<extra></extra>",
                legendgroup=title,
                showlegend=end,
            )
    figure.add_vline(x=100, line={"color": QUIET, "width": 1, "dash": "dash"}, layer="below")
    figure.add_vline(x=0, line={"color": QUIET, "width": 1}, layer="below")
    for x, words in ((100, "as tabled"), (0, "nothing left")):
        figure.add_annotation(
            x=x,
            y=1,
            yref="paper",
            text=words,
            showarrow=False,
            xanchor="left" if x == 0 else "right",
            xshift=4 if x == 0 else -4,
            yanchor="top",
            font={"size": 11, "color": QUIET},
        )
    seats = counted(data).sizes["country"]
    calm(figure, height=430)
    figure.update_yaxes(
        title={"text": "delegations that endorse", "font": {"size": 12}, "standoff": 6},
        range=[-0.03 * seats, 1.06 * seats],
        zeroline=False,
    )
    figure.update_xaxes(
        title={"text": "ambition: share of the sponsors’ initial gain kept", "font": {"size": 12}},
        ticksuffix=" %",
        zeroline=False,
    )
    figure.update_layout(margin={"b": 52}, legend={"traceorder": "normal"})
    return figure


def sponsored(data: Any) -> list[int]:
    """The texts that have an ambition at the end, by place."""
    known = ~np.isnan(data.ambition.values[:, -1]).all(axis=0)
    return np.flatnonzero(known).tolist()


def medians(data: Any, place: int) -> NDArray[np.float64]:
    """Median ambition in per cent and median support (2, round), from the first public stance on."""
    kept = np.nanmedian(100 * data.ambition.values[:, :, place].astype(float), axis=0)
    support = np.median(data.endorsing.values[:, :, place], axis=0)
    spoken = (data.studying.values[:, :, place] < counted(data).sizes["country"]).any(axis=0)
    first = int(spoken.argmax()) if spoken.any() else len(support) - 1
    return np.array([kept[first:], support[first:]])
