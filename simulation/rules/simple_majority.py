"""More yes than no among those who vote yes or no."""

from simulation.rules._counting import no, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, votes
from simulation.rules._scores import Floats, Score, share_score

COUNTS_STANCES = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries with more yes than no; who abstains or is absent counts as not voting.

    Source: Charter of the United Nations, article 18 (3); rules of procedure of the General Assembly, 85, 86.
    """
    return yes(ballots) > no(ballots)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((votes(house, yes=1, no=-1, least=1),),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance of more yes than no, votes independent."""
    return share_score(for_it, against, quota=1 / 2, step=1 / 2, strictly=True)
