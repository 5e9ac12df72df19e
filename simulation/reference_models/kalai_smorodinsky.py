"""Kalai–Smorodinsky: all agree on the best outcome that gives everybody the same share of the most it could
hope for.

Kalai, E. and Smorodinsky, M. (1975), Other solutions to Nash's bargaining problem, Econometrica 43, 513–518.
Gains are those over the reversion point, as in the Nash bargaining solution; the most one can hope for is
one's highest gain where nobody loses. With more than two, the share is the highest that everybody can have at
least, and of several such outcomes the one with the highest sum of gains is taken.

Whoever has no position or no salience on an issue gains nothing there, whatever is agreed. Where no outcome
is better than the reversion point for everybody who cares about anything, nothing is agreed: that is the
forecast then, with a note. Issues without a reversion point have no forecast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._bargain import LEAST, bargain, best, highest, steps
from simulation.reference_models._base import Prediction, held

TITLE, LETTER, PLACE, COSTLY = "Kalai–Smorodinsky", "K", 80, True


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The outcome at which all gain the same share of their highest possible gain."""
    about = bargain(held(positions, salience, capability, reversion))
    outcome = np.full(np.shape(reversion), np.nan)
    if not len(about.columns):
        return Prediction(outcome, ("there is no reversion point to gain from",))
    way, count = steps(about), len(about.rows)
    if best(about, way, np.ones(count))[1] <= LEAST:
        outcome[about.columns] = about.reversion
        return Prediction(outcome, (f"no outcome is better than none for all {count} delegations",))
    hopes, bind = np.zeros(count), None
    for row, claim in enumerate(np.eye(count)):
        _, hopes[row], bind = highest(about, way, claim, np.zeros(count), bind)
    share = best(about, way, hopes)[1]
    outcome[about.columns] = highest(about, way, np.ones(count), (share - LEAST) * hopes)[0]
    return Prediction(outcome, (f"everybody gains {100 * share:.0f} % of what it could hope for",))
