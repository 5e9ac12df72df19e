"""Adopted unless somebody breaks the silence in time."""

from simulation.rules._counting import no, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, objections, seats
from simulation.rules._scores import Floats, Score, objections_score

COUNTS_STANCES = True
ONE_NO_BLOCKS = True
DAYS = 3


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if nobody objects in public while the silence lasts, and at least one stands behind the text.

    The silence lasts three days unless the rule says otherwise; an objection or another wording ends it, and
    it begins anew once all objections are gone. To study in silence is to consent.
    Source: General Assembly decision 74/544 (2020), silence of at least 72 hours.
    """
    return (no(ballots) == 0) & (yes(ballots) > 0)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((objections(house, 0), seats(house, 1)),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The logarithm of the chance that nobody objects in public, objections independent."""
    return objections_score(against, 0)
