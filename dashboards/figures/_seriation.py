"""Delegations in an order that puts like beside like, with their coalitions and the names that fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from dashboards.figures._style import PAPER, group_colour
from dashboards.groups import consensus_groups
from dashboards.words import letter

NAMES = 26  # as many codes fit side by side on a phone


def seriate(distances: ArrayLike) -> NDArray[np.intp]:
    """Rows in an order in which neighbours are as near to each other as a tree of them allows.

    `distances` (N, N) are symmetric. Average linkage, then the order of its leaves with the smallest sum of
    distances between neighbours (Bar-Joseph, Gifford and Jaakkola 2001, Fast optimal leaf ordering for
    hierarchical clustering, Bioinformatics 17, S22–S29).
    """
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    square = np.asarray(distances, dtype=np.float64)
    if len(square) < 3:
        return np.arange(len(square))
    square = np.where(np.eye(len(square), dtype=bool), 0.0, (square + square.T) / 2)
    condensed = squareform(square, checks=False)
    return leaves_list(optimal_leaf_ordering(linkage(condensed, "average"), condensed))


def differences(rows: ArrayLike) -> NDArray[np.float64]:
    """Euclidean distances (N, N) between rows of numbers (N, K)."""
    rows = np.asarray(rows, dtype=np.float64)
    return np.sqrt(((rows[:, None] - rows[None]) ** 2).sum(axis=2))


def coalition_of(data: Any) -> NDArray[np.int64]:
    """The coalition of each delegation over all replicates (country,), 0 the largest; −1 stands alone."""
    labels = np.full(data.sizes["country"], -1)
    for place, rows in enumerate(consensus_groups(data)):
        labels[rows] = place
    return labels


def fitting_names(data: Any, order: NDArray[np.intp]) -> tuple[list[int], list[str]]:
    """Places in the given order whose codes fit beside each other, the weightiest delegations first."""
    weight = data.capability.values[order]
    apart = max(len(order) / NAMES, 1)
    taken: list[int] = []
    for row in np.argsort(-weight, kind="stable").tolist():
        if all(abs(row - other) >= apart for other in taken):
            taken.append(row)
    countries = data.country.values[order].tolist()
    return sorted(taken), [countries[row] for row in sorted(taken)]


def coalition_strip(labels: NDArray[np.int64]) -> tuple[go.Heatmap, list[dict[str, Any]]]:
    """A strip of one row that marks each delegation's coalition by colour and letter: the trace, and the
    letters as annotations that still lack their axes."""
    kinds = sorted({int(label) for label in labels})
    steps = [
        (edge, group_colour(kind))
        for place, kind in enumerate(kinds)
        for edge in (place / len(kinds), (place + 1) / len(kinds))
    ]
    strip = go.Heatmap(
        z=np.searchsorted(kinds, labels[None]),
        zmin=-0.5,
        zmax=len(kinds) - 0.5,
        colorscale=steps,
        showscale=False,
        text=[[f"coalition {letter(int(label))}" for label in labels]],
        hovertemplate="%{text}<extra></extra>",
    )
    edges = [0, *(np.flatnonzero(np.diff(labels)) + 1).tolist(), len(labels)]
    letters = [
        {
            "x": (start + stop - 1) / 2,
            "y": 0,
            "text": f"<b>{letter(int(labels[start]))}</b>",
            "showarrow": False,
            "font": {"color": PAPER, "size": 12},
        }
        for start, stop in zip(edges, edges[1:], strict=False)
        if labels[start] >= 0 and (stop - start) * NAMES >= len(labels)
    ]
    return strip, letters
