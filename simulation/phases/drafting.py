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
from simulation.appeals import appeals, retained
from simulation.brackets import Brackets
from simulation.candidates import NEVER, shortlist, trades
from simulation.cases import Cases
from simulation.chamber import Chamber
from simulation.objectives import HAIR, MODES, Objective
from simulation.room import Room
from simulation.sheets import sheets

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
    public = rules.find(room.scenario.rule.name).counts_stances
    lines = room.lines if public else room.vote_lines
    pull = appeals(room, chamber, lines, chamber.heard)
    seen = sheets(chamber.position, chamber.per_point)
    for mode in dict.fromkeys(room.drafting[text] for text in due):
        some = [text for text in due if room.drafting[text] == mode]
        brackets = Brackets(room, chamber, some, seen)
        theirs = pull if len(some) == len(room.texts) else pull[:, some]
        _revise(model, brackets, MODES[mode](room, chamber, brackets, theirs, model.progress))
    for text in due:
        chamber.revised[text] = room.rounds[model.round].end


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
        and (
            room.drafting[text] != "sponsor-led"
            or (room.pursued[model.round, text] and len(chamber.sponsors[text].said))
        )
        and (today - chamber.revised[text]).days >= dynamics.redraft_days
    ]


def _revise(model: NegotiationModel, brackets: Brackets, objective: Objective) -> None:
    """Look for better wordings and take them where there are any."""
    room, chamber = model.room, model.chamber
    possible, cases = _shortlisted(room, chamber, brackets, objective)
    if not len(cases):
        return
    good = objective.proposable(cases) & ~(objective.heeds_sponsors & cases.crossed)
    value, preferred = np.full((2, *possible.shape), NEVER, dtype=room.dtype)
    value[possible] = np.where(good, objective.improvement(cases), NEVER)
    preferred[possible] = objective.preferred(cases)
    best = _best(value, preferred)
    every = np.arange(len(best))
    better = value[every, best] >= max(room.dynamics.min_improvement, HAIR)
    if not better.any():
        return
    place = np.cumsum(possible.ravel()).reshape(possible.shape) - 1
    _adopt(model, brackets, objective, cases, place[every, best][better])


def _adopt(
    model: NegotiationModel, brackets: Brackets, objective: Objective, cases: Cases, adopted: Numbers
) -> None:
    """Put some cases, at most one a row, in the place of the wordings that stand."""
    room, chamber = model.room, model.chamber
    row, change = cases.row[adopted], cases.change[adopted]
    wordings = brackets.reworded(cases, adopted)
    place_of, silent = brackets.placed_by(wordings, brackets.text[row])
    names = brackets.names.copy()
    names[row] = brackets.renamed(row, cases.first[adopted], cases.second[adopted])
    asked_by = objective.stakes(row, change).argmax(axis=1)
    width = brackets.replicates
    for number, text in enumerate(brackets.texts):
        rows = slice(number * width, (number + 1) * width)
        mine, where = brackets.cases_of(number, row), np.zeros(width, dtype=bool)
        if mine.start == mine.stop:
            continue
        where[row[mine] - rows.start] = True
        chosen = chamber.chosen[text, : len(room.wordings[text].articles)]
        before = chosen.copy()
        chosen[:, where] = wordings[mine, : len(chosen)].T
        chamber.visited[text].append(names[rows])
        gains = np.zeros((width, change.shape[1]), dtype=room.dtype)
        gains[where] = change[mine]
        gained = np.ascontiguousarray(gains.T)
        chamber.reword(text, where, place_of[mine].T, silent[mine].T, gained)
        left = cases.gain[number][:, adopted[mine] - cases.of_texts[number].start]
        chamber.ambition[text, where] = retained(left, chamber.initial[text][:, where])
        chamber.learn_trust(text, gained, room)
        chamber.note_red_lines(text, where, *cases.lines.rows(adopted[mine]), room)
        asked = np.full(width, -1, dtype=np.int16)
        asked[where] = asked_by[mine]
        model.record.revisions.append(Revision(model.round + 1, text, where, before, chosen.copy(), asked))


def _shortlisted(
    room: Room, chamber: Chamber, brackets: Brackets, objective: Objective
) -> tuple[Flags, Cases]:
    """The changes worth an exact look: where there is one (row, place), and these in order."""
    singles, shape, dynamics = brackets.singles(), brackets.option.shape, room.dynamics
    crossed = objective.heeds_sponsors & singles.crossed.reshape(shape)
    gain = [left.reshape(len(left), brackets.replicates, shape[1]) for left in singles.gain]
    at_best = []
    for left, stakes in zip(gain, brackets.stakes, strict=True):
        highest = np.ascontiguousarray(left.transpose(2, 0, 1)).max(axis=0, initial=NEVER)
        most = np.maximum(highest, stakes.gain) - stakes.gain
        at_best.append(left + most[:, :, None])
    hopeful = objective.acceptable(at_best)
    hopeful &= room.open_points.exists.take(brackets.text, axis=0)
    if not hopeful.any():
        return hopeful, brackets.cases(*np.zeros((3, 0), dtype=np.intp))
    estimate = np.where(hopeful, objective.estimate(singles, hopeful), NEVER)
    alone = objective.acceptable(gain) & ~crossed
    first, second, both, together = _trades(brackets, singles, objective, estimate, dynamics.trade_width)
    rank = np.concatenate([np.where(alone, estimate, NEVER), np.where(together, both, NEVER)], axis=1)
    if objective.additive:
        rank = np.where(rank > 0, rank, NEVER)
    number, possible = shortlist(rank, SHORTLIST)
    row = np.nonzero(possible)[0]
    which = row, number[possible]
    one = np.concatenate([singles.first.reshape(shape), first], axis=1)[which]
    other = np.concatenate([singles.second.reshape(shape), second], axis=1)[which]
    if dynamics.tabu:
        names = brackets.renamed(row, one, other)
        fresh = ~_visited(chamber, brackets, row, names)
        possible[possible] = fresh
        row, one, other = row[fresh], one[fresh], other[fresh]
    return possible, brackets.cases(row, one, other)


def _visited(chamber: Chamber, brackets: Brackets, row: Numbers, names: NDArray[np.uint64]) -> Flags:
    """Whether wordings have stood before (case,), by their names."""
    found = np.zeros(len(row), dtype=bool)
    for number, text in enumerate(brackets.texts):
        here = brackets.cases_of(number, row)
        stood = np.stack(chamber.visited[text]).take(brackets.replicate.take(row[here]), axis=1)
        np.logical_or.reduce(stood == names[here], axis=0, out=found[here])
    return found


def _trades(
    brackets: Brackets, singles: Cases, objective: Objective, estimate: Floats, width: int
) -> tuple[Numbers, Numbers, Floats, Flags]:
    """Pairs of promising changes (row, pair): first and second change, the sum of their estimates, and
    whether the drafters may propose both together, roughly."""
    first, second, both = trades(brackets, estimate, width)
    every = np.arange(len(estimate))[:, None] * estimate.shape[1]
    one, other = every + first, every + second
    over = singles.crossed.take(one) | singles.crossed.take(other)
    left = []
    for some, gain, stakes in zip(singles.of_texts, singles.gain, brackets.stakes, strict=True):
        here = slice(*(edge // estimate.shape[1] for edge in (some.start, some.stop)))
        both_of = (gain.take(of[here] - some.start, axis=1) for of in (one, other))
        left.append(sum(both_of) - stakes.gain[:, :, None])
    return first, second, both, objective.acceptable(left) & ~(objective.heeds_sponsors & over)


def _best(value: Floats, preferred: Floats) -> Numbers:
    """The place of the highest value in each row; among equals the one the drafters prefer."""
    equals = value >= value.max(axis=1, keepdims=True, initial=NEVER) - HAIR
    return np.where(equals, preferred, NEVER).argmax(axis=1)
