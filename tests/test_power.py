"""What power indices promise. Known indices are rows of `test_validation.py`."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analyses import power, unions
from simulation.analyses.power import banzhaf, shapley_shubik


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
