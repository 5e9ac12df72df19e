"""Who could carry a text if everybody else were against it? A decision rule as a game of weights."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses import power, unions
from simulation.rules._house import HAIR
from simulation.rules._needs import Need, Needs

FINEST = 2_000  # parts into which all weight is divided at most
LEAST_FINE = 200
CELLS = 2_000_000  # a table of counts by unions, heads and weight is kept to about so many
UNITS = 1_000  # weights are read to thousandths
Floats = NDArray[np.float64]


class Game(NamedTuple):
    """A vote of yes or no among N delegations: whole `weights` (N,), and the `quota` of weight for each size
    of a coalition, 0 to N. `exact` is false where weights were rounded to parts of the whole."""

    weights: list[int]
    quota: list[int]
    exact: bool


class Power(NamedTuple):
    """How often a vote depends on each delegation (N,): on its own, and if unions act as one."""

    shapley_shubik: Floats
    banzhaf: Floats
    owen: Floats
    banzhaf_owen: Floats


def power_of(needs: Needs, union: Sequence[Hashable]) -> Power:
    """Four indices of power under a rule; `union` names the union of each delegation.

    In large rooms weights are rounded, to parts of the whole that keep counting quick: 2,000 at most.
    """
    alone = game_of(needs)
    coarse = CELLS // ((len(union) + 1) * len(set(union))) if len(set(alone.quota)) > 1 else FINEST
    together = game_of(needs, max(LEAST_FINE, min(FINEST, coarse)))
    return Power(
        *map(np.array, power.approximately(alone.weights, alone.quota)),
        *map(np.array, unions.approximately(together.weights, together.quota, union)),
    )


def game_of(needs: Needs, parts: int = FINEST) -> Game:
    """The game that a rule makes of votes of yes and no, nobody abstaining.

    Weights are whole numbers: exact if that takes no more than so many `parts`, rounded to parts of the whole
    otherwise. Raises ValueError for a rule that weighs in two ways at once, or with other vetoes in one
    alternative than in another; no rule here does.
    """
    read = [_read(some) for some in needs]
    weighing = [weight for _, weight, _, _ in read if weight is not None]
    vetoes = {holders for _, _, _, holders in read}
    if len(vetoes) > 1 or any(not np.array_equal(weighing[0], other) for other in weighing[1:]):
        raise ValueError(
            "power is counted for rules that weigh in one way and have the same vetoes throughout"
        )
    members = len(needs[0][0].by_yes)
    weights, exact = _whole(weighing[0], parts) if weighing else (np.zeros(members, dtype=np.int64), True)
    total, share = int(weights.sum()), float(weighing[0].sum()) if weighing else 1.0
    quota = [total + 1] * (members + 1)
    for size, weight, least, _ in read:
        asked = 0 if weight is None else int(np.ceil(least / share * total - HAIR * total / 2))
        quota[size:] = [min(one, asked) for one in quota[size:]]
    quota[0] = quota[1] if quota[1] > 0 else quota[0]  # who is nobody has no weight either
    holders = list(vetoes.pop())
    weights[holders] += total + 1
    return Game(weights.tolist(), [one + len(holders) * (total + 1) for one in quota], exact)


def _read(some: Sequence[Need]) -> tuple[int, Floats | None, float, tuple[int, ...]]:
    """What an alternative asks of a coalition that all others oppose: its size, of what weight (none: of no
    weight) how much, and who has to be in it."""
    size, weight, least, holders = 1, None, 0.0, set()
    for need in some:
        counts, asked = need.by_yes - need.by_no, need.least - need.by_no.sum()
        if asked <= 0:
            continue
        if (counts == counts[0]).all():
            size = max(size, int(np.ceil(asked / counts[0] - HAIR))) if counts[0] else len(counts) + 1
        elif not need.by_yes.any() and asked == counts.sum():
            holders |= set(np.flatnonzero(counts).tolist())
        elif weight is None or np.array_equal(weight, counts):
            weight, least = counts, max(least, float(asked))
        else:
            raise ValueError("power is counted for rules that weigh in one way")
    return size, weight, least, tuple(sorted(holders))


def _whole(weight: Floats, parts: int) -> tuple[NDArray[np.int64], bool]:
    """Weights as whole numbers with no common divisor, rounded to parts of all weight if these are too many,
    and whether they are exact."""
    units = np.round(weight * UNITS).astype(np.int64)
    units //= max(int(np.gcd.reduce(units)), 1)
    if units.sum() <= parts and np.allclose(units * (weight.sum() / units.sum()), weight, rtol=1e-6):
        return units, True
    return np.round(weight / weight.sum() * parts).astype(np.int64), False
