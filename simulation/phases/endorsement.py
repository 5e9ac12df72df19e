"""Who speaks out? Appeals are added up, and delegations with fresh instructions take their stance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import response
from agents.strategies import Moment
from simulation.appeals import Rows, bloc_appeal, own_parts
from simulation.chamber import Chamber
from simulation.commitments import keep_word
from simulation.contraction import contract
from simulation.room import Room
from simulation.sight import seen_by

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]


class Answers(NamedTuple):
    """What delegations would say: their choice, the appeal after the bloc step, the cut-points it met."""

    choice: NDArray[np.int8]
    appeal: Floats
    lower: Floats
    upper: Floats


def endorse(model: NegotiationModel) -> None:
    """Coordinators and sponsors answer first, everybody else having seen them.

    1. Add up each delegation's own appeal: content, trust in the sponsors, inducements, events, peers.
    2. Mix it with the line of its blocs.
    3. Those who received instructions in this round compare appeal and chance with their cut-points and take
       a stance within their red lines; the others keep theirs.
    """
    room, chamber, draws = model.room, model.chamber, model.draws
    before = chamber.stance
    chance = draws.chance[model.round] if draws.stances_vary else None
    instructed = draws.instructed[model.round]
    parts = own_parts(room, chamber, chamber.heard)
    alone = parts.without_peers()

    peers = parts.peers
    moment = Moment(model.progress, before, model.record.chosen[model.round])
    if len(room.first):
        rows = room.first
        facing = moment._replace(stance=before[rows])
        early = _answer_publicly(
            room, chamber, rows, alone + peers, None if chance is None else chance[rows], facing
        )
        spoken = _moved(room, chamber, rows, early.choice, instructed[rows], before[rows])
        echo = contract(room.listening_to_first, spoken - before[rows])
        echo *= room.part_weights[4][:, None, None]
        peers = peers + echo
    everybody = slice(None)
    answers = _answer_publicly(room, chamber, everybody, alone + peers, chance, moment)
    moved = _moved(room, chamber, everybody, answers.choice, instructed, before)
    chamber.stance = moved.astype(before.dtype)
    if len(room.first):
        chamber.stance[rows] = spoken
        for kept, value in zip(answers, early, strict=True):
            kept[rows] = value
    chamber.lean = response.leaning(answers.appeal, room.dynamics.lean_band)
    if not chamber.on_table.all():
        chamber.lean[:, ~chamber.on_table] = 0
    if model.record.in_full:
        if len(room.first):
            peers[rows] = parts.peers[rows]
        model.record.keep_answers(model, parts._replace(peers=peers), answers, before)


def answer(
    room: Room,
    chamber: Chamber,
    rows: Rows,
    pull: Floats,
    cuts: tuple[Floats, Floats],
    moment: Moment,
) -> tuple[NDArray[np.int8], Floats, Floats]:
    """What the delegations of the given rows would say, each in its temper and within its red lines.

    Who has committed itself keeps its word as far as its red lines let it.
    Returns their choice and the cut-points that their strategies applied, all (row, text, replicate).
    """
    numbers = np.arange(len(room.countries))[rows]
    if len(room.groups) == 1:
        strategy = room.groups[0][0]
        seen = seen_by(strategy, numbers, room, chamber, moment)
        lower, upper = strategy.cut_points(*cuts, seen)
        choice = strategy.answer(pull, lower, upper, seen)
    else:
        lower, upper = (np.array(np.broadcast_to(cut, pull.shape)) for cut in cuts)
        choice = np.empty(pull.shape, dtype=np.int8)
        for strategy, group in room.groups:
            mine = np.flatnonzero(np.isin(numbers, group, assume_unique=True))
            if len(mine):
                theirs = moment._replace(stance=moment.stance[mine])
                seen = seen_by(strategy, numbers[mine], room, chamber, theirs)
                lower[mine], upper[mine] = strategy.cut_points(lower[mine], upper[mine], seen)
                choice[mine] = strategy.answer(pull[mine], lower[mine], upper[mine], seen)
    kept = keep_word(room, chamber, rows, choice)
    kept = response.respect_red_lines(kept, chamber.forbidden[rows], chamber.unmet[rows])
    if room.at_play.free_hands:
        kept = np.where(room.unbound[rows, None, None], choice, kept)
    return kept, lower, upper


def _answer_publicly(
    room: Room, chamber: Chamber, rows: Rows, own: Floats, chance: Floats | None, moment: Moment
) -> Answers:
    """Appeals after the bloc step and the answers to them; `moment` and `chance` (None: nothing is left to
    it) are those of the rows.
    """
    appeal = bloc_appeal(room, room.lines, rows, own)
    cuts = response.cut_points(
        moment.stance, room.endorse_threshold[rows], room.oppose_threshold[rows], room.dynamics.commitment
    )
    pull = appeal if chance is None else appeal + chance
    choice, lower, upper = answer(room, chamber, rows, pull, cuts, moment)
    return Answers(choice, appeal, lower, upper)


def _moved(
    room: Room,
    chamber: Chamber,
    rows: Rows,
    choice: NDArray[np.int8],
    instructed: NDArray[np.bool_],
    stance: Floats,
) -> NDArray[np.int8]:
    """Stances after those with fresh instructions have answered on the texts that lie on the table.

    Who has committed itself keeps its word without waiting for instructions.
    """
    moves = instructed[:, None]
    if not chamber.on_table.all():
        moves = moves & chamber.on_table[:, None]
    if room.dynamics.latch:
        moves = moves & (stance != response.ENDORSE)
    moved = stance.astype(np.int8)
    moved += (choice - moved) * moves
    if not (room.commitments.keys and chamber.in_force.any()):
        return moved
    kept = keep_word(room, chamber, rows, moved)
    allowed = response.respect_red_lines(kept, chamber.forbidden[rows], chamber.unmet[rows])
    return np.where(kept == moved, moved, allowed)
