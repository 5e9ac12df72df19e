"""Power indices against published numbers, and what they promise."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analyses.power import banzhaf, shapley_shubik

# Nine of fifteen with no permanent member against: a permanent member's weight outweighs all others.
COUNCIL = [7] * 5 + [1] * 10, 39
EEC_1958 = [4, 4, 4, 2, 2, 1], 12


def test_shapley_and_shubik_in_the_security_council():
    """A permanent member has 421/2145, another one 4/2145 (fifteen seats since 1965)."""
    found = shapley_shubik(*COUNCIL)
    assert found == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10


def test_shapley_and_shubik_in_the_council_of_1958():
    """Luxembourg never turned a vote of the six."""
    assert shapley_shubik(*EEC_1958) == [Fraction(share, 60) for share in (14, 14, 14, 9, 9, 0)]


def test_banzhaf_in_the_council_of_1958():
    """Swings of the six: 10, 10, 10, 6, 6 and 0 among 32 coalitions of the others."""
    assert banzhaf(*EEC_1958) == [Fraction(swings, 32) for swings in (10, 10, 10, 6, 6, 0)]


@given(
    weights=st.lists(st.integers(0, 12), min_size=1, max_size=9).filter(any),
    share=st.floats(0.01, 1),
)
def test_all_power_adds_up_and_more_weight_is_never_less_power(weights, share):
    quota = max(1, round(share * sum(weights)))
    found = shapley_shubik(weights, quota)
    assert sum(found) == 1
    for index in (found, banzhaf(weights, quota)):
        ranked = [power for _, power in sorted(zip(weights, index, strict=True))]
        assert ranked == sorted(ranked)


def test_equal_states_share_power_equally():
    assert shapley_shubik([1] * 193, 97) == [Fraction(1, 193)] * 193


@pytest.mark.parametrize(("weights", "quota"), [([1, 2], 0), ([1, 2], 4), ([-1, 2], 1)])
def test_a_quota_nobody_can_reach_is_refused(weights, quota):
    with pytest.raises(ValueError, match="quota|whole numbers"):
        shapley_shubik(weights, quota)
