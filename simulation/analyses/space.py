"""Along what lines is the room divided? The issue space in two dimensions, and what its directions mean."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
TELLING = 0.5  # of the largest loading, from which on an issue names an axis
NAMING = 3  # issues that name an axis, at most


class Space(NamedTuple):
    """A plane through the issue space.

    `centre` (K,) is the mean position in points; `stretch` (K,) the root of each issue's share of the
    weights; `axes` (2, K) two orthogonal directions of length 1 among the stretched issues, or of length 0
    where a second one is missing; `share` (2,) how much of the delegations' variance each tells, 0 to 1.
    """

    centre: Floats
    stretch: Floats
    axes: Floats
    share: Floats


def space(positions: ArrayLike, weights: ArrayLike) -> Space:
    """The two directions along which positions differ most.

    `positions` (N, K) are in points of the scale, 0–100; `weights` (K,) ≥ 0 say how much issues matter,
    usually mean salience.

    1. Positions are centred on their mean and multiplied, issue by issue, by √(w_k / Σw). So the squared
       distance of two delegations is the weighted mean of their squared differences, in points. They are not
       divided by their deviation: an issue on which all agree would be blown up.
    2. The axes are the first two right singular vectors of that table, its principal axes. The share that an
       axis tells is its squared singular value over the sum of all.
    3. A direction has no sign of its own: the largest loading is made positive.

    Pearson, K. (1901), On lines and planes of closest fit to systems of points in space, Philosophical
    Magazine 2, 559–572; Jolliffe, I. T. (2002), Principal Component Analysis, 2nd ed., Springer.

    Raises ValueError if the shapes do not belong together or nothing matters.
    """
    positions, weights = np.asarray(positions, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if positions.ndim != 2 or len(positions) == 0 or positions.shape[1] != weights.size:
        raise ValueError(f"positions {positions.shape} and weights {weights.shape} do not describe one room")
    if (weights < 0).any() or not weights.sum() > 0:
        raise ValueError("weights are at least 0, and some issue has more")
    centre, stretch = positions.mean(axis=0), np.sqrt(weights / weights.sum())
    _, values, directions = np.linalg.svd((positions - centre) * stretch)
    told = np.zeros(max(weights.size, 2))
    told[: values.size] = values**2
    axes = np.zeros((2, weights.size))
    axes[: min(2, weights.size)] = directions[:2]
    largest = axes[[0, 1], np.abs(axes).argmax(axis=1)]
    return Space(
        centre, stretch, axes * np.where(largest < 0, -1, 1)[:, None], told[:2] / max(told.sum(), 1e-12)
    )


def project(plane: Space, places: ArrayLike) -> Floats:
    """Where places (…, K), in points, lie in the plane (…, 2): ((places − centre) · stretch) · axesᵀ.

    Distances in the plane are in points and never larger than the weighted distances they stand for; with two
    issues they are the same.
    """
    return ((np.asarray(places, dtype=np.float64) - plane.centre) * plane.stretch) @ plane.axes.T


def distance(plane: Space, places: ArrayLike, others: ArrayLike) -> Floats:
    """Weighted distance (…) of places (…, K) from others on all issues, in points."""
    apart = (np.asarray(places, dtype=np.float64) - np.asarray(others, dtype=np.float64)) * plane.stretch
    return np.sqrt((apart**2).sum(axis=-1))


def naming(plane: Space, axis: int) -> list[int]:
    """The issues that name an axis, largest loading first: those with at least half of the largest, three at
    most; none for an axis that is missing."""
    loading = np.abs(plane.axes[axis])
    order = np.argsort(-loading, kind="stable")
    least = TELLING * loading[order[0]]
    return [int(issue) for issue in order[:NAMING] if loading[issue] > 0 and loading[issue] >= least]
