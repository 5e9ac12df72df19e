"""What does each assumption do? Indices with 95 % intervals from the values at the points of a design.

Morris: an elementary effect is the change of the outcome when one assumption alone takes a step, over the
length of the step, so in units of the outcome for the whole range,

    EE_i = (Y(x + Δ·e_i) − Y(x)) / Δ,   µ*_i = mean |EE_i|,   µ_i = mean EE_i,   σ_i = sd EE_i

(Morris 1991; µ* after Campolongo, Cariboni and Saltelli 2007). What goes from level to level has no whole
range to extrapolate to: there it is the change itself. Sobol, with V the variance over all points:

    S1_i = V(E(Y | x_i)) / V(Y),   ST_i = 1 − V(E(Y | all but x_i)) / V(Y)

(Saltelli et al. 2010). PAWN: the median, over slices of the range of x_i, of the largest distance between the
distribution of Y in the slice and that of all Y (Pianosi and Wagener 2015, 2018). Intervals are bootstraps
over trajectories, base points and points.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.compare import LEVEL
from simulation.sensitivity.designs import GRID, STEP, block, need_salib, problem

Floats = NDArray[np.float64]
RESAMPLES = 1000
PAWN_RESAMPLES = 40  # each is a hundred comparisons of distributions
SLICES = 8
PARTS = ("value", "half", "mean", "spread", "first", "first_half")
TINY = 1e-12  # of the outcome: less is rounding


class Index(NamedTuple):
    """What one assumption does. `value` is µ*, ST or the PAWN index, `low` and `high` the ends of its
    interval.

    `mean` and `spread` are µ and σ (Morris), `first`, `first_low`, `first_high` S1 with its interval (Sobol);
    NaN where the method has none.
    """

    name: str
    value: float
    low: float
    high: float
    mean: float = float("nan")
    spread: float = float("nan")
    first: float = float("nan")
    first_low: float = float("nan")
    first_high: float = float("nan")


def indices(
    method: str,
    names: Sequence[str],
    points: Floats,
    values: Floats,
    seed: int = 1,
    stepped: Sequence[bool] = (),
) -> list[Index]:
    """The indices of all assumptions, in their order, from `points` (cell, assumption) and `values` (cell,).

    `points` are those of `designs.design`. Cells without a value (NaN) take those with them that belong to
    the same trajectory or base point. `stepped` marks what has levels and nothing between. Where the outcome
    is the same everywhere all indices are 0; where too little is left of the design they are NaN.
    """
    need_salib()
    kept = usable(method, len(names), values)
    points, values = points[kept], values[kept]
    if len(values) < 2 * block(method, len(names)):
        return [Index(name, *(float("nan"),) * 3) for name in names]
    if np.ptp(values) <= TINY * max(1.0, float(np.abs(values).max())):
        table = dict.fromkeys(PARTS, np.zeros(len(names)))
    else:
        table = {"morris": _morris, "sobol": _sobol, "pawn": _pawn}[method](points, values, seed)
    if method == "morris":
        scale = np.where(np.array(stepped or [False] * len(names)), STEP, 1.0)
        table = {part: scale * column for part, column in table.items()}
    return [
        _index(name, {part: float(column[place]) for part, column in table.items()}, method)
        for place, name in enumerate(names)
    ]


def _index(name: str, parts: dict[str, float], method: str) -> Index:
    """The parts of one index, those that its method has."""
    value, half = parts["value"], parts["half"]
    found = Index(name, value, max(value - half, 0.0), value + half)
    if method == "morris":
        return found._replace(mean=parts["mean"], spread=parts["spread"])
    if method == "sobol":
        first, error = parts["first"], parts["first_half"]
        return found._replace(first=first, first_low=first - error, first_high=first + error)
    return found


def usable(method: str, count: int, values: Floats) -> NDArray[np.bool_]:
    """Which cells (cell,) belong to a trajectory, or a base point, all of whose cells have a value."""
    whole = ~np.isnan(values).reshape(-1, block(method, count)).any(axis=1)
    return np.repeat(whole, block(method, count))


def _morris(points: Floats, values: Floats, seed: int) -> dict[str, Floats]:
    from SALib.analyze import morris

    asked = problem(points.shape[1])
    found = morris.analyze(asked, points, values, num_resamples=RESAMPLES, num_levels=GRID, seed=seed)
    parts = {"value": "mu_star", "half": "mu_star_conf", "mean": "mu", "spread": "sigma"}
    return {name: np.asarray(found[key], dtype=float) for name, key in parts.items()}


def _sobol(points: Floats, values: Floats, seed: int) -> dict[str, Floats]:
    from SALib.analyze import sobol

    found = sobol.analyze(
        problem(points.shape[1]), values, calc_second_order=False, num_resamples=RESAMPLES, seed=seed + 1
    )
    parts = {"value": "ST", "half": "ST_conf", "first": "S1", "first_half": "S1_conf"}
    return {name: np.asarray(found[key], dtype=float) for name, key in parts.items()}


def _pawn(points: Floats, values: Floats, seed: int) -> dict[str, Floats]:
    from SALib.analyze import pawn

    asked = problem(points.shape[1])

    def index(rows: NDArray[np.intp]) -> Floats:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a slice that a resample leaves empty
            return np.asarray(
                pawn.analyze(asked, points[rows], values[rows], S=SLICES)["median"], dtype=float
            )

    generator = np.random.default_rng(seed)
    drawn = [index(generator.integers(len(values), size=len(values))) for _ in range(PAWN_RESAMPLES)]
    return {"value": index(np.arange(len(values))), "half": LEVEL * np.nanstd(drawn, axis=0, ddof=1)}
