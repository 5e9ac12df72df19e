"""Who speaks out? Appeals are added up, and delegations with fresh instructions take their stance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences, response
from agents.strategies import Moment
from simulation.chamber import Chamber
from simulation.contraction import contract, contract_issues
from simulation.room import Room

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
Rows = NDArray[np.intp] | slice


class Parts(NamedTuple):
    """The five parts of every delegation's own appeal (country, text, replicate), never summed early."""

    content: Floats
    trust: Floats
    inducements: Floats
    events: Floats
    peers: Floats

    def without_peers(self) -> Floats:
        """What a delegation thinks before it looks at its peers."""
        return self.content + self.trust + self.inducements + self.events


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
    before = chamber.stance.copy()
    chance, instructed = draws.chance[model.round], draws.instructed[model.round]
    progress = (model.round + 1) / len(room.rounds)
    parts = own_parts(room, chamber, chamber.heard)
    alone = parts.without_peers()

    peers = parts.peers
    if len(room.first):
        rows = room.first
        early = _answer_publicly(room, chamber, rows, alone + peers, chance[rows], before[rows], progress)
        spoken = _moved(room, chamber, early.choice, instructed[rows], before[rows])
        echo = contract(room.listening_to_first, spoken - before[rows])
        peers = peers + echo * room.part_weights[4][:, None, None]
    everybody = slice(None)
    answers = _answer_publicly(room, chamber, everybody, alone + peers, chance, before, progress)
    chamber.stance[:] = _moved(room, chamber, answers.choice, instructed, before)
    if len(room.first):
        chamber.stance[rows] = spoken
        for kept, value in zip(answers, early, strict=True):
            kept[rows] = value
    chamber.lean = response.leaning(answers.appeal, room.dynamics.lean_band)
    chamber.lean[:, ~chamber.on_table] = 0
    if model.record.in_full:
        if len(room.first):
            peers[rows] = parts.peers[rows]
        model.record.keep_answers(model, parts._replace(peers=peers), answers)


def own_parts(room: Room, chamber: Chamber, heard: Floats) -> Parts:
    """The parts of each delegation's own appeal in gain units, weighted as its strategy has it.

    content is the gain over the reversion point; trust the trust in the text's authors, weighted by how much
    they colour it; events what statements add; peers λ·Σ_j W_ij S_j, `heard` being Σ_j W_ij S_j.
    """
    weights = room.part_weights[:, :, None, None]
    trust = np.zeros_like(heard)
    for text, sponsor in zip(*np.nonzero(room.authorship), strict=True):
        trust[:, text] += room.authorship[text, sponsor] * chamber.trust[sponsor]
    trust *= weights[1]
    content = gain(room, chamber)
    content *= weights[0]
    return Parts(
        content=content,
        trust=trust,
        inducements=np.zeros((), dtype=heard.dtype),
        events=chamber.push[:, :, None] * weights[3],
        peers=heard * weights[4],
    )


def gain(room: Room, chamber: Chamber) -> Floats:
    """What each text brings each delegation against the reversion point (country, text, replicate).

    G = F·Σ_content s·h + Σ_procedure s·h, with h the advantage by issue and F the text's legal force.
    """
    exponent, dynamics = room.dynamics.loss_exponent, room.dynamics
    at_reversion = preferences.loss(chamber.position, room.reversion[None, :, None], exponent)
    out = np.empty_like(chamber.stance)
    for text, places in enumerate(chamber.places):
        nearer = preferences.advantage(chamber.position, at_reversion, places[None], exponent)
        sums = contract_issues(chamber.weights, nearer)
        content, procedure = sums[:, 0], sums[:, 1]
        if room.force_issue is not None:
            binding = places[room.force_issue]
            content *= preferences.legal_force(binding, dynamics.force_base, dynamics.force_slope)
        np.add(content, procedure, out=out[:, text])
    return out


def answer(
    room: Room,
    chamber: Chamber,
    rows: Rows,
    pull: Floats,
    cuts: tuple[Floats, Floats],
    moment: Moment,
) -> tuple[NDArray[np.int8], Floats, Floats]:
    """What the delegations of the given rows would say, each in its temper and within its red lines.

    Returns their choice and the cut-points that their strategies applied, all (row, text, replicate).
    """
    lower, upper = (np.array(np.broadcast_to(cut, pull.shape)) for cut in cuts)
    if len(room.groups) == 1:
        strategy = room.groups[0][0]
        lower, upper = strategy.cut_points(lower, upper, moment)
        choice = strategy.answer(pull, lower, upper, moment)
    else:
        choice = np.empty(pull.shape, dtype=np.int8)
        numbers = np.arange(len(room.countries))[rows]
        for strategy, group in room.groups:
            mine = np.flatnonzero(np.isin(numbers, group, assume_unique=True))
            if len(mine):
                seen = Moment(moment.progress, moment.stance[mine])
                lower[mine], upper[mine] = strategy.cut_points(lower[mine], upper[mine], seen)
                choice[mine] = strategy.answer(pull[mine], lower[mine], upper[mine], seen)
    choice = response.respect_red_lines(choice, chamber.forbidden[rows], chamber.unmet[rows])
    return choice, lower, upper


def bloc_appeal(room: Room, lines: Floats, rows: Rows, own: Floats) -> Floats:
    """Own appeals mixed with the line of each delegation's blocs, A = D·o, for the given rows.

    `lines` holds one D for each distinct set of coordinators; `room.line_of_text` tells which a text uses.
    """
    if len(lines) == 1:
        return contract(lines[0][rows], own)
    mixed = np.empty_like(own[rows])
    for which, line in enumerate(lines):
        texts = [text for text, used in enumerate(room.line_of_text) if used == which]
        mixed[:, texts] = contract(line[rows], own[:, texts])
    return mixed


def _answer_publicly(
    room: Room, chamber: Chamber, rows: Rows, own: Floats, chance: Floats, stance: Floats, progress: float
) -> Answers:
    """Appeals after the bloc step and the answers to them; `stance` and `chance` are those of the rows."""
    appeal = bloc_appeal(room, room.lines, rows, own)
    cuts = response.cut_points(
        stance, room.endorse_threshold[rows], room.oppose_threshold[rows], room.dynamics.commitment
    )
    choice, lower, upper = answer(room, chamber, rows, appeal + chance, cuts, Moment(progress, stance))
    return Answers(choice, appeal, lower, upper)


def _moved(
    room: Room, chamber: Chamber, choice: NDArray[np.int8], instructed: NDArray[np.bool_], stance: Floats
) -> Floats:
    """Stances after those with fresh instructions have answered on the texts that lie on the table."""
    moves = instructed[:, None] & chamber.on_table[None, :, None]
    if room.dynamics.latch:
        moves = moves & (stance != response.ENDORSE)
    return np.where(moves, choice, stance)
