"""The protocol of the back-test: nothing later than a roll call reaches its forecast."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from scenarios.reference import states
from scenarios.vote_files import Resolution
from simulation.backtest import fitting
from simulation.backtest.baselines import BASELINES, HEADLINE, transition_table
from simulation.backtest.calibration import (
    PARTS,
    calibrate,
    controls,
    estimates,
    fingerprint,
    frozen,
    frozen_document,
)
from simulation.backtest.declared import forecasts, halfway, who_declared
from simulation.backtest.evidence import evidence, gain
from simulation.backtest.forecasting import forecast
from simulation.backtest.learning import lesson
from simulation.backtest.protocol import PLENARY, ask, forward, outside, walk
from simulation.backtest.roll_calls import (
    RollCall,
    analogues,
    before,
    from_the_west,
    shipped,
    standing,
    western,
)
from simulation.backtest.summary import differences, headline, means, reliability, trial_scores

PLACE = {state: number for number, state in enumerate(states())}
CALLS = {call.resolution.name: call for call in shipped()}


@pytest.fixture(scope="module")
def trials():
    return walk(shipped())


def scrambled(call, seed=1):
    """The roll call with its votes dealt out anew."""
    return call._replace(votes=np.random.default_rng(seed).permutation(call.votes))


def moved(call, **changes):
    return call._replace(resolution=call.resolution._replace(**changes))


def chances_of(name, calls):
    call = next(one for one in calls if one.resolution.name == name)
    known = before(calls, call.resolution.date)
    return ask(call, known, calibrate(known)).chances


def same(a, b):
    return all(np.array_equal(a[name], b[name]) for name in a)


def test_the_shipped_roll_calls_stand_in_order_of_time():
    dates = [call.resolution.date for call in shipped()]
    assert len(dates) == 11 and dates == sorted(dates)
    assert [call.resolution.name for call in shipped() if from_the_west(call.resolution)] == [
        "73/266",
        "74/28",
    ]


def test_absent_is_not_abstain():
    call = CALLS["74/247"]
    assert call.cast.sum() == 79 + 60 + 33
    assert call.shares == pytest.approx(np.array([60, 33, 79]) / 172)


@pytest.mark.parametrize("name", ["73/187", "74/29", "74/247"])
def test_later_votes_do_not_reach_a_forecast(name):
    """All votes of the day itself and of later days dealt out anew: not a bit of any forecast changes."""
    day = CALLS[name].resolution.date
    changed = [scrambled(call) if call.resolution.date >= day else call for call in shipped()]
    assert same(chances_of(name, shipped()), chances_of(name, changed))


def test_a_vote_counts_once_its_date_is_moved_before_the_test():
    """The same roll call, dealt out anew, is seen if it came the day before and unseen if the day after."""
    day = CALLS["74/29"].resolution.date
    for shift, seen in ((-1, True), (0, False), (1, False)):
        date = day + dt.timedelta(days=shift)
        calls = [moved(call, date=date) if call.resolution.name == "74/247" else call for call in shipped()]
        other = [scrambled(call) if call.resolution.name == "74/247" else call for call in calls]
        assert same(chances_of("74/29", calls), chances_of("74/29", other)) is not seen


def test_ideal_points_come_from_sessions_that_had_ended():
    from scenarios.reference import ideal_points

    table = ideal_points()
    expected = np.mean([table["USA", session] for session in (70, 71, 72)])
    assert standing(dt.date(2018, 12, 5))[PLACE["USA"]] == pytest.approx(expected)
    expected = np.mean([table["USA", session] for session in (72, 73, 74)])
    assert standing(dt.date(2023, 12, 5))[PLACE["USA"]] == pytest.approx(expected)


def test_gain_runs_from_one_camp_to_the_other():
    text = CALLS["74/28"].resolution
    found = gain(text)
    assert found[PLACE["USA"]] == 1 and found[PLACE["CUB"]] == -1
    assert gain(CALLS["74/29"].resolution) == pytest.approx(-found)
    assert found[western()].mean() > 0.5 > -0.5 > found[~western()].mean()


def test_evidence_leaves_a_states_own_vote_out_of_peers_and_bloc():
    question, analogue = CALLS["74/29"].resolution, CALLS["73/27"]
    turned = analogue.votes.copy()
    turned[PLACE["FRA"]] = 2
    before_, after = (
        evidence(question, one)[PLACE["FRA"]] for one in (analogue, analogue._replace(votes=turned))
    )
    assert (before_[1], after[1]) == (-1, 1)
    assert after[2:] == pytest.approx(before_[2:], abs=0.2)
    assert np.abs(evidence(question, analogue)).max() <= 1


def test_a_state_without_a_vote_on_the_analogue_takes_the_mean_of_peers_and_bloc():
    analogue = CALLS["73/27"]
    state = int(np.flatnonzero(~analogue.cast)[0])
    found = evidence(CALLS["74/29"].resolution, analogue)[state]
    assert found[1] == pytest.approx(found[2:].mean())


def test_the_named_analogue_counts_alone_and_else_the_sponsors_side_by_age():
    question = CALLS["74/247"].resolution
    known = before(shipped(), question.date)
    assert [(one.resolution.name, weight) for one, weight in analogues(question, known)] == [("73/187", 1)]
    unnamed = dict(
        (one.resolution.name, weight) for one, weight in analogues(question._replace(analogue=None), known)
    )
    assert "73/266" not in unnamed and sum(unnamed.values()) == pytest.approx(1)
    assert unnamed["74/29"] == max(unnamed.values()) and unnamed["60/45"] < 0.02
    first = CALLS["73/266"].resolution
    assert analogues(first, before(shipped(), first.date)) == []


def test_every_forecast_is_a_set_of_chances(trials):
    for trial in trials:
        assert set(trial.chances) == {PLENARY, *BASELINES}
        for name, chances in trial.chances.items():
            assert chances.shape == (193, 3) and chances.min() > 0, name
            assert chances.sum(axis=1) == pytest.approx(1), name


def test_always_yes_has_no_skill_against_itself_and_the_headline_is_the_better_of_two(trials):
    table = means(trials)
    assert headline(table) in HEADLINE
    assert table[headline(table)]["skill"] == 0
    same_twice = next(one for one in differences(trials, 1) if one.baseline == "always_yes")
    assert same_twice.value == pytest.approx(table[PLENARY]["rps"] - table["always_yes"]["rps"])


def test_always_yes_is_as_accurate_as_yes_is_frequent(trials):
    for trial in trials:
        found = trial_scores(trial)["always_yes"]["accuracy"]
        assert found == pytest.approx(trial.call.shares[2])


def test_repeating_the_analogue_hits_those_who_voted_alike():
    call = CALLS["74/28"]
    known = before(shipped(), call.resolution.date)
    both = call.cast & CALLS["73/266"].cast
    told = BASELINES["repeat"](call.resolution, known).argmax(axis=1)
    assert (told[both] == CALLS["73/266"].votes[both]).all()


def test_the_transition_table_is_learned_from_other_families():
    question = CALLS["74/247"].resolution
    known = before(shipped(), question.date)
    changed = [scrambled(call) if call.resolution.family == question.family else call for call in known]
    assert np.array_equal(transition_table(question, known), transition_table(question, changed))
    other = question._replace(family="information security")
    assert not np.allclose(transition_table(question, known), transition_table(other, known))


def test_on_new_contested_texts_plenary_is_ahead_of_both_headline_baselines(trials):
    some = [trial for trial in trials if trial.new_contested]
    table = means(some)
    assert [trial.call.resolution.name for trial in some] == ["73/27", "73/187", "74/247"]
    for score in ("rps", "log"):
        assert table[PLENARY][score] < min(table[name][score] for name in HEADLINE)
    assert all(trial_scores(trial)[PLENARY]["accuracy"] < 0.88 for trial in some)
    assert {one.verdict for one in differences(some, 1)} == {"few"}


def test_forward_uses_nothing_after_its_start():
    start = dt.date(2019, 1, 1)
    changed = [scrambled(call) if call.resolution.date >= start else call for call in shipped()]
    for one, other in zip(forward(shipped(), start), forward(changed, start), strict=True):
        assert same(one.chances, other.chances)


def test_reliability_counts_every_vote_once(trials):
    bins = reliability(trials)
    assert sum(one.n for one in bins) == sum(int(trial.call.cast.sum()) for trial in trials)
    assert all(one.low <= one.forecast <= one.high for one in bins)


def test_the_frozen_calibration_is_the_fit_to_all_shipped_votes():
    found = calibrate(shipped())
    assert frozen().slopes == pytest.approx(found.slopes, abs=1e-3)
    assert (frozen().learned, frozen().until, frozen().drift) == (found.learned, found.until, found.drift)
    assert frozen_document()["sha256"] == fingerprint(shipped())


def test_intervals_hold_the_estimates_and_end_where_the_loss_has_risen_by_half_of_chi_squared():
    known = before(shipped(), dt.date(2019, 12, 27))
    taught = lesson(known)
    best = fitting.fit(taught)
    for place, one in enumerate(estimates(known)):
        assert one.low <= one.value < one.high
        risen = fitting.fit(taught, best.at, {place: one.high}).loss - best.loss
        assert risen == pytest.approx(1.92, abs=0.05), PARTS[place]


def test_slopes_are_found_again_in_votes_made_by_the_model():
    """Recovery: 12 roll calls drawn from known slopes; the fit comes within 0.6 logits of them."""
    rng = np.random.default_rng(7)
    slopes = np.array([2.0, 1.5, 0.0, 0.0])
    calls = [CALLS["73/187"]]
    for number in range(12):
        question = Resolution(str(number), dt.date(2019, 1, 1 + number), "made", ("RUS",), None)
        appeal = evidence(question, calls[0]) @ slopes
        noise = rng.logistic(size=193)
        made = ((appeal + noise > -1).astype(int) + (appeal + noise > 1)).astype(np.int8)
        calls.append(RollCall(question, made))
    found = calibrate([calls[0], *calls[1:]]).slopes
    assert found[0] == pytest.approx(2.0, abs=0.6)
    assert found[1:].sum() == pytest.approx(1.5, abs=0.6)


def test_sponsors_are_expected_to_vote_for_their_text():
    call = CALLS["74/29"]
    known = before(shipped(), call.resolution.date)
    question = call.resolution._replace(sponsors=("RUS", "CHN", "CUB"))
    found = forecast(question, known, calibrate(known))
    assert found[[PLACE[state] for state in question.sponsors], 2].min() > 0.98


def test_votes_of_a_file_are_never_learned_from():
    later = moved(CALLS["74/29"], name="75/240", date=dt.date(2020, 12, 31))
    one, other = outside([later], "my.toml"), outside([scrambled(later)], "my.toml")
    assert same(one[0].chances, other[0].chances)
    assert one[0].learned == frozen().learned and one[0].remarks == ()


def test_a_shipped_roll_call_in_a_file_is_predicted_as_if_unknown():
    """The frozen calibration knows its votes, so it is not used, whatever date the file gives."""
    own = walk(shipped())[-1]
    assert same(outside([own.call], "my.toml")[0].chances, own.chances)
    late = moved(own.call, date=dt.date(2021, 1, 1))
    assert "74/247" not in outside([late], "my.toml")[0].learned


def test_an_analogue_that_is_not_shipped_gives_way_to_the_sponsors_side():
    later = moved(CALLS["74/29"], name="75/240", date=dt.date(2020, 12, 31), analogue=None)
    next_one = moved(CALLS["74/247"], name="77/37", date=dt.date(2022, 12, 7), analogue="75/240")
    first, second = outside([later, next_one], "my.toml")
    assert first.remarks == ()
    assert second.remarks == ("votes on 75/240 are not used, earlier ones of the sponsor side are",)
    assert "73/266" not in second.analogues and second.analogues.keys() == first.analogues.keys()
    assert max(second.analogues, key=lambda name: second.analogues[name]) == "74/247"


def test_peers_count_for_less_once_the_bloc_and_a_states_own_vote_are_known():
    """Listening cannot be told from likeness: the more likeness is controlled for, the smaller its slope."""
    found = controls(shipped())
    slopes = [one["peers"] for one in found.values()]
    assert list(found) == ["gain, peers", "gain, peers, bloc", "gain, own, peers", "gain, own, peers, bloc"]
    assert slopes[0] > slopes[1] > slopes[3] and slopes[0] > slopes[2] >= slopes[3]
    assert "own" not in found["gain, peers"]


def test_who_has_not_declared_is_not_looked_at():
    call = CALLS["74/247"]
    known = before(shipped(), call.resolution.date)
    found = calibrate(known)
    said = who_declared(call, 0.25, seed=1)
    assert said.sum() == round(0.25 * call.cast.sum()) and call.cast[said].all()
    hidden = call._replace(votes=np.where(said, call.votes, scrambled(call).votes))
    assert same(forecasts(call, known, found, said), forecasts(hidden, known, found, said))


def test_what_some_declare_helps_to_predict_the_rest():
    few, many = halfway(shipped(), 0.1, seed=1, draws=3), halfway(shipped(), 0.5, seed=1, draws=3)
    for score in ("rps", "log"):
        assert many["plenary"][score] < few["plenary"][score] < few["plenary_before"][score]
        assert few["plenary"][score] < min(few[name][score] for name in ("declared_shares", "declared_logit"))
