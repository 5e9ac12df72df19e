"""What an outcome is worth to each seat: one function for the class and for every repetition of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.classroom.cards import NEAR, Goal, card
from scenarios.schema import Scenario
from simulation.analyses.articles import wording_of
from simulation.analyses.fairness import coded_gains
from simulation.appeals import retained
from simulation.wording import Wording, places

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
SAME = 1e-9  # scores that differ by less are equal


class Ended(NamedTuple):
    """How texts ended in some repetitions: by text the numbers of the standing wordings (repetition, article)
    and whether it was adopted (repetition,)."""

    chosen: Mapping[str, Numbers]
    adopted: Mapping[str, Flags]


class Marks(NamedTuple):
    """What outcomes are worth: `gains` (repetition, seat), in gain units, what the adopted texts together
    bring over no text; `points` (repetition, seat) of the goals that were met; `met`, by seat, which (goal,
    repetition). A seat's score is its points and its gain together, so that equal points are told apart by
    the gain."""

    seats: tuple[str, ...]
    gains: Floats
    points: Floats
    met: Mapping[str, Flags]

    @property
    def score(self) -> Floats:
        """The score (repetition, seat)."""
        return self.points + self.gains


def marks(scenario: Scenario, ended: Ended) -> Marks:
    """What outcomes are worth to every seat, on the coded positions of the scenario (E2 of docs/model.md)."""
    wordings = {text: wording_of(scenario, text) for text in scenario.texts}
    reversion = np.array([issue.reversion for issue in scenario.issues.values()])
    there = {text: places(wordings[text], ended.chosen[text].T, reversion) for text in wordings}
    gains = sum(
        np.where(ended.adopted[text][:, None], coded_gains(scenario, place.T), 0.0)
        for text, (place, _) in there.items()
    )
    counted = [not one.observer for one in scenario.delegations.values()]
    seats = tuple(key for key, one in scenario.delegations.items() if not one.observer)
    met = {}
    for seat in seats:
        kept = _red_lines_kept(scenario, seat, ended, there)
        met[seat] = np.array(
            [
                _reached(scenario, goal, wordings[goal.text], ended) if goal.article else kept
                for goal in card(scenario, seat).goals
            ]
        )
    points = [_worth(scenario, seat) @ met[seat] for seat in seats]
    return Marks(seats, np.asarray(gains)[:, counted], np.array(points).T, met)


def ambition(scenario: Scenario, text: str, chosen: Numbers) -> Floats:
    """What share of its sponsors' gain from the tabled wording a text keeps (repetition,), on coded
    positions; NaN without sponsors."""
    wording = wording_of(scenario, text)
    reversion = np.array([issue.reversion for issue in scenario.issues.values()])
    sponsors = {member for name in scenario.texts[text].sponsors for member in _members(scenario, name)}
    rows = [key in sponsors for key in scenario.delegations]
    now, tabled = (
        coded_gains(scenario, places(wording, one.T, reversion)[0].T)[:, rows].T
        for one in (chosen, np.repeat(wording.start[None], len(chosen), axis=0))
    )
    return retained(now, tabled) if any(rows) else np.full(len(chosen), np.nan)


def percentile(others: Floats, own: float) -> float:
    """Where a value lies among others, 0–100: the share that lies below, equal ones counted half.

    >>> percentile(np.array([1.0, 2.0, 2.0, 3.0]), 2.0)
    50.0
    """
    below, equal = others < own - SAME, np.abs(others - own) <= SAME
    return float(100 * (below.sum() + equal.sum() / 2) / len(others))


def _members(scenario: Scenario, name: str) -> tuple[str, ...]:
    return scenario.blocs[name].members if name in scenario.blocs else (name,)


def _worth(scenario: Scenario, seat: str) -> NDArray[np.int64]:
    return np.array([goal.points for goal in card(scenario, seat).goals])


def _reached(scenario: Scenario, goal: Goal, wording: Wording, ended: Ended) -> Flags:
    """Whether an article ends near what a goal asks for (repetition,); silence is not near."""
    article, issue = wording.articles.index(goal.article), tuple(scenario.issues).index(goal.kind)
    stands = ended.chosen[goal.text][:, article]
    near = np.abs(wording.place[article, stands, issue] - goal.target) <= NEAR
    return near & wording.speaks[article, stands, issue]


def _red_lines_kept(
    scenario: Scenario, seat: str, ended: Ended, there: Mapping[str, tuple[Floats, Flags]]
) -> Flags:
    """Whether no adopted text crosses a red line where it speaks (repetition,)."""
    kept = np.ones(len(next(iter(ended.adopted.values()))), dtype=bool)
    for line in scenario.red_lines:
        if line.delegation != seat:
            continue
        issue = tuple(scenario.issues).index(line.issue)
        for text, (place, silent) in there.items():
            outside = (place[issue] < line.min) | (place[issue] > line.max)
            kept &= ~(ended.adopted[text] & outside & ~silent[issue])
    return kept
