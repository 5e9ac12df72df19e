"""What votes say of a scenario's parameters: found again where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from scenarios import ScenarioError, apply_patch, load
from scenarios.reference import FOLDER
from simulation.backtest.roll_calls import MISSING
from simulation.calibrating.answer import headline
from simulation.calibrating.errors import ADDED, correct, extrapolated
from simulation.calibrating.estimates import (
    SLOPES,
    Parameter,
    drawn_again,
    estimates,
    in_order,
    natural,
    parameters,
    profile,
    redrawn,
    restriction,
)
from simulation.calibrating.likelihood import Votes, climb
from simulation.calibrating.persistence import pairs, persistence
from simulation.calibrating.recorded import PLACINGS, gains, laid_out, recorded, votes_in_view
from simulation.calibrating.sweep import sweep
from simulation.dataset import starting_point

BETA, TAU, BELOW, ABOVE = 30.0, 0.12, (0.15, 0.05, 0.12), (-0.03, 0.06, -0.09)
TRUTH = np.r_[BETA, TAU, BELOW, ABOVE]


@pytest.fixture(scope="module")
def launch():
    return load("launch-2020")


@pytest.fixture(scope="module")
def found(launch):
    return recorded(launch)


@pytest.fixture(scope="module")
def votes(found):
    return laid_out(found, gains(found)[:, :, 0], 0.05)


def cast(votes, seed, truth=TRUTH):
    """The same votes as states would cast them if the truth were known."""
    appeal = votes.parts @ (truth[0] * np.r_[1.0, truth[1]])
    below, above = truth[2:5][votes.group], truth[5:8][votes.group]
    luck = np.random.default_rng(seed).random(len(appeal))
    no, yes = expit(-truth[0] * below - appeal), expit(appeal - truth[0] * above)
    return votes._replace(votes=np.where(luck < no, 0, np.where(luck < 1 - yes, 1, 2)))


def many(votes, times):
    return Votes(*(np.concatenate([part] * times) for part in votes))


def test_known_parameters_are_found_again(votes):
    fitted = natural(climb(cast(many(votes, 60), 1)).values, 2)
    np.testing.assert_allclose(fitted[0], BETA, rtol=0.05)
    np.testing.assert_allclose(fitted[1:], TRUTH[1:], atol=0.012)


def test_profile_intervals_hold_the_truth_about_as_often_as_they_say(votes):
    held = []
    for seed in range(40):
        drawn = cast(votes, seed)
        top = climb(drawn)
        low, high = profile(drawn, top, 2, 0)
        held.append(low <= BETA <= high)
    assert np.mean(held) >= 0.85


def test_the_ends_of_a_profile_interval_lie_where_they_should(votes):
    top = climb(votes)
    for place in range(8):
        for end in profile(votes, top, 2, place):
            held = restriction(place, end, 2, 8)
            value = climb(votes, held, in_order(held, top.values, place, 2))
            assert value.loss - top.loss == pytest.approx(1.92, abs=0.05)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.2, 5.0), st.integers(0, 1000))
def test_gain_in_another_unit_changes_precision_and_nothing_else_but_units(scale, seed):
    rng = np.random.default_rng(seed)
    parts = rng.normal(size=(300, 2))
    group = rng.integers(0, 2, 300)
    choice = rng.integers(0, 3, 300)
    known = Votes(parts, choice, group, group, np.arange(300), np.ones(300))
    one = climb(known).values
    other = climb(known._replace(parts=parts * [scale, 1.0])).values
    np.testing.assert_allclose(other * np.r_[scale, np.ones(5)], one, rtol=1e-4, atol=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_a_mirrored_vote_gives_mirrored_cut_points(seed):
    rng = np.random.default_rng(seed)
    parts, group = rng.normal(size=(200, 1)), np.zeros(200, dtype=int)
    known = Votes(parts, rng.integers(0, 3, 200), group, group, np.arange(200), np.ones(200))
    slope, low, high = climb(known).values
    mirrored = climb(known._replace(parts=-parts, votes=2 - known.votes)).values
    np.testing.assert_allclose(mirrored, [slope, -high, -low], atol=1e-5)


def test_votes_that_separate_completely_stay_finite():
    parts = np.linspace(-1, 1, 30)[:, None]
    group = np.zeros(30, dtype=int)
    known = Votes(parts, np.repeat([0, 1, 2], 10), group, group, np.arange(30), np.ones(30))
    assert np.isfinite(climb(known).values).all()


def test_gain_and_trust_are_the_models_own(found, launch):
    gain, trust, _ = starting_point(found.room)
    np.testing.assert_allclose(gains(found)[:, :, 0], gain[:, found.texts])
    own = [found.room.texts.index(call.resolution.name.replace("/", "-")) for call in found.calls]
    np.testing.assert_allclose(found.trust * launch.dynamics.trust_weight, trust[:, own])


def test_a_resolution_stands_for_its_sides_text_or_for_its_own_words(found, launch):
    named = {
        call.resolution.name: found.room.texts[text]
        for call, text in zip(found.calls, found.texts, strict=True)
    }
    assert named["74/247"] == "global-initiative" and named["73/266"] == "clean-network"
    worded = recorded(launch, PLACINGS[1])
    assert [worded.room.texts[text] for text in worded.texts] == [
        call.resolution.name.replace("/", "-") for call in worded.calls
    ]


def test_states_coded_with_their_votes_in_view_are_left_out(found, votes, launch):
    left_out = {found.room.countries[row] for row in np.flatnonzero(~found.used)}
    assert left_out == set(votes_in_view())
    assert not set(votes.state) & set(np.flatnonzero(~found.used))
    for iso3 in votes_in_view():
        assert "vot" in launch.delegations[iso3].rationale.lower(), iso3
    cited = {
        iso3
        for iso3, one in launch.delegations.items()
        if "voted " in one.rationale.lower() or "votes " in one.rationale.lower()
    }
    assert cited - left_out == {"BRA"}  # a vote in parliament


def test_an_absent_state_is_not_fitted(found, votes):
    assert len(votes.votes) == ((found.votes != MISSING) & found.used[:, None]).sum()


def test_nobody_is_told_its_own_vote(found):
    """Turning one state's vote round changes what its peers and blocs show to others, not to itself."""
    gain = gains(found)[:, :, 0]
    row = found.room.countries.index("FRA")
    turned = found.votes.copy()
    turned[row, 0] = 2 - turned[row, 0]
    one, other = (laid_out(each, gain, control=True) for each in (found, found._replace(votes=turned)))
    mine = (one.state == row) & (one.call == 0)
    np.testing.assert_array_equal(one.parts[mine], other.parts[mine])
    assert (one.parts[~mine, 2:] != other.parts[~mine, 2:]).any()


def test_no_discipline_leaves_appeals_as_they_are(found):
    gain = gains(found)[:, :, 0]
    laid = laid_out(found, gain, 0.0, discipline=0.0)
    np.testing.assert_allclose(laid.parts[:, 0], gain[laid.state, laid.call], atol=1e-12)


def test_resolutions_drawn_again_give_wider_intervals_of_precision_than_votes(votes):
    first = estimates(votes, SLOPES[:2], ["a", "b", "c"], seed=1, draws=200)[0]
    assert first.high_again - first.low_again > first.high - first.low


def test_drawing_again_is_the_same_for_a_seed_and_another_for_another(votes):
    one, other = (drawn_again(votes, 2, 3, 20) for _ in range(2))
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(drawn_again(votes, 2, 4, 20), one, equal_nan=True)


def test_drawing_again_weighs_whole_resolutions_and_leaves_out_families_that_are_not_drawn(votes):
    weights = []

    def fitted(weight):
        weights.append(weight)
        return TRUTH

    drawn = redrawn(votes, 2, 3, 20, fitted)
    for weight in weights:
        by_call = [np.unique(weight[votes.call == call]) for call in range(6)]
        assert [len(one) for one in by_call] == [1] * 6 and np.sum(by_call) == 6
    lacking = {int((np.bincount(votes.group, weight) == 0).sum()) for weight in weights}
    assert {int(missing) // 2 for missing in np.isnan(drawn).sum(axis=1)} == lacking > {0}


def test_parameters_stand_in_the_order_of_the_values():
    assert parameters(SLOPES[:2], ["x", "y"])[2:] == [
        Parameter("vote_oppose_threshold", "x"),
        Parameter("vote_oppose_threshold", "y"),
        Parameter("vote_yes_threshold", "x"),
        Parameter("vote_yes_threshold", "y"),
    ]


def test_errors_in_positions_shrink_precision_and_the_correction_comes_nearer(launch, found):
    """The truth is the coded room; what is known of it has an error of 20 points."""
    error, times = 20.0, 6
    true = laid_out(found, gains(found)[:, :, 0], 0.0)
    truth = many(true, times)
    naive, nearer = [], []
    for seed in range(4):
        rng = np.random.default_rng(seed)
        outcome = cast(truth, seed).votes
        mistaken = {
            iso3: {
                "position_sd": error,
                "positions": {
                    issue: float(np.clip(value + error * rng.normal(), 0, 100))
                    for issue, value in one.positions.items()
                    if value is not None
                },
            }
            for iso3, one in launch.delegations.items()
        }
        seen = recorded(apply_patch(launch, {"delegations": mistaken}))

        def lay(added, count, seen=seen, outcome=outcome):
            judged = gains(seen, added, 1, count)
            return [
                many(laid_out(seen, judged[:, :, draw], 0.0), times)._replace(votes=outcome)
                for draw in range(count)
            ]

        corrected = correct(lay, 2, draws=6)
        naive.append(corrected.trend[0, 0])
        nearer.append(corrected.corrected["quadratic"][0])
    assert max(naive) < 0.9 * BETA
    assert abs(np.mean(nearer) - BETA) < 0.7 * abs(np.mean(naive) - BETA)


def test_more_error_shrinks_precision_further(launch):
    trend = headline(launch, draws=0).corrected.trend[:, 0]
    assert (np.diff(trend) < 0).all()


def test_a_quadratic_trend_is_followed_back_exactly():
    added = np.array(ADDED)
    trend = np.stack([3 + 2 * added + 0.5 * added**2, 1 - added], axis=1)
    np.testing.assert_allclose(extrapolated(trend), [3 - 2 + 0.5, 2])


def test_precision_times_listening_stands_beside_the_grid(found):
    cells = sweep(found, gains(found)[:, :, 0])
    assert len(cells) == 12
    for cell in cells:
        assert cell.precision_times_peers == pytest.approx(cell.values[0] * cell.peer_weight)
    kept = [cell.precision_times_own / cell.values[0] for cell in cells]
    assert kept[0] == pytest.approx(1) and kept[-1] < 0.8


def test_lasting_taste_and_commitment_stand_in_for_one_another(votes):
    """The longer taste is assumed to last, the less commitment the same votes show."""
    fresh, half, lasting = persistence(votes)
    assert fresh.commitment > half.commitment > lasting.commitment
    assert fresh.low > 0 and lasting.low == 0
    assert abs(half.log_likelihood - lasting.log_likelihood) < 1.92


def test_pairs_put_the_earlier_resolution_first(votes, found):
    two = pairs(votes)
    dates = [call.resolution.date for call in found.calls]
    assert all(dates[a] < dates[b] for a, b in two.call.tolist())
    assert (two.votes >= 0).sum() == len(votes.votes)


def test_a_room_that_lacks_what_the_resolutions_speak_of_is_refused():
    with pytest.raises(ScenarioError, match="calibrating needs"):
        recorded(load("who-wrote-it"))


def test_a_room_of_few_voters_is_refused(launch):
    few = apply_patch(
        launch,
        {
            "delegations": {
                iso3: None for iso3 in list(launch.delegations) if iso3 not in ("CHN", "USA", "FRA")
            }
        },
    )
    with pytest.raises(ScenarioError, match="fewer than 20 delegations"):
        recorded(few)


def test_the_coded_places_are_anchors_or_halfway_between_two():
    import tomllib

    document = tomllib.loads((FOLDER / "resolution_texts.toml").read_text(encoding="utf-8"))
    places = {
        place
        for text in document["texts"].values()
        for article in text["articles"].values()
        for place in article["places"].values()
    }
    assert places <= {0, 12, 25, 37, 50, 62, 75, 87, 100}
    assert document["stands_for"].keys() == document["texts"].keys()
