"""Landscape theory: the identities of the energy. Published minima are rows of `test_validation.py`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analyses.landscape import changes, descend, energy, frustration, lowest_found
from simulation.validation.landscape import drawn


def partitions(actors):
    """Every partition of some actors, each with its sides numbered in order of their first members."""
    found = [[0]]
    for _ in range(actors - 1):
        found = [[*one, side] for one in found for side in range(max(one) + 2)]
    return found


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), actors=st.integers(2, 9), count=st.integers(2, 4))
def test_a_move_changes_the_energy_by_twice_the_size_times_the_change_of_frustration(seed, actors, count):
    sizes, propensity, generator = drawn(seed, actors)
    sides = generator.integers(0, count, actors)
    before, suffered = energy(sides, sizes, propensity), frustration(sides, sizes, propensity)
    assert before == pytest.approx((sizes * suffered).sum())
    told = changes(sides, sizes, propensity, count)
    actor, target = int(generator.integers(actors)), int(generator.integers(count))
    moved = sides.copy()
    moved[actor] = target
    change = energy(moved, sizes, propensity) - before
    assert told[actor, target] == pytest.approx(change)
    relief = frustration(moved, sizes, propensity)[actor] - suffered[actor]
    assert change == pytest.approx(2 * sizes[actor] * relief)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), actors=st.integers(2, 10))
def test_a_walk_goes_down_by_what_its_moves_say_and_ends_where_nobody_would_move(seed, actors):
    sizes, propensity, generator = drawn(seed, actors)
    start = generator.integers(0, 3, actors)
    end, moves = descend(start, sizes, propensity, 3)
    assert all(move.change < 0 for move in moves)
    walked = energy(end, sizes, propensity) - energy(start, sizes, propensity)
    assert walked == pytest.approx(sum(move.change for move in moves))
    assert changes(end, sizes, propensity, 3).min() >= -1e-9


@pytest.mark.parametrize("seed", range(5))
def test_the_lowest_found_of_a_small_room_is_the_lowest_there_is(seed):
    sizes, propensity, _ = drawn(seed, 6)
    every = partitions(6)
    assert len(every) == 203  # Bell's number
    _, found = lowest_found(sizes, propensity, [])
    assert found == pytest.approx(min(energy(sides, sizes, propensity) for sides in every))


def test_friends_end_together_and_foes_apart():
    propensity = np.array([[0, 1, -1, -1], [1, 0, -1, -1], [-1, -1, 0, 1], [-1, -1, 1, 0.0]])
    sides, found = lowest_found(np.ones(4), propensity, [[0, 1, 0, 1]])
    assert sides[0] == sides[1] != sides[2] == sides[3]
    assert found == -8
    _, moves = descend([0, 0, 1, 0], np.ones(4), propensity, 2)
    assert [(move.actor, move.source, move.target, move.change) for move in moves] == [(3, 0, 1, -6)]


def test_a_table_that_is_no_landscape_is_said_in_words():
    with pytest.raises(ValueError, match="same in both directions"):
        descend([0, 1], [1, 1], [[0, 1], [2, 0]], 2)
    with pytest.raises(ValueError, match="numbered 0 to 1"):
        descend([0, 2], [1, 1], np.zeros((2, 2)), 2)
