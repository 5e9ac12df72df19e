"""Has the chamber decided? The rule is checked after every round, and a vote may come at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import response
from agents.strategies import Moment
from simulation import rules
from simulation.appeals import appeals
from simulation.chamber import Chamber
from simulation.contraction import contract
from simulation.phases.endorsement import answer
from simulation.phases.floor import go_on, put_to_vote
from simulation.phases.paragraphs import dissociations, objections
from simulation.room import Room
from simulation.rules import DecisionRule
from simulation.rules._carrying import carries
from simulation.rules._house import Flags
from simulation.rules._reading import bloc_lines, cut_points

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
NEXT_TO_NOTHING = 1.0  # points of the scale


def decide(model: NegotiationModel) -> None:
    """Note the round in which a text first meets the scenario's decision rule (1 is the first round).

    Where one no blocks, opposition counts only if it is worth the cost of standing alone. A silence has to
    last; where it lies over paragraphs, opposition to the text as a whole does not break it. A text within a
    point of what holds anyway on every issue is never adopted, however many endorse it.
    """
    room, chamber = model.room, model.chamber
    rule = rules.find(room.scenario.rule.name)
    ballots = chamber.stance.astype(np.int8)
    by_article = room.scenario.rule.by == "article"
    if by_article:
        ballots = np.where(ballots == response.OPPOSE, np.int8(response.STUDY), ballots)
    elif rule.one_no_blocks:
        ballots = np.where((ballots == response.OPPOSE) & ~_objecting(model, rule), response.STUDY, ballots)
    met = carries(room, room.scenario.rule, ballots) & chamber.on_table[:, None]
    met &= (np.abs(chamber.places - room.reversion[None, :, None]) >= NEXT_TO_NOTHING).any(axis=1)
    days = room.scenario.rule.days
    lasting = _lasting_by_article(model) if by_article else _lasting(model, met)
    met &= lasting >= (rule.days if days is None else days)
    chamber.adopted_round[met & (chamber.adopted_round < 0)] = model.round + 1


def _objecting(model: NegotiationModel, rule: DecisionRule) -> Flags:
    """Who would object formally, all alone if need be (country, text, replicate), as E9 reckons."""
    cuts = cut_points(model.room, model.chamber.stance, rule.counts_stances, one_no_blocks=True)
    chance, moment = model.draws.chance[model.round], Moment(model.progress, model.chamber.stance)
    answers = _answers(model.room, model.chamber, rule.counts_stances, chance, cuts, moment)
    return answers == response.OPPOSE


def _lasting(model: NegotiationModel, met: Flags) -> NDArray[np.int32]:
    """For how many days what the rule asks has held (text, replicate); another wording starts the count anew.

    In the round in which a text is tabled they are counted from that day.
    """
    chamber, days = model.chamber, _days_on_table(model)
    reworded = (chamber.chosen != model.record.chosen[model.round]).any(axis=1)
    longer = np.where(reworded, 0, chamber.unbroken + np.array(days, dtype=np.int32)[:, None])
    chamber.unbroken = np.where(met, longer, 0).astype(np.int32)
    return chamber.unbroken


def _days_on_table(model: NegotiationModel) -> list[int]:
    """How many days of this round each text has lain on the table."""
    today = model.room.rounds[model.round]
    tabled = [one.tabled or today.start for one in model.room.scenario.texts.values()]
    return [(today.end - min(max(today.start, day), today.end)).days for day in tabled]


def _lasting_by_article(model: NegotiationModel) -> NDArray[np.int32]:
    """For how many days nobody has objected to any article of a text (text, replicate).

    An objection to an article, or another wording of it, starts the count of that article alone anew.
    """
    room, chamber = model.room, model.chamber
    stands, before = chamber.chosen >= 0, model.record.chosen[model.round]
    broken = objections(room, chamber) | (chamber.chosen != before) | ~chamber.on_table[:, None, None]
    days = np.array(_days_on_table(model), dtype=np.int32)[:, None, None]
    chamber.unbroken_articles = np.where(broken, 0, chamber.unbroken_articles + days).astype(np.int32)
    return np.where(stands, chamber.unbroken_articles, np.iinfo(np.int32).max).min(axis=1)


def vote(model: NegotiationModel) -> NDArray[np.int8]:
    """A recorded vote on every text after the last round: 1 yes, 0 abstain, −1 no, −2 absent, as observers
    always are.

    The same ordered response as in public, with the cut-points and the bloc discipline of votes; chance mixes
    the same persistent taste with a fresh draw. Where one no blocks, a no is an objection, and who would vote
    no but not stand alone lets the text pass; if somebody objects and the rule says what happens `otherwise`,
    all vote as in any vote. The vote is on what amendments and a division leave. A text
    that was never tabled, of which nothing remains, or on which the chamber does not go on to vote, finds
    everybody abstaining.
    """
    room, final = model.room, model.room.scenario.final_vote
    floor = put_to_vote(model)
    chamber, open_to_vote = floor.chamber, floor.open
    model.record.amendments, model.record.at_vote = floor.amendments, floor.chamber.chosen.copy()
    blocks = final is not None and rules.find(final.name).one_no_blocks
    cuts = cut_points(room, chamber.stance, public=False, one_no_blocks=blocks)
    moment = Moment(1.0, chamber.stance)
    ballots = _answers(room, chamber, False, model.draws.vote_chance, cuts, moment)
    if final and blocks and final.otherwise is not None:
        in_a_vote = cut_points(room, chamber.stance, public=False, one_no_blocks=False)
        voted = _answers(room, chamber, False, model.draws.vote_chance, in_a_vote, moment)
        asked = (ballots[room.counted] == response.NO).any(axis=0)
        ballots = np.where(asked, voted, ballots)
    ballots = np.where(model.draws.absent[:, None], np.int8(response.ABSENT), ballots)
    if final and final.go_on == "if wanted":
        open_to_vote = go_on(model, floor, ballots, final)
    ballots = np.where(open_to_vote[None], ballots, np.int8(response.ABSTAIN))
    if blocks:
        model.record.dissociated = dissociations(room, chamber, ballots) * open_to_vote[:, None]
    return ballots


def _answers(
    room: Room,
    chamber: Chamber,
    public: bool,
    chance: Floats,
    cuts: tuple[Floats, Floats],
    moment: Moment,
) -> NDArray[np.int8]:
    """What everybody would say (country, text, replicate), having heard all stances as they are now."""
    heard = contract(room.hearing, chamber.stance)
    appeal = appeals(room, chamber, bloc_lines(room, public), heard)
    return answer(room, chamber, slice(None), appeal + chance, cuts, moment)[0]
