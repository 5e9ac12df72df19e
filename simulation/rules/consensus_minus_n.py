"""No more than a few object."""

from simulation.rules._counting import no, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, objections, seats
from simulation.rules._scores import Floats, Score, objections_score

COUNTS_STANCES = False
ONE_NO_BLOCKS = True


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if no more than the tolerated number object and at least one says yes; abstaining lets it pass.

    Source: CSCE, Prague Document on Further Development of Institutions and Structures (1992), section IV,
    decisions without the consent of the state concerned (consensus minus one). There the one that does not
    count is known beforehand; here it is anyone: a house rule.
    """
    return (no(ballots) <= house.tolerated) & (yes(ballots) > 0)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((objections(house, house.tolerated), seats(house, 1)),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The logarithm of the chance that no more than the tolerated number object, objections independent."""
    return objections_score(against, house.tolerated)
