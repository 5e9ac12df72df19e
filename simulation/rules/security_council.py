"""Nine of fifteen, and no permanent member against."""

import numpy as np

from simulation.contraction import across
from simulation.rules._counting import yes
from simulation.rules._house import Ballots, Flags, House, least
from simulation.rules._needs import Needs, objections, seats
from simulation.rules._scores import TINY, Floats, Score, seats_score

COUNTS_STANCES = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if yes votes reach the quota of all seats (three fifths by default) and no veto holder says no.

    A permanent member's abstention or absence is no veto.
    Source: Charter of the United Nations, article 27 (3) with the practice since 1946 (ICJ, Namibia, 1971).
    """
    ayes = yes(ballots)
    return (ayes >= max(1, _needed(house))) & ~(ballots[house.vetoes] == -1).any(axis=0)


def _needed(house: House) -> int:
    return least(3 / 5 if house.quota is None else house.quota, house.seats)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((objections(house, 0, house.vetoes), seats(house, _needed(house))),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance of no veto times the chance of enough yes votes if there is none, votes independent."""
    holds = house.vetoes
    standing = np.where(holds, np.maximum(1 - against, against.dtype.type(TINY)), 1)
    enough = seats_score(np.minimum(for_it / standing, 1), _needed(house))
    value = enough.value * np.exp(across(np.log(standing)))
    # Both slopes are of the logarithm: how much a chance multiplies the score.
    by_no = np.where(holds, -1 / standing + enough.by_yes * for_it / standing**2, 0)
    return Score(value.astype(for_it.dtype), enough.by_yes / standing, by_no)
