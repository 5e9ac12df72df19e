"""Which amendments are moved before a text is put to the vote, and which carry?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Rule
from simulation import rules
from simulation.appeals import mix, weighed_gains
from simulation.chamber import Chamber
from simulation.phases.paragraphs import HAIR, ballots_by_worth
from simulation.room import Room
from simulation.rules._house import house_of
from simulation.wording import places

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NOT_MOVED, REJECTED, ADOPTED, FELL, AMENDED = -1, 0, 1, 2, 3


class Amendments(NamedTuple):
    """What became of every option of every article as an amendment: `outcome` int8 (text, article, option,
    replicate), from −1 for not moved to 3 for amended, and the row of who moved it, `mover` int16 of that
    shape, −1 for nobody."""

    outcome: NDArray[np.int8]
    mover: NDArray[np.int16]


def nothing_moved(room: Room, width: int) -> Amendments:
    """No amendments at all."""
    articles, options = (max(one.exists.shape[axis] for one in room.wordings) for axis in (0, 1))
    shape = len(room.wordings), articles, options, width
    return Amendments(np.full(shape, NOT_MOVED, dtype=np.int8), np.full(shape, -1, dtype=np.int16))


def amend(model: NegotiationModel, chamber: Chamber, rule: Rule) -> Amendments:
    """Put amendments to the vote and change the texts of a chamber accordingly.

    1. An amendment is an option in brackets other than the one that stands. Those who proposed an option move
       it; another is moved by the delegation it brings most, if enough stand behind it: each of them gains at
       least `min_improvement`, in the line of its blocs, and is no sponsor. At most `rule.amendments` a text,
       those with most behind them. Observers move none.
    2. They are voted on article by article, the furthest removed in substance from the text first, an
       amendment to an amendment before it. The rule is that of the whole.
    3. When one is adopted the others on its article fall, since adopting one rejects them; those on other
       articles stand, and are weighed against the text as amended.

    Source: rules of procedure of the General Assembly, 90 (furthest removed first; an amendment whose
    rejection is implied is not put to the vote) and 84 (majority). Who moves what is a house rule.
    """
    room, found = model.room, nothing_moved(model.room, len(model.replicates))
    for text, wording in enumerate(room.wordings):
        if not (chamber.on_table[text] and len(wording.alternatives[0])):
            continue
        motions = _Motions(model, chamber, text, rule)
        moved, mover = motions.moved()
        articles, options = moved.shape[:2]
        found.mover[text, :articles, :options] = np.where(moved, mover, -1)
        outcome = found.outcome[text, :articles, :options]
        for article in np.flatnonzero(moved.any(axis=(1, 2))).tolist():
            outcome[article] = motions.decide(article, moved[article])
        chamber.place(text, room)
    chamber.watch_red_lines(room)
    return found


class _Motions:
    """The amendments to one text: who moves them, and how the chamber decides."""

    def __init__(self, model: NegotiationModel, chamber: Chamber, text: int, rule: Rule) -> None:
        self.room, self.chamber, self.text, self.rule = model.room, chamber, text, rule
        self.wording = self.room.wordings[text]
        self.chosen = chamber.chosen[text, : len(self.wording.articles)]
        self.found, self.house = rules.find(rule.name), house_of(self.room, rule)
        self.absent = model.draws.absent
        one = list(self.room.scenario.texts.values())[text]
        self.articles = list(one.articles.values())

    def worth(self, columns: Sequence[Numbers]) -> Floats:
        """What whole wordings (article, replicate) bring every delegation, in the line of its blocs (country,
        column, replicate)."""
        where = np.stack([places(self.wording, one, self.room.reversion)[0] for one in columns])
        gains = weighed_gains(self.room, self.chamber, where)
        return mix(self.room.vote_lines[self.room.line_of_text[self.text]], gains)

    def with_option(self, article: int, option: int | Numbers) -> Numbers:
        """The text with another option in one article."""
        changed = self.chosen.copy()
        changed[article] = option
        return changed

    def open_options(self) -> list[tuple[int, int]]:
        """Articles that are open, with all their options."""
        some = np.unique(self.wording.alternatives[0]).tolist()
        return [(a, o) for a in some for o in range(len(self.wording.options[a]))]

    def moved(self) -> tuple[Flags, NDArray[np.int16]]:
        """Which options are moved as amendments, and by whom, both (article, option, replicate)."""
        room, shape = self.room, (*self.wording.exists.shape, self.chosen.shape[1])
        behind, mover = np.zeros(shape, dtype=np.int64), np.full(shape, -1, dtype=np.int16)
        moved = np.zeros(shape, dtype=bool)
        outsiders = ~(room.sponsoring[:, self.text] | room.observing)
        standing = self.worth([self.chosen])[:, 0]
        for article, option in self.open_options():
            gained = self.worth([self.with_option(article, option)])[:, 0] - standing
            for_it = (gained >= max(room.dynamics.min_improvement, HAIR)) & outsiders[:, None]
            behind[article, option] = for_it.sum(axis=0)
            mover[article, option] = np.where(outsiders[:, None], gained, -np.inf).argmax(axis=0)
            moved[article, option] = behind[article, option] >= max(self.rule.cosponsors, 1)
            proposers = self._proposers(article, option)
            if len(proposers):
                moved[article, option], mover[article, option] = True, proposers[0]
                behind[article, option] += len(room.countries)
            moved[article, option] &= self.chosen[article] != option
        behind = np.where(moved, behind, -1).reshape(-1, shape[2])
        rank = np.argsort(np.argsort(-behind, axis=0, kind="stable"), axis=0, kind="stable")
        return moved & (rank.reshape(shape) < self.rule.amendments), mover

    def _proposers(self, article: int, option: int) -> Numbers:
        """The rows of those who proposed an option, blocs by their coordinator or first member."""
        if not option:
            return np.zeros(0, dtype=np.intp)
        name = self.wording.options[article][option]
        rows: list[int] = []
        for who in self.articles[article].options[name].proposed_by:
            if who in self.room.blocs:
                speaker = self.room.scenario.blocs[who].coordinator
                members = self.room.rows([f"bloc:{who}"])
                rows += (
                    [self.room.countries.index(speaker)] if speaker in self.room.countries else members[:1]
                )
            else:
                rows.append(self.room.countries.index(who))
        return np.array([row for row in rows if not self.room.observing[row]], dtype=np.intp)

    def decide(self, article: int, moved: Flags) -> NDArray[np.int8]:
        """What becomes of the amendments to an article (option, replicate); the text changes with them."""
        outcome = np.where(moved, REJECTED, NOT_MOVED).astype(np.int8)
        here = places(self.wording, self.chosen, self.room.reversion)[0]
        far = np.full(moved.shape, -np.inf)
        for option in np.flatnonzero(moved.any(axis=1)).tolist():
            there = places(self.wording, self.with_option(article, option), self.room.reversion)[0]
            far[option] = np.where(moved[option], np.abs(there - here).sum(axis=0), -np.inf)
        pending, replicates = moved.copy(), np.arange(moved.shape[1])
        below = self._below(article)
        for option in below:
            pending[option] &= ~moved[below[option]]
        while pending.any():
            voting = np.logical_or.reduce(pending, axis=0)
            first = np.where(pending, far, -np.inf).argmax(axis=0)
            pending[first, replicates] = False
            motion = self._as_amended(article, first, voting, moved, outcome, below)
            text = np.where(voting, motion, self.chosen[article])
            carried = self._carries([self.chosen, self.with_option(article, text)]) & voting
            outcome[motion[carried], replicates[carried]] = ADOPTED
            outcome[:, carried] = np.where(pending[:, carried], FELL, outcome[:, carried])
            pending[:, carried] = False
            self.chosen[article] = np.where(carried, motion, self.chosen[article])
        return outcome

    def _below(self, article: int) -> dict[int, int]:
        """Which options are amendments to another option of the article."""
        names = self.wording.options[article]
        return {
            names.index(name): names.index(option.amends)
            for name, option in self.articles[article].options.items()
            if option.amends is not None
        }

    def _as_amended(
        self,
        article: int,
        first: Numbers,
        voting: Flags,
        moved: Flags,
        outcome: NDArray[np.int8],
        below: dict[int, int],
    ) -> Numbers:
        """The amendments (replicate,) as they stand after those to them have been voted on."""
        motion = first.copy()
        for option, parent in below.items():
            where = voting & moved[option] & (motion == parent)
            if not where.any():
                continue
            pair = [self.with_option(article, np.where(where, one, motion)) for one in (parent, option)]
            carried = self._carries(pair) & where
            outcome[parent, carried] = AMENDED
            motion = np.where(carried, option, motion)
        return motion

    def _carries(self, pair: Sequence[Numbers]) -> Flags:
        """Whether the chamber prefers the second of two wordings (replicate,)."""
        alone = self.room.dynamics.block_cost if self.found.one_no_blocks else 0.0
        both = self.worth(pair)
        ballots = ballots_by_worth((both[:, 1] - both[:, 0])[:, None], self.absent, alone)
        return self.found.decide(ballots[self.room.counted], self.house)[0]
