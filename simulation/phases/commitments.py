"""Which promises hold in this round? Commitments come into force together, and are withdrawn when broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.agreements import come_into_force
from simulation.commitments import can_be_kept, so_anyway

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def settle_commitments(model: NegotiationModel) -> None:
    """Commitments whose conditions hold come into force; one that held and holds no more is withdrawn.

    1. Look at all conditions as things stand at the start of the round.
    2. Find the largest set of commitments that hold when all of them are assumed.
    3. Those that were in force and are not in it are withdrawn for good, and so is what they gave.
    """
    room, chamber, commitments = model.room, model.chamber, model.room.commitments
    if not commitments.keys:
        return
    force = come_into_force(
        can_be_kept(room, chamber),
        so_anyway(commitments, chamber),
        commitments.belongs,
        commitments.brought_about,
    )
    chamber.withdrawn |= chamber.in_force & ~force
    chamber.in_force = force
    chamber.pledged[:] = 0
    for number in np.flatnonzero(commitments.inducement):
        given = room.dtype(commitments.inducement[number]) * force[number]
        chamber.pledged[commitments.to[number], commitments.text[number]] += given
    model.record.in_force.append(force)
