"""Clubs and side payments: who stays, and what payments change. Sizes are rows of `test_validation.py`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analyses.clubs import (
    bought_size,
    largest_stable,
    outside_options,
    public_good,
    side_payments,
    stable,
    surplus,
)


def test_a_club_of_three_keeps_its_members_and_draws_no_fourth():
    game = public_good(np.ones(6), np.ones(6))
    assert stable(game, np.arange(6) < 3) == (True, True)
    assert stable(game, np.arange(6) < 4) == (False, True)
    assert {int(club.sum()) for club in largest_stable(game, 6)} == {3}


def test_payments_among_countries_that_are_alike_change_nothing_without_commitment():
    """Carraro & Siniscalco (1993): expanding coalitions requires some form of commitment."""
    game = public_good(np.ones(7), np.ones(7))
    assert {int(club.sum()) for club in largest_stable(game, 7, transfers=True)} == {3}


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
