"""Two thirds of those who vote yes or no, for important questions."""

from simulation.rules._counting import no, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, seats, votes
from simulation.rules._scores import Floats, Score, share_score

COUNTS_STANCES = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if yes votes are at least two thirds of yes and no together, and there is one at least.

    Source: Charter of the United Nations, article 18 (2); rules of procedure of the General Assembly, 83, 86.
    """
    ayes = yes(ballots)
    return (ayes > 0) & (ayes >= 2 * no(ballots))


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((votes(house, yes=1, no=-2, least=0), seats(house, 1)),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance that yes votes reach two thirds of yes and no, votes independent."""
    return share_score(for_it, against, quota=2 / 3, step=1 / 3, strictly=False)
