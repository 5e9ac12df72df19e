"""Median voter: every issue ends at the median position, each delegation having one vote.

Black, D. (1948), On the rationale of group decision-making, Journal of Political Economy 56, 23–34: the
median beats every other point of one issue by a majority. Issue by issue, each with a vote of its own:
Kramer, G. H. (1972), Sophisticated voting over multidimensional choice spaces, Journal of Mathematical
Sociology 2, 165–180, and Shepsle, K. A. (1979), Institutional arrangements and equilibrium in
multidimensional voting models, American Journal of Political Science 23, 27–59.

Of an even number of delegations no single one is the median; the middle between the two is taken. Whoever has
no position on an issue is left out of it; salience does not matter, known or not.
"""

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held, medians

TITLE, LETTER, PLACE = "median voter", "V", 50


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The median position on every issue."""
    place = np.asarray(positions, dtype=np.float64)
    held(place, salience, capability, reversion)
    return Prediction(medians(place, np.ones_like(place)))
