"""What does a wording leave those who tabled the text, on their first instructions and salience?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.room import Room

Floats = NDArray[np.floating]
Numbers = NDArray[np.integer]


class Sponsors:
    """The sponsors of one text: positions `said` and salience per unit of loss `care` at the start, both
    (sponsor, replicate · issue), so that wording alone moves what they gain; `care_by_kind` (sponsor,
    replicate, issue) is the same for content and for procedure, 0 on the issues of the other kind."""

    def __init__(self, room: Room, positions: Floats, per_point: Floats) -> None:
        """`positions` and `per_point` (sponsor, issue, replicate), the latter also (sponsor, issue, 1)."""
        self.room, (count, issues, width) = room, positions.shape
        self.shape = count, width, issues
        self.said = np.ascontiguousarray(positions.swapaxes(1, 2)).reshape(count, width * issues)
        care = np.broadcast_to(per_point, positions.shape).swapaxes(1, 2)
        self.care = np.ascontiguousarray(care).reshape(count, width * issues)
        self.care_by_kind = [self.care.reshape(self.shape) * kind for kind in (room.content, ~room.content)]
        self.at_reversion = self.losses(np.tile(room.reversion, width))

    def losses(self, place: Floats) -> Floats:
        """How far places (replicate · issue,) lie from each sponsor, of the shape of `said`."""
        return preferences.loss(self.said, place, self.room.dynamics.loss_exponent)

    def parts(self, losses: Floats) -> tuple[Floats, Floats]:
        """What wordings at some losses bring by content, before legal force, and by procedure (sponsor,
        replicate)."""
        nearer = (self.at_reversion - losses).reshape(self.shape)
        content, procedure = (np.vecdot(nearer, care) for care in self.care_by_kind)
        return content, procedure

    def gain(self, place: Floats) -> Floats:
        """What a wording brings them (sponsor, replicate); `place` (issue, replicate)."""
        content, procedure = self.parts(self.losses(place.T.reshape(-1)))
        return content * self.room.force(place) + procedure


class Stakes:
    """What a text as it stands brings its sponsors, `gain` (sponsor, replicate), and what changes would."""

    def __init__(self, sponsors: Sponsors, place: Floats, force: Floats) -> None:
        """`place` (replicate, issue), `force` (replicate,)."""
        self.sponsors, self.losses = sponsors, sponsors.losses(place.reshape(-1))
        self.content, procedure = sponsors.parts(self.losses)
        self.gain = self.content * force + procedure

    def moved(self, seat: Numbers, place: Floats) -> Floats:
        """How much a move on an issue would bring before legal force (sponsor, case); `seat` (case,) is the
        issue's place in `said`, `place` (case,) where it moves."""
        exponent = self.sponsors.room.dynamics.loss_exponent
        after = preferences.loss(self.sponsors.said.take(seat, axis=1), place, exponent)
        gained = np.subtract(self.losses.take(seat, axis=1), after, out=after)
        gained *= self.sponsors.care.take(seat, axis=1)
        return gained
