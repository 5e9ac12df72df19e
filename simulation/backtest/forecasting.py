"""Plenary's forecast of a roll call: the ordered logit of the model (E6, E12) from earlier votes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scenarios.reference import states
from scenarios.vote_files import Resolution
from simulation.backtest.calibration import Calibration, softened
from simulation.backtest.evidence import evidence
from simulation.backtest.ordered import cut_points, shifted
from simulation.backtest.roll_calls import YES, RollCall, analogues, weighted

KEPT = 0.98  # assumed chance that a sponsor votes for its text whatever else


class Worlds(NamedTuple):
    """Ways the room may have shifted, with weights (W,) that sum to 1, and in each the chances of no, abstain
    and yes of every state (W, 193, 3): votes are independent of each other only within one."""

    weights: np.ndarray
    chances: np.ndarray


def forecast(question: Resolution, known: Sequence[RollCall], found: Calibration) -> np.ndarray:
    """Chances of no, abstain and yes of every state: (193, 3), the mean over `worlds`."""
    return mean(worlds(question, known, found))


def mean(of: Worlds) -> np.ndarray:
    """Chances of every state over all worlds: (193, 3)."""
    return np.tensordot(of.weights, of.chances, axes=1)


def worlds(question: Resolution, known: Sequence[RollCall], found: Calibration) -> Worlds:
    """How the room may vote.

    1. The appeal is the sum of slope · part over gain, own, peers and bloc.
    2. The cut-points are those at which the expected totals are the totals of the analogue.
    3. The room may have drifted since: there is a world for each common shift, all equally likely.
    4. Without a named analogue, forecasts from all earlier roll calls of the sponsor side are mixed, one
       three years older counting half; without any, gain alone and the totals of all earlier roll calls.
    5. Sponsors vote yes, but for 2 in 100.
    """
    sources = analogues(question, known)
    if sources:
        chances = np.concatenate([_from(question, call, softened(call), found) for call, _ in sources])
    else:
        parts = weighted(question, known)
        shares = sum(weight * softened(call) for call, weight in parts) if parts else np.full(3, 1 / 3)
        chances = _from(question, None, np.asarray(shares), found)
    given = np.array([weight for _, weight in sources] or [1.0])
    each = len(chances) // len(given)
    sponsors = np.isin(list(states()), question.sponsors)
    sure = KEPT * np.eye(3)[YES] + (1 - KEPT) * chances
    return Worlds(np.repeat(given / each, each), np.where(sponsors[:, None], sure, chances))


def _from(
    question: Resolution, analogue: RollCall | None, shares: np.ndarray, found: Calibration
) -> np.ndarray:
    appeal = evidence(question, analogue) @ found.slopes
    return shifted(appeal, *cut_points(appeal, shares), found.drift)
