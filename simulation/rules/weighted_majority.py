"""More than half of the weight in the room."""

from simulation.rules._counting import reaches, weigh, yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, seats, weight
from simulation.rules._scores import Floats, Score
from simulation.rules._weighing import weights_score

COUNTS_STANCES = False
READS_NO = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if those who vote yes hold the quota of all weight (more than half by default).

    Weight is capability, or population if the rule says so; to abstain or stay away works like a no.
    Source: Articles of Agreement of the International Monetary Fund, article XXVIII (a), where amendments
    need 85 per cent of the total voting power. More than half is a house rule.
    """
    return reaches(weigh(ballots, house.weights), house.quota) & (yes(ballots) > 0)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((weight(house, house.weights, house.quota), seats(house, 1)),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The chance that those who vote yes hold enough weight, votes independent."""
    return weights_score(for_it, house.weights, house.quota, needed=1)
