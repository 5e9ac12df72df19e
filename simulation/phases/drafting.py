"""Which wording do they choose? Texts with options in brackets are redrafted, one revision at a time.

Three modes share one search and differ in whom they serve (`simulation/objectives.py`): the sponsors of a
text look for support without giving up too much; line by line a majority of the room takes or leaves each
change; a chair looks for what brings the room most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import rules
from simulation.appeals import ambition, bloc_appeal, own_parts
from simulation.candidates import NEVER, Brackets, Cases, shortlist, trades
from simulation.chamber import Chamber
from simulation.objectives import HAIR, MODES, Objective
from simulation.room import Room
from simulation.sheets import sheets
from simulation.wording import codes

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
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
    seen = sheets(chamber.position, chamber.per_point)
    for text in due:
        chamber.revised[text] = room.rounds[model.round].end
        brackets = Brackets(room, chamber, text, seen)
        mode = MODES[room.dynamics.drafting]
        objective = mode(room, chamber, text, brackets, appeals[:, text], model.progress)
        revision = _revise(room, chamber, text, brackets, objective, model.round + 1)
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
        and len(wording.alternatives[0])
        and (dynamics.drafting != "sponsor-led" or room.sponsoring[:, text].any())
        and (today - chamber.revised[text]).days >= dynamics.redraft_days
    ]


def _revise(
    room: Room, chamber: Chamber, text: int, brackets: Brackets, objective: Objective, when: int
) -> Revision | None:
    """Look for a better wording of one text and take it in the replicates where there is one."""
    possible, cases = _shortlisted(room, chamber, text, brackets, objective)
    if not len(cases):
        return None
    good = objective.acceptable(cases.replicate, cases.gain, cases.crossed)
    value, preferred = np.full((2, *possible.shape), NEVER, dtype=room.dtype)
    value[possible] = np.where(good, objective.improvement(cases), NEVER)
    preferred[possible] = objective.preferred(cases)
    best = _best(value, preferred)
    better = np.take_along_axis(value, best, axis=1)[:, 0] >= max(room.dynamics.min_improvement, HAIR)
    if not better.any():
        return None

    place = np.zeros(possible.shape, dtype=np.intp)
    place[possible] = np.arange(len(cases))
    adopted = np.take_along_axis(place, best, axis=1)[better, 0]
    chosen = chamber.chosen[text, : len(brackets.wording.articles)]
    before = chosen.copy()
    chosen[:, better] = brackets.reworded(cases, adopted)
    chamber.visited[text].append(codes(brackets.wording, chosen))
    chamber.place(text, room)
    chamber.ambition[text] = ambition(room, chamber, text)
    change = cases.change[adopted]
    chamber.learn_trust(text, better, change.T, room)
    asked_by = np.full(len(better), -1, dtype=np.int16)
    asked_by[better] = objective.stakes(cases.replicate[adopted], change).argmax(axis=1)
    return Revision(when, text, better, before, chosen.copy(), asked_by)


def _shortlisted(
    room: Room, chamber: Chamber, text: int, brackets: Brackets, objective: Objective
) -> tuple[Flags, Cases]:
    """The changes worth an exact look: where there is one (replicate, place), and these in order."""
    singles, shape, dynamics = brackets.singles(), brackets.option.shape, room.dynamics
    replicate = singles.replicate
    most = (singles.gain.reshape(*shape, singles.gain.shape[1]) - brackets.sponsors_gain[:, None]).max(
        axis=1, initial=0
    )
    hopeful = objective.acceptable(replicate, singles.gain + most[replicate]).reshape(shape)
    if not hopeful.any():
        return hopeful, brackets.cases(*np.zeros((3, 0), dtype=np.intp))
    estimate = np.where(hopeful, objective.estimate(singles, hopeful), NEVER)
    alone = objective.acceptable(replicate, singles.gain, singles.crossed).reshape(shape)
    first, second, both, together = _trades(brackets, singles, objective, estimate, dynamics.trade_width)
    rank = np.concatenate([np.where(alone, estimate, NEVER), np.where(together, both, NEVER)], axis=1)
    if objective.additive:
        rank = np.where(rank > 0, rank, NEVER)
    number, possible = shortlist(rank, SHORTLIST)
    everywhere = np.nonzero(possible)[0]
    which = everywhere, number[possible]
    one = np.concatenate([singles.first.reshape(shape), first], axis=1)[which]
    other = np.concatenate([singles.second.reshape(shape), second], axis=1)[which]
    if dynamics.tabu:
        names = brackets.renamed(everywhere, one, other)
        fresh: Flags = (np.stack(chamber.visited[text])[:, everywhere] != names).all(axis=0)
        possible[possible] = fresh
        everywhere, one, other = everywhere[fresh], one[fresh], other[fresh]
    return possible, brackets.cases(everywhere, one, other)


def _trades(
    brackets: Brackets, singles: Cases, objective: Objective, estimate: Floats, width: int
) -> tuple[Numbers, Numbers, Floats, Flags]:
    """Pairs of promising changes (replicate, pair): first and second change, the sum of their estimates, and
    whether the drafters may propose both together, roughly."""
    first, second, both = trades(brackets, estimate, width)
    shape, everywhere = estimate.shape, np.arange(len(estimate))[:, None]
    sponsors = singles.gain.shape[1]
    gain, crossed = singles.gain.reshape(*shape, sponsors), singles.crossed.reshape(shape)
    left = gain[everywhere, first] + gain[everywhere, second] - brackets.sponsors_gain[:, None]
    over = crossed[everywhere, first] | crossed[everywhere, second]
    replicate = np.repeat(everywhere[:, 0], first.shape[1])
    together = objective.acceptable(replicate, left.reshape(first.size, sponsors), over.ravel())
    return first, second, both, together.reshape(first.shape)


def _best(value: Floats, preferred: Floats) -> NDArray[np.intp]:
    """The place of the highest value in each replicate (replicate, 1); among equals the one the drafters
    prefer."""
    equals = value >= value.max(axis=1, keepdims=True) - HAIR
    return np.where(equals, preferred, NEVER).argmax(axis=1)[:, None]
