"""Maximum likelihood of the ordered logit: slopes for all pairs, two cut-points for each, with a penalty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize

from simulation.backtest.learning import Lesson
from simulation.backtest.ordered import SMALLEST, probabilities
from simulation.threads import one_thread

SLOPE_SD = 1.0  # logits; a slope is drawn to 0 as by a normal prior of this spread
CUT_SD = 5.0
LIKELY = 1.920729  # half of the 95 % point of chi-squared with one degree of freedom
FAR = 30.0


class Fit(NamedTuple):
    """Slopes (4,) in logits, the penalised negative log likelihood at them, and all fitted values."""

    slopes: np.ndarray
    loss: float
    at: np.ndarray


@one_thread()
def fit(lesson: Lesson, start: np.ndarray | None = None, held: Mapping[int, float] | None = None) -> Fit:
    """The slopes that make the votes most likely, deterministic; `held` fixes slopes, by place, at values.

    Slopes are 0 or more, since nobody likes a text less because friends like it. They have a normal prior
    N(0, 1²), and cut-points N(0, 5²), in logits: with a handful of roll calls the likelihood alone would run
    away where votes separate completely.
    """
    width = lesson.parts.shape[1]
    count = int(lesson.pair.max()) + 1
    if start is None:
        start = np.r_[np.full(width, 0.5), np.tile([-2.0, 0.5], count)]
    bounds: list[tuple[float, float]] = [(0.0, FAR)] * width + [(-FAR, FAR)] * (2 * count)
    start = start.copy()
    for place, value in (held or {}).items():
        bounds[place] = (value, value)
        start[place] = value
    options = {"maxiter": 2000, "maxfun": 20000, "ftol": 1e-12, "gtol": 1e-7}
    done = minimize(_loss, start, (lesson,), "L-BFGS-B", jac=True, bounds=bounds, options=options)
    return Fit(done.x[:width], float(done.fun), done.x)


@one_thread()
def interval(lesson: Lesson, best: Fit, place: int) -> tuple[float, float]:
    """The 95 % profile-likelihood interval of one slope (Venzon and Moolgavkar 1988): the values at which the
    loss, all else fitted again, is 1.92 above its least."""

    def above(value: float) -> float:
        return fit(lesson, best.at, {place: value}).loss - best.loss - LIKELY

    centre = float(best.slopes[place])
    low = 0.0
    if centre > 0 and above(0.0) > 0:
        low = float(brentq(above, 0.0, centre, xtol=1e-3))
    step = 0.5
    while above(centre + step) < 0:
        step *= 2
    return low, float(brentq(above, centre, centre + step, xtol=1e-3))


def _loss(values: np.ndarray, lesson: Lesson) -> tuple[float, np.ndarray]:
    """Penalised negative log likelihood and its gradient."""
    width = lesson.parts.shape[1]
    slopes, low, gap = values[:width], values[width::2], np.exp(values[width + 1 :: 2])
    high = low + gap
    pair, votes, weight = lesson.pair, lesson.votes, lesson.weight
    appeal = lesson.parts @ slopes
    chance = probabilities(appeal, low[pair], high[pair])
    no, middle, yes = chance.T
    rise = np.choose(votes, [1 - no, -no * (1 - no) / middle, 0.0])  # by the lower cut-point
    fall = np.choose(votes, [0.0, yes * (1 - yes) / middle, yes - 1])  # by the upper one
    by_appeal = -(rise + fall)
    spread = np.r_[np.full(width, SLOPE_SD), np.full(2 * len(low), CUT_SD)]
    told = np.log(np.maximum(chance[np.arange(len(votes)), votes], SMALLEST))
    loss = -float(weight @ told) + 0.5 * float(((values / spread) ** 2).sum())
    gradient = values / spread**2
    gradient[:width] -= lesson.parts.T @ (weight * by_appeal)
    by_low = np.bincount(pair, weight * (rise + fall), len(low))
    by_gap = np.bincount(pair, weight * fall, len(low)) * gap
    gradient[width::2] -= by_low
    gradient[width + 1 :: 2] -= by_gap
    return loss, gradient
