"""Simple rules that a forecast of votes has to beat, from the same earlier roll calls: (193, 3) chances."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scenarios.vote_files import Resolution
from simulation.backtest.logit import ideal_point_logit
from simulation.backtest.roll_calls import NO, YES, RollCall, analogues, blocs, room, standing

Baseline = Callable[[Resolution, Sequence[RollCall]], np.ndarray]
STATES = 193
NEAREST = 10
HABIT = 2.0  # imaginary votes at the room's shares beside a state's own
SAME = 3.0, 0.8  # imaginary votes in each row of the transition table, and the share that repeat


def always_yes(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """Everybody votes yes."""
    return np.tile([0.0, 0.0, 1.0], (STATES, 1))


def base_rate(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """The shares of no, abstain and yes over all votes cast so far, with one imaginary vote for each."""
    counts = sum((_counts(call).sum(axis=0) for call in known), np.ones(3))
    return np.tile(counts / counts.sum(), (STATES, 1))


def country_habit(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """A state's own shares so far, with two imaginary votes at the base rate."""
    own = sum((_counts(call) for call in known), np.zeros((STATES, 3)))
    return _softened(own, base_rate(question, known), HABIT)


def bloc_majority(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """What most of a state's bloc did on the analogue; half the chance there, half by its shares."""
    base, cast = room(question, known), _analogue_counts(question, known)
    together = np.array([cast[blocs() == bloc].sum(axis=0) for bloc in blocs()])
    shares = _softened(together, base, 1.0)
    return 0.5 * np.eye(3)[shares.argmax(axis=1)] + 0.5 * shares


def nearest_ideal_points(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """What the ten states with the nearest ideal points did there, and one vote at the room's shares.

    The state's own vote there is not looked at.
    """
    base, cast = room(question, known), _analogue_counts(question, known)
    x = standing(question.date)
    away = np.abs(x[:, None] - x)
    np.fill_diagonal(away, np.inf)
    nearest = np.argsort(away, axis=1, kind="stable")[:, :NEAREST]
    return _softened(cast[nearest].sum(axis=1), base, 1.0)


def repeat(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """A state does what it did on the analogue; where it did not vote there, the room's shares."""
    return _softened(_analogue_counts(question, known), room(question, known), 1e-9)


def repeat_table(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """The analogue through a transition table learned from other families of texts.

    A row of the table is what those who voted so on an analogue did next, with three imaginary votes: 80 %
    repeat, 20 % go by the base rate. Where a state did not vote on the analogue, the room's shares count.
    """
    base, cast = room(question, known), _analogue_counts(question, known)
    table = transition_table(question, known)
    had = cast.sum(axis=1, keepdims=True)
    return np.where(had > 0, cast @ table / np.where(had > 0, had, 1), base)


def transition_table(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """Chances of no, abstain, yes (columns) after no, abstain, yes on the analogue (rows): (3, 3)."""
    by_name = {call.resolution.name: call for call in known}
    counts = np.zeros((3, 3))
    for later in known:
        earlier = by_name.get(later.resolution.analogue or "")
        if earlier is not None and later.resolution.family != question.family:
            counts += _counts(earlier).T @ _counts(later)
    weight, same = SAME
    prior = same * np.eye(3) + (1 - same) * base_rate(question, known)[0]
    return _softened(counts, prior, weight)


BASELINES: dict[str, Baseline] = {
    one.__name__: one
    for one in (
        always_yes,
        base_rate,
        country_habit,
        bloc_majority,
        nearest_ideal_points,
        repeat,
        ideal_point_logit,
        repeat_table,
    )
}
HEADLINE = ("ideal_point_logit", "repeat_table")


def _counts(call: RollCall) -> np.ndarray:
    """Votes as counts: (193, 3), a row of zeros for a state that did not vote."""
    return np.stack([call.votes == vote for vote in range(NO, YES + 1)], axis=1).astype(float)


def _analogue_counts(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """Votes on the roll calls to learn from, in their weights: (193, 3)."""
    return sum((weight * _counts(call) for call, weight in analogues(question, known)), np.zeros((STATES, 3)))


def _softened(counts: np.ndarray, prior: np.ndarray, weight: float) -> np.ndarray:
    """Shares of the counts in each row, with `weight` imaginary votes at the prior."""
    return (counts + weight * prior) / (counts.sum(axis=-1, keepdims=True) + weight)
