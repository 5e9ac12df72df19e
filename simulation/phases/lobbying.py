"""Whom do sponsors call on? Limited effort each round, spent where it moves most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import bargaining
from simulation.appeals import appeals
from simulation.outlook import Outlook

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


class Calls(NamedTuple):
    """Who was called on about a text in a round: by how much each call raised an appeal, `raised` (country,
    replicate), 0 for those who were not called on."""

    round: int
    text: int
    raised: NDArray[np.floating]


def lobby(model: NegotiationModel) -> None:
    """Sponsors (the chair, for a text without) call on those through whom a call moves the score most.

    1. A call costs one unit of effort and brings the push on its delegation up to `lobbying_weight`, to which
       earlier calls may still add: it is worth what is missing, times how much the delegation's own appeal
       moves the decision rule's score, through its weight in its blocs.
    2. Calls are made by worth until the effort of the round is spent; what is left over is lost.

    Nobody calls on a sponsor, or on one whom no statement moves.
    """
    room, chamber, weight = model.room, model.chamber, model.room.dynamics.lobbying_weight
    if not room.at_play.calls:
        return
    pull = appeals(room, chamber, room.lines, chamber.heard)
    working = chamber.on_table & room.pursued[model.round]
    for text in np.flatnonzero((room.effort > 0) & working).tolist():
        outlook = Outlook(room, chamber, [text], pull[:, [text]])
        missing = room.dtype(weight) - chamber.lobbied[:, text]
        worth = outlook.leverage.T * missing * room.part_weights[3][:, None]
        worth[room.sponsoring[:, text]] = 0
        called = bargaining.spend(worth, np.ones_like(worth), room.effort[text])
        chamber.lobbied[:, text] += np.where(called, missing, 0)
        chamber.calls[:, text] += called
        if model.record.in_full:
            raised = np.where(called, missing * room.part_weights[3][:, None], 0)
            model.record.calls.append(Calls(model.round + 1, text, raised))
