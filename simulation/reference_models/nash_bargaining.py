"""Nash bargaining solution: all agree on the outcome with the highest product of their gains over no
agreement.

Nash, J. F. (1950), The bargaining problem, Econometrica 18, 155–162. Gains are those over the reversion
point: distance to one's position, weighted by salience, which sums to 1 for every delegation; capability does
not matter. Issues are settled together, so that one may pay for another.

Whoever has no position or no salience on an issue gains nothing there, whatever is agreed. Where no outcome
is better than the reversion point for everybody who cares about anything, somebody refuses, and nothing is
agreed: that is the forecast then, with a note. Issues without a reversion point have no forecast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._bargain import LEAST, Bargain, bargain, best, steps
from simulation.reference_models._base import Floats, Prediction, held

TITLE, LETTER, PLACE = "Nash bargaining solution", "N", 70
SMOOTH = tuple(10.0 / 4**step for step in range(18))  # points: how far kinks are rounded off, down to 1e-9
ROUNDING = 1e-12


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The outcome with the highest product of gains over the reversion point."""
    about = bargain(held(positions, salience, capability, reversion))
    outcome = np.full(np.shape(reversion), np.nan)
    if not len(about.columns):
        return Prediction(outcome, ("there is no reversion point to gain from",))
    found = nash(about)
    outcome[about.columns] = about.reversion if found is None else found
    if found is None:
        return Prediction(outcome, (f"no outcome is better than none for all {len(about.rows)} delegations",))
    return Prediction(outcome, (f"all {len(about.rows)} delegations gain",))


def nash(about: Bargain, weights: ArrayLike = 1.0) -> Floats | None:
    """The place (K,) that maximises Π g_i^w_i, None where not everybody can gain.

    1. A place where everybody gains is found, that with the highest smallest gain.
    2. From there Newton's method climbs Σ w_i log g_i, with |x − y| rounded off to √((x − y)² + ε²) − ε.
    3. ε falls to nothing, each time starting where the last climb ended. The function is concave, so that the
       end is the highest point. Unequal weights give the asymmetric solution (Kalai 1977).
    """
    inside, smallest = best(about, steps(about), np.ones(len(about.rows)))
    if smallest <= LEAST:
        return None
    power = np.broadcast_to(np.asarray(weights, dtype=np.float64), len(about.rows))
    place = inside
    for epsilon in SMOOTH:
        while _rounded(about, place, epsilon).min() <= 0:
            place = (place + inside) / 2
        place = _climb(about, place, epsilon, power)
    return np.clip(place, 0.0, 100.0)


def _rounded(about: Bargain, place: Floats, epsilon: float) -> Floats:
    away = np.sqrt((about.positions - place) ** 2 + epsilon**2) - epsilon
    return (about.share * (np.abs(about.positions - about.reversion) - away)).sum(axis=1) / 100


def _climb(about: Bargain, place: Floats, epsilon: float, power: Floats) -> Floats:
    """Newton's method with halved steps on the concave Σ w log g, rounded off by ε."""

    def height(at: Floats) -> float:
        gains = _rounded(about, at, epsilon)
        return float((power * np.log(gains)).sum()) if gains.min() > 0 else -np.inf

    here = height(place)
    for _ in range(60):
        off = place - about.positions
        root = np.sqrt(off**2 + epsilon**2)
        gains = _rounded(about, place, epsilon)[:, None]
        slope = -about.share * off / root / 100 / gains
        bend = (power[:, None] * about.share * epsilon**2 / root**3 / 100 / gains).sum(axis=0)
        rise = (power[:, None] * slope).sum(axis=0)
        curved = np.diag(bend + 1e-15) + (slope * power[:, None]).T @ slope
        step = np.linalg.lstsq(curved, rise, rcond=None)[0]
        promised = float(rise @ step)
        if promised < ROUNDING:  # the heights can no longer tell, but the slope still can
            return place + step if np.isfinite(height(place + step)) else place
        length = 1.0
        while (there := height(place + length * step)) < here + 0.1 * length * promised:
            length /= 2
            if length < ROUNDING:
                return place
        place, here = place + length * step, there
    return place
