"""Who moved whom: the strongest credits as a network.

How to read this: each dot is a delegation, the larger the more endorsements are owed to it; those of one
region stand beside each other. A wedge is broad at the delegation that gave and runs to a point at the one
that received: the broader, the more the giver added to the appeal of the receiver when it came to endorse.
Hollow wedges held back. This is an account of what was in the balance, not a proof of cause.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._style import FONT, INK, PAPER, STANCES, plain, transparent
from simulation.analyses.influence import Arrows, strongest

BROADEST = 0.13  # of a wedge, in radii of the circle
LARGEST, SMALLEST = 22, 5  # dots, in pixels
NEAR = 0.94  # where wedges end, in radii
BESIDE, BELOW = 27, 18  # pixels from a dot to its name


def influence(results: Any, text: str | None = None) -> go.Figure:
    """The strongest entries of the influence ledger of a text, mean over the explained replicates.

    At most 36 wedges between 24 delegations; direction by tapering, which readers follow best (Holten and van
    Wijk 2009, A user study on visualizing directed edges in graphs, Proceedings of CHI). Credits are in gain
    units, dots in endorsements.
    """
    data = results.data
    text = text or str(data.text.values[0])
    arrows = strongest(data.credit.sel(text=text).values)
    rows = seats(data, arrows)
    angle = np.pi / 2 - 2 * np.pi * np.arange(len(rows)) / max(len(rows), 1)
    where = dict(zip(rows, np.column_stack([np.cos(angle), np.sin(angle)]), strict=True))
    figure = go.Figure()
    strength = np.abs(arrows.credit) / max(np.abs(arrows.credit).max(initial=0), 1e-12)
    for positive, look in ((True, STANCES[1]), (False, STANCES[-1])):
        mine = np.flatnonzero((arrows.credit > 0) == positive)
        if not len(mine):
            continue
        wedges = [
            wedge(where[int(arrows.giver[one])], where[int(arrows.receiver[one])], BROADEST * strength[one])
            for one in mine
        ]
        x, y = np.concatenate(wedges).T
        figure.add_scatter(
            x=_numbers(x),
            y=_numbers(y),
            mode="lines",
            fill="toself" if positive else None,
            fillcolor=transparent(look.colour, 0.4),
            line={"color": look.colour, "width": 0.4 if positive else 1},
            name="moved" if positive else "held back",
            hoverinfo="skip",
        )
    figure.add_scatter(**_dots(data, text, rows, where))
    figure.layout.annotations = [
        {
            "x": round(float(place[0]), 3),
            "y": round(float(place[1]), 3),
            "xshift": round(float(BESIDE * place[0])),
            "yshift": round(float(BELOW * place[1])),
            "text": plain(str(data.country.values[row])),
            "showarrow": False,
        }
        for row, place in where.items()
    ]
    figure.update_xaxes(visible=False, range=[-1.34, 1.34])
    figure.update_yaxes(visible=False, range=[-1.22, 1.22], scaleanchor="x")
    figure.update_layout(
        height=520,
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        font={"family": FONT, "size": 12, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def seats(data: Any, arrows: Arrows) -> list[int]:
    """The delegations that the arrows touch, by region, within a region by key."""
    rows = {int(row) for row in (*arrows.giver, *arrows.receiver)}
    return sorted(rows, key=lambda row: (str(data.region.values[row]), str(data.country.values[row])))


def _dots(data: Any, text: str, rows: list[int], where: dict[int, NDArray[np.float64]]) -> dict[str, Any]:
    """The delegations, their area by the endorsements owed to them."""
    owed = data.owed.sel(text=text).values[rows]
    share = np.sqrt(np.maximum(owed, 0) / max(owed.max(initial=0), 1e-9))
    places = np.array([where[row] for row in rows]).reshape(-1, 2)
    return {
        "x": _numbers(places[:, 0]),
        "y": _numbers(places[:, 1]),
        "mode": "markers",
        "marker": {
            "size": np.round(SMALLEST + (LARGEST - SMALLEST) * share, 1).tolist(),
            "color": INK,
            "line": {"color": PAPER, "width": 1},
        },
        "text": [
            plain(f"{data.name.values[row]}: {value:.1f} endorsements")
            for row, value in zip(rows, owed, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }


def wedge(start: NDArray[np.float64], end: NDArray[np.float64], breadth: float) -> NDArray[np.float64]:
    """Corners (5, 2) of a triangle, broad at `start` and pointed at `end`, closed and followed by a gap."""
    start, end = NEAR * start, NEAR * end
    along = end - start
    across = np.array([-along[1], along[0]]) / max(np.hypot(*along), 1e-9) * breadth / 2
    return np.array([start + across, end, start - across, start + across, [np.nan, np.nan]])


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    """Three decimals, and none for a gap."""
    return [None if np.isnan(value) else round(float(value), 3) for value in values]
