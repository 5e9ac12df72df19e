"""Coalitions: published indices, planted blocs, and the invariants of a partition."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analyses.coalitions import (
    adjusted_rand,
    by_size,
    consensus,
    modularity_coalitions,
    pattern_groups,
    settled,
    similarity,
    together,
)
from simulation.analyses.cohesion import bloc_fit, cohesion
from simulation.analyses.modularity import climb, louvain, modularity

ENDORSE, STUDYING, OPPOSE = 1, 0, -1


def four_bloc_chamber(seed, replicates=4, delegations=111, issues=8, sd=0.12):
    """Delegations around four bloc centres that lie apart, with spread sd (of a scale 0–1)."""
    rng = np.random.default_rng(seed)
    signs = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]]).repeat(issues // 2, axis=1)
    bloc = rng.integers(0, 4, delegations)
    positions = 0.5 + 0.3 * signs[bloc] + sd * rng.standard_normal((replicates, delegations, issues))
    return 100 * positions, bloc


def random_similarity(seed, replicates=3, delegations=40):
    table = np.random.default_rng(seed).random((replicates, delegations, delegations))
    return (table + table.swapaxes(1, 2)) / 2


def same_partition(a, b):
    return adjusted_rand(a, b) == 1.0


def test_delegations_with_the_same_stances_form_a_pattern_group():
    stances = np.array([[ENDORSE, OPPOSE], [STUDYING, OPPOSE], [ENDORSE, OPPOSE]])
    labels = pattern_groups(np.stack([stances, stances[::-1]]))
    assert labels[0, 0] == labels[0, 2] != labels[0, 1]
    assert (labels[0] == labels[1]).all()


def test_a_pattern_has_the_same_label_in_every_replicate_and_round():
    stances = np.random.default_rng(0).integers(-1, 2, (2, 5, 30, 3)).astype(np.int8)
    labels = pattern_groups(stances)
    assert (labels[1, 3] == pattern_groups(stances[1, 3])).all()
    assert len(np.unique(labels)) == 27


def test_forty_texts_are_too_many_for_pattern_groups():
    with pytest.raises(ValueError, match="at most 39 texts"):
        pattern_groups(np.zeros((2, 40)))


def test_delegations_that_only_study_have_no_likeness_in_stances():
    stances = np.array([[[STUDYING, STUDYING], [ENDORSE, OPPOSE], [ENDORSE, OPPOSE], [OPPOSE, ENDORSE]]])
    alike = similarity(stances, np.zeros((4, 2)), np.ones(2), stance_share=1.0)[0]
    assert (alike[0] == 0).all()
    assert alike[1, 2] == pytest.approx(1) and alike[1, 3] == pytest.approx(-1)


def test_preferences_count_by_standardised_positions_and_salience():
    positions = np.array([[0.0, 40], [100, 60], [0, 60], [100, 40]])
    stances = np.zeros((1, 4, 1))
    both = similarity(stances, positions, np.ones(2), stance_share=0.0)[0]
    assert both[0] == pytest.approx([1, -1, 0, 0], abs=1e-6)
    first_only = similarity(stances, positions, np.array([1.0, 0.0]), stance_share=0.0)[0]
    assert first_only[0] == pytest.approx([1, -1, 1, -1], abs=1e-6)


def test_an_issue_on_which_all_agree_separates_nobody():
    positions = np.array([[10.0, 70], [90, 70], [20, 70]])
    with_it = similarity(np.zeros((1, 3, 1)), positions, np.ones(2))
    without = similarity(np.zeros((1, 3, 1)), positions[:, :1], np.ones(1))
    assert (with_it == without).all()


def test_similarity_refuses_arrays_of_different_chambers():
    with pytest.raises(ValueError, match="same delegations and issues"):
        similarity(np.zeros((1, 3, 1)), np.zeros((4, 2)), np.ones(2))


def test_two_cliques_have_the_modularity_of_the_textbook():
    # Two triangles joined by one line: Q = 2·(3/7 − (7/14)²) = 5/14.
    graph = nx.to_numpy_array(nx.barbell_graph(3, 0))
    assert modularity(graph, [0, 0, 0, 1, 1, 1]) == pytest.approx(5 / 14)
    labels, clear = modularity_coalitions(graph[None])
    assert labels.tolist() == [[0, 0, 0, 1, 1, 1]]
    assert clear[0] == pytest.approx(5 / 14)


def test_zacharys_karate_club_reaches_the_known_best_modularity():
    # Brandes and others (2008), On modularity clustering: the optimum is 0.4198 (unweighted).
    club = nx.to_numpy_array(nx.karate_club_graph(), weight=None)
    _, clear = modularity_coalitions(club[None])
    assert clear[0] == pytest.approx(0.4198, abs=0.01)


@pytest.mark.parametrize("seed", range(1, 6))
def test_four_planted_blocs_are_recovered(seed):
    positions, bloc = four_bloc_chamber(seed)
    stances = np.zeros((len(positions), positions.shape[1], 3), dtype=np.int8)
    labels, _ = modularity_coalitions(similarity(stances, positions, np.ones(positions.shape[2])))
    assert min(adjusted_rand(found, bloc) for found in labels) >= 0.98


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", ["random", "planted", "blurred"])
def test_modularity_is_as_good_as_networkx_louvain(kind, seed):
    if kind == "random":
        alike = random_similarity(seed, 2, 60)
    else:
        positions, _ = four_bloc_chamber(seed, replicates=2, sd=0.12 if kind == "planted" else 0.4)
        alike = similarity(np.zeros((2, 111, 1)), positions, np.ones(8), stance_share=0.0)
    _, clear = modularity_coalitions(alike)
    theirs = [modularity(one, louvain(one, seed=0)) for one in alike]
    assert (clear >= np.array(theirs) - 0.01).all()


def test_our_modularity_is_that_of_networkx():
    alike = random_similarity(3, 1)[0]
    labels = np.arange(40) % 3
    groups = [set(np.flatnonzero(labels == group).tolist()) for group in range(3)]
    graph = nx.from_numpy_array(alike - np.diag(np.diag(alike)))
    assert modularity(alike, labels) == pytest.approx(nx.community.modularity(graph, groups))


def test_a_replicates_coalitions_do_not_depend_on_the_replicates_beside_it():
    alike = random_similarity(4, replicates=70)
    labels, clear = modularity_coalitions(alike)
    for chosen in ([0], [69], list(range(31)), list(range(69, -1, -1))):
        some, some_clear = modularity_coalitions(alike[chosen])
        assert (some == labels[chosen]).all()
        assert (some_clear == clear[chosen]).all()


def test_similarity_has_the_same_bits_alone_and_in_a_batch():
    rng = np.random.default_rng(5)
    stances, positions = rng.integers(-1, 2, (64, 50, 4)), 100 * rng.random((64, 50, 11))
    weights = rng.random(11)
    batch = similarity(stances, positions, weights)
    assert (similarity(stances[7:8], positions[7:8], weights)[0] == batch[7]).all()
    assert (similarity(stances[30:61], positions[30:61], weights) == batch[30:61]).all()


def test_coalitions_are_numbered_by_size_then_by_first_member():
    assert by_size([[7, 3, 3, 9, 9, 3]]).tolist() == [[2, 0, 0, 1, 1, 0]]
    assert by_size([4, 4, 1, 1]).tolist() == [0, 0, 1, 1]


def test_delegations_without_any_likeness_stay_alone():
    labels, clear = modularity_coalitions(-np.ones((1, 4, 4)))
    assert labels.tolist() == [[0, 1, 2, 3]]
    assert clear.tolist() == [0.0]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), delegations=st.integers(2, 25))
def test_relabelling_delegations_relabels_coalitions(seed, delegations):
    alike = random_similarity(seed, 1, delegations)
    order = np.random.default_rng(seed + 1).permutation(delegations)
    plain = climb(alike)[0]
    relabelled = climb(alike[:, order][:, :, order])[0]
    assert same_partition(plain[order], relabelled)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), delegations=st.integers(2, 25))
def test_no_single_delegation_would_better_the_coalitions_by_moving(seed, delegations):
    alike = random_similarity(seed, 1, delegations)
    labels, clear = modularity_coalitions(alike)
    for delegation in range(delegations):
        for coalition in range(labels.max() + 1):
            moved = labels[0].copy()
            moved[delegation] = coalition
            assert modularity(alike[0], moved) <= clear[0] + 1e-9


def test_adjusted_rand_is_that_of_the_published_example():
    # Yeung and Ruzzo (2001), Details of the adjusted Rand index: table [[1,1,0],[1,2,1],[0,0,4]], 0.313.
    found = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    true = [0, 1, 0, 1, 1, 2, 2, 2, 2, 2]
    assert adjusted_rand(found, true) == pytest.approx(0.313, abs=5e-4)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=30))
def test_adjusted_rand_is_symmetric_and_blind_to_names(pairs):
    a, b = np.array(pairs).T
    assert adjusted_rand(a, b) == pytest.approx(adjusted_rand(b, a))
    assert adjusted_rand(a, b) == pytest.approx(adjusted_rand(10 - a, b))
    assert adjusted_rand(a, a) == 1.0


def test_co_membership_consensus_and_how_settled():
    labels = np.array([[0, 0, 0, 1, 1], [1, 1, 1, 0, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 1]])
    shares = together(labels)
    assert shares[0].tolist() == [1, 1, 0.5, 0, 0]
    assert shares[2].tolist() == [0.5, 0.5, 1, 0.5, 0.5]
    calm = settled(shares)
    assert calm[2] == 0.0
    assert calm[0] == pytest.approx(0.75)
    assert consensus(together(labels[:3])).tolist() == [0, 0, 0, 1, 1]


def test_replicates_that_agree_leave_everybody_settled():
    labels = np.tile([2, 2, 0, 0, 0], (6, 1))
    assert (settled(together(labels)) == 1).all()
    assert consensus(together(labels)).tolist() == [1, 1, 0, 0, 0]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000))
def test_co_membership_is_a_symmetric_share(seed):
    labels = np.random.default_rng(seed).integers(0, 4, (7, 12))
    shares = together(labels)
    assert (shares == shares.T).all() and (np.diag(shares) == 1).all()
    assert ((shares >= 0) & (shares <= 1)).all()
    assert ((settled(shares) >= 0) & (settled(shares) <= 1)).all()


def test_rice_and_agreement_index_by_their_definitions():
    # One bloc of ten: six endorse, two study, two oppose.
    stances = np.array([1] * 6 + [0] * 2 + [-1] * 2)[:, None]
    measured = cohesion(stances, np.ones((1, 10), dtype=bool))
    assert measured.rice[0, 0] == pytest.approx((6 - 2) / 8)
    assert measured.agreement[0, 0] == pytest.approx((6 - 0.5 * (10 - 6)) / 10)


def test_the_rice_index_is_that_of_its_inventor():
    # Rice (1928), Quantitative Methods in Politics: the majority's share less the minority's. A vote of 60
    # to 40 is a cohesion of 20 %, of 75 to 25 one of 50 %; half and half is none, and one voice 100 %.
    for ayes, cohesive in ((50, 0.0), (60, 0.2), (75, 0.5), (100, 1.0)):
        votes = np.array([1] * ayes + [-1] * (100 - ayes))[:, None]
        assert cohesion(votes, np.ones((1, 100), dtype=bool)).rice[0, 0] == np.float32(cohesive)


def test_a_bloc_split_in_three_equal_parts_agrees_on_nothing():
    stances = np.array([1, 1, 0, 0, -1, -1])[:, None]
    assert cohesion(stances, np.ones((1, 6), dtype=bool)).agreement[0, 0] == 0.0


def test_a_bloc_that_only_studies_is_in_agreement_but_has_no_rice_index():
    measured = cohesion(np.zeros((2, 5, 3, 1)), np.array([[True, True, False], [False, False, False]]))
    assert measured.rice.shape == (2, 5, 2, 1)
    assert np.isnan(measured.rice).all()
    assert (measured.agreement[:, :, 0] == 1).all()
    assert np.isnan(measured.agreement[:, :, 1]).all()


def test_declared_blocs_against_found_coalitions():
    labels = np.array([0, 0, 0, 1, 1, 2])
    blocs = np.array([[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0]], dtype=bool)
    fit = bloc_fit(labels, blocs)
    assert fit.coalition.tolist() == [0, 1, -1]
    assert fit.jaccard[:2] == pytest.approx([2 / 3, 2 / 3])
    assert fit.share[:2] == pytest.approx([1, 2 / 3])
    assert np.isnan(fit.jaccard[2])
    assert (bloc_fit(np.stack([labels, labels]), blocs).coalition == [0, 1, -1]).all()
