"""The one-dimensional spatial model: ideal points and two cut-points, by ordered logit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from scenarios.vote_files import Resolution
from simulation.backtest.ordered import SMALLEST, probabilities
from simulation.backtest.roll_calls import RollCall, analogues, room, standing

SPREAD = np.array([3.0, 5.0, 5.0])  # normal priors on slope, cut-point and logarithm of the gap


def ideal_point_logit(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """An ordered logit on the ideal point alone, fitted to the analogue (McKelvey and Zavoina 1975).

    Without an analogue it is fitted to the earlier roll calls of the sponsor side in their weights. Without
    these nothing tells the direction of its slope: everybody has the chances of the room.
    """
    sources = analogues(question, known)
    if not sources:
        return np.tile(room(question, known), (len(standing(question.date)), 1))
    points = np.concatenate([standing(call.resolution.date)[call.cast] for call, _ in sources])
    votes = np.concatenate([call.votes[call.cast] for call, _ in sources]).astype(int)
    weight = np.concatenate([np.full(call.cast.sum(), share) for call, share in sources])
    return probabilities_of(standing(question.date), points, votes, weight)


def probabilities_of(
    asked: np.ndarray, points: np.ndarray, votes: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Chances at the ideal points `asked`, (n, 3), from votes (m,) cast at ideal points (m,)."""

    def loss(values: np.ndarray) -> float:
        chance = probabilities(values[0] * points, values[1], values[1] + np.exp(values[2]))
        told = np.log(np.maximum(chance[np.arange(len(votes)), votes], SMALLEST))
        return float(-(weight @ told) + 0.5 * ((values / SPREAD) ** 2).sum())

    slope, low, gap = minimize(loss, [0.0, -2.0, 0.5], method="L-BFGS-B").x
    return probabilities(slope * asked, low, low + np.exp(gap))
