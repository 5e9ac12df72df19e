"""The issue space in two dimensions keeps what it claims to keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.analyses.space import distance, naming, project, space

ROOMS = st.tuples(st.integers(2, 12), st.integers(2, 6)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=st.floats(0, 100, width=32)),
        arrays(float, shape[1:], elements=st.floats(0.125, 5, width=32)),
    )
)


def apart(places):
    """Distances between all pairs of places."""
    return np.linalg.norm(places[:, None] - places[None], axis=2)


@given(ROOMS)
def test_axes_are_orthogonal_and_of_length_one(room):
    axes = space(*room).axes
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-9)


@given(ROOMS)
def test_the_plane_never_puts_two_farther_apart_than_they_are(room):
    plane = space(*room)
    positions = room[0]
    real = distance(plane, positions[:, None], positions[None])
    assert (apart(project(plane, positions)) <= real + 1e-9).all()


@given(ROOMS)
def test_the_largest_loading_of_an_axis_is_positive(room):
    for axis in space(*room).axes:
        assert axis[np.abs(axis).argmax()] > 0


@given(ROOMS)
def test_shares_are_the_variances_along_the_axes(room):
    positions, plane = room[0], space(*room)
    whole = ((positions - positions.mean(axis=0)) * plane.stretch).var(axis=0).sum()
    told = project(plane, positions).var(axis=0)
    np.testing.assert_allclose(told, plane.share * whole, atol=1e-6)
    assert plane.share[0] >= plane.share[1] >= 0 and plane.share.sum() <= 1 + 1e-9


@given(st.integers(2, 9), st.integers(0, 99))
def test_two_issues_keep_every_distance(size, seed):
    positions, weights = np.random.default_rng(seed).uniform(0, 100, (size, 2)), [3.0, 1.0]
    plane = space(positions, weights)
    difference = positions[:, None] - positions[None]
    expected = np.sqrt(0.75 * difference[..., 0] ** 2 + 0.25 * difference[..., 1] ** 2)
    np.testing.assert_allclose(apart(project(plane, positions)), expected, atol=1e-9)
    np.testing.assert_allclose(plane.share.sum(), 1)


@given(st.integers(0, 99))
def test_another_order_of_delegations_changes_only_their_order(seed):
    generator = np.random.default_rng(seed)
    positions, weights = generator.uniform(0, 100, (20, 5)), generator.uniform(0.1, 1, 5)
    order = generator.permutation(20)
    one, other = space(positions, weights), space(positions[order], weights)
    np.testing.assert_allclose(
        project(one, positions)[order], project(other, positions[order]), rtol=1e-6, atol=1e-6
    )


def test_the_same_room_gives_the_same_bits():
    positions = np.random.default_rng(5).uniform(0, 100, (40, 11))
    one, other = (project(space(positions, np.ones(11)), positions) for _ in range(2))
    assert one.tobytes() == other.tobytes()


def test_one_issue_lies_on_a_line():
    positions = np.array([[10.0], [40.0], [90.0]])
    plane = space(positions, [2.0])
    found = project(plane, positions)
    np.testing.assert_allclose(found[:, 0], positions[:, 0] - positions.mean())
    np.testing.assert_array_equal(found[:, 1], 0)
    assert naming(plane, 0) == [0] and naming(plane, 1) == []
    np.testing.assert_array_equal(plane.share, [1, 0])


def test_a_room_that_agrees_has_nothing_to_tell():
    plane = space(np.full((4, 3), 50.0), np.ones(3))
    np.testing.assert_array_equal(plane.share, 0)
    np.testing.assert_array_equal(project(plane, np.full((4, 3), 50.0)), 0)


def test_what_matters_twice_as_much_divides_the_room():
    """Two issues differ by as much; the one that weighs more gives the first axis its name."""
    positions = np.array([[0, 0, 50], [100, 0, 50], [0, 100, 50], [100, 100, 50]], dtype=float)
    plane = space(positions, [1, 2, 9])
    np.testing.assert_allclose(plane.axes, [[0, 1, 0], [1, 0, 0]], atol=1e-12)
    np.testing.assert_allclose(plane.share, [2 / 3, 1 / 3])
    assert naming(plane, 0) == [1] and naming(plane, 1) == [0]


@pytest.mark.parametrize(
    ("positions", "weights"),
    [
        (np.zeros((3, 2)), [1.0]),
        (np.zeros((0, 2)), [1.0, 1.0]),
        (np.zeros(2), [1.0, 1.0]),
        (np.zeros((3, 2)), [0.0, 0.0]),
        (np.zeros((3, 2)), [1.0, -1.0]),
    ],
)
def test_what_does_not_describe_a_room_is_refused(positions, weights):
    with pytest.raises(ValueError):
        space(positions, weights)
