"""What pulls a delegation? Its own appeal in five named parts, and the line of its blocs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.chamber import Chamber
from simulation.contraction import contract, contract_issues, total
from simulation.room import Room

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
    content = gains_at(room, chamber, chamber.places)
    content *= weights[0]
    return Parts(
        content=content,
        trust=trust,
        inducements=np.zeros((), dtype=heard.dtype),
        events=chamber.push[:, :, None] * weights[3],
        peers=heard * weights[4],
    )


def gains_at(room: Room, chamber: Chamber, places: Floats) -> Floats:
    """What wordings bring each delegation against the reversion point.

    `places` (column, issue, replicate), one column a text or candidate; returns (country, column, replicate).
    G = F·Σ_content s·h + Σ_procedure s·h, with h the advantage by issue and F the wording's legal force.
    """
    return _gains(room, chamber.position, chamber.weights, places)


def ambition(room: Room, chamber: Chamber, text: int) -> Floats:
    """What share of its sponsors' initial gain a text retains (replicate,).

    Gains are taken at the sponsors' first instructions and salience, so that wording alone moves it. NaN for
    a text without sponsors, or one whose tabled wording brings them nothing.
    """
    positions, weights = chamber.sponsors_view[text]
    if not len(positions):
        return np.full(chamber.places.shape[2], np.nan, dtype=room.dtype)
    both = np.stack([chamber.places[text], chamber.tabled_places[text]])
    now, tabled = total(_gains(room, positions, weights, both))
    return np.divide(now, tabled, out=np.full_like(now, np.nan), where=tabled > 1e-6)


def _gains(room: Room, positions: Floats, weights: Floats, places: Floats) -> Floats:
    """Gains of some delegations at some places (country, column, replicate)."""
    exponent = room.dynamics.loss_exponent
    at_reversion = preferences.loss(positions, room.reversion[None, :, None], exponent)
    out = np.empty((len(positions), len(places), places.shape[2]), dtype=room.dtype)
    for column, place in enumerate(places):
        nearer = preferences.advantage(positions, at_reversion, place[None], exponent)
        sums = contract_issues(weights, nearer, room.kinds)
        np.add(sums[:, 0] * room.force(place), sums[:, 1], out=out[:, column])
    return out


def content_and_procedure(room: Room, chamber: Chamber, place: Floats) -> tuple[Floats, Floats]:
    """The two sums of a gain before legal force, for one wording (issue, replicate): (country, replicate)."""
    exponent = room.dynamics.loss_exponent
    at_reversion = preferences.loss(chamber.position, room.reversion[None, :, None], exponent)
    nearer = preferences.advantage(chamber.position, at_reversion, place[None], exponent)
    sums = contract_issues(chamber.weights, nearer, room.kinds)
    return sums[:, 0], sums[:, 1]


def bloc_appeal(room: Room, lines: Floats, rows: Rows, own: Floats) -> Floats:
    """Own appeals mixed with the line of each delegation's blocs, A = D·o, for the given rows.

    `lines` holds one D for each distinct set of coordinators; `room.line_of_text` tells which a text uses.
    Where no bloc binds anybody, appeals stay as they are.
    """
    if room.unbound:
        return own[rows]
    if len(lines) == 1:
        return contract(lines[0][rows], own)
    mixed = np.empty_like(own[rows])
    for which, line in enumerate(lines):
        texts = [text for text, used in enumerate(room.line_of_text) if used == which]
        mixed[:, texts] = contract(line[rows], own[:, texts])
    return mixed
