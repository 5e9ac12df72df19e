"""The lives of coalitions: a planted split, a planted merger, and the whole story from its events."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.analyses.coalitions import modularity_coalitions, similarity
from simulation.analyses.lives import Event, events, strips, track

rooms = st.lists(st.lists(st.integers(-1, 3), min_size=8, max_size=8), min_size=1, max_size=6)


def test_renaming_labels_changes_no_identity():
    labels = np.array([[0, 0, 0, 1, 1], [1, 1, 1, 0, 0], [5, 5, 5, 9, 9]])
    identities = track(labels)
    assert (identities == [0, 0, 0, 1, 1]).all()
    assert [event.kind for event in events(identities)] == ["born", "born"]


def test_a_planted_split():
    # A caucus of eight loses three, who stand alone from round 1 on.
    labels = np.array([[0] * 8 + [1] * 4, [0] * 5 + [2] * 3 + [1] * 4])
    story = events(track(labels))
    assert story[2:] == [Event(1, "split", 2, (5, 6, 7), other=0)]


def test_a_planted_merger():
    labels = np.array([[0] * 6 + [1] * 3 + [2] * 3, [0] * 9 + [2] * 3])
    story = events(track(labels))
    assert story[3:] == [Event(1, "merged", 1, (6, 7, 8), other=0)]


def test_a_delegation_that_changes_sides_leaves_one_and_joins_another():
    labels = np.array([[0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1]])
    assert events(track(labels))[2:] == [Event(1, "left", 0, (3,)), Event(1, "joined", 1, (3,))]


def test_a_merger_takes_along_only_those_who_go():
    # Two of the three of coalition 1 go to coalition 0; the third stands in no coalition.
    labels = np.array([[0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0, -1]])
    assert events(track(labels))[2:] == [Event(1, "merged", 1, (4, 5), other=0), Event(1, "left", 1, (6,))]


def test_a_coalition_scattered_among_all_dies():
    labels = np.array([[0] * 3 + [1] * 3 + [2] * 3 + [3] * 3, [0] * 3 + [1] * 3 + [2] * 3 + [0, 1, 2]])
    story = events(track(labels))
    assert Event(1, "died", 3, (9, 10, 11)) in story
    assert [event.kind for event in story[4:]] == ["died", "joined", "joined", "joined"]


def test_a_coalition_of_members_from_everywhere_is_born():
    labels = np.array([[0] * 4 + [1] * 4 + [2] * 4, [0] * 3 + [3] + [1] * 3 + [3] + [2] * 3 + [3]])
    story = events(track(labels))[3:]
    assert [event.kind for event in story] == ["born", "left", "left", "left"]
    assert story[0] == Event(1, "born", 3, (3, 7, 11))


def test_the_matching_is_the_best_of_all_and_not_the_first_that_comes():
    # Of coalition 0 (six) four stay with one new group and two go to another, which takes all of 1 along.
    labels = np.array([[0] * 6 + [1] * 4, [1] * 4 + [0] * 6])
    assert (track(labels)[1] == [0] * 4 + [1] * 6).all()


def test_a_split_and_a_merger_are_found_in_positions_that_move():
    """Four blocs; in round 1 half of the first one has a place of its own, in round 2 it is back."""
    rng = np.random.default_rng(1)
    corners = np.array([[1, 1, 1], [-1, 1, -1], [1, -1, -1], [-1, -1, 1]]).repeat([16, 10, 10, 10], axis=0)
    positions = 50 + 30 * corners + rng.normal(0, 4, corners.shape)
    away = positions.copy()
    away[8:16] = [20, 20, 20]
    silent = np.zeros((1, len(positions), 1))
    alike = [similarity(silent, places, np.ones(3)) for places in (positions, away, positions)]
    rounds = [modularity_coalitions(one)[0][0] for one in alike]
    story = [event for event in events(track(rounds)) if event.round]
    assert [event.kind for event in story] == ["split", "merged"]
    assert story[0].members == story[1].members == tuple(range(8, 16))
    assert story[0].other == story[1].other == 0


def test_little_overlap_is_no_identity():
    # One delegation in common out of seven: 1/7 is below 0.3.
    labels = np.array([[0, 0, 0, 0, -1, -1, -1], [-1, -1, -1, 0, 0, 0, 0]])
    assert set(track(labels)[1].tolist()) == {-1, 1}


def test_two_halves_do_not_claim_the_same_identity():
    identities = track(np.array([[0] * 8, [0] * 4 + [1] * 4]))
    assert len(set(identities[1].tolist())) == 2
    assert 0 in identities[1]


def test_strips_list_size_and_members():
    identities = np.array([[0, 0, 1], [0, 0, 0]])
    drawn = [(one.coalition, one.round, one.size, one.members) for one in strips(identities)]
    assert drawn == [(0, 0, 2, (0, 1)), (0, 1, 3, (0, 1, 2)), (1, 0, 1, (2,))]
    assert {one.coalition for one in strips(identities, smallest=2)} == {0}


@given(rooms)
def test_identities_keep_the_partition_of_each_round(labels):
    labels = np.array(labels)
    identities = track(labels)
    for before, after in zip(labels, identities, strict=True):
        assert ((before[:, None] == before) == (after[:, None] == after)).all()
        assert ((before < 0) == (after < 0)).all()


@given(rooms)
def test_events_tell_the_whole_story(labels):
    identities = track(np.array(labels))
    story = events(identities)
    coalitions: dict[int, set[int]] = {}
    for time, row in enumerate(identities):
        for event in [event for event in story if event.round == time]:
            members = set(event.members)
            if event.kind in ("born", "split", "joined"):
                coalitions.setdefault(event.coalition, set()).update(members)
            if event.kind in ("died", "merged", "left"):
                coalitions[event.coalition] -= members
            if event.kind == "split":
                coalitions[event.other] -= members
            if event.kind == "merged":
                coalitions[event.other] |= members
        lived = {key: members for key, members in coalitions.items() if members}
        assert lived == {int(k): set(np.flatnonzero(row == k).tolist()) for k in np.unique(row) if k >= 0}
