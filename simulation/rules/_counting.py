"""What is counted in a vote? Ballots coded 1 yes, 0 abstain, −1 no, −2 absent, (country, text, replicate)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.contraction import total
from simulation.rules._house import HAIR, Ballots, Flags, House

Counts = NDArray[np.integer]


def yes(ballots: Ballots) -> Counts:
    """How many vote yes (text, replicate)."""
    return (ballots == 1).sum(axis=0)


def no(ballots: Ballots) -> Counts:
    """How many vote no (text, replicate)."""
    return (ballots == -1).sum(axis=0)


def weigh(ballots: Ballots, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """What share of all weight votes yes (text, replicate)."""
    return np.asarray(total((ballots == 1) * (weights / weights.sum())[:, None, None]), dtype=np.float64)


def reaches(share: NDArray[np.float64], quota: float | None) -> Flags:
    """Whether shares reach a quota, or without one are more than half."""
    return share > 0.5 + HAIR if quota is None else share >= quota - HAIR


def quorate(ballots: Ballots, house: House) -> Flags:
    """Whether enough delegations are present; who abstains is, who is absent is not.

    Source: rules of procedure of the General Assembly, 67: a majority of the members has to be present for
    any decision to be taken. How many it takes is the scenario's to say.
    """
    return (ballots != -2).sum(axis=0) >= house.present


def adjourned(ballots: Ballots) -> Flags:
    """Whether a motion to take no action carries, so that nothing is decided: more no than yes on the text.

    Source: rules of procedure of the General Assembly, 74, adjournment of debate, by simple majority. That
    delegations vote on the motion as they would on the text, turned round, is a house rule.
    """
    return no(ballots) > yes(ballots)
