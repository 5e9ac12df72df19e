"""Who speaks out? Appeals are added up, and delegations with fresh instructions take their stance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences, response
from agents.strategies import Moment
from simulation.chamber import Chamber, contract, contract_issues
from simulation.room import Room

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]


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
    """Appeals after the bloc step and the cut-points they met (country, text, replicate)."""

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
    room, chamber = model.room, model.chamber
    before = chamber.stance.copy()
    parts = own_parts(room, chamber, chamber.heard)
    own = parts.without_peers()
    answers = Answers(*(np.empty_like(own) for _ in Answers._fields))

    _speak(model, room.first, own + parts.peers, before, answers)
    seen = parts.peers
    if len(room.first):
        news = (chamber.stance - before)[room.first]
        echo = contract(np.ascontiguousarray(room.listening[:, room.first]), news)
        seen = parts.peers + echo * room.part_weights[4][:, None, None]
    _speak(model, room.others, own + seen, before, answers)

    lean = response.leaning(answers.appeal, room.dynamics.lean_band)
    chamber.lean = np.where(chamber.on_table[:, None], lean, np.int8(0))
    if model.record.in_full:
        seen[room.first] = parts.peers[room.first]
        model.record.keep_answers(model.round, parts._replace(peers=seen), answers)


def own_parts(room: Room, chamber: Chamber, heard: Floats) -> Parts:
    """The parts of each delegation's own appeal in gain units, weighted as its strategy has it.

    content is the gain over the reversion point; trust the trust in the text's authors, weighted by how much
    they colour it; events what statements add; peers λ·Σ_j W_ij S_j, `heard` being Σ_j W_ij S_j.
    """
    weights = room.part_weights[:, :, None, None]
    trust = np.zeros_like(heard)
    for text, sponsor in zip(*np.nonzero(room.authorship), strict=True):
        trust[:, text] += room.authorship[text, sponsor] * chamber.trust[sponsor]
    return Parts(
        content=gain(room, chamber) * weights[0],
        trust=trust * weights[1],
        inducements=np.zeros_like(heard),
        events=np.broadcast_to(chamber.push[:, :, None] * weights[3], heard.shape),
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
        content = contract_issues(chamber.salience, nearer, np.flatnonzero(room.content))
        if room.force_issue is not None:
            binding = places[room.force_issue]
            content *= preferences.legal_force(binding, dynamics.force_base, dynamics.force_slope)
        out[:, text] = content + contract_issues(chamber.salience, nearer, np.flatnonzero(~room.content))
    return out


def answer(
    room: Room,
    chamber: Chamber,
    rows: NDArray[np.intp],
    pull: Floats,
    cuts: tuple[Floats, Floats],
    moment: Moment,
) -> tuple[NDArray[np.int8], Floats, Floats]:
    """What the delegations of the given rows would say, each in its temper and within its red lines.

    Returns their choice and the cut-points that their strategies applied, all (row, text, replicate).
    """
    lower, upper = (np.array(np.broadcast_to(cut, pull.shape)) for cut in cuts)
    choice = np.empty(pull.shape, dtype=np.int8)
    for strategy, group in room.groups:
        mine = np.flatnonzero(np.isin(rows, group, assume_unique=True))
        if len(mine):
            seen = Moment(moment.progress, moment.stance[mine])
            lower[mine], upper[mine] = strategy.cut_points(lower[mine], upper[mine], seen)
            choice[mine] = strategy.answer(pull[mine], lower[mine], upper[mine], seen)
    return (
        response.respect_red_lines(choice, chamber.forbidden[rows], chamber.unmet[rows]),
        lower,
        upper,
    )


def bloc_appeal(room: Room, lines: Floats, rows: NDArray[np.intp], own: Floats) -> Floats:
    """Own appeals mixed with the line of each delegation's blocs, A = D·o, for the given rows.

    `lines` holds one D for each distinct set of coordinators; `room.line_of_text` tells which a text uses.
    """
    if len(lines) == 1:
        return contract(np.ascontiguousarray(lines[0][rows]), own)
    mixed = np.empty((len(rows), *own.shape[1:]), dtype=own.dtype)
    for which, line in enumerate(lines):
        texts = [text for text, used in enumerate(room.line_of_text) if used == which]
        mixed[:, texts] = contract(np.ascontiguousarray(line[rows]), own[:, texts])
    return mixed


def _speak(
    model: NegotiationModel, rows: NDArray[np.intp], own: Floats, before: Floats, answers: Answers
) -> None:
    """Let some delegations answer: their stances move, their appeals and cut-points are noted."""
    room, chamber, draws = model.room, model.chamber, model.draws
    if not len(rows):
        return
    appeal = bloc_appeal(room, room.lines, rows, own)
    stance = before[rows]
    cuts = response.cut_points(
        stance, room.endorse_threshold[rows], room.oppose_threshold[rows], room.dynamics.commitment
    )
    moment = Moment((model.round + 1) / len(room.rounds), stance)
    choice, lower, upper = answer(room, chamber, rows, appeal + draws.chance[model.round][rows], cuts, moment)
    moved = draws.instructed[model.round][rows][:, None] & chamber.on_table[None, :, None]
    if room.dynamics.latch:
        moved = moved & (stance != response.ENDORSE)
    chamber.stance[rows] = np.where(moved, choice, stance)
    answers.appeal[rows], answers.lower[rows], answers.upper[rows] = appeal, lower, upper
