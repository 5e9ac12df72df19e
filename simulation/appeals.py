"""What pulls a delegation? Its own appeal in five named parts, and the line of its blocs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from agents.influence import BlocLine
from simulation.chamber import Chamber
from simulation.contraction import WIDTH, contract, contract_issues, total
from simulation.room import Room

Floats = NDArray[np.floating]
Rows = NDArray[np.intp] | slice


class Parts(NamedTuple):
    """The five parts of every delegation's own appeal (country, text, replicate), never summed early.

    A part that is nothing for everybody is a zero without axes.
    """

    content: Floats
    trust: Floats
    inducements: Floats
    events: Floats
    peers: Floats

    def without_peers(self) -> Floats:
        """What a delegation thinks before it looks at its peers."""
        speaking = [part for part in (self.trust, self.inducements, self.events) if part.ndim]
        return sum(speaking, start=self.content)


def own_parts(room: Room, chamber: Chamber, heard: Floats) -> Parts:
    """The parts of each delegation's own appeal in gain units, weighted as its strategy has it.

    content is the gain over the reversion point; trust the trust in the text's authors, weighted by how much
    they colour it; inducements what has been offered or is given under a commitment; events what statements
    and calls add; peers λ·Σ_j W_ij S_j, `heard` being Σ_j W_ij S_j.
    """
    weights, at_play = room.part_weights[:, :, None, None], room.at_play
    nothing = np.zeros((), dtype=heard.dtype)
    trust = events = inducements = nothing
    if any(room.authors):
        trust = np.empty(heard.shape, dtype=heard.dtype)
        for text, authors in enumerate(room.authors):
            if not authors:
                trust[:, text] = 0
            for number, (sponsor, weight) in enumerate(authors):
                if number:
                    trust[:, text] += chamber.trust[sponsor] * weight
                else:
                    np.multiply(chamber.trust[sponsor], weight, out=trust[:, text])
        if (chamber.coloured != 1).any():
            trust *= chamber.coloured[:, :, None]
    if at_play.offers:
        inducements = chamber.offered * weights[2]
    if at_play.pledges:
        inducements = inducements + chamber.pledged * weights[2]
    if chamber.push.any():
        events = chamber.push[:, :, None] * weights[3]
    if at_play.meetings:
        events = events + chamber.joint * weights[3]
    if at_play.calls:
        events = events + chamber.lobbied * weights[3]
    content = current_gains(room, chamber)
    if at_play.own_measure:
        content = content * weights[0]
    return Parts(
        content=content,
        trust=trust,
        inducements=inducements,
        events=events,
        peers=heard * weights[4],
    )


def current_gains(room: Room, chamber: Chamber) -> Floats:
    """What the texts as they stand bring each delegation (country, text, replicate).

    Worked out once for every change of positions, salience or wording.
    """
    _work_out(room, chamber, chamber.stale)
    return chamber.gains


def current_content(room: Room, chamber: Chamber) -> Floats:
    """What the content of the texts as they stand brings before legal force (country, text, replicate)."""
    _work_out(room, chamber, chamber.stale | chamber.stale_content)
    return chamber.content


def _work_out(room: Room, chamber: Chamber, texts: set[int]) -> None:
    """Work out gains and content of some texts afresh."""
    some = sorted(texts)
    if len(some) == len(room.texts):
        chamber.gains, chamber.content = _gains_and_content(room, chamber, chamber.places)
    elif some:
        found = _gains_and_content(room, chamber, chamber.places[some])
        chamber.gains[:, some], chamber.content[:, some] = found
    chamber.stale, chamber.stale_content = chamber.stale - texts, chamber.stale_content - texts


def gains_at(room: Room, chamber: Chamber, places: Floats) -> Floats:
    """What wordings bring each delegation against the reversion point.

    `places` (column, issue, replicate), one column a text or candidate; returns (country, column, replicate).
    G = F·Σ_content s·h + Σ_procedure s·h, with h the advantage by issue and F the wording's legal force.
    """
    return _gains_and_content(room, chamber, places)[0]


def ambition(room: Room, chamber: Chamber, text: int) -> Floats:
    """What share of its sponsors' initial gain a text retains (replicate,).

    NaN for a text without sponsors, or one whose tabled wording brings them nothing.
    """
    return retained(chamber.sponsors[text].gain(chamber.places[text]), chamber.initial[text])


def retained(gain: Floats, initial: Floats) -> Floats:
    """What share of an initial gain is left (replicate,), all sponsors together; both (sponsor, replicate).

    NaN for nobody, or if there was nothing to gain.
    """
    now, tabled = total(gain), total(initial)
    return np.divide(now, tabled, out=np.full_like(now, np.nan), where=tabled > 1e-6)


def _gains_and_content(room: Room, chamber: Chamber, places: Floats) -> tuple[Floats, Floats]:
    """Gains, and what content alone brings before legal force, both (country, column, replicate); one array
    for both where no text has legal force.

    Weighed losses are taken where each wording puts the text and at the reversion point: silence changes no
    sum. Few replicates leave room for several columns in one contraction, which is always 64 wide.
    """
    exponent, positions, weights = room.dynamics.loss_exponent, chamber.position, chamber.weights
    columns, issues, replicates = places.shape
    where = np.empty((1 + columns, issues, replicates), dtype=room.dtype)
    where[0], where[1:] = room.reversion[:, None], places
    lost = np.empty((len(room.kinds), len(positions), 1 + columns, replicates), dtype=room.dtype)
    at_once = max(1, WIDTH // replicates)
    for start in range(0, 1 + columns, at_once):
        portion = where[start : start + at_once].swapaxes(0, 1)
        apart = preferences.loss(positions[:, :, None], portion, exponent)
        each = weights if weights.ndim == 3 else np.tile(weights, portion.shape[1])
        out = lost[:, :, start : start + at_once].swapaxes(0, 1).reshape(len(positions), len(lost), -1)
        contract_issues(each, apart.reshape(len(positions), issues, -1), room.kinds, out=out)
    gains = lost[:, :, :1] - lost[:, :, 1:]
    if room.force_issue is None:
        return gains[0], gains[0]
    content, procedure = gains
    return content * room.force(places.swapaxes(0, 1)) + procedure, content


def weighed_gains(room: Room, chamber: Chamber, places: Floats) -> Floats:
    """The same as each delegation's strategy weighs it."""
    return gains_at(room, chamber, places) * room.part_weights[0][:, None, None]


def appeals(room: Room, chamber: Chamber, lines: Sequence[BlocLine], heard: Floats) -> Floats:
    """Everybody's appeal at this moment, after the bloc step (country, text, replicate)."""
    parts = own_parts(room, chamber, heard)
    return bloc_appeal(room, lines, slice(None), parts.without_peers() + parts.peers)


def bloc_appeal(room: Room, lines: Sequence[BlocLine], rows: Rows, own: Floats) -> Floats:
    """Own appeals mixed with the line of each delegation's blocs, A = D·o, for the given rows.

    `lines` holds one for each distinct set of coordinators; `room.line_of_text` tells which a text uses.
    """
    if len(lines) == 1:
        return mix(lines[0], own, rows)
    mixed = np.empty_like(own[rows])
    for line, texts in zip(lines, room.texts_by_line, strict=True):
        mixed[:, texts] = mix(line, own[:, texts], rows)
    return mixed


def mix(line: BlocLine, own: Floats, rows: Rows = slice(None)) -> Floats:
    """D·o for the given rows (row, column, replicate); where no bloc binds anybody, o itself."""
    if not len(line.line):
        return own[rows]
    mixed = contract(line.follow[rows], contract(line.line, own))
    mixed += own[rows] * line.keep[rows, None, None]
    return mixed
