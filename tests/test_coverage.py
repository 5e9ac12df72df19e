"""An 80 % band holds 80 % where it should, and the totals of roll calls are what their chances say."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from dashboards.backtest_tables import totals_document
from dashboards.recovery_tables import reached
from dashboards.totals_table import total_lines
from scenarios.vote_files import Resolution
from simulation.backtest.calibration import frozen as frozen_calibration
from simulation.backtest.calibration import softened
from simulation.backtest.drift import learned, relearned
from simulation.backtest.evidence import evidence
from simulation.backtest.forecasting import Worlds, mean
from simulation.backtest.ordered import cut_points, probabilities
from simulation.backtest.protocol import early, walk
from simulation.backtest.roll_calls import RollCall, before, shipped
from simulation.backtest.totals import OUTCOMES, distributions, held, totals
from simulation.recovery.coverage import CASES, MEASURES, coverage, in_room, inside
from simulation.recovery.document import frozen
from tests.test_docs import DOCS


@pytest.fixture(scope="module")
def trials():
    return walk(shipped())


@pytest.mark.parametrize("draw", ["normal", "whole"])
def test_a_band_of_a_known_distribution_holds_eighty_per_cent(draw):
    rng = np.random.default_rng(3)
    values = rng.normal(0, 10, (40, 4000)) if draw == "normal" else rng.binomial(20, 0.7, (40, 4000))
    values = values.astype(float)
    printed, split = inside(values[1:], values[0])
    error = 3 * np.sqrt(0.8 * 0.2 / 4000)
    assert split.mean() == pytest.approx(0.8, abs=error)
    if draw == "normal":
        assert printed.mean() == pytest.approx(0.8, abs=error + 0.02)
    else:
        assert printed.mean() > 0.8 + error  # whole numbers: the ends take in more


def test_a_band_that_is_too_narrow_or_beside_the_truth_is_found_out():
    rng = np.random.default_rng(4)
    truth = rng.normal(0, 10, 2000)
    assert inside(rng.normal(0, 5, (39, 2000)), truth)[1].mean() < 0.6
    assert inside(rng.normal(10, 10, (39, 2000)), truth)[1].mean() < 0.7
    assert inside(rng.normal(0, 20, (39, 2000)), truth)[1].mean() > 0.9


def test_a_band_and_a_truth_of_one_distribution_agree_in_drawn_rooms():
    """By construction; it would fail if the truth shared luck with the band, or if quantiles were wrong."""
    found = {(one["case"], one["measure"]): one for one in frozen()["coverage"]}
    for measure in MEASURES:
        for case in ("as coded", "drawn"):
            low, high = found[case, measure]["split_interval"]
            assert low <= 0.8 <= high, (case, measure)


def test_bands_hold_less_if_errors_of_coded_positions_are_not_said():
    found = {(one["case"], one["measure"]): one["split"] for one in frozen()["coverage"]}
    for measure in MEASURES:
        assert found["off, not said", measure] < found["off, said", measure]


def test_coverage_has_every_case_and_measure_and_the_same_bits_for_the_same_seed():
    found = coverage(rooms=2, replicates=5)
    assert [(one.case, one.measure) for one in found] == [(case, one) for case in CASES for one in MEASURES]
    assert all(0 <= one.split <= 1 and 0 <= one.printed <= 1 for one in found)
    assert np.array_equal(in_room(1, 5, 10.0, 0), in_room(1, 5, 10.0, 0))


def test_a_share_outside_the_target_is_missed_only_if_its_interval_is():
    assert reached({"split": 0.8, "split_interval": [0.7, 0.9]}) == "yes"
    assert reached({"split": 0.7, "split_interval": [0.6, 0.8]}) == "open"
    assert reached({"split": 0.6, "split_interval": [0.5, 0.7]}) == "no"


def test_totals_are_sums_of_unequal_coins_within_a_world_and_mixed_over_worlds():
    rng = np.random.default_rng(5)
    chances = rng.dirichlet([1, 1, 2], (2, 193))
    of = Worlds(np.array([0.3, 0.7]), chances)
    cast = np.arange(193) < 4
    found = distributions(of, cast)
    assert found.shape == (3, 5) and found.sum(axis=1) == pytest.approx(1.0)
    for outcome in range(3):
        p = chances[:, :4, outcome]
        assert found[outcome, 4] == pytest.approx(0.3 * p[0].prod() + 0.7 * p[1].prod())
        assert found[outcome] @ np.arange(5) == pytest.approx(mean(of)[cast, outcome].sum())


def test_expected_totals_are_those_of_the_forecast(trials):
    for trial in trials:
        expected = mean(trial.worlds)[trial.call.cast].sum(axis=0)
        made = distributions(trial.worlds, trial.call.cast)
        assert made @ np.arange(made.shape[1]) == pytest.approx(expected)
        assert trial.worlds.weights.sum() == pytest.approx(1.0)


def test_bands_of_totals_hold_what_the_docs_say(trials):
    """5 of 6 for yes, 3 of 6 for abstain and no: the room may shift, but not only one half of it."""
    assert [(one.outcome, one.held, one.of) for one in held(trials)] == [
        ("no", 3, 6),
        ("abstain", 3, 6),
        ("yes", 5, 6),
    ]
    outside = {
        (trial.call.resolution.name, one.outcome)
        for trial in trials
        for one in totals(trial)
        if not one.inside
    }
    assert ("74/29", "no") in outside and ("74/29", "yes") not in outside
    for trial in trials:
        assert [one.outcome for one in totals(trial)] == list(OUTCOMES)
        assert sum(one.recorded for one in totals(trial)) == trial.call.cast.sum()


def test_early_trials_are_those_before_2018_that_something_is_known_of():
    assert [
        trial.call.resolution.name for trial in early(before(shipped(), shipped()[3].resolution.date))
    ] == [
        "61/54",
        "62/17",
    ]


def test_a_drift_that_rooms_are_drawn_with_is_learned_again():
    """Forty texts whose rooms shift by the shifts of a scale of 2 logits from the same analogue."""
    slopes, rng = frozen_calibration().slopes, np.random.default_rng(6)
    first = next(call for call in shipped() if call.resolution.name == "73/187")
    calls = [first]
    for number, shift in enumerate(2.0 * rng.standard_t(3, 40)):
        question = Resolution(str(number), dt.date(2020, 1, 1), "made", ("RUS",), first.resolution.name)
        appeal = evidence(question, first) @ slopes
        chance = probabilities(appeal + shift, *cut_points(appeal, softened(first)))
        votes = (rng.random(193)[:, None] > chance.cumsum(axis=1)[:, :2]).sum(axis=1).astype(np.int8)
        calls.append(RollCall(question, votes))
    assert learned(calls, slopes) == pytest.approx(2.0, abs=0.7)


def test_a_learned_drift_knows_nothing_of_the_day_and_after(trials):
    last = trials[-1]
    changed = [
        call._replace(votes=call.votes[::-1].copy())
        if call.resolution.date >= last.call.resolution.date
        else call
        for call in shipped()
    ]
    one, other = relearned([last], shipped())[0], relearned([last], changed)[0]
    assert np.array_equal(one.worlds.chances, other.worlds.chances)
    assert not np.array_equal(one.worlds.chances, last.worlds.chances)


def test_with_a_learned_drift_bands_hold_what_the_docs_say(trials):
    found = held(relearned(trials, shipped()))
    assert [(one.outcome, one.held) for one in found] == [("no", 3), ("abstain", 6), ("yes", 5)]


def test_the_tables_of_totals_in_the_docs_are_what_the_back_test_finds(trials):
    page = (DOCS / "backtest.md").read_text(encoding="utf-8")
    told = list(total_lines(totals_document(trials, ours=True)))
    for cells in told[1][1]:
        assert "| " + " | ".join(cells) + " |" in page
    for line in told[2:]:
        row = [part.rsplit(" in ", 1)[1] for part in line.rstrip(".").split(", ")[-3:]]
        assert "| " + " | ".join(row) + " |" in page
