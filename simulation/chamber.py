"""The state of a negotiation: positions, stances, trust and texts as arrays with a replicate axis.

Shapes are written once, here. The order of axes is (country, issue or text, replicate), the replicate
innermost. Expressed positions and public stances meet on one contiguous `board`, so that listening to
everybody about everything is one matrix product.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents import influence, preferences
from simulation.room import Room
from simulation.sponsors import Sponsors
from simulation.streams import BY_BLOC, Purpose, Seats, draw, key_number
from simulation.wording import codes, places

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


@dataclass
class Chamber:
    """What changes during a negotiation, for one batch of replicates.

    - `position` (country, issue, replicate): expressed positions; `said`, those of the last consultation
      before anybody was persuaded
    - `stance` (country, text, replicate): public stances −1, 0, 1, in the precision of the other numbers
    - `instruction` (country, issue, replicate): the capital's positions x0
    - `coded_salience`, `salience` (country, issue, replicate): 0–100, and normalised; one plane if all
      replicates have the same
    - `per_point`: salience per unit of loss, 100^ρ; `weights`: the same as `contract_issues` wants it,
      (country, kind, issue) or (country, 1, issue, replicate) where each replicate has its own
    - `open_to` (country, issue, replicate): how far persuasion moves a position; `anchor`, the rest of it
    - `trust` (sponsor, country, replicate); `push` (country, text): what statements add;
      `coloured` (country, text): how much authorship still colours texts, of what it did at first
    - `offered` (country, text, replicate): inducements promised; `funds` (text, replicate): what is left
    - `in_force`, `withdrawn` (commitment, replicate): which commitments hold, and which were taken back;
      `pledged` (country, text, replicate): inducements that commitments in force give
    - `joint` (country, text, replicate): what joint statements add
    - `lobbied` (country, text, replicate): what calls on delegations still add; `calls`, how many there were
    - `chosen` (text, article, replicate): the wordings that stand, −1 beyond a text's end
    - `places`, `silent` (text, issue, replicate): where that puts the texts; `tabled_places` at first
    - `gains` (country, text, replicate): what the texts bring, out of date for the `stale` ones
    - `content` (country, text, replicate): what the content of the texts brings before legal force, out of
      date for the same and for those of `stale_content`
    - `sponsors` (text,): those who tabled it, as they were at the start; `initial` (text,) what the tabled
      wording brings them (sponsor, replicate)
    - `ambition` (text, replicate): what share of their initial gain the sponsors retain
    - `revised` (text,): the day of the last revision; `visited` (text,): the wordings that have stood
    - `on_table` (text,); `forbidden`, `unmet` (country, text, replicate): whose red lines are broken
    - `heard` (country, text, replicate): what the last consultation brought, Σ_j W_ij S_j
    - `lean` (country, text, replicate): which way a delegation leans, whatever it says
    - `adopted_round` (text, replicate): −1 for not yet; `unbroken` (text, replicate): for how many days what
      the decision rule asks has held; `unbroken_articles` (text, article, replicate): for how many nobody has
      objected to the article
    """

    position: Floats
    said: Floats
    stance: Floats
    instruction: Floats
    coded_salience: Floats
    salience: Floats
    per_point: Floats
    weights: Floats
    open_to: Floats
    anchor: Floats
    trust: Floats
    push: Floats
    coloured: Floats
    offered: Floats
    funds: Floats
    in_force: NDArray[np.bool_]
    withdrawn: NDArray[np.bool_]
    pledged: Floats
    joint: Floats
    lobbied: Floats
    calls: NDArray[np.int16]
    chosen: NDArray[np.int16]
    places: Floats
    silent: NDArray[np.bool_]
    gains: Floats
    stale: set[int]
    stale_content: set[int]
    tabled_places: Floats
    content: Floats
    sponsors: list[Sponsors]
    initial: list[Floats]
    ambition: Floats
    revised: list[dt.date]
    visited: list[list[NDArray[np.uint64]]]
    on_table: NDArray[np.bool_]
    forbidden: NDArray[np.bool_]
    unmet: NDArray[np.bool_]
    heard: Floats
    lean: NDArray[np.int8]
    adopted_round: NDArray[np.int16]
    unbroken: NDArray[np.int32]
    unbroken_articles: NDArray[np.int32]

    def set_salience(self, coded: Floats, room: Room) -> None:
        """Take a new coded salience; shares and openness follow, as strategies weigh the issues."""
        self.coded_salience = coded
        self.stale = set(range(len(room.texts)))
        weighed = coded if room.emphasis is None else coded * room.emphasis[:, :, None]
        self.salience = preferences.normalise_salience(weighed)
        self.per_point = self.salience / room.dtype(preferences.unit(room.dynamics.loss_exponent))
        if room.salience_sd.any():
            self.weights = self.per_point[:, None]
        else:
            of_kind = [np.isin(np.arange(len(room.issues)), members) for members in room.kinds]
            self.weights = np.where(of_kind, self.per_point[:, None, :, 0], 0).astype(room.dtype)
        open_to = influence.openness_by_issue(room.openness, self.salience, room.dynamics.salience_exponent)
        self.open_to = np.ascontiguousarray(np.broadcast_to(open_to, self.instruction.shape))
        self.instruct(self.instruction)

    def instruct(self, positions: Floats) -> None:
        """Take new instructions (country, issue, replicate)."""
        self.instruction = positions
        self.anchor = (1 - self.open_to) * positions

    def place(self, text: int, room: Room, kept: NDArray[np.bool_] | None = None) -> None:
        """Put a text where its standing wordings put it, or those that are `kept` (article, replicate)."""
        wording = room.wordings[text]
        self.stale.add(text)
        self.places[text], self.silent[text] = places(
            wording, self.chosen[text, : len(wording.articles)], room.reversion, kept
        )

    def reword(
        self, text: int, where: NDArray[np.bool_], place: Floats, silent: NDArray[np.bool_], gained: Floats
    ) -> None:
        """Put a text where another wording puts it, and add what that brings to the gains.

        `where` (replicate,) there is one; `place` and `silent` (issue, reworded); `gained` (country,
        replicate), 0 elsewhere.
        """
        self.places[text][:, where], self.silent[text][:, where] = place, silent
        self.gains[:, text] += gained
        self.stale_content.add(text)

    def learn_trust(self, text: int, gained: Floats, room: Room) -> None:
        """Trust in a text's sponsors moves with what an accepted change brought: T + η·ΔG, inside −1…1.

        `gained` (country, replicate) is how it changed the gains, 0 where none was accepted.
        """
        for sponsor, _ in room.authors[text]:
            learnt = gained * room.dtype(room.dynamics.trust_learning)
            learnt += self.trust[sponsor]
            np.clip(learnt, -1, 1, out=self.trust[sponsor])

    def note_red_lines(
        self, text: int, where: NDArray[np.bool_], forbidden: Flags, unmet: Flags, room: Room
    ) -> None:
        """Note whose red lines a text breaks from now on in some replicates; `forbidden` and `unmet` (some
        replicate, owner)."""
        owners = room.red_lines.owners
        for kind, broken in ((self.forbidden, forbidden), (self.unmet, unmet)):
            theirs = kind[owners, text]
            theirs[:, where] = broken.T
            kind[owners, text] = theirs

    def watch_red_lines(self, room: Room, texts: Sequence[int] | None = None) -> None:
        """Note whose red lines some texts (all by default) break where they stand now."""
        lines, some = room.red_lines, list(range(len(room.texts)) if texts is None else texts)
        if texts is None:
            self.forbidden, self.unmet = np.zeros((2, *self.gains.shape), dtype=bool)
        places, silent = self.places[some].swapaxes(1, 2), self.silent[some].swapaxes(1, 2)
        broken = preferences.whose(preferences.outside(places, silent, lines), lines)
        for kind, held in zip((self.forbidden, self.unmet), broken, strict=True):
            kind[lines.owners[:, None], some] = np.moveaxis(held, 2, 0)


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
    on_table = room.tabled_from_start.copy()
    opening = np.where(room.sponsoring, 1, room.opening_stance[:, None]) * on_table
    stance = np.repeat(opening.astype(dtype)[:, :, None], width, axis=2)
    trust = np.repeat(room.trust.T[:, :, None], width, axis=2)
    chosen = _tabled_wordings(room, width)
    chamber = Chamber(
        position=instruction.copy(),
        said=instruction,
        stance=np.asarray(stance, dtype=dtype),
        instruction=instruction,
        coded_salience=coded,
        salience=coded,
        per_point=coded,
        weights=coded,
        open_to=coded,
        anchor=coded,
        trust=np.asarray(trust, dtype=dtype),
        push=np.zeros((len(room.countries), texts), dtype=dtype),
        coloured=np.ones((len(room.countries), texts), dtype=dtype),
        offered=np.zeros((len(room.countries), texts, width), dtype=dtype),
        funds=np.repeat(room.budgets[:, None], width, axis=1),
        in_force=np.zeros((len(room.commitments.keys), width), dtype=bool),
        withdrawn=np.zeros((len(room.commitments.keys), width), dtype=bool),
        pledged=np.zeros((len(room.countries), texts, width), dtype=dtype),
        joint=np.zeros((len(room.countries), texts, width), dtype=dtype),
        lobbied=np.zeros((len(room.countries), texts, width), dtype=dtype),
        calls=np.zeros((len(room.countries), texts, width), dtype=np.int16),
        chosen=chosen,
        places=np.empty((texts, issues, width), dtype=dtype),
        silent=np.empty((texts, issues, width), dtype=bool),
        gains=np.empty((len(room.countries), texts, width), dtype=dtype),
        stale=set(range(texts)),
        stale_content=set(),
        tabled_places=np.empty((texts, issues, width), dtype=dtype),
        ambition=np.full((texts, width), np.nan, dtype=dtype),
        content=np.empty((len(room.countries), texts, width), dtype=dtype),
        sponsors=[],
        initial=[],
        revised=[_tabled_on(room, text) for text in range(texts)],
        visited=[[codes(one, np.repeat(one.start[:, None], width, axis=1))] for one in room.wordings],
        on_table=on_table,
        forbidden=np.empty(0, dtype=bool),
        unmet=np.empty(0, dtype=bool),
        heard=np.zeros((len(room.countries), texts, width), dtype=dtype),
        lean=np.zeros((len(room.countries), texts, width), dtype=np.int8),
        adopted_round=np.full((texts, width), -1, dtype=np.int16),
        unbroken=np.zeros((texts, width), dtype=np.int32),
        unbroken_articles=np.zeros((*chosen.shape[:2], width), dtype=np.int32),
    )
    chamber.set_salience(coded, room)
    for text in range(texts):
        chamber.place(text, room)
    chamber.tabled_places = chamber.places.copy()
    for text in range(texts):
        rows = np.flatnonzero(room.sponsoring[:, text])
        chamber.sponsors.append(Sponsors(room, chamber.instruction[rows], chamber.per_point[rows]))
        chamber.initial.append(chamber.sponsors[text].gain(chamber.places[text]))
    chamber.watch_red_lines(room)
    return chamber


def _tabled_on(room: Room, text: int) -> dt.date:
    """The day from which a text lies on the table."""
    first = room.rounds[0].start
    return max(list(room.scenario.texts.values())[text].tabled or first, first)


def _tabled_wordings(room: Room, width: int) -> NDArray[np.int16]:
    """The wordings with which texts are tabled (text, article, replicate), −1 beyond a text's end."""
    most = max((len(wording.articles) for wording in room.wordings), default=0)
    chosen = np.full((len(room.texts), most, width), -1, dtype=np.int16)
    for text, wording in enumerate(room.wordings):
        chosen[text, : len(wording.articles)] = wording.start[:, None]
    return chosen


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
        error = draw("normal", room.seats, seed, replicates, purpose, subjects)[0]
        if room.shared_errors.any():
            blocs = Seats.of(room.blocs, {})
            common = draw("normal", blocs, seed, replicates, BY_BLOC[purpose], subjects)[0]
            error *= np.sqrt(1 - (room.shared_errors**2).sum(axis=1))[:, None, None]
            for bloc, share in enumerate(room.shared_errors.T):
                error += share[:, None, None] * common[bloc]
        values += sd[:, :, None] * error
        np.clip(values, 0, 100, out=values)
    return values.astype(room.dtype)
