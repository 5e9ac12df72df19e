"""What remains of a text that is put to the vote article by article?"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import response
from scenarios.schema import Rule
from simulation import rules
from simulation.appeals import gains_at, mix
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.rules._house import Ballots, House, house_of
from simulation.wording import places

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Flags = NDArray[np.bool_]
HAIR = 1e-6


def divide(model: NegotiationModel, chamber: Chamber, rule: Rule) -> Flags:
    """Which articles stay when each is put to a vote by itself, (text, article, replicate).

    A delegation votes by what the text with the article brings it over the text without, in the line of its
    blocs and without chance; a loss is an objection only if it is worth the cost of standing alone. The rule
    is that of the whole. A text of one article is not divided. If division is opposed, a simple majority
    first decides on it: who would vote against some article is for it, who would vote for every one against.
    Source: rules of procedure of the General Assembly, 84 and 89. Who is for a division is a house rule.
    """
    room = model.room
    found, house = rules.find(rule.name), house_of(room, rule)
    alone = HAIR + (room.dynamics.block_cost if found.one_no_blocks else 0.0)
    kept = chamber.chosen >= 0
    for text, wording in enumerate(room.wordings):
        count = len(wording.articles)
        if count == 1 or not chamber.on_table[text]:
            continue
        chosen = chamber.chosen[text, :count]
        columns = [np.ones(chosen.shape, dtype=bool)]
        columns += [np.arange(count)[:, None] != np.full(chosen.shape, article) for article in range(count)]
        where = np.stack([places(wording, chosen, room.reversion, column)[0] for column in columns])
        gains = gains_at(room, chamber, where) * room.part_weights[0][:, None, None]
        worth = mix(room.vote_lines[room.line_of_text[text]], gains[:, :1] - gains[:, 1:])
        ballots = (worth > HAIR).astype(np.int8) - (worth < -alone)
        ballots = np.where(model.draws.absent[:, None], np.int8(response.ABSENT), ballots)
        kept[text, :count] = found.decide(ballots, house)
        if rule.division == "opposed":
            kept[text, :count] |= ~_wanted(ballots, house)
    return kept


def _wanted(ballots: Ballots, house: House) -> Flags:
    """Whether a motion to divide carries (replicate,), from the ballots on the articles (country, article,
    replicate) that would follow."""
    present = (ballots != response.ABSENT).all(axis=1)
    against, for_all = (ballots == response.NO).any(axis=1), (ballots == response.YES).all(axis=1)
    motion = np.where(present, against.astype(np.int8) - for_all, np.int8(response.ABSENT))
    carried: Flags = rules.find("simple-majority").decide(motion[:, None].astype(np.int8), house)[0]
    return carried


def remaining(room: Room, chamber: Chamber, kept: Flags) -> Chamber:
    """The chamber before the texts with the articles that were kept; elsewhere they are silent."""
    left = deepcopy(chamber)
    for text, wording in enumerate(room.wordings):
        left.place(text, room, kept[text, : len(wording.articles)])
    left.watch_red_lines(room)
    return left
