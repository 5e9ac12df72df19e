"""Baron–Ferejohn: who is recognised proposes how to divide a pie, and buys just as many votes as it needs.

Baron, D. P. and Ferejohn, J. A. (1989), Bargaining in legislatures, American Political Science Review 83,
1181–1206: the closed rule, with recognition by lot and common patience; that stationary payoffs are unique is
shown by Eraslan, H. (2002), Uniqueness of stationary equilibrium payoffs in the Baron–Ferejohn model, Journal
of Economic Theory 103, 11–30.

It is about shares of a pie, so it says nothing of where an issue ends; the note tells the shares. Unknown
values do not matter.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._base import Prediction, held

TITLE, LETTER, PLACE = "Baron–Ferejohn", "B", 120


class Division(NamedTuple):
    """Shares of a pie of 1: what the proposer keeps, and what each of so many partners gets."""

    proposer: float
    partner: float
    partners: int


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """No issue; the note tells how a pie would be divided by simple majority among the patient."""
    count = len(held(positions, salience, capability, reversion).capability)
    nothing = np.full(np.shape(reversion), np.nan)
    if not count:
        return Prediction(nothing)
    one = closed_rule(count)
    kept, given = (f"{100 * share:.1f} %" for share in (one.proposer, one.partner))
    note = f"the proposer keeps {kept}, and {one.partners} others get {given} each"
    return Prediction(nothing, (f"it divides a pie and says nothing of issues: {note}",))


def closed_rule(members: int, patience: float = 1.0, votes: int | None = None) -> Division:
    """How a pie is divided among members of equal chance to propose, none of whom may amend.

    A refusal leads to another draw, worth δ / n to everybody, so that each of the q − 1 votes the proposer
    lacks costs δ / n, and it keeps 1 − δ (q − 1) / n. `votes` q counts the proposer's own, by default those
    of a simple majority; `patience` δ, from 0 to 1, is what a pie is worth a round later.
    """
    needed = members // 2 + 1 if votes is None else votes
    if not 1 <= needed <= members or not 0 <= patience <= 1:
        raise ValueError("between 1 and all members vote for it, and patience lies from 0 to 1")
    return Division(1 - patience * (needed - 1) / members, patience / members, needed - 1)
