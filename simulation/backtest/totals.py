"""How many vote yes, abstain and vote no? The totals of a roll call with an 80 % band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.analyses.confirming import wilson
from simulation.backtest.forecasting import Worlds
from simulation.backtest.protocol import Trial

OUTCOMES = ("no", "abstain", "yes")
BAND = (0.1, 0.5, 0.9)


class Total(NamedTuple):
    """How many voted so, and the forecast: ends and middle of the 80 % band, whether it holds the record, and
    `place`, how likely as many or fewer were (half of the chance of just as many left out): 0 to 1."""

    outcome: str
    recorded: int
    low: int
    middle: int
    high: int
    inside: bool
    place: float


def totals(trial: Trial) -> list[Total]:
    """The totals of no, abstain and yes among the states that voted, who are taken as known."""
    cast = trial.call.cast
    recorded = np.bincount(trial.call.votes[cast], minlength=3)
    found = []
    for outcome, chance in enumerate(distributions(trial.worlds, cast)):
        upto = chance.cumsum()
        low, middle, high = (int(np.searchsorted(upto, share)) for share in BAND)
        count = int(recorded[outcome])
        place = float(upto[count] - chance[count] / 2)
        found.append(Total(OUTCOMES[outcome], count, low, middle, high, low <= count <= high, place))
    return found


def distributions(of: Worlds, cast: np.ndarray) -> np.ndarray:
    """Chances of every total of no, abstain and yes among n voters: (3, n + 1), exactly.

    Within a world votes are independent, so that a total is a sum of unequal coins (Poisson 1837), built up
    voter by voter; over worlds the chances are mixed. This is where the width comes from: single votes nearly
    cancel out, a shift of the whole room does not.
    """
    chances = of.chances[:, cast]
    made = np.zeros((3, len(of.weights), chances.shape[1] + 1))
    made[:, :, 0] = 1.0
    for voter in range(chances.shape[1]):
        yes = chances[:, voter].T[:, :, None]
        made[:, :, 1:] = made[:, :, 1:] * (1 - yes) + made[:, :, :-1] * yes
        made[:, :, :1] *= 1 - yes
    return np.einsum("w,owk->ok", of.weights, made)


class Held(NamedTuple):
    """In how many of so many roll calls the band held the recorded total of an outcome, as a share with its
    95 % interval."""

    outcome: str
    held: int
    of: int
    share: float
    interval: tuple[float, float]


def held(trials: Sequence[Trial]) -> list[Held]:
    """How often the 80 % bands of a set of trials held, by outcome."""
    by_trial = [[one.inside for one in totals(trial)] for trial in trials]
    found = []
    for outcome, count in zip(OUTCOMES, np.sum(by_trial, axis=0).tolist(), strict=True):
        low, share, high = wilson(count / len(trials), len(trials))
        found.append(Held(outcome, count, len(trials), share, (low, high)))
    return found
