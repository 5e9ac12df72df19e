"""Enough delegations have endorsed in public."""

from simulation.contraction import across
from simulation.rules._counting import yes
from simulation.rules._house import Ballots, Flags, House, least
from simulation.rules._needs import Needs, seats
from simulation.rules._scores import Floats, Score, nothing

COUNTS_STANCES = True
READS_NO = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries once the quota (a share of all delegations in the room; more than half by default) endorses.

    A declaration open for endorsement takes hold by numbers, not by a vote: a house rule, with the counting
    of parties in entry-into-force clauses as its model (Vienna
    Convention on the Law of Treaties, article 24).
    """
    return yes(ballots) >= max(1, _needed(house))


def _needed(house: House) -> int:
    return house.seats // 2 + 1 if house.quota is None else least(house.quota, house.seats)


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((seats(house, _needed(house)),),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The expected share of delegations that endorse."""
    each = for_it.dtype.type(1 / for_it.shape[1])
    return Score(across(for_it) * each, nothing(for_it) + each, nothing(for_it))
