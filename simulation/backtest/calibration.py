"""What is fitted to roll calls: how much each part of the appeal counts."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from simulation.backtest.evidence import PARTS
from simulation.backtest.fitting import Fit, fit, interval
from simulation.backtest.learning import Lesson, lesson
from simulation.backtest.roll_calls import RollCall

FROZEN = Path(__file__).with_name("frozen.toml")
UNTAUGHT = np.array([2.0, 2.0, 0.0, 0.0])  # slopes assumed where nothing can be learned
DRIFT = 1.2  # logits; assumed: too few roll calls tell how far a room shifts


class Calibration(NamedTuple):
    """Slopes (4,) in logits from wholly against (−1) to neutral, in the order of `PARTS`; drift, how far in
    logits a room shifts from the analogue to the next text (assumed); roll calls used, and their last day."""

    slopes: np.ndarray
    drift: float
    learned: tuple[str, ...]
    until: dt.date | None


def calibrate(known: Sequence[RollCall]) -> Calibration:
    """Fit the slopes to roll calls; with too few of them the assumed ones stand."""
    taught = lesson(known)
    slopes = UNTAUGHT if taught is None else fit(taught).slopes
    names = tuple(call.resolution.name for call in known)
    until = max((call.resolution.date for call in known), default=None)
    return Calibration(slopes, DRIFT, names, until)


def softened(call: RollCall) -> np.ndarray:
    """Shares of no, abstain and yes with one imaginary vote for each: never 0."""
    counts = np.bincount(call.votes[call.cast], minlength=3) + 1.0
    return counts / counts.sum()


class Estimate(NamedTuple):
    """A slope with its 95 % profile-likelihood interval."""

    part: str
    value: float
    low: float
    high: float


def estimates(known: Sequence[RollCall]) -> list[Estimate]:
    """Slopes with intervals. The intervals take votes of one roll call as independent, so they are narrow."""
    taught = lesson(known)
    if taught is None:
        return []
    best = fit(taught)
    return [_estimate(taught, best, place) for place in range(len(PARTS))]


def _estimate(taught: Lesson, best: Fit, place: int) -> Estimate:
    return Estimate(PARTS[place], float(best.slopes[place]), *interval(taught, best, place))


def controls(known: Sequence[RollCall]) -> dict[str, dict[str, float]]:
    """Slopes with some parts left out, by the parts that are in.

    What votes tell of peers is an upper bound on listening (Manski 1993): shared interests look the same.
    How far its slope falls once the bloc's line and a state's own vote are known shows how much is likeness.
    """
    taught = lesson(known)
    found: dict[str, dict[str, float]] = {}
    for inside in (("gain", "peers"), ("gain", "peers", "bloc"), ("gain", "own", "peers"), PARTS):
        if taught is not None:
            held = {place: 0.0 for place, part in enumerate(PARTS) if part not in inside}
            slopes = dict(zip(PARTS, fit(taught, held=held).slopes.tolist(), strict=True))
            found[", ".join(inside)] = {part: round(slopes[part], 3) for part in inside}
    return found


def fingerprint(known: Sequence[RollCall]) -> str:
    """SHA-256 over resolutions and votes, so that a calibration says exactly what it was fitted to."""
    digest = hashlib.sha256()
    for call in known:
        digest.update(repr(tuple(map(str, call.resolution))).encode() + call.votes.tobytes())
    return digest.hexdigest()


def document(known: Sequence[RollCall]) -> dict[str, Any]:
    """A calibration with intervals and provenance, as plain values for TOML and JSON."""
    found = calibrate(known)
    assert found.until is not None
    return {
        "fitted_until": found.until.isoformat(),
        "roll_calls": list(found.learned),
        "votes": int(sum(call.cast.sum() for call in known)),
        "sha256": fingerprint(known),
        "method": "ordered logit, penalised maximum likelihood; simulation/backtest/fitting.py",
        "drift": found.drift,
        "slopes": {part: round(float(value), 6) for part, value in zip(PARTS, found.slopes, strict=True)},
        "intervals": {one.part: [round(one.low, 2), round(one.high, 2)] for one in estimates(known)},
        "controls": controls(known),
    }


def frozen_document() -> dict[str, Any]:
    """The calibration that comes with Plenary, as it stands in its file."""
    return tomllib.loads(FROZEN.read_text(encoding="utf-8"))


@cache
def frozen() -> Calibration:
    """The calibration that comes with Plenary; files under test never change it."""
    read = frozen_document()
    slopes = np.array([read["slopes"][part] for part in PARTS])
    return Calibration(
        slopes, read["drift"], tuple(read["roll_calls"]), dt.date.fromisoformat(read["fitted_until"])
    )
