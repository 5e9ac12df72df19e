"""The state of a negotiation: positions, stances, trust and texts as arrays with a replicate axis.

Shapes are written once, here. The order of axes is (country, issue or text, replicate), the replicate
innermost. Expressed positions and public stances share one contiguous `board`, so that listening to everybody
about everything is one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents import influence, preferences
from simulation.room import Room
from simulation.streams import Purpose, draw, key_number

Floats = NDArray[np.floating]

@dataclass
class Chamber:
    """What changes during a negotiation, for one batch of replicates.

    `board` (country, issue + text, replicate): expressed positions, then public stances;
    `instruction` the capital's position x0; `coded_salience` 0–100 and `salience` normalised (country, issue,
    replicate, or one plane when every replicate has the same); `weights` (country, kind, issue) or (country,
    kind, issue, replicate) the salience of content issues, then of procedure; `open_to` how far persuasion
    moves a position; `trust` (sponsor, country, replicate); `push` (country, text) what statements add to an
    appeal; `places` (text, issue, replicate); `on_table` (text,); `forbidden` and `unmet` (country, text, replicate);
    `heard` what each delegation heard of the others' stances in the last consultation, Σ_j W_ij S_j, and
    `lean` which way it leans (country, text, replicate); `adopted_round` (text, replicate), −1 for not yet.
    """

    board: Floats
    issues: int
    instruction: Floats
    coded_salience: Floats
    salience: Floats
    weights: Floats
    open_to: Floats
    trust: Floats
    push: Floats
    places: Floats
    on_table: NDArray[np.bool_]
    forbidden: NDArray[np.bool_]
    unmet: NDArray[np.bool_]
    heard: Floats
    lean: NDArray[np.int8]
    adopted_round: NDArray[np.int16]

    @property
    def position(self) -> Floats:
        """Expressed positions (country, issue, replicate), a view into the board."""
        return self.board[:, : self.issues]

    @property
    def stance(self) -> Floats:
        """Public stances (country, text, replicate): −1, 0, 1, a view into the board."""
        return self.board[:, self.issues :]

    def set_salience(self, coded: Floats, room: Room) -> None:
        """Take a new coded salience; shares and openness follow."""
        self.coded_salience = coded
        self.salience = preferences.normalise_salience(coded)
        kinds = np.stack([room.content, ~room.content])[None, :, :, None]
        weights = np.where(kinds, self.salience[:, None], 0).astype(coded.dtype)
        self.weights = weights if room.salience_sd.any() else np.ascontiguousarray(weights[..., 0])
        self.open_to = influence.openness_by_issue(
            room.openness, self.salience, room.dynamics.salience_exponent
        )

    def set_places(self, places: Floats, room: Room) -> None:
        """Take a new place of the texts; broken red lines follow."""
        self.places = places
        self.forbidden, self.unmet = (
            preferences.broken_red_lines(places, room.silent, lines, len(room.countries))
            for lines in (room.forbids, room.requires)
        )


def seat(room: Room, seed: int, replicates: NDArray[np.integer]) -> Chamber:
    """The chamber before the first round: instructions and salience are drawn, nobody has spoken yet.

    A delegation whose stance is set in the scenario starts with it; the sponsors of a text that lies on the
    table from the start have endorsed it.
    """
    dtype, width = room.dtype, len(replicates)
    instruction = _judged(room, room.positions, room.position_sd, Purpose.POSITION, seed, replicates)
    coded = _judged(room, room.salience, room.salience_sd, Purpose.SALIENCE, seed, replicates)
    coded = np.where(room.salience[:, :, None] > 0, coded, 0)
    if not room.salience_sd.any():
        coded = np.ascontiguousarray(coded[:, :, :1])
    issues, texts = len(room.issues), len(room.texts)
    board = np.zeros((len(room.countries), issues + texts, width), dtype=dtype)
    board[:, :issues] = instruction
    board[:, issues:] = room.opening_stance[:, None, None]
    on_table = room.tabled_from_start.copy()
    board[:, issues:][:, on_table] = np.where(
        room.sponsoring[:, on_table, None], 1, board[:, issues:][:, on_table]
    )
    board[:, issues:][:, ~on_table] = 0
    trust = np.repeat(room.trust.T[:, :, None], width, axis=2)
    chamber = Chamber(
        board=board,
        issues=issues,
        instruction=instruction,
        coded_salience=coded,
        salience=coded,
        weights=coded,
        open_to=coded,
        trust=np.asarray(trust, dtype=dtype),
        push=np.zeros((len(room.countries), texts), dtype=dtype),
        places=np.empty(0),
        on_table=on_table,
        forbidden=np.empty(0, dtype=bool),
        unmet=np.empty(0, dtype=bool),
        heard=np.zeros((len(room.countries), texts, width), dtype=dtype),
        lean=np.zeros((len(room.countries), texts, width), dtype=np.int8),
        adopted_round=np.full((texts, width), -1, dtype=np.int16),
    )
    chamber.set_salience(coded, room)
    chamber.set_places(np.repeat(room.places[:, :, None], width, axis=2).astype(dtype), room)
    return chamber


def _judged(
    room: Room,
    coded: NDArray[np.float64],
    sd: NDArray[np.float64],
    purpose: Purpose,
    seed: int,
    replicates: NDArray[np.integer],
) -> Floats:
    """Coded judgements as this batch sees them: drawn around the coded value, kept on the scale."""
    values = np.repeat(coded[:, :, None], len(replicates), axis=2)
    if sd.any():
        subjects = [key_number(issue) for issue in room.issues]
        normal = draw("normal", room.seats, seed, replicates, purpose, subjects)[0]
        values += sd[:, :, None] * normal
        np.clip(values, 0, 100, out=values)
    return values.astype(room.dtype)
