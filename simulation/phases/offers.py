"""What do sponsors offer for support? Inducements within a budget, where they move most for the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents import bargaining
from simulation.appeals import appeals
from simulation.contraction import total
from simulation.outlook import Outlook

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


def make_offers(model: NegotiationModel) -> None:
    """Sponsors with funds left promise delegations that do not endorse what they need to do so.

    An offer counts as an inducement in its delegation's appeal from now on and is not taken back; its cost is
    the need times the price of the delegation's economy. Offers go by what they add to the decision rule's
    score for their cost, through the delegation's own appeal and its weight in its blocs. A red line is not
    for sale.
    """
    room, chamber, dynamics = model.room, model.chamber, model.room.dynamics
    if not room.at_play.offers:
        return
    pull = appeals(room, chamber, room.lines, chamber.heard)
    working = chamber.on_table & room.pursued[model.round] & room.sponsoring.any(axis=0)
    for text in np.flatnonzero((room.budgets > 0) & working).tolist():
        outlook = Outlook(room, chamber, [text], pull[:, [text]])
        line = room.lines[room.line_of_text[text]]
        follows_itself = line.keep + (line.follow * line.line.T).sum(axis=1)
        needs = bargaining.need(
            pull[:, text], outlook.upper[:, 0], follows_itself[:, None], dynamics.precision
        )
        closed = chamber.forbidden[:, text] | chamber.unmet[:, text] | (chamber.stance[:, text] == 1)
        worth = np.where(closed, 0, outlook.leverage.T)
        costs = needs * room.prices[:, None]
        chosen = bargaining.spend(worth, costs, chamber.funds[text])
        chamber.offered[:, text] += np.where(chosen, needs, 0)
        chamber.funds[text] -= total(np.where(chosen, costs, 0))
