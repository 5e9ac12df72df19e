"""Everybody says yes."""

import numpy as np

from simulation.contraction import across
from simulation.rules._counting import yes
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs, seats
from simulation.rules._scores import TINY, Floats, Score, nothing

COUNTS_STANCES = False
READS_NO = False


def decide(ballots: Ballots, house: House) -> Flags:
    """Carries if all delegations vote yes; one that abstains or stays away is enough to stop it.

    Source: Treaty on European Union, article 48 (4): amendments enter into force once all member states have
    ratified them. (In the Council an abstention does not prevent unanimity, article 238 (4) of the Treaty on
    the Functioning of the European Union: that is `consensus` here.)
    """
    return yes(ballots) == house.seats


def needs(house: House) -> Needs:
    """What it takes, as sums that have to reach something."""
    return ((seats(house, house.seats),),)


def score(for_it: Floats, against: Floats, house: House) -> Score:
    """The logarithm of the chance that all vote yes, votes independent."""
    chance = np.maximum(for_it, for_it.dtype.type(TINY))
    return Score(across(np.log(chance)), 1 / chance, nothing(for_it))
