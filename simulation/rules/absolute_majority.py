"""More than half of all seats."""

from simulation.rules._counting import yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, seats
from simulation.rules._scores import Floats, Score, seats_score

COUNTS_STANCES = False
READS_NO = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if more than half of all delegations vote yes; to abstain or stay away works like a no.

    Source: statute of the International Court of Justice, article 10 (1), and General Assembly resolution
    60/251, paragraph 7: elections by an absolute majority, of the members and not of those who vote.
    """
    return 2 * yes(ballots) > house.seats


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((seats(house, house.seats // 2 + 1),),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance that more than half of all delegations vote yes, votes independent."""
    return seats_score(for_it, house.seats // 2 + 1)
