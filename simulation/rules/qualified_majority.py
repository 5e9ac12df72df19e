"""Enough states, and enough of the population behind them."""

import numpy as np

from simulation.rules._counting import reaches, weigh, yes
from simulation.rules._house import Ballots, Flags, House, least
from simulation.rules._needs import Needs, seats, weight
from simulation.rules._scores import Floats, Score
from simulation.rules._weighing import few_outside, weights_score

COUNTS_STANCES = False
READS_NO = False
STATES, POPULATION, BLOCKING = 0.55, 0.65, 4


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries with 55 % of all states that hold 65 % of the population, or if fewer than four are not for it.

    To abstain or stay away counts as not in favour. Fewer than four outside do without the population, never
    without the states.
    Source: Treaty on European Union, article 16 (4); Treaty on the Functioning of the European Union,
    article 238.
    """
    ayes = yes(ballots)
    people = reaches(weigh(ballots, house.population), _people(house))
    return (ayes >= _states(house)) & (people | (house.seats - ayes < BLOCKING))


def _states(house: House) -> int:
    return least(STATES, house.seats)


def _people(house: House) -> float:
    return POPULATION if house.weight_quota is None else house.weight_quota


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    states, few = _states(house), max(_states(house), house.seats - BLOCKING + 1)
    people = weight(house, house.population, _people(house))
    return (seats(house, states), people), (seats(house, few),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance of enough states with enough people, or of fewer than four outside; votes independent.

    The slopes leave out the second, which only counts where nearly all are for it.
    """
    both = weights_score(for_it, house.population, _people(house), _states(house))
    largest = min(BLOCKING - 1, house.seats - _states(house))
    few = few_outside(for_it, house.population, 1 - _people(house), largest)
    return both._replace(value=np.minimum(both.value + few, 1))
