"""What is put to the vote, and in which order? Amendments first, then parts, then texts as a whole."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import rules
from simulation.appeals import mix, weighed_gains
from simulation.chamber import Chamber
from simulation.phases.amendments import Amendments, amend, nothing_moved
from simulation.phases.paragraphs import ballots_by_worth, divide, remaining
from simulation.rules._carrying import carries

if TYPE_CHECKING:
    from scenarios.schema import Rule
    from simulation.model import NegotiationModel

Flags = NDArray[np.bool_]


class Floor(NamedTuple):
    """The chamber before the texts as they are put to the vote, which articles are `kept` (text, article,
    replicate), which texts are `open` to a vote (text, replicate), and what became of `amendments`."""

    chamber: Chamber
    kept: Flags
    open: Flags
    amendments: Amendments


def put_to_vote(model: NegotiationModel) -> Floor:
    """Texts that lie on the table, as amended, with the articles that were kept.

    The chamber of the model stays as it is.
    """
    room, chamber, final = model.room, model.chamber, model.room.scenario.final_vote
    amendments = nothing_moved(room, len(model.replicates))
    if final and final.amendments:
        chamber = deepcopy(chamber)
        amendments = amend(model, chamber, final)
    kept = chamber.chosen >= 0
    open_to_vote = np.repeat(_circulated(model)[:, None], len(model.replicates), axis=1)
    unpaid = _without_statement(model, chamber)
    if final and final.by == "article":
        kept = divide(model, chamber, final) & ~unpaid
        chamber = remaining(room, chamber, kept)
        open_to_vote = open_to_vote & kept.any(axis=1)
    else:
        open_to_vote &= ~unpaid.any(axis=1)
    return Floor(chamber, kept, open_to_vote, amendments)


def _circulated(model: NegotiationModel) -> Flags:
    """Which texts on the table were circulated no later than the day before the vote (text,).

    Source: rules of procedure of the General Assembly, 78 (the president may allow exceptions; none here).
    """
    voting = model.room.rounds[-1].last_day
    days = [one.tabled for one in model.room.scenario.texts.values()]
    return model.chamber.on_table & np.array([day is None or day < voting for day in days])


def _without_statement(model: NegotiationModel, chamber: Chamber) -> Flags:
    """Which standing articles cost money of which the chamber has no statement (text, article, replicate).

    Source: rules of procedure of the General Assembly, 153 (no resolution with expenditures without an
    estimate of them before it).
    """
    room, voting = model.room, model.room.rounds[-1].last_day
    found = np.zeros(chamber.chosen.shape, dtype=bool)
    for text, (wording, one) in enumerate(zip(room.wordings, room.scenario.texts.values(), strict=True)):
        if one.budget_statement is None or one.budget_statement > voting:
            count = len(wording.articles)
            found[text, :count] = wording.funded[np.arange(count)[:, None], chamber.chosen[text, :count]]
    return found


def order_of(model: NegotiationModel) -> list[int]:
    """The texts in the order in which they are voted on: as the rule says, then in the order tabled.

    Source: rules of procedure of the General Assembly, 91.
    """
    texts, final = model.room.scenario.texts, model.room.scenario.final_vote
    first = [model.room.texts.index(key) for key in (final.order if final else ()) if key in texts]
    days = [one.tabled or model.room.rounds[0].start for one in texts.values()]
    rest = [text for text in sorted(range(len(days)), key=days.__getitem__) if text not in first]
    return first + rest


def go_on(model: NegotiationModel, floor: Floor, ballots: NDArray[np.int8], final: Rule) -> Flags:
    """Which texts are really put to the vote (text, replicate) if the chamber may stop after adopting one.

    After a text has carried a simple majority decides whether to vote on the next: who gains more by it than
    by the text that carried last is for it.
    Source: rules of procedure of the General Assembly, 91: after each vote the Assembly may decide whether to
    vote on the next proposal. That delegations go by their gain is a house rule.
    """
    room, found = model.room, rules.find("simple-majority")
    gains = weighed_gains(room, floor.chamber, floor.chamber.places)
    carried = carries(room, final, ballots)
    asked = floor.open.copy()
    last = np.full(asked.shape[1], -1)
    for text in order_of(model):
        before = gains[:, np.maximum(last, 0), np.arange(len(last))]
        worth = mix(room.vote_lines[room.line_of_text[text]], (gains[:, text] - before)[:, None])
        motion = ballots_by_worth(worth, model.draws.absent)
        asked[text] &= (last < 0) | found.decide(motion[room.counted], room.house)[0]
        last = np.where(asked[text] & carried[text], text, last)
    return asked
