"""Coded positions are judgements: what ensembles draw around them, alone and within blocs."""

import numpy as np
import pytest

from simulation.chamber import seat
from simulation.opening import open_room
from simulation.tables import shared_errors
from tests.rooms import chamber_of

MEMBERS = 5


def drawn(correlation, seed=1, replicates=4000, what="instruction"):
    """Positions (country, replicate) of a bloc of five and of five outsiders, one in a loose circle."""
    countries = 2 * MEMBERS
    names = [f"D{number:03d}" for number in range(countries)]
    scenario = chamber_of(
        np.full((countries, 1), 50.0),
        uncertainty={"position_sd": 8, "salience_sd": 8, "bloc_correlation": correlation},
        blocs={
            "UNION": {"name": "Union", "members": names[:MEMBERS], "discipline": 0.5},
            "CIRCLE": {"name": "Circle", "members": names[MEMBERS - 1 : MEMBERS + 1], "discipline": 0.0},
        },
    )
    return getattr(seat(open_room(scenario, np.float64), seed, np.arange(replicates)), what)[:, 0]


@pytest.mark.parametrize("what", ["instruction", "coded_salience"])
@pytest.mark.parametrize("correlation", [0.0, 0.36, 1.0])
def test_errors_go_together_within_a_bloc_and_nowhere_else(correlation, what):
    values = drawn(correlation, what=what)
    found = np.corrcoef(values)
    inside = found[:MEMBERS, :MEMBERS][np.triu_indices(MEMBERS, 1)]
    assert inside == pytest.approx(correlation, abs=0.06)
    outside = found[MEMBERS:][:, :MEMBERS]
    assert np.abs(outside).max() < 0.06  # a bloc without discipline shares no error
    assert values.std(axis=1) == pytest.approx(8, rel=0.05)


def test_a_blocs_mean_is_as_uncertain_as_its_common_error_makes_it():
    """σ·√(ρ + (1 − ρ)/n): with independent errors a bloc would look far better known than it is."""
    for correlation in (0.0, 0.36):
        mean = drawn(correlation)[:MEMBERS].mean(axis=0)
        assert mean.std() == pytest.approx(8 * np.sqrt(correlation + (1 - correlation) / MEMBERS), rel=0.05)


def test_bands_cover_what_they_say():
    """Of 1,000 worlds drawn from the same judgement, 90 % lie in the 90 % band of an ensemble of 400."""
    for correlation in (0.0, 0.36):
        ensemble, worlds = drawn(correlation, 1, 400), drawn(correlation, 2, 1000)
        for of in (lambda values: values[0], lambda values: values[:MEMBERS].mean(axis=0)):
            low, high = np.quantile(of(ensemble), [0.05, 0.95])
            covered = ((low <= of(worlds)) & (of(worlds) <= high)).mean()
            assert covered == pytest.approx(0.9, abs=0.04)


def test_a_band_without_the_common_error_covers_a_bloc_too_seldom():
    ensemble, worlds = drawn(0.0, 1, 400)[:MEMBERS].mean(axis=0), drawn(0.36, 2, 1000)[:MEMBERS].mean(axis=0)
    low, high = np.quantile(ensemble, [0.05, 0.95])
    assert ((low <= worlds) & (worlds <= high)).mean() < 0.8


def test_the_common_error_leaves_everybody_elses_draws_alone():
    assert np.array_equal(drawn(0.0)[MEMBERS:], drawn(0.36)[MEMBERS:])


def test_a_bloc_of_one_shares_its_errors_with_nobody():
    errors = shared_errors(
        chamber_of(
            np.full((3, 1), 50.0),
            names=["A", "B", "C"],
            uncertainty={"bloc_correlation": 0.36},
            blocs={
                "ONE": {"name": "One", "members": ["A"], "discipline": 0.5},
                "TWO": {"name": "Two", "members": ["A", "B"], "discipline": 0.5},
            },
        ),
        np.array([[True, False, False], [True, True, False]]),
    )
    assert errors.tolist() == [[0, 0.6], [0, 0.6], [0, 0]]


def test_a_delegations_own_spread_goes_before_the_scenarios():
    scenario = chamber_of(
        [[50.0], [50.0]],
        delegations=[{"salience_sd": 3.0, "position_sd": 0.0}, {}],
        uncertainty={"position_sd": 8, "salience_sd": 8},
    )
    chamber = seat(open_room(scenario, np.float64), 1, np.arange(3000))
    assert chamber.coded_salience[:, 0].std(axis=1) == pytest.approx([3, 8], rel=0.05)
    assert chamber.instruction[:, 0].std(axis=1) == pytest.approx([0, 8], rel=0.05)
