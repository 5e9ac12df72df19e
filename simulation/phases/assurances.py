"""How can a sponsor answer doubts about its motives? With evidence, or by pointing to the general norm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenarios.schema import Event

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def answer_doubts(event: Event, model: NegotiationModel) -> None:
    """Let a reply to doubts take effect that is more than a word of assurance.

    Evidence moves only those who doubt: trust below 0 rises by `delta` times `evidence_weight`, to 0 at most.
    What it has settled does not come back: where trust drifts to rises with it. The general norm leaves trust
    as it is, and lets authorship colour the sponsor's texts (or the one that the event names) by a share of
    `delta` less, for its friends as for those who doubt it.
    """
    room, chamber = model.room, model.chamber
    if event.sponsor not in room.sponsors:
        return
    rows, sponsor = room.rows(event.targets or ("all",)), room.sponsors.index(event.sponsor)
    if event.kind == "evidence":
        lift = room.dtype(event.delta * room.dynamics.evidence_weight)
        doubting = chamber.trust[sponsor, rows] < 0
        for trust in (chamber.trust, model.trust_start):
            now = trust[sponsor, rows]
            trust[sponsor, rows] = np.where(doubting & (now < 0), np.minimum(now + lift, 0), now)
    elif event.kind == "general norm":
        theirs = room.authorship[:, sponsor] > 0
        if event.text is not None:
            theirs = theirs & (np.array(room.texts) == event.text)
        chamber.coloured[np.ix_(rows, np.flatnonzero(theirs))] *= room.dtype(1 - event.delta)
