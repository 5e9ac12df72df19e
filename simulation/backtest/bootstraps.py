"""Intervals by drawing again: one set of draws over countries, one over blocs, one over resolutions."""

from __future__ import annotations

import numpy as np

from simulation.backtest.roll_calls import blocs

KINDS = ("countries", "blocs", "resolutions")
DRAWS = 1000
ENDS = (2.5, 97.5)


def draws(cells: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """Mean scores under each set of draws (Efron 1979): by kind, (1000, F).

    `cells` holds the score of forecaster f on resolution r for state i, (F, R, 193), NaN where a state did
    not vote. A mean score is the mean over resolutions of the mean over states. All forecasters share the
    draws, so that differences between them are paired.
    """
    rng = np.random.default_rng(seed)
    _, rows, states = cells.shape
    groups = blocs()
    countries = times_drawn(rng, states)
    together = times_drawn(rng, int(groups.max()) + 1)[:, groups]
    resolutions = times_drawn(rng, rows)
    return {
        "countries": _over_states(cells, countries),
        "blocs": _over_states(cells, together),
        "resolutions": resolutions @ np.nanmean(cells, axis=2).T / rows,
    }


def times_drawn(rng: np.random.Generator, number: int) -> np.ndarray:
    """How often each of so many is drawn, drawing as many with putting back: (1000, number)."""
    return rng.multinomial(number, np.full(number, 1 / number), DRAWS)


def _over_states(cells: np.ndarray, weights: np.ndarray) -> np.ndarray:
    voted = ~np.isnan(cells[0])
    total = np.einsum("bi,fri->bfr", weights, np.nan_to_num(cells), optimize=True)
    count = np.einsum("bi,ri->br", weights, voted.astype(float), optimize=True)
    there = (count > 0)[:, None, :]
    means = np.where(there, total / np.maximum(count, 1)[:, None, :], 0.0).sum(axis=2)
    rows = there.sum(axis=2)
    return np.where(rows > 0, means / np.maximum(rows, 1), np.nan)


def interval(values: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of the draws; those that drew nobody who voted are left out."""
    low, high = np.nanpercentile(values, ENDS)
    return float(low), float(high)
