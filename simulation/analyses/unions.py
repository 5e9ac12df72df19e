"""How often does a vote depend on a delegation whose bloc acts as one? Power with a-priori unions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Bloc
from simulation.analyses.counting import others, whole
from simulation.analyses.power import Quota, by_size, halves, in_floats, orders

Shares = Callable[[int], list[Any]]


def owen(weights: Sequence[int], quota: Quota, unions: Sequence[Hashable]) -> list[Fraction]:
    """The Shapley–Shubik index where unions join one after the other, and members within each of them.

    `unions` names the union of each member; who has a name alone is on its own. The share of all orders, with
    the members of every union standing together, in which a member turns a coalition into a winning one; the
    shares sum to 1. With everybody alone, or all in one union, it is `shapley_shubik`.
    Source: Owen (1977), Values of games with a priori unions.

    >>> [str(share) for share in owen([48, 37, 27, 17], 65, [0, 1, 2, 0])]
    ['2/3', '0', '0', '1/3']
    """
    return _with_unions(weights, quota, unions, [orders], whole(len(weights)))[0]


def banzhaf_owen(weights: Sequence[int], quota: Quota, unions: Sequence[Hashable]) -> list[Fraction]:
    """The Banzhaf index where other unions take part as a whole or not at all.

    The share, among all sets of other unions with all sets of other members of its own, that a member turns
    into a winning coalition.
    Source: Owen (1982), Modification of the Banzhaf–Coleman index for games with a priori unions.

    >>> [str(share) for share in banzhaf_owen([48, 37, 27, 17], 65, [0, 1, 2, 0])]
    ['3/4', '0', '0', '1/4']
    """
    return _with_unions(weights, quota, unions, [halves], whole(len(weights)))[0]


def approximately(weights: Sequence[int], quota: Quota, unions: Sequence[Hashable]) -> list[list[float]]:
    """Both indices in floating point, Owen's first, for rooms too large for fractions.

    The error is below 10⁻¹².
    """
    indices = [lambda count: in_floats(orders(count)), lambda count: in_floats(halves(count))]
    return _with_unions(weights, quota, unions, indices, float)


def partition(delegations: Sequence[str], blocs: Mapping[str, Bloc]) -> list[str]:
    """Which union each delegation belongs to, by key: a country in several blocs counts in one of them.

    That is the bloc with the highest discipline, of these the smallest, of these the first. Blocs without
    discipline are no unions. Who is in no bloc stands alone, under its own key.
    """
    place = {key: number for number, key in enumerate(blocs)}
    ranked = sorted(blocs, key=lambda key: (-blocs[key].discipline, len(blocs[key].members), place[key]))
    binding = [key for key in ranked if blocs[key].discipline > 0]
    return [next((key for key in binding if one in blocs[key].members), one) for one in delegations]


def _with_unions(
    weights: Sequence[int], quota: Quota, unions: Sequence[Hashable], indices: Sequence[Shares], kind: type
) -> list[list[Any]]:
    """For each index and member how often it turns what other unions and members of its own hold together.

    An index gives a share to every number of unions, and to every number of members. Heads are counted only
    where the quota depends on them.
    """
    needed = by_size(weights, quota)
    if len(unions) != len(weights):
        raise ValueError("give the union of each member")
    inside = [[i for i, one in enumerate(unions) if one == union] for union in dict.fromkeys(unions)]
    heads = len(set(needed)) > 1
    items = [(1, len(members) * heads, sum(int(weights[i]) for i in members)) for members in inside]
    out: list[list[Any]] = [[0] * len(weights) for _ in indices]
    for item, table in others(items, kind):
        for found, shares in zip(out, indices, strict=True):
            of_unions = np.array(shares(len(inside)), dtype=float if kind is float else object)
            outside = np.tensordot(of_unions, table[: len(inside)], axes=1)
            for members, mine in zip(inside, items, strict=True):
                if mine == item:
                    inner = _within([int(weights[i]) for i in members], needed, outside, shares, kind)
                    for place, share in zip(members, inner, strict=True):
                        found[place] = share
    return out


def _within(
    weights: Sequence[int], needed: Sequence[int], outside: NDArray[Any], shares: Shares, kind: type
) -> list[Any]:
    """How often each member of one union, with these weights, turns a coalition.

    `outside` (size, weight) is what share of the time the other unions bring so many members and so much
    weight.
    """
    members, total = len(weights), sum(weights)
    at_least = np.cumsum(outside[:, ::-1], axis=1)[:, ::-1]
    at_least = np.pad(at_least, ((0, 0), (0, 1)))
    held, sizes = np.arange(total + 1), np.arange(len(outside))
    # What share of the time some members of the union, so many with so much weight, win with the others.
    wins = np.zeros((members + 1, total + 1), dtype=at_least.dtype)
    for size in range(members + 1):
        reach = sizes[sizes + size < len(needed)]
        lacking = np.array(needed)[reach + size][:, None] - held
        wins[size] = at_least[reach[:, None], np.clip(lacking, 0, outside.shape[1])].sum(axis=0)
    number = float if kind is float else Fraction
    found = {}
    for (_, weight), table in others([(1, one) for one in weights], kind):
        rises = wins[1:, weight:] - wins[:-1, : total + 1 - weight]
        turned = (rises * table[:members, : total + 1 - weight]).sum(axis=1)
        found[weight] = sum(
            share * number(count) for share, count in zip(shares(members), turned, strict=True)
        )
    return [found[weight] for weight in weights]
