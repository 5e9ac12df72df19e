"""The protocol: each roll call is predicted only from what was known before it, by model and baselines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from scenarios.problems import Problem, ScenarioError
from scenarios.vote_files import Resolution
from simulation.backtest.baselines import BASELINES
from simulation.backtest.calibration import Calibration, calibrate, frozen
from simulation.backtest.forecasting import Worlds, mean, worlds
from simulation.backtest.roll_calls import RollCall, analogues, before, shipped
from simulation.backtest.scores import floored

PLENARY = "plenary"
FORECASTERS = (PLENARY, *BASELINES)
FIRST = dt.date(2018, 1, 1)


class Trial(NamedTuple):
    """One roll call under test: it, chances by forecaster (each (193, 3), floored), the roll calls that the
    slopes were fitted to, the analogues used with their weights, remarks, and Plenary's `worlds`."""

    call: RollCall
    chances: dict[str, np.ndarray]
    learned: tuple[str, ...]
    analogues: dict[str, float]
    remarks: tuple[str, ...]
    worlds: Worlds

    @property
    def new_contested(self) -> bool:
        """No repeat of an earlier text, and less than 80 % yes."""
        return self.call.contested and not self.call.resolution.repeats


def ask(call: RollCall, known: Sequence[RollCall], found: Calibration, remarks: Sequence[str] = ()) -> Trial:
    """Everybody's forecast of one roll call; what it answers (`call.votes`) is not passed on."""
    question = call.resolution
    may_be = worlds(question, known, found)
    chances = {PLENARY: mean(may_be)}
    chances |= {name: baseline(question, known) for name, baseline in BASELINES.items()}
    used = {one.resolution.name: weight for one, weight in analogues(question, known)}
    raised = {name: floored(value) for name, value in chances.items()}
    return Trial(call, raised, found.learned, used, tuple(remarks), may_be)


def walk(calls: Sequence[RollCall], first: dt.date = FIRST) -> list[Trial]:
    """Each roll call from `first` on, with everything fitted anew to those of earlier days."""
    trials = []
    for call in calls:
        if call.resolution.date >= first:
            known = before(calls, call.resolution.date)
            trials.append(ask(call, known, calibrate(known)))
    return trials


def early(calls: Sequence[RollCall], until: dt.date = FIRST) -> list[Trial]:
    """Each roll call before `until` that any earlier one tells something of, as `walk` predicts them."""
    return [] if len(calls) < 2 else walk(before(calls, until), calls[1].resolution.date)


def forward(calls: Sequence[RollCall], start: dt.date) -> list[Trial]:
    """All roll calls from `start` on, from nothing but what was known on that day."""
    known = before(calls, start)
    found = calibrate(known)
    return [ask(call, known, found) for call in calls if call.resolution.date >= start]


def outside(calls: Sequence[RollCall], file: str) -> list[Trial]:
    """Roll calls of somebody's file, from the shipped ones and the frozen calibration alone.

    The votes of the file are never learned from. A roll call that was taken before the last shipped one, or
    is one of them, is predicted by a calibration to the shipped roll calls of earlier days instead. Raises
    ScenarioError for one that came before all of them.
    """
    by_name = {call.resolution.name: call.resolution for call in calls}
    return [_outside(call, file, by_name) for call in calls]


def _outside(call: RollCall, file: str, by_name: Mapping[str, Resolution]) -> Trial:
    question, found = call.resolution, frozen()
    known = tuple(one for one in before(shipped(), question.date) if one.resolution.name != question.name)
    if not known:
        first = shipped()[0].resolution
        message = f"it was taken before {first.name} of {first.date}, the earliest vote that Plenary knows"
        raise ScenarioError([Problem(file, None, question.name, message, "leave it out")])
    remarks = []
    if len(known) < len(shipped()):
        found = calibrate(known)
        remarks.append("taken before the end of the shipped votes: calibrated to those of earlier days")
    analogue = _known_analogue(question, known, by_name)
    if analogue != question.analogue:
        instead = f"its own analogue {analogue} is" if analogue else "earlier ones of the sponsor side are"
        remarks.append(f"votes on {question.analogue} are not used, {instead}")
    trial = ask(call._replace(resolution=question._replace(analogue=analogue)), known, found, remarks)
    return trial._replace(call=call)


def _known_analogue(
    question: Resolution, known: Sequence[RollCall], by_name: Mapping[str, Resolution]
) -> str | None:
    """The analogue if it is a shipped roll call that is known, else its own analogue, and so on."""
    names = {one.resolution.name for one in known}
    analogue = question.analogue
    while analogue is not None and analogue not in names:
        analogue = by_name[analogue].analogue if analogue in by_name else None
    return analogue
