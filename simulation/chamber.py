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

WIDTH = 64


def contract(matrix: Floats, planes: Floats) -> Floats:
    """Sum over countries: matrix (i, j) times planes (j, column, replicate) gives (i, column, replicate).

    The last bits of a matrix product change with the width of the array. The product is therefore always
    taken over exactly 64 replicates: fewer are padded, more run in blocks.
    """
    rows, (inner, columns, replicates) = matrix.shape[0], planes.shape
    if replicates == WIDTH:
        flat = np.ascontiguousarray(planes).reshape(inner, columns * WIDTH)
        return (matrix @ flat).reshape(rows, columns, WIDTH)
    out = np.empty((rows, columns, replicates), dtype=planes.dtype)
    padded = np.zeros((inner, columns, WIDTH), dtype=planes.dtype)
    for start in range(0, replicates, WIDTH):
        block = planes[:, :, start : start + WIDTH]
        width = block.shape[2]
        padded[:, :, :width] = block
        padded[:, :, width:] = 0
        product = (matrix @ padded.reshape(inner, columns * WIDTH)).reshape(rows, columns, WIDTH)
        out[:, :, start : start + width] = product[:, :, :width]
    return out


def contract_issues(weights: Floats, planes: Floats) -> Floats:
    """Weighted sums over issues: Σ_k weights[country, c, k(, replicate)] · planes[country, k, replicate].

    Returns (country, c, replicate). Weights that hold for all replicates make a stack of small matrix
    products, taken over exactly 64 replicates like `contract`; weights of each replicate's own are multiplied
    and added issue after issue.
    """
    countries, kinds, issues = weights.shape[:3]
    replicates = planes.shape[2]
    if weights.ndim == 3 and replicates == WIDTH:
        return np.matmul(weights, planes)
    out = np.empty((countries, kinds, replicates), dtype=planes.dtype)
    if weights.ndim == 3:
        padded = np.zeros((countries, issues, WIDTH), dtype=planes.dtype)
        for start in range(0, replicates, WIDTH):
            block = planes[:, :, start : start + WIDTH]
            width = block.shape[2]
            padded[:, :, :width] = block
            out[:, :, start : start + width] = np.matmul(weights, padded)[:, :, :width]
        return out
    for kind in range(kinds):
        total = weights[:, kind, 0] * planes[:, 0]
        for issue in range(1, issues):
            total += weights[:, kind, issue] * planes[:, issue]
        out[:, kind] = total
    return out


def contract_within(matrix: Floats, planes: Floats, confidence: float) -> Floats:
    """Listening with bounded confidence: only those within `confidence` points are heard, on each issue.

    W̃_ij ∝ W_ij·[|x_ik − x_jk| ≤ ε] with rows that sum to 1; who hears nobody keeps its own position
    (Hegselmann & Krause 2002). `planes` (country, issue, replicate). Who stands exactly at the edge is heard:
    a hair of slack keeps rounding from deciding that.
    """
    countries, issues, replicates = planes.shape
    within = confidence + 6400 * np.finfo(planes.dtype).eps
    out = np.empty_like(planes)
    for start in range(0, replicates, WIDTH):
        block = np.zeros((countries, issues, WIDTH), dtype=planes.dtype)
        width = min(WIDTH, replicates - start)
        block[:, :, :width] = planes[:, :, start : start + width]
        for issue in range(issues):
            said = block[:, issue]
            near = np.abs(said[:, None] - said[None]) <= within
            weights = np.where(near, matrix[:, :, None], 0)
            total = weights.sum(axis=1)
            weights *= said[None]
            heard = np.divide(weights.sum(axis=1), total, out=said.copy(), where=total > 0)
            out[:, issue, start : start + width] = heard[:, :width]
    return out


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
