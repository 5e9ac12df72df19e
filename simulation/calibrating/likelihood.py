"""The ordered logit of votes on several parts with cut-points by group, under linear restrictions.

The log likelihood is concave in slopes and cut-points (Pratt 1981), so Newton's method finds its one top.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

Floats = NDArray[np.float64]
SLOPE_SD = 5.0  # logits for one standard deviation of a part: holds slopes only where votes separate
CUT_SD = 10.0
STEPS, SMALL, HALVINGS = 60, 1e-9, 40


class Votes(NamedTuple):
    """Votes cast with what stood behind them: `parts` (n, p); `votes` (n,) 0 no, 1 abstain, 2 yes; `group`
    (n,) whose two cut-points count; `call` (n,) the roll call; `state` (n,) who voted; `weight` (n,)."""

    parts: Floats
    votes: NDArray[np.intp]
    group: NDArray[np.intp]
    call: NDArray[np.intp]
    state: NDArray[np.intp]
    weight: Floats

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self.group.max()) + 1

    def only(self, rows: NDArray[np.bool_]) -> Votes:
        """Some of the votes, with groups numbered anew."""
        groups = np.unique(self.group[rows], return_inverse=True)[1]
        return Votes(
            self.parts[rows], self.votes[rows], groups, self.call[rows], self.state[rows], self.weight[rows]
        )


class Restriction(NamedTuple):
    """Values are `turn` @ free + `shift`."""

    turn: Floats
    shift: Floats


class Top(NamedTuple):
    """Where the likelihood is highest: `values` (p + 2·groups,), slopes, then lower and upper cut-points, in
    logits; `loss`, the penalised negative log likelihood there; `free`, what was free to move."""

    values: Floats
    loss: float
    free: Floats


def climb(votes: Votes, restriction: Restriction | None = None, start: Floats | None = None) -> Top:
    """The most likely values, deterministically.

    A normal prior of 5 logits a standard deviation on slopes and of 10 on cut-points keeps them finite where
    votes separate completely; elsewhere it moves slopes by less than one part in a hundred.
    Raises ValueError for a `start` whose cut-points are not in order.
    """
    parts, count = votes.parts.shape[1], votes.groups
    size = parts + 2 * count
    turn, shift = restriction or Restriction(np.eye(size), np.zeros(size))
    rows = np.arange(len(votes.votes))
    low, high = (np.zeros((len(rows), size)) for _ in range(2))
    for design, first in ((low, parts), (high, parts + count)):
        design[:, :parts] = votes.parts
        design[rows, first + votes.group] = -1
    spread = np.where(votes.parts.std(axis=0) > 0, votes.parts.std(axis=0), 1.0)
    prior = np.r_[(spread / SLOPE_SD) ** 2, np.full(2 * count, CUT_SD**-2.0)]
    low_free, high_free, low_set, high_set = low @ turn, high @ turn, low @ shift, high @ shift
    free = _start(votes, turn, shift) if start is None else start.copy()
    loss = _loss(votes, low_free @ free + low_set, high_free @ free + high_set, turn @ free + shift, prior)
    if not np.isfinite(loss):
        raise ValueError("cut-points at the start are not in order")
    for _ in range(STEPS):
        by_low, by_high, low_low, high_high, low_high = _slopes(
            votes, low_free @ free + low_set, high_free @ free + high_set
        )
        held = prior * (turn @ free + shift)
        gradient = low_free.T @ by_low + high_free.T @ by_high - turn.T @ held
        cross = (low_free * low_high[:, None]).T @ high_free
        curve = (low_free * low_low[:, None]).T @ low_free + (high_free * high_high[:, None]).T @ high_free
        curve += cross + cross.T - (turn * prior[:, None]).T @ turn
        step = np.linalg.solve(curve - 1e-12 * np.eye(len(free)), gradient)
        size_of_step = 1.0
        for _ in range(HALVINGS):
            tried = free - size_of_step * step
            found = _loss(
                votes, low_free @ tried + low_set, high_free @ tried + high_set, turn @ tried + shift, prior
            )
            if found <= loss:
                break
            size_of_step /= 2
        else:
            break
        gained, free, loss = loss - found, tried, found
        if gained < SMALL:
            break
    return Top(turn @ free + shift, loss, free)


def _start(votes: Votes, turn: Floats, shift: Floats) -> Floats:
    """Free values whose cut-points lie in order, near those of the whole room without slopes."""
    parts, count = votes.parts.shape[1], votes.groups
    shares = np.bincount(votes.votes, minlength=3) + 1.0
    no, yes = shares[0] / shares.sum(), shares[2] / shares.sum()
    wanted = np.zeros(parts + 2 * count)
    wanted[parts : parts + count] = np.log(no / (1 - no))
    wanted[parts + count :] = np.log((1 - yes) / yes)
    return np.asarray(np.linalg.lstsq(turn, wanted - shift, rcond=None)[0], dtype=float)


def _loss(votes: Votes, low: Floats, high: Floats, values: Floats, prior: Floats) -> float:
    gap = low - high
    with np.errstate(all="ignore"):
        middle = log_expit(low) + log_expit(-high) + np.log(-np.expm1(-gap))
    told = np.choose(votes.votes, [log_expit(-low), middle, log_expit(high)])
    if (gap <= 0).any() or not np.isfinite(told).all():
        return np.inf
    return float(-(votes.weight @ told) + 0.5 * (prior @ values**2))


def _slopes(votes: Votes, low: Floats, high: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """First and second derivatives of the log likelihood by the two indices, weighted."""
    at_low, at_high, gap = expit(low), expit(high), low - high
    closed = -np.expm1(-gap)
    open_, bend = np.exp(-gap) / closed, np.exp(-gap) / closed**2
    flat = np.zeros_like(low)
    steep_low, steep_high = at_low * (1 - at_low), at_high * (1 - at_high)
    by_vote = (
        np.choose(votes.votes, [-at_low, 1 - at_low + open_, flat]),
        np.choose(votes.votes, [flat, -at_high - open_, 1 - at_high]),
        np.choose(votes.votes, [-steep_low, -steep_low - bend, flat]),
        np.choose(votes.votes, [flat, -steep_high - bend, -steep_high]),
        np.choose(votes.votes, [flat, bend, flat]),
    )
    first, second, third, fourth, fifth = (votes.weight * one for one in by_vote)
    return first, second, third, fourth, fifth
