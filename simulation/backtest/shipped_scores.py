"""Scores on the shipped roll calls, worked out once: they are the same whatever run they are shown beside.

`worked_out` takes a few seconds; `kept` reads what it found from `shipped_scores.json`, which
`docs/make_scores.py` writes and a test works out again.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from simulation.backtest.bootstraps import DRAWS
from simulation.backtest.calibration import fingerprint
from simulation.backtest.protocol import Trial, walk
from simulation.backtest.roll_calls import shipped
from simulation.backtest.summary import GROUPS, differences, means, reliability, trial_scores
from simulation.rounding import rounded

KEPT = Path(__file__).with_name("shipped_scores.json")
SCORES = ("rps", "log")
SHOWN = ("all", "new_contested", "repeats")
SEED, DIGITS = 1, 4


def worked_out() -> dict[str, Any]:
    """Ranked probability and log score of Plenary and every baseline on the roll calls of 2018 and 2019.

    `roll_calls` has one entry a roll call, `groups` the means over kinds of roll calls with Plenary's
    differences from every baseline and their 95 % intervals by kind of draw, `reliability` how often a yes
    came true by its chance. Scores are rounded to four digits.
    """
    trials = walk(shipped())
    found = {
        "command": "plenary backtest",
        "seed": SEED,
        "draws": DRAWS,
        "votes_sha256": fingerprint(shipped()),
        "roll_calls": [_roll_call(trial) for trial in trials],
        "groups": {name: _group([trial for trial in trials if GROUPS[name](trial)]) for name in SHOWN},
        "reliability": [one._asdict() for one in reliability(trials)],
    }
    return {key: rounded(value, DIGITS) for key, value in found.items()}


@cache
def kept() -> dict[str, Any]:
    """What `worked_out` found, read from the file that comes with Plenary."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def write() -> None:
    """Work the scores out again and put them into the file, an entry a line."""
    KEPT.write_text(json.dumps(worked_out(), indent=1) + "\n", encoding="utf-8")


def _roll_call(trial: Trial) -> dict[str, Any]:
    question = trial.call.resolution
    return {
        "id": question.name,
        "repeats": question.repeats,
        "contested": trial.call.contested,
        "votes": int(trial.call.cast.sum()),
        "scores": _scores(trial_scores(trial)),
    }


def _group(trials: list[Trial]) -> dict[str, Any]:
    return {
        "roll_calls": [trial.call.resolution.name for trial in trials],
        "scores": _scores(means(trials)),
        "differences": [one._asdict() for one in differences(trials, SEED, SCORES)],
    }


def _scores(table: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {name: {score: values[score] for score in SCORES} for name, values in table.items()}
