"""When groups come on board: what a test of two groups promises, and what does not depend on replicates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analyses.timing import LEAST_TESTED, differ, log_rank, timings, typical_day
from simulation.validation.survival import PLACEBO, treated

DAYS = np.array([0, 1, 2, 16, 47])


def test_a_test_does_not_mind_which_group_comes_first():
    one, other = treated(), (np.array(PLACEBO), np.ones(len(PLACEBO), dtype=bool))
    assert log_rank(*one, *other) == pytest.approx(log_rank(*other, *one))


def test_nothing_to_test_gives_no_p_value():
    nobody = np.zeros(0), np.zeros(0, dtype=bool)
    assert np.isnan(log_rank([1, 2], [True, True], *nobody).p)
    assert np.isnan(log_rank([9, 9], [False, False], [9, 9], [False, False]).p)


def test_the_typical_day_is_the_day_by_which_half_of_the_replicates_have_it():
    first = np.array([[1, 2, -1, 0], [3, 2, -1, -1], [4, -1, 4, -1], [4, -1, -1, 0]])
    assert typical_day(first, DAYS).tolist() == [16, 2, np.inf, 0]


def test_a_group_of_which_fewer_than_half_come_has_no_median():
    first = np.array([[1] * 4 + [-1] * 6])
    early, late = timings(first, DAYS, [[True] * 5 + [False] * 5, [False] * 5 + [True] * 5])
    assert early.median_day == 1 and late.median_day == np.inf
    assert (early.members, early.waiting, late.waiting) == (5, pytest.approx(0.2), 1)
    assert early.test.p == pytest.approx(late.test.p) and early.test.p < 0.05


def test_who_is_in_both_groups_is_in_neither():
    first = np.array([[1] * 5 + [3, 3] + [4] * 5])
    one, other = np.arange(12) < 7, np.arange(12) >= 5
    assert differ(first, DAYS, one, other) == differ(first, DAYS, np.arange(12) < 5, np.arange(12) >= 7)
    assert np.isnan(differ(first, DAYS, one, np.arange(12) >= 4).p)


def test_small_groups_are_not_tested():
    first = np.array([[1] * 4 + [-1] * 6])
    small, empty = timings(first, DAYS, [[True] * (LEAST_TESTED - 1) + [False] * 6, [False] * 10])
    assert np.isnan(small.test.p) and small.median_day == 1
    assert empty.members == 0 and np.isnan(empty.waiting)


@given(st.integers(0, 1000), st.integers(2, 9))
def test_more_of_the_same_replicates_do_not_make_a_difference_significant(seed, times):
    first = np.random.default_rng(seed).integers(-1, 5, (3, 14))
    members = [[True] * 6 + [False] * 8]
    once, often = (timings(some, DAYS, members)[0] for some in (first, np.tile(first, (times, 1))))
    assert once.test == pytest.approx(often.test, nan_ok=True)
    assert once.median_day == often.median_day
