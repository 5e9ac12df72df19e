"""Hinge members, what coalitions can do by the rule, and what Louvain says, on rooms worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import run
from simulation.analyses.coalitions import detect, together
from simulation.analyses.detection import in_round, second_opinion
from simulation.analyses.hinges import (
    abilities,
    chamber_rule,
    mean_company,
    moves_to_lose,
    nearest_other,
    participation,
    tips,
)
from simulation.opening import open_room
from tests.rooms import chamber_of

A, B, C = 0, 1, 2


def rule(seats, **named):
    """The rule of a chamber of so many equal seats."""
    return chamber_rule(chamber_of(np.full((seats, 1), 50.0), rule=named))


def camps(*sizes):
    """Labels of a room of camps of these sizes."""
    return np.repeat(np.arange(len(sizes)), sizes)


def members(labels):
    return labels == np.arange(labels.max() + 1)[:, None]


def test_company_halved_between_two_coalitions_is_a_participation_of_one_half():
    # Guimerà and Amaral (2005): 0 if all links lie in one module, 1 − 1/S if spread evenly over S of them.
    shares = np.array([[1, 1, 1, 0, 0.0], [1, 1, 1, 0, 0], [1, 1, 1, 1, 1], [0, 0, 1, 1, 1], [0, 0, 1, 1, 1]])
    found = participation(shares, [A, A, A, B, B])
    assert found[2] == pytest.approx(1 / 2)
    assert found[0] == found[1] == 0
    # The last two have two links inside, one to the delegation between: 1 − (1/4 + 1/4) with one of each.
    assert found[3] == pytest.approx(1 - (1 / 2) ** 2 - (1 / 2) ** 2)


def test_one_that_never_has_company_takes_part_in_nothing():
    assert participation(np.eye(3), [A, B, C]).tolist() == [0, 0, 0]


def test_company_is_counted_without_oneself_and_the_nearest_other_is_not_ones_own():
    labels = np.array([[A, A, A, B, B], [A, A, B, B, B], [A, A, B, B, B], [A, A, A, B, B]])
    shares, over_all = together(labels), np.array([A, A, A, B, B])
    assert mean_company(shares, over_all)[2] == pytest.approx([1 / 2, 1 / 2])
    assert nearest_other(shares, over_all).tolist() == [B, B, B, A, A]


def test_who_never_stands_with_anybody_is_drawn_nowhere():
    shares = np.array([[1, 1, 0, 0.5], [1, 1, 0, 0.5], [0, 0, 1, 0], [0.5, 0.5, 0, 1]])
    assert nearest_other(shares, [A, A, B, C]).tolist() == [-1, -1, -1, A]


def test_nobody_can_go_to_a_delegation_that_stands_alone():
    assert nearest_other(np.ones((3, 3)), [A, A, B]).tolist() == [-1, -1, A]


def test_by_simple_majority_the_larger_camp_carries_and_blocks():
    able = abilities(rule(5, name="simple-majority"), members(camps(3, 2)))
    assert able.largest.tolist() == able.carries.tolist() == able.blocks.tolist() == [True, False]


def test_by_two_thirds_a_third_and_one_can_block_but_not_carry():
    able = abilities(rule(9, name="two-thirds"), members(camps(5, 4)))
    assert able.carries.tolist() == [False, False]
    assert able.blocks.tolist() == [True, True]
    assert abilities(rule(9, name="two-thirds"), members(camps(6, 3))).blocks.tolist() == [True, False]


def test_by_consensus_everybody_blocks_and_nobody_carries():
    able = abilities(rule(4, name="consensus"), members(camps(3, 1)))
    assert able.blocks.all() and not able.carries.any()


def test_weight_decides_where_the_rule_weighs():
    room = chamber_of(
        np.full((3, 1), 50.0),
        delegations=[{"capability": weight} for weight in (60.0, 20, 20)],
        rule={"name": "weighted-majority", "weight": "capability"},
    )
    assert abilities(chamber_rule(room), members(camps(1, 2))).carries.tolist() == [True, False]


def test_how_many_have_to_move_until_a_camp_loses_what_it_can_do():
    labels = camps(6, 3)
    target, order = np.where(labels == A, B, A), np.arange(9)
    lost = moves_to_lose(rule(9, name="simple-majority"), labels, target, order, A)
    assert lost == (2, 2, 2)  # 5 to 4, then 4 to 5
    assert moves_to_lose(rule(9, name="two-thirds"), labels, target, order, A) == (2, 1, 3)
    assert moves_to_lose(rule(9, name="simple-majority"), labels, target, order, B) == (None, None, None)
    # By consensus a single delegation blocks, so that a camp does to its last member.
    assert moves_to_lose(rule(9, name="consensus"), labels, target, order, A) == (2, None, None)
    assert moves_to_lose(rule(9, name="simple-majority"), labels, np.full(9, -1), order, A) == (None,) * 3


def test_a_move_tips_a_room_that_stands_on_a_knifes_edge():
    labels = np.array([camps(3, 2), camps(4, 1)])
    moved = tips(rule(5, name="simple-majority"), labels, np.ones((5, 5)))
    # 3 to 2: each of the three makes the other camp the larger; the other two only enlarge it further.
    assert moved[0].tolist() == [True, True, True, False, False]
    # 4 to 1: there is no other coalition to go to, and the one alone changes nothing by joining.
    assert moved[1].tolist() == [False] * 5


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(["simple-majority", "two-thirds", "consensus"]))
def test_a_tipping_move_is_one_after_which_the_camps_can_do_something_else(seed, name):
    generator = np.random.default_rng(seed)
    labels = np.unique(generator.integers(0, 3, 7), return_inverse=True)[1]
    shares, decide = together(generator.integers(0, 3, (4, 7))), rule(7, name=name)
    goal, found = nearest_other(shares, labels), tips(decide, labels[None], shares)[0]
    for one in range(7):
        if goal[one] < 0:
            assert not found[one]
            continue
        moved = labels.copy()
        moved[one] = goal[one]
        before, after = (
            abilities(decide, row == np.arange(labels.max() + 1)[:, None]) for row in (labels, moved)
        )
        assert found[one] == any((one != other).any() for one, other in zip(before, after, strict=True))


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_participation_stays_on_its_scale_and_does_not_care_who_is_who(seed):
    generator = np.random.default_rng(seed)
    shares, labels = together(generator.integers(0, 3, (5, 8))), generator.integers(0, 3, 8)
    found, order = participation(shares, labels), generator.permutation(8)
    assert ((found >= 0) & (found <= 1 - 1 / 3 + 1e-12)).all()
    mixed = participation(shares[np.ix_(order, order)], labels[order])
    np.testing.assert_allclose(mixed, found[order], atol=1e-12)


def test_coalitions_in_the_last_round_are_those_of_the_data_set_and_the_first_replicates_in_any(launch):
    labels, clear = in_round(launch)
    assert (labels == launch.data.coalition.values).all()
    again, clear_again = detect(open_room(launch.scenario), launch.data.stance.values[:, -1])
    assert (again == labels).all()
    np.testing.assert_allclose(clear, clear_again, atol=1e-6)
    assert (in_round(launch, 14)[0][0] == launch.data.coalition_by_round.values[14]).all()


def test_coalitions_do_not_depend_on_the_blocks_they_are_found_in(launch):
    room = open_room(launch.scenario)
    stances = np.tile(launch.data.stance.values[:, -1], (12, 1, 1))
    labels, clear = detect(room, stances)
    some, some_clear = detect(room, stances[:5])
    assert len(labels) == 72
    assert (labels[66:71] == some).all() and (clear[66:71] == some_clear).all()


def test_louvain_finds_nearly_the_same_in_single_replicates(launch):
    found = second_opinion(launch, launch.data.coalition.values)
    assert [one.replicate for one in found] == list(range(6))
    for one in found:
        assert one.modularity >= one.louvain_modularity - 0.01
        assert one.modularity == pytest.approx(launch.data.modularity.values[one.replicate], abs=1e-4)
        sizes = np.bincount(launch.data.coalition.values[one.replicate])
        assert one.coalitions == (sizes > 1).sum()
    assert np.mean([one.adjusted_rand for one in found]) > 0.85


def test_louvain_agrees_fully_on_four_planted_blocs():
    places = 50 + 30 * np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]]).repeat(10, axis=0)
    places = places + np.random.default_rng(1).normal(0, 4, places.shape)
    result = run(chamber_of(places), replicates=3, seed=1)
    opinions = second_opinion(result, in_round(result)[0])
    assert len(opinions) == 3
    assert all(one.adjusted_rand == 1 and one.coalitions == one.louvain_coalitions == 4 for one in opinions)
