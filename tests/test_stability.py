"""Stability of groups: who would leave, who would join, and by how much."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.response import choose
from simulation.analyses.stability import line_of, stability

FOREVER = float("inf")
LOWER, UPPER = -0.15, 0.10


def firm(appeal, stance, members, precision=FOREVER, lower=LOWER, upper=UPPER):
    cuts = np.full(len(appeal), lower), np.full(len(appeal), upper)
    return stability(appeal, *cuts, stance, np.atleast_2d(members), precision)


def test_supporters_hold_as_long_as_nobody_is_below_its_cut_point_and_no_outsider_above():
    """Internal: no member with A < c2; external: no outsider with A ≥ c2."""
    stance, club = [1, 1, 0], [True, True, False]
    calm = firm([0.30, 0.10, 0.05], stance, club)
    assert calm.internal.all() and calm.external.all()
    assert calm.margin[0, :2] == pytest.approx([0.20, 0.0])
    tempted = firm([0.30, 0.09, 0.05], stance, club)
    assert not tempted.internal[0] and tempted.leaves[0].tolist() == [False, True, False]
    open_door = firm([0.30, 0.10, 0.10], stance, club)
    assert open_door.internal[0] and open_door.would_join[0].tolist() == [False, False, True]


def test_a_group_that_opposes_or_studies_is_held_by_the_other_cut_points():
    opposed = firm([-0.40, -0.20, -0.10], [-1, -1, -1], [True, True, True])
    assert opposed.line.tolist() == [-1]
    assert opposed.margin[0] == pytest.approx([0.25, 0.05, -0.05])
    assert opposed.leaves[0].tolist() == [False, False, True]
    studying = firm([0.02, -0.14, 0.30], [0, 0, 0], [True, True, True])
    assert studying.margin[0] == pytest.approx([0.08, 0.01, -0.20])
    assert studying.weakest_first(0) == [2, 1, 0]


def test_at_the_cut_point_it_endorses_and_does_not_oppose():
    edge = firm([UPPER, LOWER], [1, 0], [[True, False], [False, True]])
    assert edge.internal.all()
    assert edge.margin[0, 0] == edge.margin[1, 1] == 0


def test_expected_defections_are_those_of_the_ordered_logit():
    """A margin of 0 is left with probability one half, a margin of ln(3)/β with one quarter."""
    precision = 30.0
    found = firm([UPPER, UPPER + np.log(3) / precision], [1, 1], [True, True], precision)
    assert found.chance_to_leave[0] == pytest.approx([0.5, 0.25])
    assert found.expected_defections[0] == pytest.approx(0.75)
    assert firm([UPPER, 0.0], [1, 1], [True, True]).expected_defections[0] == 1


def test_the_line_is_the_stance_of_most_members_and_studying_on_a_tie():
    stance = np.array([1, 1, 0, -1, -1])
    groups = np.array([[1, 1, 1, 0, 0], [0, 0, 0, 1, 1], [1, 1, 0, 1, 1], [1, 0, 1, 0, 0]], dtype=bool)
    assert line_of(stance, groups).tolist() == [1, -1, 1, 0]


def test_no_groups_are_no_trouble():
    none = firm([0.1, 0.2], [0, 1], np.zeros((0, 2), dtype=bool))
    assert none.margin.shape == (0, 2) and none.internal.tolist() == []


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    precision=st.sampled_from([5.0, 30.0, 400.0, FOREVER]),
)
def test_members_leave_exactly_where_the_margin_says_so(seed, precision):
    """Leaving, margins and chances agree, and everybody is a member or an outsider."""
    generator = np.random.default_rng(seed)
    appeal = generator.normal(0, 0.2, 12)
    lower = generator.uniform(-0.3, 0.0, 12)
    upper = lower + generator.uniform(0, 0.4, 12)
    stance = generator.integers(-1, 2, 12)
    members = generator.random((4, 12)) < 0.5
    found = stability(appeal, lower, upper, stance, members, precision)
    np.testing.assert_array_equal(found.leaves, members & (found.margin < 0))
    assert (np.isnan(found.margin) == ~members).all()
    assert not (found.would_join & members).any()
    chances = found.chance_to_leave[members]
    assert ((chances >= 0) & (chances <= 1)).all()
    for group in range(4):
        outside = np.flatnonzero(~members[group])
        joins = choose(appeal, lower, upper)[outside] == found.line[group]
        np.testing.assert_array_equal(found.would_join[group, outside], joins)


def test_the_surer_choices_are_the_nearer_expected_defections_come_to_those_without_chance():
    appeal = np.array([0.30, 0.05, 0.15, 0.09])
    stance, club = [1, 1, 1, 1], [True] * 4
    certain = firm(appeal, stance, club).expected_defections[0]
    gaps = [
        abs(firm(appeal, stance, club, beta).expected_defections[0] - certain) for beta in (30, 300, 3000)
    ]
    assert certain == 2 and gaps[0] > gaps[1] > gaps[2] and gaps[2] < 1e-6
