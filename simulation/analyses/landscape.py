"""The energy of a partition: how much those who belong together stand apart, and who would move to lower it.

Axelrod, R. and Bennett, D. S. (1993), A landscape theory of aggregation, British Journal of Political Science
23, 211–233. Theirs are two sides; any number of sides is our extension, with the same energy.

That the model itself, with signed ties of size times propensity, walks down this energy is shown by
`plenary validate`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Labels = NDArray[np.int64]
Floats = NDArray[np.float64]
FLAT = 1e-12  # of the sum of all absolute terms: a smaller change of energy is rounding


class Move(NamedTuple):
    """A delegation goes from one side to another; `change` is what that does to the energy."""

    actor: int
    source: int
    target: int
    change: float


def energy(sides: ArrayLike, sizes: ArrayLike, propensity: ArrayLike) -> float:
    """Σ_i Σ_j s_i s_j p_ij d_ij over ordered pairs, with d = 1 between delegations on different sides.

    `sides` (N,) are labels, `sizes` s ≥ 0 (N,), `propensity` p (N, N) is symmetric: positive between those
    that want to work together, negative between those that do not. The lower, the less frustration.
    """
    where, weight = np.asarray(sides), np.asarray(sizes, dtype=np.float64)
    apart = where[:, None] != where[None, :]
    return float((weight[:, None] * weight[None, :] * np.asarray(propensity, dtype=np.float64) * apart).sum())


def frustration(sides: ArrayLike, sizes: ArrayLike, propensity: ArrayLike) -> Floats:
    """What each delegation suffers from its side (N,): F_i = Σ_j s_j p_ij d_ij; the energy is Σ_i s_i F_i."""
    where = np.asarray(sides)
    apart = where[:, None] != where[None, :]
    return (np.asarray(propensity, dtype=np.float64) * np.asarray(sizes, dtype=np.float64) * apart).sum(
        axis=1
    )


def changes(sides: Labels, sizes: Floats, propensity: Floats, count: int) -> Floats:
    """How the energy changes if one delegation moves (N, count): 2·s_i·(change of its own frustration).

    `count` sides 0…count−1 are open, empty ones too. As propensities are symmetric, whoever lowers its own
    frustration lowers the energy of all.
    """
    return _changes(sides, sizes, _company(sides, sizes, propensity, count))


def descend(
    sides: ArrayLike, sizes: ArrayLike, propensity: ArrayLike, count: int
) -> tuple[Labels, list[Move]]:
    """Walk down to a local minimum: the sides where no single move lowers the energy, and the moves there.

    1. Of all moves of one delegation to another side the one that lowers the energy most is made (the first
       delegation, then the first side, on a tie).
    2. This is repeated until no move lowers it. Each step lowers the energy, so the walk ends.

    Raises ValueError if labels are not 0…count−1 or propensities are not symmetric.
    """
    where, weight, tie = _checked(sides, sizes, propensity, count)
    flat = FLAT * float((np.abs(tie) * weight[:, None] * weight).sum())
    company = _company(where, weight, tie, count)
    moves: list[Move] = []
    while where.size:
        change = _changes(where, weight, company)
        actor, target = divmod(int(change.argmin()), count)
        if change[actor, target] >= -flat:
            break
        source = int(where[actor])
        moves.append(Move(actor, source, target, float(change[actor, target])))
        heard = tie[:, actor] * weight[actor]
        heard[actor] = 0.0
        company[:, source] -= heard
        company[:, target] += heard
        where[actor] = target
    return where, moves


def lowest_found(
    sizes: ArrayLike, propensity: ArrayLike, starts: Iterable[ArrayLike], tries: int = 12, seed: int = 0
) -> tuple[Labels, float]:
    """The lowest of the local minima that are reached from several starts, and its energy.

    It is the lowest one found, not proven lowest. Starts are the partitions `starts`, everybody alone, all on
    one side, and `tries` drawn ones of two to five sides. Every start may open as many sides as there are
    delegations.
    """
    generator, count = np.random.default_rng(seed), len(np.asarray(sizes))
    begun = [np.unique(np.asarray(one), return_inverse=True)[1] for one in starts]
    begun += [np.arange(count), np.zeros(count, dtype=np.int64)]
    begun += [generator.integers(0, min(2 + draw % 4, count), count) for draw in range(tries)]
    minima = [descend(one, sizes, propensity, count)[0] for one in begun]
    found = [energy(one, sizes, propensity) for one in minima]
    best = int(np.argmin(found))
    return minima[best], found[best]


def _company(sides: Labels, sizes: Floats, propensity: Floats, count: int) -> Floats:
    """How much each delegation is drawn to each side (N, count): Σ s_j p_ij over the others on it."""
    others = propensity - np.diag(np.diag(propensity))
    return (others * sizes) @ (sides[:, None] == np.arange(count))


def _changes(sides: Labels, sizes: Floats, company: Floats) -> Floats:
    return 2 * sizes[:, None] * (np.take_along_axis(company, sides[:, None], axis=1) - company)


def _checked(
    sides: ArrayLike, sizes: ArrayLike, propensity: ArrayLike, count: int
) -> tuple[Labels, Floats, Floats]:
    where = np.array(sides, dtype=np.int64)
    weight, tie = (np.asarray(values, dtype=np.float64) for values in (sizes, propensity))
    if where.size and (where.min() < 0 or where.max() >= count):
        raise ValueError(f"sides are numbered 0 to {count - 1}, not {where.min()} to {where.max()}")
    if tie.shape != (where.size, where.size) or not np.allclose(tie, tie.T):
        raise ValueError("propensities are one table of all pairs, the same in both directions")
    return where, weight, tie
