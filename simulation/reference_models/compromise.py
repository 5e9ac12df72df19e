"""Compromise: every issue ends at the mean of all positions, weighted by capability times salience.

Van den Bos, J. M. M. (1991), Dutch EC Policy Making, Thesis Publishers; Stokman, F. N. and Van Oosten, R.
(1994), The exchange of voting positions, in Bueno de Mesquita and Stokman (eds.), European Community Decision
Making, Yale University Press. Programs of the field also print this mean under the name of the Nash
bargaining solution; it is one only under strong assumptions, and here that solution is a model of its own.

Whoever has no position or no salience on an issue is left out of it.
"""

from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held, weighted_mean

TITLE, LETTER, PLACE = "compromise", "C", 40


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """O_k = Σ c_i s_ik x_ik / Σ c_i s_ik on every issue."""
    room = held(positions, salience, capability, reversion)
    return Prediction(weighted_mean(room.positions, room.weight))
