"""Scores of forecasts of votes: values worked out by hand, and what must hold of every score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.backtest.bootstraps import draws, interval
from simulation.backtest.ordered import cut_points, probabilities, shifted
from simulation.backtest.scores import accuracy, cells, floored, macro_f1, scores, skill

CHANCES = np.array([[0.2, 0.3, 0.5], [0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
VOTES = np.array([2, 1, 2])


def test_scores_are_those_worked_out_by_hand():
    """Ranked probability: (.2² + .5²)/2, (.7² + .1²)/2, (.1² + .2²)/2."""
    found = cells(CHANCES, VOTES)
    assert found["rps"] == pytest.approx([0.145, 0.25, 0.025])
    assert found["log"] == pytest.approx([-np.log(0.5), -np.log(0.2), -np.log(0.8)])
    assert found["brier"] == pytest.approx([0.38, 0.49 + 0.64 + 0.01, 0.06])
    assert accuracy(CHANCES, VOTES) == pytest.approx(2 / 3)


def test_macro_f1_is_the_mean_over_the_outcomes_that_happened():
    """Yes: two hits of two forecast and two happened, F1 = 1. Abstain: never forecast, F1 = 0."""
    assert macro_f1(CHANCES, VOTES) == pytest.approx(0.5)


def test_a_perfect_forecast_scores_nothing():
    found = scores(np.eye(3)[VOTES], VOTES)
    assert (found["rps"], found["log"], found["brier"]) == (0, 0, 0)
    assert found["accuracy"] == found["macro_f1"] == 1


def test_taking_an_abstention_for_a_yes_costs_half_of_taking_a_no_for_it():
    yes = np.tile([0.0, 0.0, 1.0], (2, 1))
    assert cells(yes, np.array([1, 0]))["rps"].tolist() == [0.5, 1.0]


def test_skill_against_itself_is_nothing():
    assert skill(0.2, 0.2) == 0
    assert skill(0.0, 0.2) == 1


def test_one_surprise_does_not_make_a_score_infinite():
    found = floored(np.array([[0.0, 0.0, 1.0]]))
    assert found.sum() == pytest.approx(1)
    assert cells(found, np.array([0]))["log"] == pytest.approx(-np.log(0.005 / 1.01))


@given(arrays(float, (8, 3), elements=st.floats(0.01, 1)), st.permutations(range(8)))
def test_the_order_of_countries_does_not_matter(weights, order):
    chances = weights / weights.sum(axis=1, keepdims=True)
    votes = np.arange(8) % 3
    assert scores(chances[order], votes[order]) == pytest.approx(scores(chances, votes))


@given(st.floats(0.05, 0.95), st.floats(0.02, 0.9))
def test_no_forecast_does_better_on_average_than_the_true_chances(a, b):
    """Ranked probability, log and Brier are proper: telling what one believes is the best one can do."""
    truth = np.array([a, (1 - a) * b, (1 - a) * (1 - b)])
    other = np.array([0.3, 0.3, 0.4])
    votes = np.arange(3)
    for name in ("rps", "log", "brier"):
        own = truth @ cells(np.tile(truth, (3, 1)), votes)[name]
        assert own <= truth @ cells(np.tile(other, (3, 1)), votes)[name] + 1e-12, name


def test_cut_points_give_the_totals_they_were_made_for():
    appeal = np.linspace(-3, 4, 50)
    found = probabilities(appeal, *cut_points(appeal, np.array([0.2, 0.3, 0.5]))).mean(axis=0)
    assert found == pytest.approx([0.2, 0.3, 0.5], abs=1e-6)


def test_without_drift_the_chances_are_those_of_the_ordered_logit():
    appeal = np.array([-1.0, 0.0, 2.0])
    assert shifted(appeal, -1.0, 1.0, 0.0).mean(axis=0) == pytest.approx(probabilities(appeal, -1.0, 1.0))
    assert shifted(appeal, -1.0, 1.0, 3.0).mean(axis=0)[2, 2] < probabilities(appeal, -1.0, 1.0)[2, 2]


def test_a_forecaster_beside_itself_never_differs_and_one_vote_has_no_spread():
    table = np.full((2, 3, 193), 0.25)
    table[:, :, 100:] = np.nan
    for drawn in draws(table, seed=1).values():
        assert drawn == pytest.approx(np.full((1000, 2), 0.25))


def test_draws_over_resolutions_have_the_spread_of_a_mean():
    """Three resolutions at 0, 1 and 2: the mean of three draws has variance (2/3)/3."""
    table = np.tile(np.array([0.0, 1.0, 2.0])[None, :, None], (1, 1, 193))
    drawn = draws(table, seed=3)
    assert drawn["resolutions"].var() == pytest.approx(2 / 9, rel=0.15)
    assert drawn["countries"] == pytest.approx(np.ones((1000, 1)))


def test_draws_without_anybody_who_voted_do_not_count():
    table = np.full((1, 2, 193), np.nan)
    table[0, 0, 5], table[0, 1, 7] = 0.4, 0.6
    drawn = draws(table, seed=1)["countries"]
    assert np.isnan(drawn).any()
    assert set(np.round(drawn[~np.isnan(drawn)], 9)) == {0.4, 0.5, 0.6}
    assert interval(drawn[:, 0]) == pytest.approx((0.4, 0.6))
