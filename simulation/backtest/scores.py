"""Scores of probabilistic forecasts of votes: lower is better, except for accuracy, macro-F1 and skill."""

from __future__ import annotations

import numpy as np

FLOOR = 0.005
PROPER = ("rps", "log", "brier")


def floored(chances: np.ndarray) -> np.ndarray:
    """Chances of at least about half a per cent each, so that one surprise does not make a score infinite."""
    raised = np.maximum(chances, FLOOR)
    return raised / raised.sum(axis=-1, keepdims=True)


def ranked_probability(chances: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """Ranked probability score of each vote (Epstein 1969), (n,) from 0 (perfect) to 1.

    Half of the sum over the two steps of no < abstain < yes of (forecast − observed)², both cumulated: taking
    an abstention for a yes costs less than taking a no for it.

    >>> ranked_probability(np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]), np.array([1, 0])).tolist()
    [0.5, 1.0]
    """
    steps = votes[:, None] <= np.arange(2)
    return ((chances.cumsum(axis=1)[:, :2] - steps) ** 2).sum(axis=1) / 2


def logarithmic(chances: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """Minus the natural logarithm of the chance given to what happened (Good 1952), (n,)."""
    with np.errstate(divide="ignore"):
        return -np.log(chances[np.arange(len(votes)), votes])


def brier(chances: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """Sum over the three outcomes of (chance − happened)² (Brier 1950), (n,) from 0 to 2."""
    return ((chances - np.eye(3)[votes]) ** 2).sum(axis=1)


def accuracy(chances: np.ndarray, votes: np.ndarray) -> float:
    """Share of votes for which the likeliest outcome happened."""
    return float((chances.argmax(axis=1) == votes).mean())


def macro_f1(chances: np.ndarray, votes: np.ndarray) -> float:
    """Mean of F1 = 2·hits / (forecast + happened) over what happened: rare outcomes count in full."""
    told = chances.argmax(axis=1)
    parts = [
        2 * ((told == k) & (votes == k)).sum() / ((told == k).sum() + (votes == k).sum())
        for k in np.unique(votes)
    ]
    return float(np.mean(parts))


def cells(chances: np.ndarray, votes: np.ndarray) -> dict[str, np.ndarray]:
    """The proper scores vote by vote, by name: each (n,)."""
    return {
        "rps": ranked_probability(chances, votes),
        "log": logarithmic(chances, votes),
        "brier": brier(chances, votes),
    }


def scores(chances: np.ndarray, votes: np.ndarray) -> dict[str, float]:
    """All scores of one roll call, by name."""
    proper = {name: float(values.mean()) for name, values in cells(chances, votes).items()}
    return {"accuracy": accuracy(chances, votes), **proper, "macro_f1": macro_f1(chances, votes)}


def skill(score: float, reference: float) -> float:
    """1 − score / reference: 1 perfect, 0 no better than the reference, below 0 worse; NaN for a perfect one.

    >>> skill(0.03, 0.06), skill(0.06, 0.06)
    (0.5, 0.0)
    """
    return 1 - score / reference if reference > 0 else float("nan")
