"""Coalition network at the end.

How to read this: each dot is a delegation, each line joins two that stand close to each other at the end;
colour, letter and form tell the coalition, size the weight in bargaining. Hollow dots stand alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._seriation import coalition_of
from dashboards.figures._style import FONT, INK, PAPER, QUIET, group_colour, plain
from dashboards.words import letter
from simulation.analyses.coalitions import likeness
from simulation.room import open_room

FORMS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon", "star", "cross")
NEAREST = 5  # lines that a delegation starts, to those most like it
REPLICATES = 32  # over which likeness is averaged
THRESHOLD = 0.7  # of likeness, for a line
STEPS = 80  # of pushing dots apart
CROWDED = 1.2  # how much of the picture the dots may claim
LABELLED = 16


class Network(NamedTuple):
    """Where delegations lie (country, 2), and the lines between them (line, 2) as rows."""

    places: NDArray[np.float64]
    lines: NDArray[np.int64]


def network(results: Any, found: Network | None = None) -> go.Figure:
    """Who stands near whom after the last round, over the replicates.

    Likeness is half the cosine of stances on all texts and half that of coded positions, as the coalitions
    are found by, averaged over the replicates (32 at most). A line joins a delegation with those most like
    it, five at most, from a likeness of 0.7 on (1 is the same); like lies beside like. Colour, letter and
    form tell the coalition over all replicates, size the weight in bargaining; the weightiest are named.
    Hollow dots stand alone. `found` is what `joined` gives, if known already.
    """
    data = results.data
    found = found or joined(results)
    labels, weight = coalition_of(data), data.capability.values.astype(float)
    x, y = found.places.T
    figure = go.Figure()
    ends = found.places[found.lines]
    gap = np.full((len(ends), 1), np.nan)
    figure.add_scatter(
        x=np.hstack([ends[:, :, 0], gap]).ravel().round(3).tolist(),
        y=np.hstack([ends[:, :, 1], gap]).ravel().round(3).tolist(),
        mode="lines",
        line={"color": "rgba(91,100,112,0.28)", "width": 0.8},
        hoverinfo="skip",
        showlegend=False,
    )
    sizes = 6 + 16 * np.sqrt(weight / max(weight.max(), 1))
    for label in sorted({int(one) for one in labels}, key=lambda one: (one < 0, one)):
        rows = np.flatnonzero(labels == label)
        alone = label < 0
        figure.add_scatter(
            x=x[rows].round(3).tolist(),
            y=y[rows].round(3).tolist(),
            mode="markers",
            marker={
                "size": sizes[rows].round(1).tolist(),
                "color": PAPER if alone else group_colour(label),
                "symbol": FORMS[label % len(FORMS)],
                "line": {"color": QUIET if alone else PAPER, "width": 1},
            },
            name="on their own" if alone else f"coalition {letter(label)}, {len(rows)}",
            text=[plain(str(name)) for name in data.name.values[rows]],
            hovertemplate="%{text}<extra></extra>",
        )
    countries = data.country.values.tolist()
    figure.layout.annotations = [
        {
            "x": float(x[row]),
            "y": float(y[row]),
            "text": plain(countries[row]),
            "showarrow": False,
            "yshift": float(sizes[row]) / 2 + 8,
            "font": {"size": 12, "color": INK},
            "bgcolor": "rgba(255,255,255,0.7)",
            "borderpad": 0,
        }
        for row in named(found.places, weight)
    ]
    figure.update_xaxes(visible=False, range=[-1.08, 1.08])
    figure.update_yaxes(visible=False, range=[-1.1, 1.14])
    figure.update_layout(
        height=520,
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "itemsizing": "constant"},
        dragmode=False,
    )
    return figure


def joined(results: Any) -> Network:
    """Likeness at the end, the lines it makes, and a layout without chance."""
    data = results.data
    alike = likeness(open_room(results.scenario), data.stance.values[:REPLICATES, -1])
    alike = alike.mean(axis=0, dtype=np.float64)
    np.fill_diagonal(alike, -1)
    nearest = np.argsort(-alike, axis=1, kind="stable")[:, : min(NEAREST, len(alike) - 1)]
    pairs = {
        (min(row, other), max(row, other))
        for row, others in enumerate(nearest.tolist())
        for other in others
        if alike[row, other] >= THRESHOLD
    }
    return Network(layout(alike, data.capability.values), np.array(sorted(pairs), dtype=int).reshape(-1, 2))


def layout(likeness: NDArray[np.float64], weight: NDArray[np.floating]) -> NDArray[np.float64]:
    """Places (country, 2) from −1 to 1 that put like beside like.

    1. Classical scaling (Torgerson 1952, Multidimensional scaling: I. Theory and method, Psychometrika 17):
       the two directions along which likeness differs most.
    2. Dots that would cover each other are pushed apart step by step, heavier ones taking more room.
    """
    size = len(likeness)
    square = np.where(np.eye(size, dtype=bool), 1.0, likeness)
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, vectors = np.linalg.eigh(centred)
    if size < 3:
        return np.column_stack([np.linspace(-1, 1, size), np.zeros(size)])
    places = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0))
    # A direction has no sign of its own: the delegation farthest out is put on its positive side.
    places *= np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])
    places /= np.maximum(np.abs(places).max(axis=0), 1e-9)
    room = np.sqrt(CROWDED / size) * (0.6 + 0.4 * np.sqrt(weight / max(weight.max(), 1)))
    reach = (room[:, None] + room[None]) / 2
    spiral = np.arange(size)
    places = places + 1e-3 * np.column_stack([np.cos(spiral), np.sin(spiral)])
    for _ in range(STEPS):
        apart = places[:, None] - places[None]
        distance = np.sqrt((apart**2).sum(axis=2)) + np.eye(size)
        push = np.maximum(reach - distance, 0) / distance
        np.fill_diagonal(push, 0)
        places = places + 0.35 * (push[:, :, None] * apart).sum(axis=1)
    places -= (places.max(axis=0) + places.min(axis=0)) / 2
    return places / np.maximum(np.abs(places).max(axis=0), 1e-9)


def named(places: NDArray[np.float64], weight: NDArray[np.float64]) -> list[int]:
    """The weightiest delegations whose names do not cover each other."""
    taken: list[int] = []
    for row in np.argsort(-weight, kind="stable").tolist():
        apart = [np.abs(places[row] - places[other]) for other in taken]
        if all(gap[0] > 0.14 or gap[1] > 0.07 for gap in apart):
            taken.append(row)
        if len(taken) == LABELLED:
            break
    return taken
