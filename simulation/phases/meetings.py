"""Who consults apart? Two or more delegations move towards each other, and may issue a joint statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.contraction import total
from simulation.meetings import Met

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]


def meet_apart(model: NegotiationModel) -> None:
    """Delegations that meet apart give each other a share of the round's listening.

    1. Everybody at the table hears the mean of what the other parties said at the start of the round, and
       moves as far as its instruction lets it; members of a bloc hear it too, as far as discipline reaches.
    2. At the last meeting the parties issue a joint statement, in replicates where they then stand within
       some points of each other on an issue. Like any statement it pushes its targets by `delta`.
    """
    room, chamber = model.room, model.chamber
    if not room.meetings[model.round]:
        return
    said = chamber.said
    for meeting in room.meetings[model.round]:
        voices = [party.row for party in meeting.parties]
        for party in meeting.parties:
            others = said[[row for row in voices if row != party.row]]
            heard = total(others) / room.dtype(len(others))
            for row, reaches in party.learns:
                share = room.dtype(meeting.event.weight * reaches)
                told = chamber.instruction[row]
                moved = told + chamber.open_to[row] * (heard - told)
                chamber.position[row] += share * (moved - chamber.position[row])
        apart = _apart(chamber.position[voices])
        shared = apart <= meeting.event.within
        if meeting.last and meeting.event.text in room.texts:
            rows = room.rows(meeting.event.targets or ("all",))
            push = room.dtype(meeting.event.delta) * shared.any(axis=0)
            chamber.joint[rows, room.texts.index(meeting.event.text)] += push
        if model.record.in_full:
            issues = room.dtype(len(room.issues))
            before, after = (total(gap) / issues for gap in (_apart(said[voices]), apart))
            model.record.meetings.append(Met(model.round + 1, meeting, before, after, shared))
    chamber.stale = set(range(len(room.texts)))


def _apart(positions: Floats) -> Floats:
    """How far apart some delegations stand (issue, replicate), in points."""
    return positions.max(axis=0) - positions.min(axis=0)
