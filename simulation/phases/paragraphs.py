"""What remains of a text that is put to the vote article by article?"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import response
from agents.influence import BlocLine
from agents.preferences import outside, whose
from scenarios.schema import Rule
from simulation import rules
from simulation.appeals import mix, weighed_gains
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.rules._house import Ballots, House, house_of
from simulation.wording import places

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
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
    alone = room.dynamics.block_cost if found.one_no_blocks else 0.0
    kept = chamber.chosen >= 0
    for text, wording in enumerate(room.wordings):
        count = len(wording.articles)
        if count == 1 or not chamber.on_table[text]:
            continue
        worth = worth_of_articles(room, chamber, text, room.vote_lines)
        ballots = ballots_by_worth(worth, model.draws.absent, alone)[room.counted]
        kept[text, :count] = found.decide(ballots, house)
        if rule.division == "opposed":
            kept[text, :count] |= ~_wanted(ballots, house)
    return kept


def ballots_by_worth(worth: Floats, absent: Flags, alone: float = 0.0) -> Ballots:
    """How delegations vote on a motion by what it is worth to them (country, column, replicate), without
    chance: a loss is a no if it is worth what it costs to stand `alone`. `absent` (country, replicate)."""
    ballots = (worth > HAIR).astype(np.int8) - (worth < -(HAIR + alone))
    return np.where(absent[:, None], np.int8(response.ABSENT), ballots)


def worth_of_articles(room: Room, chamber: Chamber, text: int, lines: Sequence[BlocLine]) -> Floats:
    """What a text with an article brings over the text without it, in the line of a delegation's blocs
    (country, article, replicate)."""
    wording = room.wordings[text]
    count = len(wording.articles)
    chosen = chamber.chosen[text, :count]
    columns = [np.ones(chosen.shape, dtype=bool)]
    columns += [np.arange(count)[:, None] != np.full(chosen.shape, article) for article in range(count)]
    where = np.stack([places(wording, chosen, room.reversion, column)[0] for column in columns])
    gains = weighed_gains(room, chamber, where)
    return mix(lines[room.line_of_text[text]], gains[:, :1] - gains[:, 1:])


def objections(room: Room, chamber: Chamber) -> Flags:
    """Articles to which somebody objects in a silence procedure over paragraphs (text, article, replicate):
    the article alone has to be worth the cost of standing alone."""
    found = np.zeros(chamber.chosen.shape, dtype=bool)
    by_interest = ~room.unbound  # the others say what they were told to
    for text, wording in enumerate(room.wordings):
        worth = worth_of_articles(room, chamber, text, room.lines)
        against = (worth < -(HAIR + room.dynamics.block_cost)) & by_interest[:, None, None]
        found[text, : len(wording.articles)] = against[room.counted].any(axis=0)
    return found


def dissociations(room: Room, chamber: Chamber, ballots: Ballots) -> NDArray[np.int8]:
    """From which articles those who let a text pass dissociate themselves, 1, or on which they enter a
    reservation, 2 (country, text, article, replicate); 0 for neither.

    An article that crosses a red line of its own is reserved; a delegation dissociates itself from one that
    costs it at least `min_improvement`, in the line of its blocs.
    Source: practice of the United Nations on resolutions adopted without a vote; how much an article has to
    cost is a house rule.
    """
    lines, width = room.red_lines, chamber.chosen.shape[2]
    found = np.zeros((len(room.countries), *chamber.chosen.shape), dtype=np.int8)
    for text, wording in enumerate(room.wordings):
        count = len(wording.articles)
        worth = worth_of_articles(room, chamber, text, room.vote_lines)
        apart = (worth <= -max(room.dynamics.min_improvement, HAIR)).astype(np.int8)
        every = np.arange(count)[:, None]
        place = wording.place[every, chamber.chosen[text, :count]]
        silent = ~wording.speaks[every, chamber.chosen[text, :count]]
        crossed = np.logical_or(*whose(outside(place, silent, lines), lines))
        apart[lines.owners] = np.where(crossed.transpose(2, 0, 1), np.int8(2), apart[lines.owners])
        passing = (ballots[:, text] == response.YES) | (ballots[:, text] == response.ABSTAIN)
        found[:, text, :count] = np.where(passing[:, None], apart, 0).reshape(-1, count, width)
    return found


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
