"""Enough parties, and enough of the weight behind them."""

from simulation.rules._counting import reaches, weigh, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, seats, weight
from simulation.rules._scores import Floats, Score
from simulation.rules._weighing import weights_score

COUNTS_STANCES = True
READS_NO = False
PARTIES, WEIGHT = 55, 0.55


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries once enough delegations endorse (55, or all of a smaller room) that hold enough weight (55 %).

    Weight is capability, or population if the rule says so. Only endorsing counts.
    Source: Paris Agreement (2015), article 21 (1): 55 parties that account for 55 per cent of emissions.
    """
    return (yes(ballots) >= _parties(house)) & reaches(weigh(ballots, house.weights), _share(house))


def _parties(house: House) -> int:
    return min(house.parties or PARTIES, house.seats)


def _share(house: House) -> float:
    return WEIGHT if house.weight_quota is None else house.weight_quota


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((seats(house, _parties(house)), weight(house, house.weights, _share(house))),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance that enough delegations with enough weight endorse, each independently."""
    return weights_score(for_it, house.weights, _share(house), _parties(house))
