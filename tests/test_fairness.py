"""Fairness of what was agreed, on examples that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import load
from simulation import run
from simulation.analyses.articles import coded_room, gain_by_issue, wording_of
from simulation.analyses.fairness import coded_gains, fairness, of_results
from tests.generators import lively_room
from tests.rooms import chamber_of


def test_equal_gains_are_as_fair_as_can_be():
    found = fairness([0.2, 0.2, 0.2, 0.2])
    assert (found.gaining, found.smallest, found.gini) == (1, 0.2, 0)
    assert found.nash == pytest.approx(0.2)


def test_if_one_of_four_gains_everything_the_gini_is_three_quarters():
    found = fairness([0.0, 0.0, 0.0, 0.8])
    assert (found.gaining, found.smallest, found.nash) == (0.25, 0, 0)
    assert found.gini == pytest.approx(3 / 4)


def test_incomes_of_one_to_four_have_a_gini_of_a_quarter():
    assert fairness([1, 2, 3, 4]).gini == pytest.approx(1 / 4)


def test_the_nash_product_is_highest_where_two_share_a_pie_equally():
    shares = np.linspace(0.05, 0.95, 19)
    products = fairness(np.stack([shares, 1 - shares], axis=1)).nash
    assert shares[products.argmax()] == pytest.approx(0.5)
    assert products.max() == pytest.approx(0.5)


def test_whoever_is_worse_off_shows_in_the_smallest_gain_and_makes_the_nash_product_nothing():
    found = fairness([0.3, 0.3, -0.1])
    assert found.smallest == -0.1
    assert found.nash == 0
    assert found.gini == pytest.approx(1 / 3)  # the loss counts as a gain of nothing


def test_where_nobody_gains_there_is_nothing_to_share_out():
    found = fairness([[-0.1, 0.0], [0.1, 0.1]])
    assert np.isnan(found.gini[0]) and found.gini[1] == 0
    assert found.gaining.tolist() == [0, 1]


def test_nobody_is_no_room():
    with pytest.raises(ValueError, match="at least one delegation"):
        fairness(np.zeros((3, 0)))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=9), st.permutations(range(9)))
def test_who_is_who_does_not_matter_and_every_measure_stays_on_its_scale(gains, order):
    found = fairness(gains)
    mixed = fairness([gains[place] for place in order if place < len(gains)])
    np.testing.assert_allclose(np.array(found), np.array(mixed), rtol=1e-9, atol=1e-12)
    assert 0 <= found.gaining <= 1
    assert np.isnan(found.gini) or -1e-12 <= found.gini <= 1 - 1 / len(gains) + 1e-12
    assert 0 <= found.nash <= max(0, max(gains)) + 1e-12


def test_gains_on_places_are_those_of_the_wording_that_stands():
    launch = load("launch-2020")
    table, room = wording_of(launch, "global-initiative"), coded_room(launch)
    expected = gain_by_issue(launch, room, table, table.start).sum(axis=1)
    result = run(launch, replicates=1, seed=1)
    places = result.data.place.sel(text="global-initiative").values[0, 0]
    np.testing.assert_allclose(coded_gains(launch, places), expected, atol=1e-6)


def test_a_text_at_the_reversion_point_brings_nobody_anything():
    room = chamber_of([[10.0], [90.0]], texts=[[40.0]], reversion=40.0)
    found = of_results(run(room, replicates=2, seed=1), "text-0")
    assert found.gaining.tolist() == [0, 0]
    assert np.isnan(found.gini).all()


def test_every_replicate_of_a_run_has_its_own_fairness():
    result = run(lively_room(1), replicates=3, seed=1)
    assert all(part.shape == (3,) for part in of_results(result, "text-0"))
