"""Decision rules as games: the weights and quotas that count coalitions are the rule's own."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given

from scenarios import load
from scenarios.schema import Bloc
from simulation import rules
from simulation.analyses import power
from simulation.analyses.unions import partition
from simulation.analyses.voting_game import game_of, power_of
from simulation.rules import find
from simulation.rules._house import House, equals
from simulation.rules._needs import seats, weight
from simulation.validation.rules import COUNCIL, UNION
from tests.test_bargains import houses


@pytest.mark.parametrize("rule", rules.names())
@given(house=houses())
def test_a_coalition_wins_the_game_if_it_carries_against_all_others(rule, house):
    game = game_of(find(rule).needs(house))
    ways = np.array(list(product((1, -1), repeat=house.seats)), dtype=np.int8)
    inside = ways == 1
    wins = inside @ np.array(game.weights) >= np.array(game.quota)[inside.sum(axis=1)]
    assert game.exact
    np.testing.assert_array_equal(wins, find(rule).decide(ways.T[:, None], house)[0])


def test_the_security_council_is_counted_from_its_rule():
    game = game_of(find("security-council").needs(equals(15, vetoes=5)))
    found = power.shapley_shubik(game.weights, game.quota)
    assert found == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10


def test_in_the_council_of_the_union_nobody_is_without_power():
    """The rule of 2014, 55 % of states with 65 % of the population: a state as small as Malta turns votes,
    since states count too (COMAP, For All Practical Purposes, 10th edition, exercise 11.86)."""
    game = game_of(find("qualified-majority").needs(COUNCIL))
    exact = power.shapley_shubik(game.weights, game.quota)
    assert sum(exact) == 1
    assert exact == sorted(exact, reverse=True)
    assert min(exact) > 0
    germany, malta = exact[UNION.index("DEU")], exact[UNION.index("MLT")]
    population = COUNCIL.population / COUNCIL.population.sum()
    assert germany < population[UNION.index("DEU")]
    assert malta > 5 * population[UNION.index("MLT")]
    alone = power_of(find("qualified-majority").needs(COUNCIL), range(27))
    np.testing.assert_allclose(alone.shapley_shubik, np.array(exact, dtype=float), rtol=1e-12)
    np.testing.assert_allclose(alone.owen, alone.shapley_shubik, atol=2e-3)


def test_all_states_of_the_world_are_counted_in_a_moment():
    house = equals(193)
    found = power_of(find("two-thirds").needs(house), [row // 10 for row in range(193)])
    np.testing.assert_allclose(found.shapley_shubik, 1 / 193, rtol=1e-10)
    assert found.owen.sum() == pytest.approx(1)
    assert np.ptp(found.owen[:190]) == pytest.approx(0, abs=1e-12)


def test_a_country_counts_in_the_bloc_that_binds_it_most():
    blocs = {
        "FORUM": Bloc(name="Forum", members=("A", "B", "C", "D")),
        "LARGE": Bloc(name="Large", members=("A", "B", "C"), discipline=0.5),
        "SMALL": Bloc(name="Small", members=("C", "D"), discipline=0.5),
        "STRICT": Bloc(name="Strict", members=("A", "E"), discipline=0.8),
    }
    assert partition("ABCDEF", blocs) == ["STRICT", "LARGE", "SMALL", "SMALL", "STRICT", "F"]


def test_in_the_launch_the_european_union_counts_as_one():
    launch = load("launch-2020")
    found = dict(zip(launch.delegations, partition(tuple(launch.delegations), launch.blocs), strict=True))
    assert {found[one] for one in launch.blocs["EU"].members if one in found} == {"EU"}
    assert (found["USA"], found["PHL"], found["CHE"]) == ("FVEY", "ASEAN", "CHE")


def test_rules_that_weigh_in_two_ways_are_refused():
    house = House(np.array([5.0, 2, 1]), np.array([1.0, 2, 9]), np.zeros(3, dtype=bool))
    twice = ((weight(house, house.weights, 0.6), weight(house, house.population, 0.6), seats(house, 1)),)
    with pytest.raises(ValueError, match="one way"):
        game_of(twice)
