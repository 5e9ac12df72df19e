"""Spread: published survival and diffusion numbers, and what support curves must obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analyses.spread import (
    endorsement_by_group,
    first_supporters,
    kaplan_meier,
    members_of,
    support_bands,
    time_to_endorse,
    universality,
)
from simulation.validation.survival import treated

DAYS = np.array([0, 1, 2, 16, 47])


def test_the_curve_of_freireich_1963_counts_relapses_and_has_bounds():
    curve = kaplan_meier(*treated())
    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.events.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert ((curve.low < curve.waiting) & (curve.waiting < curve.high)).all()


def test_rounds_of_unequal_length_become_days():
    curve = time_to_endorse([[0, 2, -1], [3, -1, -1]], DAYS)
    assert curve.time.tolist() == [0, 2, 16]
    assert curve.waiting == pytest.approx([5 / 6, 4 / 6, 3 / 6])


def test_a_text_that_nobody_endorses_has_no_curve():
    assert time_to_endorse([-1, -1], DAYS).time.size == 0


def test_times_that_never_come_must_be_marked():
    with pytest.raises(ValueError, match="not observed"):
        kaplan_meier([1.0, np.inf], [True, True])
    with pytest.raises(ValueError, match="each time needs its mark"):
        kaplan_meier([1.0], [True, True])


@given(st.lists(st.integers(-1, 4), min_size=1, max_size=40))
def test_without_early_leavers_the_curve_is_the_plain_share(first):
    curve = time_to_endorse(first, DAYS)
    for day, waiting in zip(curve.time, curve.waiting, strict=True):
        assert waiting == pytest.approx(np.mean([f < 0 or DAYS[f] > day for f in first]))


def test_bands_are_quantiles_of_each_round():
    counts = np.arange(101)[:, None, None] * np.array([1, 2])[None, :, None]
    assert support_bands(counts)[:, 0, 0].tolist() == [10, 25, 50, 75, 90]
    assert support_bands(counts)[:, 1, 0].tolist() == [20, 50, 100, 150, 180]


def test_bands_need_a_replicate():
    with pytest.raises(ValueError, match="at least one replicate"):
        support_bands(np.zeros((0, 3, 1)))


@given(st.integers(0, 1000))
def test_bands_are_nested_and_do_not_depend_on_the_order_of_replicates(seed):
    counts = np.random.default_rng(seed).integers(0, 50, (9, 4, 2))
    bands = support_bands(counts)
    assert (np.diff(bands, axis=0) >= 0).all()
    assert (bands == support_bands(counts[::-1])).all()


def test_supporters_stand_in_the_order_of_their_expected_day():
    first = np.array([[3, 0, -1, 1], [3, 0, -1, 2], [3, 0, 1, -1]])
    supporters = first_supporters(first, DAYS)
    assert supporters.order.tolist() == [1, 0, 3, 2]
    assert supporters.expected_day == pytest.approx([16, 0, (47 + 47 + 1) / 3, (1 + 2 + 47) / 3])
    assert supporters.endorses == pytest.approx([1, 1, 1 / 3, 2 / 3])
    assert supporters.adopter[2] == "not on board"
    assert supporters.adopter[1] == "innovator"


def test_adopters_fall_into_rogers_shares():
    first = np.arange(200)[None, :]
    adopter = first_supporters(first, np.arange(200)).adopter
    kinds, counts = np.unique(adopter, return_counts=True)
    assert dict(zip(kinds.tolist(), counts.tolist(), strict=True)) == {
        "innovator": 5,
        "early adopter": 27,
        "early majority": 68,
        "late majority": 68,
        "laggard": 32,
    }


@given(st.integers(0, 1000), st.integers(1, 30))
def test_relabelling_delegations_relabels_supporters(seed, delegations):
    rng = np.random.default_rng(seed)
    first, order = rng.integers(-1, 5, (6, delegations)), rng.permutation(delegations)
    plain, relabelled = first_supporters(first, DAYS), first_supporters(first[:, order], DAYS)
    assert relabelled.expected_day == pytest.approx(plain.expected_day[order])
    assert np.sort(relabelled.adopter).tolist() == np.sort(plain.adopter).tolist()


def test_endorsement_by_group_counts_members():
    stances = np.array([1, 1, 0, -1])[:, None]
    groups = np.array([[1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 0]], dtype=bool)
    shares = endorsement_by_group(stances, groups)[:, 0]
    assert shares[:2] == pytest.approx([2 / 3, 0])
    assert np.isnan(shares[2])


def test_groups_from_labels():
    names, members = members_of(["Asia", "Africa", "", "Asia"])
    assert names == ["Africa", "Asia"]
    assert members.tolist() == [[False, True, False, False], [True, False, False, True]]


def test_groups_that_divide_the_room_add_up_to_all_support():
    stances = np.random.default_rng(0).integers(-1, 2, (3, 5, 20, 2))
    _, members = members_of(np.array(list("abcd")).repeat(5))
    by_group = endorsement_by_group(stances, members)
    assert by_group.shape == (3, 5, 4, 2)
    assert 5 * by_group.sum(axis=2) == pytest.approx((stances == 1).sum(axis=2), abs=1e-4)


def test_universality_is_four_numbers():
    # Four regions of two; the third is half on board, one of the permanent five in the room is out.
    stances = np.array([[1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [0, 1], [0, 1], [-1, 1]])
    regions = np.eye(4, dtype=bool).repeat(2, axis=1)
    permanent = np.array([1, 0, 1, 0, 0, 0, 0, 1], dtype=bool)
    measured = universality(stances, regions, permanent)
    assert measured.states.tolist() == [5 / 8, 1]
    assert measured.regions.tolist() == [3 / 4, 1]
    assert measured.permanent_five == pytest.approx([2 / 3, 1])
    assert measured.no_public_objection.tolist() == [False, True]


def test_a_region_nobody_comes_from_does_not_count():
    regions = np.array([[True, True], [False, False]])
    assert universality(np.ones((2, 1)), regions, np.zeros(2, dtype=bool)).regions.tolist() == [1]
