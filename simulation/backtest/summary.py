"""What a set of trials adds up to: means, skill, intervals, what may be claimed, and reliability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from simulation.backtest.baselines import BASELINES, HEADLINE
from simulation.backtest.bootstraps import draws, interval
from simulation.backtest.protocol import FORECASTERS, PLENARY, Trial
from simulation.backtest.roll_calls import YES
from simulation.backtest.scores import PROPER, cells, scores, skill

GROUPS: dict[str, Callable[[Trial], bool]] = {
    "all": lambda trial: True,
    "contested": lambda trial: trial.call.contested,
    "new_contested": lambda trial: trial.new_contested,
    "new": lambda trial: not trial.call.resolution.repeats,
    "repeats": lambda trial: trial.call.resolution.repeats,
}
ENOUGH = 5  # roll calls from which an interval over them says something
BINS = 10


def trial_scores(trial: Trial) -> dict[str, dict[str, float]]:
    """All scores of every forecaster on one roll call."""
    cast = trial.call.cast
    votes = trial.call.votes[cast].astype(int)
    return {name: scores(chances[cast], votes) for name, chances in trial.chances.items()}


def means(trials: Sequence[Trial]) -> dict[str, dict[str, float]]:
    """Mean scores over roll calls, each counting once, and `skill`: that of the ranked probability score
    against the better of the two headline baselines."""
    tables = [trial_scores(trial) for trial in trials]
    found = {
        name: {score: float(np.mean([table[name][score] for table in tables])) for score in tables[0][name]}
        for name in FORECASTERS
    }
    reference = found[headline(found)]["rps"]
    return {name: {**table, "skill": skill(table["rps"], reference)} for name, table in found.items()}


def headline(table: dict[str, dict[str, float]], score: str = "rps") -> str:
    """The better of ideal-point logit and repeated analogue with its transition table, in one score."""
    return min(HEADLINE, key=lambda name: table[name][score])


class Difference(NamedTuple):
    """Plenary's mean score minus a baseline's (below 0: Plenary is better), with 95 % intervals by kind of
    draw, and what may be said: better, worse, open (an interval includes 0), few (under five roll calls)."""

    baseline: str
    score: str
    value: float
    intervals: dict[str, tuple[float, float]]
    verdict: str


def differences(trials: Sequence[Trial], seed: int, over: Sequence[str] = ("rps", "log")) -> list[Difference]:
    """Plenary beside every baseline."""
    found = []
    for score in over:
        table = _cells(trials, score)
        drawn = draws(table, seed)
        value = np.nanmean(table, axis=2).mean(axis=1)
        for place, name in enumerate(FORECASTERS):
            if name in BASELINES:
                ends = {kind: interval(values[:, 0] - values[:, place]) for kind, values in drawn.items()}
                gap = float(value[0] - value[place])
                found.append(Difference(name, score, gap, ends, verdict(ends, len(trials))))
    return found


def verdict(ends: dict[str, tuple[float, float]], count: int) -> str:
    """What intervals of a difference allow to say.

    >>> verdict({"countries": (-0.2, -0.1), "resolutions": (-0.3, 0.1)}, 6)
    'open'
    """
    if count < ENOUGH:
        return "few"
    if all(high < 0 for _, high in ends.values()):
        return "better"
    return "worse" if all(low > 0 for low, _ in ends.values()) else "open"


def spans(trials: Sequence[Trial], seed: int) -> dict[str, dict[str, tuple[float, float]]]:
    """95 % intervals of every forecaster's mean ranked probability score, by kind of draw."""
    drawn = draws(_cells(trials, "rps"), seed)
    return {
        name: {kind: interval(values[:, place]) for kind, values in drawn.items()}
        for place, name in enumerate(FORECASTERS)
    }


def _cells(trials: Sequence[Trial], score: str) -> np.ndarray:
    """One proper score by forecaster, roll call and state: (F, R, 193), NaN where a state did not vote."""
    assert score in PROPER
    table = np.full((len(FORECASTERS), len(trials), len(trials[0].call.votes)), np.nan)
    for row, trial in enumerate(trials):
        cast = trial.call.cast
        votes = trial.call.votes[cast].astype(int)
        for place, name in enumerate(FORECASTERS):
            table[place, row, cast] = cells(trial.chances[name][cast], votes)[score]
    return table


class Bin(NamedTuple):
    """Forecasts of yes between two chances: how many, their mean, and the share that did vote yes."""

    low: float
    high: float
    n: int
    forecast: float
    happened: float


def reliability(trials: Sequence[Trial], forecaster: str = PLENARY) -> list[Bin]:
    """Do things said to have a chance of 70 % happen in 70 of 100 cases? Ten bins, empty ones left out."""
    chance = np.concatenate([trial.chances[forecaster][trial.call.cast, YES] for trial in trials])
    yes = np.concatenate([trial.call.votes[trial.call.cast] == YES for trial in trials])
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    return [
        Bin(
            k / BINS,
            (k + 1) / BINS,
            int(inside.sum()),
            float(chance[inside].mean()),
            float(yes[inside].mean()),
        )
        for k in range(BINS)
        if (inside := place == k).any()
    ]
