"""Three fifths of those who vote yes or no."""

from simulation.rules._counting import no, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, seats, votes
from simulation.rules._scores import Floats, Score, share_score

COUNTS_STANCES = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if yes votes are at least three fifths of yes and no together, and there is one at least.

    A house rule, between a simple majority and two thirds; who abstains or is absent counts as not voting.
    """
    ayes = yes(ballots)
    return (ayes > 0) & (2 * ayes >= 3 * no(ballots))


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((votes(house, yes=2, no=-3, least=0), seats(house, 1)),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance that yes votes reach three fifths of yes and no, votes independent."""
    return share_score(for_it, against, quota=3 / 5, step=1 / 5, strictly=False)
