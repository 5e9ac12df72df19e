"""Which wording do they choose? Texts with options in brackets are redrafted, one revision at a time.

Three modes share one search and differ in whom they serve (`simulation/objectives.py`): the sponsors of a
text look for support without giving up too much; line by line a majority of the room takes or leaves each
change; a chair looks for what brings the room most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import candidates, rules
from simulation.appeals import ambition, bloc_appeal, current_gains, own_parts
from simulation.candidates import NEVER
from simulation.chamber import Chamber
from simulation.objectives import HAIR, MODES, Objective
from simulation.room import Room
from simulation.wording import codes

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
SHORTLIST = 8


class Revision(NamedTuple):
    """A text redrafted in some replicates. `changed` (replicate,); the wordings that stood `before` and stand
    `after` (article, replicate); `asked_by` (replicate,), the row of the delegation to whom the change
    mattered most in the drafters' eyes, −1 where nothing changed."""

    round: int
    text: int
    changed: NDArray[np.bool_]
    before: NDArray[np.int16]
    after: NDArray[np.int16]
    asked_by: NDArray[np.int16]


def redraft(model: NegotiationModel) -> None:
    """Texts that have lain long enough since their last revision come back with a better wording, if any.

    1. Take every single option in brackets that the drafters could propose, alone or beside another one, and
       pairs of the most promising ones (trades).
    2. Rank those that the drafters may propose by a first-order estimate; score the best eight exactly.
    3. Adopt the best if it improves the score enough and this wording has not stood before.
    """
    room, chamber = model.room, model.chamber
    due = _due(model)
    if not due:
        return
    parts = own_parts(room, chamber, chamber.heard)
    public = rules.find(room.scenario.rule.name).counts_stances
    lines = room.lines if public else room.vote_lines
    appeals = bloc_appeal(room, lines, slice(None), parts.without_peers() + parts.peers)
    for text in due:
        chamber.revised[text] = room.rounds[model.round].end
        standing = current_gains(room, chamber)[:, text].copy()
        mode = MODES[room.dynamics.drafting]
        objective = mode(room, chamber, text, appeals[:, text], model.progress)
        revision = _revise(room, chamber, text, objective, standing, model.round + 1)
        if revision is not None:
            model.record.revisions.append(revision)
    chamber.watch_red_lines(room)


def _due(model: NegotiationModel) -> list[int]:
    """The texts that may be revised in this round."""
    room, chamber, dynamics = model.room, model.chamber, model.room.dynamics
    if dynamics.drafting == "off":
        return []
    today = room.rounds[model.round].end
    return [
        text
        for text, wording in enumerate(room.wordings)
        if chamber.on_table[text]
        and len(wording.singles[0])
        and (dynamics.drafting != "sponsor-led" or room.sponsoring[:, text].any())
        and (today - chamber.revised[text]).days >= dynamics.redraft_days
    ]


def _revise(
    room: Room, chamber: Chamber, text: int, objective: Objective, standing: Floats, when: int
) -> Revision | None:
    """Look for a better wording of one text and take it in the replicates where there is one."""
    wording, dynamics = room.wordings[text], room.dynamics
    chosen = chamber.chosen[text, : len(wording.articles)]

    singles = candidates.Singles(room, chamber, text)
    singles.fresh &= objective.acceptable(singles.at_best)
    if not singles.fresh.any():
        return None
    estimate = np.where(singles.fresh, objective.estimate(singles), NEVER)
    alone = np.repeat(np.arange(len(estimate))[:, None], chosen.shape[1], axis=1)
    one, other, both, left = candidates.trades(
        wording, estimate, singles.sponsors, singles.standing, dynamics.trade_width
    )
    rank = np.concatenate(
        [
            np.where(objective.acceptable(singles.sponsors), estimate, NEVER),
            np.where(objective.acceptable(left), both, NEVER),
        ]
    )
    first, second = candidates.shortlist(
        np.where(rank > 0, rank, NEVER) if objective.additive else rank,
        np.concatenate([alone, one]),
        np.concatenate([np.full_like(alone, candidates.NOBODY), other]),
        SHORTLIST,
    )
    if not len(first):
        return None
    proposed = candidates.proposed(wording, chosen, first, second)
    closer = candidates.exactly(room, chamber, text, proposed, standing)
    good = (first != candidates.NOBODY) & objective.acceptable(closer.sponsors)
    if dynamics.tabu:
        names = codes(wording, proposed)
        for visited in chamber.visited[text]:
            good &= names != visited
    value = np.where(good, objective.improvement(closer), NEVER)
    best = _best(value, objective.preferred(closer))
    replicates = np.arange(chosen.shape[1])
    better = value[best, replicates] >= max(dynamics.min_improvement, HAIR)
    if not better.any():
        return None

    before = chosen.copy()
    chosen[:, better] = proposed[:, best, replicates][:, better]
    chamber.visited[text].append(codes(wording, chosen))
    chamber.place(text, room)
    chamber.ambition[text] = ambition(room, chamber, text)
    gained = np.where(better, closer.change[:, best, replicates], 0)
    chamber.learn_trust(text, gained, room)
    asked_by = objective.stakes(gained).argmax(axis=0)
    return Revision(
        when, text, better, before, chosen.copy(), np.where(better, asked_by, -1).astype(np.int16)
    )


def _best(value: Floats, preferred: Floats) -> NDArray[np.intp]:
    """The column of highest value in each replicate; among equals the one the drafters prefer."""
    equals = value >= value.max(axis=0) - HAIR
    return np.where(equals, preferred, NEVER).argmax(axis=0)
