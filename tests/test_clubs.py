"""Clubs and side payments: the published size of three, and what payments change."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analyses.clubs import (
    alike,
    bought_size,
    largest_stable,
    outside_options,
    public_good,
    side_payments,
    stable,
    stable_sizes,
    surplus,
)


@pytest.mark.parametrize("countries", [5, 20, 100])
def test_a_club_of_linear_benefit_and_quadratic_cost_has_at_most_three_members(countries):
    """Barrett (1994), Carraro & Siniscalco (1993): the largest stable coalition is 3."""
    game = public_good(np.ones(countries), np.ones(countries))
    assert max(stable_sizes(*alike(game, countries), countries)) == 3


@pytest.mark.parametrize(("benefit", "cost"), [(1.0, 1.0), (0.3, 7.0), (40.0, 0.01)])
def test_neither_benefit_nor_cost_changes_the_size_of_the_club(benefit, cost):
    game = public_good(np.full(20, benefit), np.full(20, cost))
    assert max(stable_sizes(*alike(game, 20), 20)) == 3


@pytest.mark.parametrize("size", range(2, 12))
def test_leaving_gains_what_the_formula_says(size):
    """By hand, with b = c = 1: outsider(k − 1) − insider(k) = (k − 1)(k − 3) / 2, exactly 0 for three."""
    countries = 12
    game = public_good(np.ones(countries), np.ones(countries))
    club = np.arange(countries) < size
    gains = (outside_options(game, club) - game(club))[club]
    assert gains == pytest.approx([float(Fraction((size - 1) * (size - 3), 2))] * size)


def test_a_club_of_three_keeps_its_members_and_draws_no_fourth():
    game = public_good(np.ones(6), np.ones(6))
    assert stable(game, np.arange(6) < 3) == (True, True)
    assert stable(game, np.arange(6) < 4) == (False, True)
    assert {int(club.sum()) for club in largest_stable(game, 6)} == {3}


def test_payments_among_countries_that_are_alike_change_nothing_without_commitment():
    """Carraro & Siniscalco (1993): expanding coalitions requires some form of commitment."""
    game = public_good(np.ones(7), np.ones(7))
    assert {int(club.sum()) for club in largest_stable(game, 7, transfers=True)} == {3}


@pytest.mark.parametrize(("countries", "bought"), [(5, 5), (6, 6), (7, 7), (8, 7), (20, 7), (100, 7)])
def test_three_committed_members_buy_a_club_of_seven(countries, bought):
    """Carraro & Siniscalco (1993): committed members enlarge the club by payments that finance themselves, up
    to cooperation by all. By hand, for b = c = 1: 3(k − 3)(k + 1)/2 ≥ (k − 3)·(k − 1)(k − 3)/2 up to 7."""
    game = public_good(np.ones(countries), np.ones(countries))
    assert bought_size(*alike(game, countries), countries, committed=3) == bought


def test_a_country_with_more_at_stake_pays_the_others_to_join():
    """One country that gains nine times as much and contributes at ninety times the cost (our example)."""
    benefit, cost = np.array([9.0, 1, 1, 1, 1, 1]), np.array([90.0, 1, 1, 1, 1, 1])
    game = public_good(benefit, cost)
    assert {int(club.sum()) for club in largest_stable(game, 6)} == {3}
    (everybody,) = largest_stable(game, 6, transfers=True)
    assert everybody.all()
    paid = side_payments(game, everybody)
    assert paid[0] < 0 and (paid[1:] > 0).all()
    assert paid.sum() == pytest.approx(0)
    assert (game(everybody) + paid >= outside_options(game, everybody)).all()


def test_any_numbers_make_a_game():
    """A game by a table: all three hold together; two hold as well, but the third wants in."""
    worth = {(): [1, 1, 1], (0, 1): [3, 3, 1], (0, 2): [1, 1, 0], (1, 2): [1, 1, 0], (0, 1, 2): [2, 2, 2]}

    def payoff(members):
        rows = tuple(np.flatnonzero(members).tolist())
        return np.array(worth[rows if len(rows) > 1 else ()], dtype=float)

    assert [club.tolist() for club in largest_stable(payoff, 3)] == [[True, True, True]]
    assert stable(payoff, np.array([True, True, False])) == (True, False)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), countries=st.integers(2, 8))
def test_payments_keep_exactly_the_clubs_that_have_a_surplus(seed, countries):
    """Eyckmans & Finus: with outside options and a share of the surplus nobody gains by leaving."""
    generator = np.random.default_rng(seed)
    game = public_good(generator.uniform(0, 10, countries), generator.uniform(1, 30, countries))
    club = generator.random(countries) < 0.6
    if not club.any():
        club[0] = True
    paid = side_payments(game, club, generator.uniform(0.1, 1, countries))
    kept = (game(club) + paid - outside_options(game, club))[club]
    scale = np.abs(game(club)).max() + 1
    assert abs(paid.sum()) < 1e-9 * scale and (paid[~club] == 0).all()
    assert (kept >= -1e-9 * scale).all() == (surplus(game, club) >= -1e-9 * scale)
    if stable(game, club)[0]:
        assert surplus(game, club) >= -1e-9 * scale * countries


def test_what_cannot_be_a_game_is_said_in_words():
    with pytest.raises(ValueError, match="one number each for every country"):
        public_good([1, 2], [1])
    with pytest.raises(ValueError, match="at most 16"):
        largest_stable(public_good(np.ones(17), np.ones(17)), 17)
    with pytest.raises(ValueError, match="at least one member has one"):
        side_payments(public_good(np.ones(3), np.ones(3)), np.array([True, True, False]), [0, 0, 1])
    with pytest.raises(ValueError, match="commit themselves"):
        bought_size(lambda size: 1.0, lambda size: 1.0, 5, committed=6)
