"""What reference models share: the answer, who counts on an issue, weighted means and medians."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
EVEN = 1e-12  # of the whole weight: as much on one side as on the other


class Prediction(NamedTuple):
    """What a model foresees: `outcome` by issue (K,) from 0 to 100, NaN where it says nothing, and notes."""

    outcome: Floats
    notes: tuple[str, ...] = ()


class Held(NamedTuple):
    """The inputs of a model as arrays: positions and salience (N, K), capability (N,), reversion (K,).

    A cell of which position or salience is unknown is NaN in `positions` and 0 in `salience`.
    """

    positions: Floats
    salience: Floats
    capability: Floats
    reversion: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Whether a delegation is known on an issue (N, K)."""
        return ~np.isnan(self.positions)

    @property
    def weight(self) -> Floats:
        """Capability times salience (N, K), with salience from 0 to 1."""
        return self.capability[:, None] * self.salience / 100


def held(positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike) -> Held:
    """The inputs as arrays. Raises ValueError if their shapes or ranges do not fit."""
    place, cares = np.array(positions, dtype=np.float64), np.array(salience, dtype=np.float64)
    able, back = np.asarray(capability, dtype=np.float64), np.asarray(reversion, dtype=np.float64)
    if place.ndim != 2 or cares.shape != place.shape:
        raise ValueError("positions and salience are two tables of one shape (N, K)")
    if able.shape != place.shape[:1] or back.shape != place.shape[1:]:
        raise ValueError("there is one capability a delegation (N,) and one reversion point an issue (K,)")
    for word, values in (("positions", place), ("salience", cares), ("reversion points", back)):
        if np.nanmin(values, initial=0) < 0 or np.nanmax(values, initial=0) > 100:
            raise ValueError(f"{word} lie from 0 to 100")
    if not (np.isfinite(able) & (able >= 0)).all():
        raise ValueError("capability is known and not below 0")
    unknown = np.isnan(place) | np.isnan(cares)
    place[unknown], cares[unknown] = np.nan, 0.0
    return Held(place, cares, able, back)


def weighted_mean(values: Floats, weights: Floats) -> Floats:
    """The mean of each column (K,) over rows that are known; NaN where nothing weighs."""
    weights = np.where(np.isnan(values), 0.0, weights)
    total = weights.sum(axis=0)
    return np.divide(
        (np.nan_to_num(values) * weights).sum(axis=0), total, out=np.full_like(total, np.nan), where=total > 0
    )


def median_range(values: Floats, weights: Floats) -> tuple[float, float]:
    """The lowest and the highest of some values (N,) with at least half of the weight on either side.

    They are one point unless the weight splits evenly between two. NaN twice where nothing weighs.

    >>> median_range(np.array([1.0, 2.0, 9.0]), np.array([3.0, 2.0, 4.0]))
    (2.0, 2.0)
    >>> median_range(np.array([10.0, 30.0]), np.ones(2))
    (10.0, 30.0)
    """
    weighs = ~np.isnan(values) & (weights > 0)
    if not weighs.any():
        return np.nan, np.nan
    order = np.argsort(values[weighs], kind="stable")
    ranked, reached = values[weighs][order], np.cumsum(weights[weighs][order])
    half, rounding = reached[-1] / 2, EVEN * reached[-1]
    low = int(np.searchsorted(reached, half - rounding))
    high = int(np.searchsorted(reached, half + rounding))
    return float(ranked[low]), float(ranked[min(high, len(ranked) - 1)])


def medians(values: Floats, weights: Floats) -> Floats:
    """The median of each column (K,); the middle between two where the weight splits evenly."""
    columns = range(values.shape[1])
    return np.array([np.mean(median_range(values[:, k], weights[:, k])) for k in columns], dtype=np.float64)
