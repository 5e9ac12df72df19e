"""What moves most in a sweep? For each factor, how far the outcome goes between its levels.

A level's outcome is the mean over all cells that have it, so each factor is judged over all levels of the
others. The share of a factor is the variance of these means over the variance of all cells: shares of factors
that act each by itself add up to 1, and what is missing is what they do together (analysis of variance of a
full factorial: Fisher, R. A., 1935, The Design of Experiments).
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.compare import LEVEL

if TYPE_CHECKING:
    import xarray as xr


class Span(NamedTuple):
    """One factor: the levels with the lowest and the highest outcome, their means, how far these lie apart
    with a 95 % interval, and the share (0–1) of all differences between cells; NaN if there are none."""

    factor: str
    lowest: float | str
    highest: float | str
    least: float
    most: float
    span: float
    low: float
    high: float
    share: float


def spans(data: xr.Dataset, text: str, measure: str = "endorsing") -> list[Span]:
    """The factors of a sweep by their span on one measure of one text, widest first.

    `data` is that of `simulation.sweep`. Cells that failed, or that lack the text, are left out. All cells
    have the same luck, which moves their errors together. The standard error of a level is therefore taken as
    the mean of those of its cells, as if they moved as one, and that of a difference as if the two levels had
    luck of their own: the interval is too wide rather than too narrow. It does not account for the two levels
    having been chosen for being the extremes. One replicate tells nothing of it: it is infinite.
    """
    here = data.sel(text=text, measure=measure)
    mean, error = here["mean"].values, here["sd"].values / np.sqrt(data.attrs["replicates"])
    spread = np.nanvar(mean) if np.isfinite(mean).any() else 0.0
    found = []
    for axis, name in enumerate(data.attrs["factors"]):
        rest = tuple(other for other in range(mean.ndim) if other != axis)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a level all of whose cells failed
            level, doubt = np.nanmean(mean, axis=rest), np.nanmean(error, axis=rest)
        if not np.isfinite(level).any():
            continue
        first, last = int(np.nanargmin(level)), int(np.nanargmax(level))
        gap = float(level[last] - level[first])
        half = float(LEVEL * np.hypot(doubt[first], doubt[last])) if data.attrs["replicates"] > 1 else np.inf
        found.append(
            Span(
                name,
                data[name].values[first].item(),
                data[name].values[last].item(),
                float(level[first]),
                float(level[last]),
                gap,
                gap - half,
                gap + half,
                float(np.nanvar(level) / spread) if spread else float("nan"),
            )
        )
    return sorted(found, key=lambda one: -one.span)
