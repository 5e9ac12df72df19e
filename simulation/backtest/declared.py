"""In the middle of a negotiation: some delegations have declared how they will vote; predict the rest."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from scenarios.vote_files import Resolution
from simulation.backtest.calibration import Calibration, calibrate, softened
from simulation.backtest.evidence import evidence
from simulation.backtest.forecasting import forecast
from simulation.backtest.logit import probabilities_of
from simulation.backtest.ordered import SMALLEST, cut_points, probabilities
from simulation.backtest.protocol import FIRST
from simulation.backtest.roll_calls import RollCall, analogues, before, room, standing
from simulation.backtest.scores import floored, scores

DRAWS = 20
IMAGINARY = 3.0  # votes at the room's earlier shares beside those declared
SLOPE_SD, SHIFT_SD, GAP_SD = (
    1.0,
    2.0,
    1.0,
)  # logits; how far slopes and cut-points may move from where they were
NARROWEST = 0.05


def who_declared(call: RollCall, share: float, seed: int) -> np.ndarray:
    """States that have declared, (193,) bool: a share of those that voted, drawn by seed and roll call."""
    rng = np.random.default_rng([seed, zlib.crc32(call.resolution.name.encode())])
    voted = np.flatnonzero(call.cast)
    mask = np.zeros(len(call.votes), dtype=bool)
    mask[rng.choice(voted, size=round(share * len(voted)), replace=False)] = True
    return mask


def updated(
    question: Resolution,
    known: Sequence[RollCall],
    found: Calibration,
    votes: np.ndarray,
    declared: np.ndarray,
) -> np.ndarray:
    """Plenary's forecast once the states in `declared` (193,) bool have said how they vote: (193, 3).

    Slopes and cut-points are fitted again to the votes declared, drawn to where they were: normal priors on
    the slopes around the calibration, on the shift of the lower cut-point and on the logarithm of the gap
    between the two around those of the analogue that weighs most. The most likely values are used.
    """
    sources = analogues(question, known)
    analogue = max(sources, key=lambda source: source[1])[0] if sources else None
    parts = evidence(question, analogue)
    shares = room(question, known) if analogue is None else softened(analogue)
    low, high = cut_points(parts @ found.slopes, shares)
    start = np.r_[found.slopes, low, np.log(max(high - low, NARROWEST))]
    spread = np.r_[np.full(len(found.slopes), SLOPE_SD), SHIFT_SD, GAP_SD]
    said = votes[declared].astype(int)

    def chances(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return probabilities(rows @ values[:-2], values[-2], values[-2] + np.exp(values[-1]))

    def loss(values: np.ndarray) -> float:
        told = chances(values, parts[declared])[np.arange(len(said)), said]
        return float(
            -np.log(np.maximum(told, SMALLEST)).sum() + 0.5 * (((values - start) / spread) ** 2).sum()
        )

    return chances(minimize(loss, start, method="L-BFGS-B").x, parts)


def forecasts(
    call: RollCall, known: Sequence[RollCall], calibration: Calibration, declared: np.ndarray
) -> dict[str, np.ndarray]:
    """Forecasts of everybody, (193, 3) each; of the votes of this roll call only those declared are read.

    - plenary_before: as if nobody had declared; - plenary: with what the declared tell;
    - declared_shares: like the shares among the declared, with three imaginary votes at earlier ones;
    - declared_logit: ordered logit on the ideal point, fitted to the declared alone.
    """
    question, votes = call.resolution, call.votes
    counts = np.bincount(votes[declared], minlength=3) + IMAGINARY * room(question, known)
    points = standing(question.date)
    one = np.ones(int(declared.sum()))
    found = {
        "plenary": updated(question, known, calibration, votes, declared),
        "plenary_before": forecast(question, known, calibration),
        "declared_shares": np.tile(counts / counts.sum(), (len(votes), 1)),
        "declared_logit": probabilities_of(points, points[declared], votes[declared].astype(int), one),
    }
    return {name: floored(chances) for name, chances in found.items()}


def halfway(
    calls: Sequence[RollCall], share: float, seed: int, draws: int = DRAWS
) -> dict[str, dict[str, float]]:
    """Mean scores over those who have not declared, over `draws` draws of who has, and over roll calls from
    2018 on, each from earlier ones."""
    tables: list[dict[str, dict[str, float]]] = []
    for call in calls:
        if call.resolution.date < FIRST:
            continue
        known = before(calls, call.resolution.date)
        calibration = calibrate(known)
        for number in range(draws):
            declared = who_declared(call, share, seed + number)
            rest = call.cast & ~declared
            told = forecasts(call, known, calibration, declared)
            votes = call.votes[rest].astype(int)
            tables.append({name: scores(chances[rest], votes) for name, chances in told.items()})
    return {
        name: {score: float(np.mean([table[name][score] for table in tables])) for score in tables[0][name]}
        for name in tables[0]
    }
