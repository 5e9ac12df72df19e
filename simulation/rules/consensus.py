"""Nobody objects."""

from simulation.rules._counting import no, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, objections, seats
from simulation.rules._scores import Floats, Score, objections_score

COUNTS_STANCES = False
ONE_NO_BLOCKS = True


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if no delegation objects and at least one says yes; abstaining lets a text pass.

    Source: practice of the United Nations, adoption without a vote: the absence of formal objection, not
    unanimity. Who opposes a text less than it costs to stand alone dissociates itself, and is no objector.
    """
    return (no(ballots) == 0) & (yes(ballots) > 0)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((objections(house, 0), seats(house, 1)),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The logarithm of the chance that nobody objects, objections independent."""
    return objections_score(against, 0)
