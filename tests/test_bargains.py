"""Cheapest coalitions and blocking minorities, against every coalition there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.schema import Rule
from simulation import rules
from simulation.analyses.bargains import cheapest, smallest_block
from simulation.opening import open_room
from simulation.rules import find
from simulation.rules._carrying import carries, needs
from simulation.rules._house import House, equals
from tests.rooms import chamber_of

NONE = float("inf")


def every_ballot(seats: int, says: tuple[int, ...] = (1, 0, -1)) -> np.ndarray:
    """All ways to vote (way, country)."""
    return np.array(list(product(says, repeat=seats)), dtype=np.int8)


def carried(rule: str, ways: np.ndarray, house: House) -> np.ndarray:
    return find(rule).decide(ways.T[:, None], house)[0]


def met(asked, ways: np.ndarray) -> np.ndarray:
    """Whether all needs of any alternative are met, way by way."""
    yes, no = ways == 1, ways == -1
    return np.any([np.all([need.met(yes, no) for need in some], axis=0) for some in asked], axis=0)


@st.composite
def houses(draw, most=6):
    seats = draw(st.integers(1, most))
    numbers = st.lists(st.integers(1, 9), min_size=seats, max_size=seats)
    flags = st.lists(st.booleans(), min_size=seats, max_size=seats)
    quota = st.none() | st.sampled_from([0.5, 0.6, 0.75, 1.0])
    return House(
        weights=np.array(draw(numbers), dtype=float),
        population=np.array(draw(numbers), dtype=float),
        vetoes=np.array(draw(flags)),
        quota=draw(quota),
        weight_quota=draw(quota),
        parties=draw(st.none() | st.integers(1, seats)),
        tolerated=draw(st.integers(0, seats)),
    )


@pytest.mark.parametrize("rule", rules.names())
@given(house=houses())
def test_what_a_rule_needs_is_what_it_decides_by(rule, house):
    ways = every_ballot(house.seats)
    np.testing.assert_array_equal(met(find(rule).needs(house), ways), carried(rule, ways, house))


@pytest.mark.parametrize(
    "rule",
    [
        Rule(name="weighted-majority", no_action=True),
        Rule(name="consensus", otherwise="two-thirds"),
        Rule(name="consensus-minus-n", tolerated=2, otherwise="absolute-majority"),
        Rule(name="security-council", vetoes=("D000", "D001"), quota=0.5),
    ],
    ids=lambda rule: rule.name,
)
def test_what_comes_before_and_after_a_rule_is_needed_too(rule):
    room = open_room(chamber_of([[10.0]] * 5))
    ways = every_ballot(5)
    np.testing.assert_array_equal(met(needs(room, rule), ways), carries(room, rule, ways.T[:, None])[0])


@pytest.mark.parametrize("rule", rules.names())
@given(house=houses(), data=st.data())
def test_no_coalition_that_carries_is_cheaper(rule, house, data):
    price = st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.7, NONE])
    pairs = data.draw(st.lists(st.tuples(price, price), min_size=house.seats, max_size=house.seats))
    to_yes, to_neither = np.array([(max(pair), min(pair)) for pair in pairs]).T
    ways = every_ballot(house.seats)
    prices = np.where(ways == 1, to_yes, np.where(ways == 0, to_neither, 0.0)).sum(axis=1)
    least = prices[carried(rule, ways, house)].min(initial=NONE)
    found = cheapest(find(rule).needs(house), to_yes, to_neither)
    if least == NONE:
        assert found is None
    else:
        assert carried(rule, found.says[None], house)[0]
        assert found.total == pytest.approx(least, abs=1e-9)


@pytest.mark.parametrize("rule", rules.names())
@given(house=houses(), data=st.data())
def test_no_blocking_minority_is_smaller_or_as_small_and_firmer(rule, house, data):
    flags = st.lists(st.booleans(), min_size=house.seats, max_size=house.seats)
    numbers = st.lists(st.integers(0, 5), min_size=house.seats, max_size=house.seats)
    may, firm = np.array(data.draw(flags)), np.array(data.draw(numbers), dtype=float)
    ways = every_ballot(house.seats, (1, -1))
    ways = ways[~((ways == -1) & ~may).any(axis=1)]
    stopping = ways[~carried(rule, ways, house)] == -1
    found = smallest_block(find(rule).needs(house), may, firm)
    if not len(stopping):
        assert found is None
    else:
        sizes = stopping.sum(axis=1)
        firmest = (stopping[sizes == sizes.min()] * firm).sum(axis=1).max()
        assert (found.sum(), (found * firm).sum()) == (sizes.min(), firmest)
        assert not carried(rule, np.where(found, -1, 1)[None], house)[0]


def test_half_of_the_weight_neither_carries_nor_is_carried():
    """50 of 100 is no majority, and enough to block."""
    weights = np.array([50.0, 30, 20])
    asked = find("weighted-majority").needs(House(weights, weights, np.zeros(3, dtype=bool)))
    assert cheapest(asked, [0.5, 0, 0], [0, 0, 0]).total == 0.5
    assert smallest_block(asked, [False, True, True]).tolist() == [False, True, True]


def test_it_can_be_cheaper_to_make_objectors_abstain_than_to_win_supporters():
    """Four for and five against: with two who stand aside it passes, without anybody new in favour."""
    found = cheapest(find("simple-majority").needs(equals(9)), [0] * 4 + [0.5] * 5, [0] * 4 + [0.1] * 5)
    assert found.says.tolist().count(1) == 4
    assert found.total == pytest.approx(0.2)


def test_a_permanent_member_that_nothing_can_bring_round_leaves_no_coalition():
    house = equals(15, vetoes=5)
    price = [NONE] + [0.0] * 14
    assert cheapest(find("security-council").needs(house), price, price) is None
    abstaining = cheapest(find("security-council").needs(house), price, [0.2] + [0.0] * 14)
    assert (abstaining.total, abstaining.says[0]) == (0.2, 0)
    assert smallest_block(find("security-council").needs(house), [True] + [False] * 14).sum() == 1
