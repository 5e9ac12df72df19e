"""How often does a vote depend on a delegation? Power indices of voting games, from counts of coalitions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np

from simulation.analyses.counting import others, whole

Quota = int | Sequence[int]
"""The weight from which a coalition wins: one number, or one for each size of a coalition from 0 to N."""


def shapley_shubik(weights: Sequence[int], quota: Quota) -> list[Fraction]:
    """The share of all orders of joining in which each member turns a coalition into a winning one.

    Weights and quota are whole numbers, and a coalition wins from the quota on. A quota for each size of a
    coalition makes double majorities of seats and weight; it never rises with the size. The shares sum to 1.
    Coalitions are counted by size and weight, so the work grows with members² times the sum of weights.
    Source: Shapley & Shubik (1954), A method for evaluating the distribution of power in a committee system.

    >>> [str(share) for share in shapley_shubik([4, 4, 4, 2, 2, 1], 12)]
    ['7/30', '7/30', '7/30', '3/20', '3/20', '0']

    Raises ValueError if nobody or everybody wins whatever others do.
    """
    return _swings(weights, quota, [orders(len(weights))], whole(len(weights)))[0]


def banzhaf(weights: Sequence[int], quota: Quota) -> list[Fraction]:
    """The share of all coalitions of the others that each member turns into a winning one by joining.

    Source: Penrose (1946), The elementary statistics of majority voting; Banzhaf (1965).

    >>> [str(share) for share in banzhaf([2, 1, 1], 3)]
    ['3/4', '1/4', '1/4']
    """
    return _swings(weights, quota, [halves(len(weights))], whole(len(weights)))[0]


def approximately(weights: Sequence[int], quota: Quota) -> list[list[float]]:
    """Both indices in floating point, Shapley–Shubik first, for rooms too large for fractions.

    The relative error is below 10⁻¹² times the number of members, of which there can be 1,000.
    """
    members = len(weights)
    return _swings(weights, quota, [in_floats(orders(members)), in_floats(halves(members))], float)


def by_size(weights: Sequence[int], quota: Quota) -> list[int]:
    """The quota for each size of a coalition from 0 to N.

    Raises ValueError if weights or quota are no whole numbers from 0 on, if the quota rises with the size, or
    if nobody or everybody wins whatever others do.
    """
    if any(weight < 0 or weight != int(weight) for weight in weights):
        raise ValueError("weights are whole numbers from 0 on")
    total = sum(weights)
    found = [quota] * (len(weights) + 1) if isinstance(quota, int) else list(quota)
    if len(found) != len(weights) + 1 or any(
        one < after for one, after in zip(found, found[1:], strict=False)
    ):
        raise ValueError("give one quota, or one for each size from 0 members on that never rises")
    if found[0] <= 0 or found[-1] > total:
        raise ValueError(f"the quota is {found[-1]}; give one from 1 to the sum of weights, {total}")
    return found


def orders(members: int) -> list[Fraction]:
    """In what share of all orders a member comes just after so many others, 0 to N − 1 of them."""
    return [
        Fraction(factorial(size) * factorial(members - size - 1), factorial(members))
        for size in range(members)
    ]


def halves(members: int) -> list[Fraction]:
    """What share of all coalitions of the others each one is, whatever its size from 0 to N − 1."""
    return [Fraction(1, 2 ** (members - 1))] * members


def in_floats(shares: Sequence[Fraction]) -> list[float]:
    """Shares in floating point."""
    return [float(share) for share in shares]


def _swings(
    weights: Sequence[int], quota: Quota, indices: Sequence[Sequence[Any]], kind: type
) -> list[list[Any]]:
    """For each index and member how many coalitions of the others it turns, each counted by what the index
    gives to its size."""
    needed = by_size(weights, quota)
    number = float if kind is float else int
    found = {}
    for (_, weight), table in others([(1, int(weight)) for weight in weights], kind):
        turned = [
            number(np.sum(table[size, max(0, needed[size + 1] - weight) : max(0, needed[size])]))
            for size in range(len(weights))
        ]
        found[weight] = [
            sum(share * count for share, count in zip(shares, turned, strict=True)) for shares in indices
        ]
    return [[found[int(weight)][index] for weight in weights] for index in range(len(indices))]
