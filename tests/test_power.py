"""Power indices against published numbers, and what they promise."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analyses import power, unions
from simulation.analyses.power import banzhaf, shapley_shubik

# Weights, quota, and for each weight its Shapley–Shubik index and its swings among coalitions of the others.
# The Security Council is a game of weights in which a permanent member's outweighs all others (Shapley &
# Shubik 1954 have eleven seats). The Councils of six, nine and ten have the weights of their treaties, that
# of 27 the votes of the Treaty of Nice alone, without states and population. Where no paper prints fractions,
# they were computed exactly by a programme of its own.
KNOWN = {
    "Security Council since 1965": (
        [7] * 5 + [1] * 10,
        39,
        {7: ("421/2145", 848), 1: ("4/2145", 84)},
    ),
    "Security Council until 1965": ([5] * 5 + [1] * 6, 27, {5: ("76/385", 57), 1: ("1/462", 5)}),
    "Council of 1958": ([4, 4, 4, 2, 2, 1], 12, {4: ("7/30", 10), 2: ("3/20", 6), 1: ("0", 0)}),
    "Council of 1973": (
        [10] * 4 + [5, 5, 3, 3, 2],
        41,
        {10: ("5/28", 53), 5: ("17/210", 29), 3: ("2/35", 21), 2: ("1/105", 5)},
    ),
    "Council of 1981": (
        [10] * 4 + [5, 5, 5, 3, 3, 2],
        45,
        {10: ("73/420", 100), 5: ("1/14", 52), 3: ("19/630", 26), 2: ("19/630", 26)},
    ),
    "Council of 2007, votes alone": (
        [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3],
        255,
        {
            29: ("126658297/1460244240", 2193664),
            27: ("321151673/4015671660", 2091380),
            14: ("641489789/16062686640", 1200504),
            13: ("128588951/3491888400", 1120138),
            12: ("80474809/2362159800", 1038492),
            10: ("2264288233/80313433200", 871654),
            7: ("17893453/912652650", 614702),
            4: ("719816/65189475", 352374),
            3: ("656778013/80313433200", 265568),
        },
    ),
    "textbook [6; 4, 3, 2, 1]": (
        [4, 3, 2, 1],
        6,
        {4: ("5/12", 5), 3: ("1/4", 3), 2: ("1/4", 3), 1: ("1/12", 1)},
    ),
    "textbook [51; 50, 49, 1]": ([50, 49, 1], 51, {50: ("2/3", 3), 49: ("1/6", 1), 1: ("1/6", 1)}),
}

# Giménez & Puente (2019), The Owen and the Owen–Banzhaf values applied to the study of the Madrid Assembly
# and the Andalusian Parliament, table 1: seats of PP, PSOE, Podemos and C's in 2015, an absolute majority of
# 65.
MADRID = [48, 37, 27, 17], 65
STRUCTURES = {
    "nobody allied": ([0, 1, 2, 3], "1/2 1/6 1/6 1/6", "3/4 1/4 1/4 1/4"),
    "PP and C's": ([0, 1, 2, 0], "2/3 0 0 1/3", "3/4 0 0 1/4"),
    "all others against PP": ([0, 1, 1, 1], "0 1/3 1/3 1/3", "0 1/4 1/4 1/4"),
}


def fractions(words: str) -> list[Fraction]:
    return [Fraction(word) for word in words.split()]


@pytest.mark.parametrize("name", KNOWN)
def test_known_indices_come_out_exactly(name):
    weights, quota, expected = KNOWN[name]
    assert shapley_shubik(weights, quota) == [Fraction(expected[weight][0]) for weight in weights]
    others = 2 ** (len(weights) - 1)
    assert banzhaf(weights, quota) == [Fraction(expected[weight][1], others) for weight in weights]


def test_shapley_and_shubik_in_the_security_council():
    """A permanent member has 421/2145, another one 4/2145 (fifteen seats since 1965)."""
    weights, quota, _ = KNOWN["Security Council since 1965"]
    found = shapley_shubik(weights, quota)
    assert found == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10


def test_shapley_and_shubik_in_the_council_of_1958():
    """Luxembourg never turned a vote of the six."""
    weights, quota, _ = KNOWN["Council of 1958"]
    assert shapley_shubik(weights, quota) == [Fraction(share, 60) for share in (14, 14, 14, 9, 9, 0)]


@pytest.mark.parametrize("name", STRUCTURES)
def test_published_indices_of_allied_parties_come_out_exactly(name):
    union, owen, banzhaf_owen = STRUCTURES[name]
    assert unions.owen(*MADRID, union) == fractions(owen)
    assert unions.banzhaf_owen(*MADRID, union) == fractions(banzhaf_owen)


@st.composite
def games(draw, most=6):
    """Weights with a quota for each size: a majority of weight, of heads, or of both."""
    weights = draw(st.lists(st.integers(0, 6), min_size=1, max_size=most).filter(any))
    quota = draw(st.integers(1, sum(weights)))
    heads = draw(st.integers(1, len(weights)))
    return weights, [sum(weights) + 1] * heads + [quota] * (len(weights) + 1 - heads)


def by_orders(weights, quota, union=None):
    """The share of orders that each member turns, by going through them; unions stand together in them."""
    members = range(len(weights))
    union = list(members) if union is None else union
    turned, counted = [0] * len(weights), 0
    for order in permutations(members):
        names = [union[i] for i in order]
        if any(names[k] != names[k - 1] and names[k] in names[:k] for k in range(1, len(names))):
            continue
        counted += 1
        held = np.cumsum([weights[i] for i in order])
        wins = [weight >= quota[size + 1] for size, weight in enumerate(held)]
        turned[order[wins.index(True)]] += 1
    return [Fraction(times, counted) for times in turned]


@given(games(most=5), st.data())
def test_orders_counted_are_the_orders_there_are(game, data):
    weights, quota = game
    assert shapley_shubik(weights, quota) == by_orders(weights, quota)
    number = st.integers(0, len(weights) - 1)
    union = data.draw(st.lists(number, min_size=len(weights), max_size=len(weights)))
    assert unions.owen(weights, quota, union) == by_orders(weights, quota, union)


@given(games(), st.data())
def test_coalitions_counted_are_the_coalitions_there_are(game, data):
    weights, quota = game
    number = st.integers(0, len(weights) - 1)
    union = data.draw(st.lists(number, min_size=len(weights), max_size=len(weights)))
    alone, together = banzhaf(weights, quota), unions.banzhaf_owen(weights, quota, union)

    def wins(some):
        return sum(weights[i] for i in some) >= quota[len(some)]

    for i in range(len(weights)):
        others = [j for j in range(len(weights)) if j != i]
        sets = [
            {j for j, inside in zip(others, flags, strict=True) if inside}
            for flags in product((0, 1), repeat=len(others))
        ]
        assert alone[i] == Fraction(sum(wins(one | {i}) > wins(one) for one in sets), len(sets))
        whole = [
            one
            for one in sets
            if all(
                (j in one) == (k in one) for j in others for k in others if union[j] == union[k] != union[i]
            )
        ]
        assert together[i] == Fraction(sum(wins(one | {i}) > wins(one) for one in whole), len(whole))


@given(games(most=9), st.data())
def test_floating_point_is_as_good_as_fractions(game, data):
    weights, quota = game
    number = st.integers(0, 3)
    union = data.draw(st.lists(number, min_size=len(weights), max_size=len(weights)))
    exact = [shapley_shubik(weights, quota), banzhaf(weights, quota)]
    np.testing.assert_allclose(power.approximately(weights, quota), np.array(exact, float), rtol=1e-12)
    exact = [unions.owen(weights, quota, union), unions.banzhaf_owen(weights, quota, union)]
    np.testing.assert_allclose(
        unions.approximately(weights, quota, union), np.array(exact, float), atol=1e-12
    )


@given(
    weights=st.lists(st.integers(0, 12), min_size=1, max_size=9).filter(any),
    share=st.floats(0.01, 1),
)
def test_all_power_adds_up_and_more_weight_is_never_less_power(weights, share):
    quota = max(1, round(share * sum(weights)))
    found = shapley_shubik(weights, quota)
    assert sum(found) == 1
    assert sum(unions.owen(weights, quota, [i // 2 for i in range(len(weights))])) == 1
    for index in (found, banzhaf(weights, quota)):
        ranked = [power for _, power in sorted(zip(weights, index, strict=True))]
        assert ranked == sorted(ranked)


@given(games())
def test_unions_of_one_and_a_union_of_all_change_nothing(game):
    weights, quota = game
    members = range(len(weights))
    for union in ([*members], [0] * len(weights)):
        assert unions.owen(weights, quota, union) == shapley_shubik(weights, quota)
        assert unions.banzhaf_owen(weights, quota, union) == banzhaf(weights, quota)


def test_equal_states_share_power_equally():
    assert shapley_shubik([1] * 193, 97) == [Fraction(1, 193)] * 193


def test_counting_193_states_with_weights_keeps_its_digits():
    """Exact in whole numbers of any length, and in floating point: the same to twelve digits."""
    weights = [1 + state % 7 for state in range(193)]
    exact = shapley_shubik(weights, 400)
    np.testing.assert_allclose(power.approximately(weights, 400)[0], np.array(exact, float), rtol=1e-12)


@pytest.mark.parametrize(
    ("weights", "quota"),
    [([1, 2], 0), ([1, 2], 4), ([-1, 2], 1), ([1, 2], [3, 1, 2]), ([1, 2], [3, 3])],
)
def test_a_quota_nobody_can_reach_is_refused(weights, quota):
    with pytest.raises(ValueError, match="quota|whole numbers"):
        shapley_shubik(weights, quota)
