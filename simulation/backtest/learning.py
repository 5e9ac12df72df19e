"""Pairs of roll calls to learn from: each one beside every earlier roll call of the same sponsor side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.backtest.evidence import evidence
from simulation.backtest.roll_calls import RollCall, before, from_the_west


class Lesson(NamedTuple):
    """Votes cast with the evidence that came before them.

    - parts: (n, 4), one row a vote; - votes: (n,) 0, 1 or 2; - pair: (n,) the number of the pair it belongs
    to; - weight: (n,), so that the rows of one roll call count once however many pairs it is in.
    """

    parts: np.ndarray
    votes: np.ndarray
    pair: np.ndarray
    weight: np.ndarray


def pairs(known: Sequence[RollCall]) -> list[tuple[RollCall, RollCall]]:
    """(later, earlier) roll calls of one sponsor side."""
    return [
        (later, earlier)
        for later in known
        for earlier in before(known, later.resolution.date)
        if from_the_west(earlier.resolution) == from_the_west(later.resolution)
    ]


def lesson(known: Sequence[RollCall]) -> Lesson | None:
    """All that the roll calls can teach; None if no two of them make a pair."""
    found = pairs(known)
    if not found:
        return None
    targets = [later.resolution.name for later, _ in found]
    parts, votes, pair, weight = [], [], [], []
    for number, (later, earlier) in enumerate(found):
        cast = later.cast
        parts.append(evidence(later.resolution, earlier)[cast])
        votes.append(later.votes[cast].astype(int))
        pair.append(np.full(cast.sum(), number))
        weight.append(np.full(cast.sum(), 1 / targets.count(later.resolution.name)))
    return Lesson(*map(np.concatenate, (parts, votes, pair, weight)))
