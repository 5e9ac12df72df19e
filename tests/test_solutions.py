"""Theories of bargaining choose what their authors say they choose."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.analyses.solutions import egalitarian, ideal, kalai_smorodinsky, nash, pareto, utilitarian

# Nash (1950), section "Examples": what each good is worth to Bill and to Jack; five are Bill's, four Jack's
GOODS = ("book", "whip", "ball", "bat", "box", "pen", "toy", "knife", "hat")
TO_BILL, TO_JACK = np.array([2, 2, 2, 2, 4, 10, 4, 6, 2]), np.array([4, 2, 1, 2, 1, 1, 1, 2, 2])
TRADES = np.array(list(product((0, 1), repeat=len(GOODS))))
GIVEN = np.where(np.arange(len(GOODS)) < 5, 1, -1)
BARTER = np.stack([TRADES @ (-GIVEN * TO_BILL), TRADES @ (GIVEN * TO_JACK)], axis=1)

gains = st.integers(1, 5).flatmap(
    lambda parties: arrays(
        np.float64, st.tuples(st.integers(1, 12), st.just(parties)), elements=st.integers(-20, 20)
    )
)


def test_bill_and_jack_barter_as_nash_says():
    row = nash(BARTER)
    changed_hands = {good for good, moved in zip(GOODS, TRADES[row], strict=True) if moved}
    assert changed_hands == {"book", "whip", "ball", "bat", "pen", "toy", "knife"}
    assert BARTER[row].tolist() == [12, 5]


def test_the_other_theories_on_nash_s_barter_by_hand():
    # Bill can gain 18 at most if Jack does not lose, Jack 8; 12/18 and 5/8 are the best smallest share
    assert ideal(BARTER).tolist() == [18, 8]
    assert BARTER[kalai_smorodinsky(BARTER)].tolist() == [12, 5]
    # no trade gives both 7; of those that give Jack 6 the best for Bill gives him 8
    assert BARTER[egalitarian(BARTER)].tolist() == [8, 6]
    assert BARTER[utilitarian(BARTER)].sum() == BARTER.sum(axis=1).max() == 18


def test_a_cake_is_shared_as_calculus_says():
    # u = x and v = √(1 − x): product greatest at 2/3, equal at (√5 − 1)/2, sum greatest at 3/4
    share = np.linspace(0, 1, 12_001)
    cake = np.stack([share, np.sqrt(1 - share)], axis=1)
    assert share[nash(cake)] == pytest.approx(2 / 3, abs=1e-4)
    assert share[utilitarian(cake)] == pytest.approx(3 / 4, abs=1e-4)
    for equal in (egalitarian, kalai_smorodinsky):
        assert share[equal(cake)] == pytest.approx((np.sqrt(5) - 1) / 2, abs=1e-4)


def test_units_of_one_party_change_nothing_for_nash_and_kalai_smorodinsky():
    stretched = BARTER * [1.0, 100.0]
    assert nash(stretched) == nash(BARTER)
    assert kalai_smorodinsky(stretched) == kalai_smorodinsky(BARTER)
    assert egalitarian(stretched) != egalitarian(BARTER)


def test_where_not_all_can_gain_as_many_gain_as_can():
    assert nash([[5, 5, -1], [9, -9, -9], [2, 9, -1]]) == 0
    assert nash([[-1, -1], [-2, -2]]) == 0


def test_who_gains_least_is_compared_first_and_then_the_next():
    assert egalitarian([[1, 1, 9], [1, 2, 2], [0, 9, 9]]) == 1


def test_who_can_gain_nothing_has_no_share():
    assert kalai_smorodinsky([[3.0, -1], [5.0, -2]]) == 1


@given(gains)
def test_no_choice_is_worse_for_all(values):
    for choose in (nash, utilitarian, egalitarian):
        chosen = values[choose(values)]
        if choose is nash and not (values > 0).any():
            continue
        assert not (values > chosen).all(axis=1).any()


@given(gains, st.integers(1, 11))
def test_the_choice_of_blocks_choices_is_the_choice(values, cut):
    blocks = [block for block in (values[:cut], values[cut:]) if len(block)]
    for choose in (nash, utilitarian, egalitarian):
        best = np.stack([block[choose(block)] for block in blocks])
        np.testing.assert_array_equal(best[choose(best)], values[choose(values)])


@given(arrays(np.float64, st.tuples(st.integers(1, 30), st.just(2)), elements=st.integers(0, 6)))
def test_the_frontier_is_what_nothing_beats(values):
    front = pareto(*values.T)
    assert (np.diff(values[front, 0]) < 0).all() and (np.diff(values[front, 1]) > 0).all()
    for value in values:
        assert (values[front] >= value).all(axis=1).any()
    for best in values[front]:
        assert not ((values >= best).all(axis=1) & (values > best).any(axis=1)).any()
