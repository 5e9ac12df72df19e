"""Exchange of positions: two delegations on opposite sides of two issues trade, each giving way where it
cares less.

Stokman, F. N. and Van Oosten, R. (1994), The exchange of voting positions: an object-oriented model of policy
networks, in Bueno de Mesquita and Stokman (eds.), European Community Decision Making, Yale University Press.
The variant is that of equal gain, in which both partners of a trade win as much.

Whoever has no position or no salience on an issue takes no part in trades on it and weighs nothing there. The
forecast is the mean weighted by capability and salience after one round of trades. With fewer than two issues
nothing can be traded, and it is the compromise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.reference_models._base import Floats, Held, Prediction, held, weighted_mean
from simulation.reference_models._offers import Offers, opening, stakes, terms

TITLE, LETTER, PLACE = "exchange of positions", "X", 100


class Trade(NamedTuple):
    """One delegation moves on the issue `first_gives` from one place to another, the other on `second_gives`;
    `gain` is what each of them wins, in points of the scale times salience from 0 to 1."""

    first: int
    first_gives: int
    second: int
    second_gives: int
    gain: float
    first_from: float
    first_to: float
    second_from: float
    second_to: float


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The weighted mean of all positions on every issue after one round of trades."""
    room = held(positions, salience, capability, reversion)
    voted, trades = exchange(room)
    note = (
        f"{len(trades):,} trades in one round, each worth as much to one partner as to the other"
        if trades
        else "nobody finds a trade, so that it is the compromise"
    )
    return Prediction(weighted_mean(voted, room.weight), (note,))


def exchange(room: Held) -> tuple[Floats, list[Trade]]:
    """One round: the positions with which delegations vote (N, K), and the trades in their order.

    1. All offers of the round are made from the positions at its start (`opening`).
    2. The offer with the highest gain is taken; on a tie the first in the order of issues and delegations.
    3. Whoever has moved on an issue stands there in all its remaining offers to move on it. They are worked
       out again; what it demands of others stays as it was.
    4. An offer is dropped if it moves somebody by next to nothing, off the scale, or back on an issue where
       it has moved before, or if it gains next to nothing.
    5. This is repeated until no offer is left.
    """
    offers, worth, issues = opening(room), stakes(room), room.positions.shape[1]
    stands = room.positions.ravel().copy()
    headed = np.zeros_like(stands)
    gains, moves = terms(offers, worth, stands, headed)
    touching = _touching(offers, len(stands))
    trades: list[Trade] = []
    while gains.size and gains[best := int(gains.argmax())] > 0:
        cells = [int(offers.first_q[best]), int(offers.second_p[best])]
        before = stands[cells]
        after = before + moves[best]
        (first, gives), (second, gets) = (divmod(cell, issues) for cell in cells)
        trades.append(
            Trade(first, gives, second, gets, float(gains[best]), before[0], after[0], before[1], after[1])
        )
        stands[cells], headed[cells] = after, np.sign(moves[best])
        gains[best] = 0.0
        again = np.concatenate([touching(cell) for cell in cells])
        again = again[gains[again] > 0]
        gains[again], moves[again] = terms(offers.rows(again), worth, stands, headed)
    return stands.reshape(room.positions.shape), trades


def next_start(room: Held, voted: ArrayLike) -> Floats:
    """Where delegations start the next round (N, K): a vote away from one's position moves it a little.

    x' = x + (0.4 (1 − s) + 0.1) (y − x) with x the position at the start of the round, y the position voted
    with, and s salience from 0 to 1.
    """
    pull = 0.4 * (1 - room.salience / 100) + 0.1
    return room.positions + pull * (np.asarray(voted, dtype=np.float64) - room.positions)


def _touching(offers: Offers, cells: int) -> Callable[[int], NDArray[np.intp]]:
    """A function from a cell (delegation, issue) to the offers in which that delegation moves on it."""
    everything = np.concatenate([offers.first_q, offers.second_p])
    order = np.argsort(everything, kind="stable")
    ends = np.searchsorted(everything[order], np.arange(cells + 1))
    place: NDArray[np.intp] = order % max(len(offers.first_q), 1)
    return lambda cell: place[ends[cell] : ends[cell + 1]]
