"""Weighted median: every issue ends where half of all capability times salience lies on either side.

It is the median voter of a chamber in which votes are as heavy as a delegation is able and cares: Black, D.
(1948), On the rationale of group decision-making, Journal of Political Economy 56, 23–34, weighted as in
Bueno de Mesquita, B. (1994), Political forecasting: an expected utility method, in Bueno de Mesquita and
Stokman (eds.), European Community Decision Making, Yale University Press.

Where the weight splits evenly between two points, the middle between them is taken. Whoever has no position
or no salience on an issue is left out of it.
"""

from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held, medians

TITLE, LETTER, PLACE = "weighted median", "W", 60


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The median position on every issue, weighted by c_i s_ik."""
    room = held(positions, salience, capability, reversion)
    return Prediction(medians(room.positions, room.weight))
