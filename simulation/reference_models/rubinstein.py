"""Rubinstein: two make each other offers in turn, and the more patient one gets more of what lies between
them.

Rubinstein, A. (1982), Perfect equilibrium in a bargaining model, Econometrica 50, 97–109; the limit of short
breaks between offers: Binmore, K., Rubinstein, A. and Wolinsky, A. (1986), The Nash bargaining solution in
economic modelling, RAND Journal of Economics 17, 176–188.

It speaks of two delegations only. What lies between their positions is divided, issue by issue, as between
equally patient ones with short breaks: in the middle. Where either position is unknown there is nothing to
divide.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held

TITLE, LETTER, PLACE = "Rubinstein", "2", 130


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The point between two positions on every issue at which both have the same share of the way."""
    place = np.asarray(positions, dtype=np.float64)
    held(place, salience, capability, reversion)
    if len(place) != 2:
        return Prediction(np.full(np.shape(reversion), np.nan), ("it speaks of two delegations only",))
    share = lasting_share(1.0, 1.0)
    return Prediction(share * place[0] + (1 - share) * place[1], ("both are equally patient",))


def first_share(first: float, second: float, offers: int | None = None) -> float:
    """The share of whoever makes the first offer, from the patience δ of both, each from 0 to 1.

    Without end (1 − δ_2) / (1 − δ_1 δ_2). With so many `offers` the last proposer takes all that is left,
    and going back from there, each proposer keeps what the other would not get by waiting:
    v_k = 1 − δ v_k+1, with the patience of whoever answers.
    """
    if not (0 <= first <= 1 and 0 <= second <= 1):
        raise ValueError("patience lies from 0 to 1")
    if offers is None:
        return 0.5 if first * second == 1 else (1 - second) / (1 - first * second)
    share = 1.0
    for number in range(offers - 1, 0, -1):
        share = 1 - (second if number % 2 else first) * share
    return share


def lasting_share(first: float, second: float) -> float:
    """The first one's share if breaks between offers are short: r_2 / (r_1 + r_2), r being impatience."""
    return second / (first + second)
