"""Which clubs hold when outsiders share the benefit, and how far can side payments enlarge them?

A club is a coalition whose members act in their common interest while everybody else acts alone. A game is
one function, `payoff(members) -> payoffs`, from a mask (N,) to what each of N countries gets (N,), so that
any benefit and cost, or numbers of one's own, can be put in.

Barrett, S. (1994), Self-enforcing international environmental agreements, Oxford Economic Papers 46, 878–894.
Carraro, C. and Siniscalco, D. (1993), Strategies for the international protection of the environment, Journal
of Public Economics 52, 309–328.
Eyckmans, J. and Finus, M. (2009), An almost ideal sharing scheme for coalition games with externalities,
Stirling Economics Discussion Paper 2009-10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Payoff = Callable[[Mask], Floats]
LARGEST_ROOM = 16  # 2 to the power of this many coalitions are looked at one by one
SLACK = 1e-9  # relative to the payoffs: rounding never decides whether a member stays


def public_good(benefit: ArrayLike, cost: ArrayLike) -> Payoff:
    """The club of linear benefit and quadratic cost: everybody gains from what anybody contributes.

    Country i gets b_i·Σ_j q_j − c_i·q_i²/2 with `benefit` b ≥ 0 and `cost` c > 0 (N,). An outsider gives
    q = b_i/c_i, a member q = Σ_{j in the club} b_j / c_i: it counts the benefit of all members. With linear
    benefits nobody's best answer depends on what the others give. Barrett (1994) and Carraro and Siniscalco
    (1993) study countries that are alike; countries that differ are our extension.
    """
    b, c = (np.asarray(values, dtype=np.float64) for values in (benefit, cost))
    if b.shape != c.shape or b.ndim != 1 or (b < 0).any() or (c <= 0).any():
        raise ValueError("benefit (≥ 0) and cost (> 0) are one number each for every country")

    def payoff(members: Mask) -> Floats:
        given = np.where(members, b[members].sum(), b) / c
        return b * given.sum() - c * given**2 / 2

    return payoff


def outside_options(payoff: Payoff, members: Mask) -> Floats:
    """What each country gets by moving alone: a member by leaving, an outsider by joining (N,)."""
    return np.array([payoff(_moved(members, row))[row] for row in range(len(members))])


def stable(payoff: Payoff, members: Mask) -> tuple[bool, bool]:
    """Whether a club is internally and externally stable: no member gains by leaving, no outsider by joining.

    Whoever gains nothing stays where it is.
    """
    gain = outside_options(payoff, members) - payoff(members)
    tempted = gain > _slack(payoff, members)
    return not tempted[members].any(), not tempted[~members].any()


def surplus(payoff: Payoff, members: Mask) -> float:
    """What the club has left once each member gets as much as it would by leaving.

    Σ_{i in S} (payoff_i(S) − payoff_i(S without i)). If it is not negative, the club is *potentially
    internally stable*: some transfers among its members keep all of them (Eyckmans and Finus 2009).
    """
    return float((payoff(members) - outside_options(payoff, members))[members].sum())


def side_payments(payoff: Payoff, members: Mask, shares: ArrayLike | None = None) -> Floats:
    """Transfers (N,) that leave each member its outside option and a share of the surplus; they sum to 0.

    `shares` (N,) ≥ 0 are relative shares of members, equal if left out; outsiders get and pay nothing. Such
    sharing keeps every club that can be kept at all (Eyckmans and Finus 2009).
    """
    weight = np.where(members, 1.0 if shares is None else np.asarray(shares, dtype=np.float64), 0.0)
    if (weight < 0).any() or not weight.sum() > 0:
        raise ValueError("shares of the surplus are not negative, and at least one member has one")
    due = outside_options(payoff, members) + surplus(payoff, members) * weight / weight.sum()
    return np.where(members, due - payoff(members), 0.0)


def largest_stable(payoff: Payoff, countries: int, transfers: bool = False) -> list[Mask]:
    """The largest internally stable clubs, all of that size; with `transfers` the potentially stable ones.

    Every coalition is looked at, from the largest down. Raises ValueError above 16 countries; for more that
    are alike there is `stable_sizes`. A largest club need not be externally stable: with side payments an
    outsider may want in although the larger club could not pay its members.
    """
    if countries > LARGEST_ROOM:
        raise ValueError(f"all coalitions of {countries} countries are too many; at most {LARGEST_ROOM}")
    for size in range(countries, 1, -1):
        found = [club for club in _clubs(countries, size) if _holds(payoff, club, transfers)]
        if found:
            return found
    return []


def stable_sizes(
    insider: Callable[[int], float], outsider: Callable[[int], float], countries: int
) -> list[int]:
    """Sizes 2…N of clubs of countries that are alike that are internally and externally stable.

    `insider(k)` and `outsider(k)` are what a member and an outsider of a club of k get. Internally stable:
    insider(k) ≥ outsider(k − 1); externally: k = N, or outsider(k) ≥ insider(k + 1) (Barrett 1994).
    """

    def stays(size: int) -> bool:
        return _at_least(insider(size), outsider(size - 1))

    def nobody_joins(size: int) -> bool:
        return size == countries or _at_least(outsider(size), insider(size + 1))

    return [size for size in range(2, countries + 1) if stays(size) and nobody_joins(size)]


def bought_size(
    insider: Callable[[int], float], outsider: Callable[[int], float], countries: int, committed: int
) -> int:
    """How large a club of countries that are alike grows if its first `committed` members pay others to join.

    Side payments alone cannot enlarge a club of countries that are alike, since all members are tempted
    alike; they can if some members commit themselves to stay (Carraro and Siniscalco 1993). The condition in
    numbers is our derivation: j committed members can afford k members if what the growth brings them covers
    what the others would gain by leaving,

        j · (insider(k) − insider(j)) ≥ (k − j) · (outsider(k − 1) − insider(k)).

    Returns the largest such k, at least j.
    """
    if not 1 <= committed <= countries:
        raise ValueError(f"of {countries} countries 1 to {countries} can commit themselves, not {committed}")

    def affordable(size: int) -> bool:
        gain = committed * (insider(size) - insider(committed))
        return _at_least(gain, (size - committed) * (outsider(size - 1) - insider(size)))

    return max(size for size in range(committed, countries + 1) if size == committed or affordable(size))


def alike(payoff: Payoff, countries: int) -> tuple[Callable[[int], float], Callable[[int], float]]:
    """What a member and an outsider get by the size of the club, in a game of countries that are alike."""

    def first(size: int) -> Mask:
        return np.arange(countries) < size

    return lambda size: float(payoff(first(size))[0]), lambda size: float(payoff(first(size))[-1])


def _clubs(countries: int, size: int) -> Iterator[Mask]:
    for rows in combinations(range(countries), size):
        yield np.isin(np.arange(countries), rows)


def _holds(payoff: Payoff, club: Mask, transfers: bool) -> bool:
    if transfers:
        return surplus(payoff, club) >= -_slack(payoff, club)
    return stable(payoff, club)[0]


def _moved(members: Mask, row: int) -> Mask:
    moved = members.copy()
    moved[row] = ~moved[row]
    return moved


def _slack(payoff: Payoff, members: Mask) -> float:
    return SLACK * max(1.0, float(np.abs(payoff(members)).max()))


def _at_least(one: float, other: float) -> bool:
    return one >= other - SLACK * max(1.0, abs(one), abs(other))
