"""Landscape theory: published minima, and the identities of the energy."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analyses.landscape import changes, descend, energy, frustration, lowest_found

UNIX = {  # size and kind of each firm in 1988: S specialist, G generalist (Axelrod & Bennett 1993)
    "Sun": (28.9, "S"),
    "DEC": (20.0, "G"),
    "Prime": (1.0, "S"),
    "HP": (11.5, "G"),
    "Apollo": (21.2, "S"),
    "AT&T": (28.5, "G"),
    "Intergraph": (4.4, "S"),
    "IBM": (3.8, "G"),
    "SGI": (4.4, "S"),
}
POWERS = {"Britain": 7.45, "France": 5.32, "Soviet Union": 15.01, "Germany": 11.49, "Italy": 4.03}


def two_sided(actors):
    """Every way of dividing actors between two sides, the first actor always on side 0."""
    for number in range(2 ** (actors - 1)):
        yield np.array([0, *(number >> bit & 1 for bit in range(actors - 1))])


def partitions(actors):
    """Every partition of some actors, each with its sides numbered in order of their first members."""
    found = [[0]]
    for _ in range(actors - 1):
        found = [[*one, side] for one in found for side in range(max(one) + 2)]
    return found


def minima(sizes, propensity):
    """The first actor's side and the energy of each division that no single switch lowers."""
    for sides in two_sided(len(sizes)):
        if changes(sides, sizes, propensity, 2).min() >= -1e-9:
            yield frozenset(np.flatnonzero(sides == 0).tolist()), energy(sides, sizes, propensity)


def rivals(kinds):
    """Propensity −1 between those of one kind, 0 between the others."""
    return -1.0 * ((np.array(kinds)[:, None] == np.array(kinds)) & ~np.eye(len(kinds), dtype=bool))


def random_landscape(seed, actors):
    generator = np.random.default_rng(seed)
    propensity = generator.normal(size=(actors, actors))
    propensity = (propensity + propensity.T) / 2
    np.fill_diagonal(propensity, 0)
    return generator.uniform(1, 10, actors), propensity, generator


def test_nine_computer_firms_have_two_configurations_of_equal_energy():
    """Axelrod & Bennett (1993), Table 2: two minima of 256, equal in energy and in basin."""
    names = list(UNIX)
    sizes, propensity = (
        np.array([size for size, _ in UNIX.values()]),
        rivals([kind for _, kind in UNIX.values()]),
    )
    found = dict(minima(sizes, propensity))
    assert {frozenset(names[row] for row in side) for side in found} == {
        frozenset({"Sun", "Prime", "AT&T", "IBM"}),
        frozenset({"Sun", "DEC", "Prime", "HP"}),
    }
    assert list(found.values()) == pytest.approx([-3828.90, -3828.90])
    basins = Counter(
        frozenset(np.flatnonzero(ends == ends[0]).tolist())
        for ends, _ in (descend(sides, sizes, propensity, 2) for sides in two_sided(9))
    )
    assert basins == dict.fromkeys(found, 128)


def test_five_great_powers_that_all_repel_each_other_have_four_stable_configurations():
    """Axelrod & Bennett (1993): with all propensities −1, as realists have it; energies from the sizes."""
    names, sizes = list(POWERS), np.array(list(POWERS.values()))
    found = dict(minima(sizes, rivals(["power"] * 5)))
    assert {frozenset(names[row] for row in side): round(value, 4) for side, value in found.items()} == {
        frozenset({"Britain", "Soviet Union"}): -936.1328,
        frozenset({"Britain", "Germany", "Italy"}): -933.9602,
        frozenset({"Britain", "France", "Germany"}): -923.8208,
        frozenset({"Britain", "France", "Italy"}): -890.4,
    }


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), actors=st.integers(2, 9), count=st.integers(2, 4))
def test_a_move_changes_the_energy_by_twice_the_size_times_the_change_of_frustration(seed, actors, count):
    sizes, propensity, generator = random_landscape(seed, actors)
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
    sizes, propensity, generator = random_landscape(seed, actors)
    start = generator.integers(0, 3, actors)
    end, moves = descend(start, sizes, propensity, 3)
    assert all(move.change < 0 for move in moves)
    walked = energy(end, sizes, propensity) - energy(start, sizes, propensity)
    assert walked == pytest.approx(sum(move.change for move in moves))
    assert changes(end, sizes, propensity, 3).min() >= -1e-9


@pytest.mark.parametrize("seed", range(5))
def test_the_lowest_found_of_a_small_room_is_the_lowest_there_is(seed):
    sizes, propensity, _ = random_landscape(seed, 6)
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
