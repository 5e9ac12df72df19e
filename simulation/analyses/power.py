"""How often does a vote depend on a delegation? Power indices of weighted voting, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

Counts = list[list[int]]


def shapley_shubik(weights: Sequence[int], quota: int) -> list[Fraction]:
    """The share of all orders of joining in which each member turns a coalition into a winning one.

    Weights and quota are whole numbers, and a coalition wins from the quota on. The shares sum to 1.
    Coalitions are counted by size and weight, so the work grows with members² times the sum of weights.
    Source: Shapley & Shubik (1954), A method for evaluating the distribution of power in a committee system.

    >>> [str(share) for share in shapley_shubik([4, 4, 4, 2, 2, 1], 12)]
    ['7/30', '7/30', '7/30', '3/20', '3/20', '0']

    Raises ValueError if nobody or everybody wins whatever others do.
    """
    _check(weights, quota)
    members, all_counts = len(weights), _coalitions(weights)
    orders = [
        Fraction(factorial(size) * factorial(members - size - 1), factorial(members))
        for size in range(members)
    ]
    return [
        sum(
            (
                share * swings
                for share, swings in zip(orders, _swings(all_counts, weight, quota), strict=True)
            ),
            Fraction(0),
        )
        for weight in weights
    ]


def banzhaf(weights: Sequence[int], quota: int) -> list[Fraction]:
    """The share of all coalitions of the others that each member turns into a winning one by joining.

    Source: Penrose (1946), The elementary statistics of majority voting; Banzhaf (1965).

    >>> [str(share) for share in banzhaf([2, 1, 1], 3)]
    ['3/4', '1/4', '1/4']
    """
    _check(weights, quota)
    all_counts, others = _coalitions(weights), 2 ** (len(weights) - 1)
    return [Fraction(sum(_swings(all_counts, weight, quota)), others) for weight in weights]


def _check(weights: Sequence[int], quota: int) -> None:
    if any(weight < 0 or weight != int(weight) for weight in weights):
        raise ValueError("weights are whole numbers from 0 on")
    if not 0 < quota <= sum(weights):
        raise ValueError(f"the quota is {quota}; give one from 1 to the sum of weights, {sum(weights)}")


def _coalitions(weights: Sequence[int]) -> Counts:
    """How many coalitions there are of each size and weight: counts[size][weight]."""
    counts = [[0] * (sum(weights) + 1) for _ in range(len(weights) + 1)]
    counts[0][0] = 1
    for joined, weight in enumerate(weights):
        for size in range(joined, -1, -1):
            for held, number in enumerate(counts[size]):
                if number:
                    counts[size + 1][held + weight] += number
    return counts


def _swings(counts: Counts, weight: int, quota: int) -> list[int]:
    """How many coalitions of the others of each size a member of some weight turns into winning ones."""
    without: Counts = []
    for size in range(len(counts) - 1):
        row = counts[size].copy()
        if size:
            for held in range(weight, len(row)):
                row[held] -= without[size - 1][held - weight]
        without.append(row)
    return [sum(row[max(0, quota - weight) : quota]) for row in without]
