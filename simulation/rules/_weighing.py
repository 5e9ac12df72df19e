"""How near is a text to carrying where weight counts? Chances of enough weight and enough delegations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr, owens_t

from simulation.contraction import total
from simulation.rules._house import HAIR
from simulation.rules._scores import TINY, Floats, Score

HEAVY, SMALL = 6, 8
"""So many of the heaviest delegations are counted out one by one, and all in a room as small as `SMALL`; the
rest is taken as normal."""
PARTS = 1000
"""Weights are told apart by thousandths of a unit."""
SHARPEST = 1e-3
NORMAL = np.log(2 * np.pi) / 2


def weights_score(yes: Floats, weights: NDArray[np.float64], quota: float | None, needed: int) -> Score:
    """The chance that those who vote yes hold the quota of all weight and are at least so many.

    Without a quota, more than half. Number and weight of yes votes are taken as jointly normal, given every
    combination of votes of the heaviest, with continuity correction for weights that come in steps.
    """
    (cases, seats), dtype = yes.shape, yes.dtype
    # A seat without weight that never votes yes: so somebody is left when all others are counted out.
    yes = np.concatenate([yes.T.astype(np.float64), np.zeros((1, cases))])
    weights = np.append(weights, 0.0)
    order = np.argsort(-weights[:seats], kind="stable")
    heavy = order[: HEAVY if seats > SMALL else seats]
    light = np.append(order[len(heavy) :], seats)
    units, step, enough = _in_steps(weights, quota)
    rest, unit = yes[light], units[light][:, None]
    spread = rest * (1 - rest)
    sd_number = np.sqrt(np.maximum(total(spread), SHARPEST**2))
    sd_weight = np.sqrt(np.maximum(total(spread * unit**2), (SHARPEST * step) ** 2))
    together = np.clip(total(spread * unit) / (sd_number * sd_weight), 0, 1 - 1e-9)
    votes = np.array(list(product((0.0, 1.0), repeat=len(heavy))))
    each = np.where(votes[:, :, None] == 1, yes[heavy], 1 - yes[heavy])
    each = np.log(np.maximum(each, TINY))
    chance = each.sum(axis=1)
    number = total(rest) + votes.sum(axis=1)[:, None] - (needed - 0.5)
    weight = total(rest * unit) + (votes @ units[heavy])[:, None] - (enough - step / 2)
    h = number / sd_number if needed > 1 else np.full_like(number, 1 / SHARPEST)
    k = weight / sd_weight
    both = _both_above(h, k, together) if needed > 1 else ndtr(k)

    # Logarithms of densities, so that a text far from carrying still knows which way is up.
    free = np.sqrt(1 - together**2)
    at_number = chance - h**2 / 2 + log_ndtr((k - together * h) / free)
    at_weight = chance - k**2 / 2 + log_ndtr((h - together * k) / free)
    at_corner = chance - (h**2 - 2 * together * h * k + k**2) / (2 * free**2) - np.log(free) - NORMAL
    likely = np.where(both > 1e-10, np.log(np.maximum(both, 1e-300)), log_ndtr(h) + log_ndtr(k))
    given = (chance + likely + NORMAL)[:, None] - each
    top = np.maximum.reduce([at_number, at_weight, at_corner, given.max(axis=1)]).max(axis=0)
    by_h, by_k, by_corner = (np.exp(one - top) for one in (at_number, at_weight, at_corner))
    corner, odd = total(by_corner), 1 - 2 * rest
    by_yes = np.empty_like(yes)
    by_yes[light] = total(by_h) / sd_number + unit * total(by_k) / sd_weight
    by_yes[light] -= odd * (total(by_h * h) + together * corner) / (2 * sd_number**2)
    by_yes[light] += odd * unit * corner / (sd_number * sd_weight)
    by_yes[light] -= odd * unit**2 * (total(by_k * k) + together * corner) / (2 * sd_weight**2)
    turns = (2 * votes - 1)[:, :, None]
    by_yes[heavy] = total(turns * np.exp(given - top))
    value = total(np.exp(chance) * both)
    return Score(value.astype(dtype), by_yes[:seats].T.astype(dtype), np.zeros((1, 1), dtype=dtype))


def few_outside(yes: Floats, weights: NDArray[np.float64], share: float, most: int) -> Floats:
    """The chance that at most so many delegations are not for it, and these hold more than a share of the
    weight: added up over all sets of delegations of which that is true."""
    chance = np.clip(yes.T.astype(np.float64), HAIR, 1 - HAIR)
    everybody, odds = total(np.log(chance)), np.log1p(-chance) - np.log(chance)
    found = np.zeros(len(yes))
    for rows in _heavy_sets((weights / weights.sum()).tobytes(), share, most):
        found += np.exp(everybody + odds[list(rows)].sum(axis=0))
    return found.astype(yes.dtype)


def _in_steps(weights: NDArray[np.float64], quota: float | None) -> tuple[NDArray[np.float64], float, float]:
    """Weights as whole numbers, the largest step that all of them are multiples of, and the least sum of them
    that reaches the quota."""
    units = np.round(weights * PARTS).astype(np.int64)
    step = max(int(np.gcd.reduce(units)), 1)
    steps = int(units.sum()) // step
    least = steps // 2 + 1 if quota is None else np.ceil((quota - HAIR) * steps)
    return units.astype(np.float64), float(step), float(least * step)


def _both_above(h: Floats, k: Floats, together: Floats) -> Floats:
    """The chance that two standard normals with a correlation lie below h and k (Owen 1956)."""
    h, k = (np.where(np.abs(edge) < TINY, TINY, edge) for edge in (h, k))
    free = np.sqrt(1 - together**2)
    half = (ndtr(h) + ndtr(k)) / 2
    parts = owens_t(h, (k - together * h) / (h * free)) + owens_t(k, (h - together * k) / (k * free))
    return np.clip(half - parts - np.where(h * k < 0, 0.5, 0), 0, 1)


@lru_cache(maxsize=16)
def _heavy_sets(shares: bytes, above: float, most: int) -> tuple[tuple[int, ...], ...]:
    """All sets of up to so many delegations that hold more than a share of the weight."""
    weight = np.frombuffer(shares)
    order = np.argsort(-weight, kind="stable").tolist()

    def grown(rows: tuple[int, ...], held: float, start: int) -> Iterator[tuple[int, ...]]:
        if held > above + HAIR:
            yield rows
        if len(rows) == most:
            return
        for place in range(start, len(order)):
            if held + (most - len(rows)) * weight[order[place]] <= above + HAIR:
                return
            yield from grown((*rows, order[place]), held + weight[order[place]], place + 1)

    return tuple(grown((), 0.0, 0))
