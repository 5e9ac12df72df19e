"""How far does a room shift from one text to the next? Learned from earlier roll calls alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student

from simulation.backtest.calibration import calibrate, softened
from simulation.backtest.evidence import evidence
from simulation.backtest.forecasting import worlds
from simulation.backtest.ordered import FREEDOM, cut_points, probabilities
from simulation.backtest.protocol import Trial
from simulation.backtest.roll_calls import RollCall, analogues, before

SHIFTS = np.linspace(-8, 8, 161)  # logits
SCALES = np.linspace(0.05, 6, 120)


def relearned(trials: Sequence[Trial], calls: Sequence[RollCall]) -> list[Trial]:
    """The same trials with worlds that shift as far as rooms did before each, not by the assumed drift.

    Slopes and drift of a trial come from roll calls of earlier days among `calls`.
    """
    made = []
    for trial in trials:
        known = before(calls, trial.call.resolution.date)
        found = calibrate(known)
        found = found._replace(drift=learned(known, found.slopes))
        made.append(trial._replace(worlds=worlds(trial.call.resolution, known, found)))
    return made


def learned(known: Sequence[RollCall], slopes: np.ndarray) -> float:
    """The scale, in logits, at which the shifts of some roll calls from their analogues are most likely under
    a Student t with 3 degrees of freedom (maximum likelihood; from 0.05 to 6, with nothing to learn 0.05)."""
    shifts = np.array([one for call in known for one in _shift(call, known, slopes)])
    likely = [student.logpdf(shifts / scale, FREEDOM).sum() - len(shifts) * np.log(scale) for scale in SCALES]
    return float(SCALES[int(np.argmax(likely))])


def _shift(call: RollCall, known: Sequence[RollCall], slopes: np.ndarray) -> list[float]:
    """The common shift at which a roll call is most likely from its analogue, the weightiest if there are
    several; none without one."""
    sources = analogues(call.resolution, before(known, call.resolution.date))
    if not sources:
        return []
    source = max(sources, key=lambda one: one[1])[0]
    cast = call.cast
    appeal = evidence(call.resolution, source) @ slopes
    low, high = cut_points(appeal, softened(source))
    votes = call.votes[cast].astype(int)
    told = [
        np.log(probabilities(appeal[cast] + shift, low, high)[np.arange(len(votes)), votes]).sum()
        for shift in SHIFTS
    ]
    return [float(SHIFTS[int(np.argmax(told))])]
