"""Which changes of wording are worth a closer look? Single options and trades of two, one a case."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.sheets import Sheets, gains, losses, portions
from simulation.wording import codes

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NOBODY = -1
NEVER = -np.inf


class Lines(NamedTuple):
    """Whose red lines wordings break, by kind: `forbidden` and `unmet` (case, owner), the owners being
    `room.red_lines.owners`."""

    forbidden: Flags
    unmet: Flags

    @property
    def broken(self) -> Flags:
        """Whether lines of either kind are broken."""
        return self.forbidden | self.unmet

    def rows(self, cases: Numbers | slice) -> Lines:
        """Some cases alone."""
        return Lines(self.forbidden[cases], self.unmet[cases])


class Standing:
    """A text as it stands before some delegations, of whom it has the `sheets`: `place` (replicate, issue),
    and how far it lies from each, `losses` (issue, replicate, country)."""

    def __init__(self, room: Room, some: Sheets, place: Floats) -> None:
        self.room, self.sheets, self.place = room, some, place
        self.losses = losses(room, some, place)

    @cached_property
    def content(self) -> Floats:
        """What content brings before legal force (replicate, country)."""
        return gains(self.room, self.sheets, self.place)[0]

    @cached_property
    def rows(self) -> tuple[Floats, Floats, Floats]:
        """Positions, salience and losses as rows, issue after issue and replicate after replicate."""
        stacks = *self.sheets, self.losses
        said, care, before = (of.reshape(of.shape[0] * of.shape[1], of.shape[2]) for of in stacks)
        return said, care, before


class Cases:
    """Changes of a text's wording, each in one replicate: the numbers of a `first` single change and of a
    `second` one beside it, `NOBODY` for none, all (case,).

    `place`, `silent` and `touched` (case, issue) tell where that puts the text and on which issues it may
    move it, `force` (case,) how heavily content then weighs, `lines` whose red lines it breaks; `gain` (case,
    sponsor) is what it leaves the sponsors on their first instructions, and `crossed` (case,) whether it
    crosses a red line of theirs.
    """

    def __init__(
        self,
        brackets: Brackets,
        changes: tuple[Numbers, Numbers, Numbers],
        touched: Flags,
        sums: Floats,
        voices: Floats,
    ) -> None:
        """`sums` and `voices` (case, issue) are what articles say together, and how many speak."""
        room = brackets.room
        self.brackets, self.touched = brackets, touched
        self.replicate, self.first, self.second = changes
        self.silent = voices == 0
        self.place = np.where(self.silent, room.reversion, sums / np.maximum(voices, 1))
        self.force = room.force(self.place.T)
        self.heavier = self.force - brackets.force[self.replicate]
        self.crossed = brackets.crosses_sponsors(self.place, self.silent)
        self.gain = brackets.sponsors_gain[self.replicate] + self._change(brackets.sponsors, slice(None))

    def __len__(self) -> int:
        return len(self.replicate)

    @cached_property
    def lines(self) -> Lines:
        """Whose red lines each case breaks."""
        lines = self.brackets.room.red_lines
        return Lines(*preferences.whose(preferences.outside(self.place, self.silent, lines), lines))

    @cached_property
    def change(self) -> Floats:
        """What each case does to every delegation's gain (case, country)."""
        room = self.brackets.room
        change = np.empty((len(self), len(room.countries)), dtype=room.dtype)
        for some in portions(*change.shape):
            change[some] = self._change(self.brackets.standing, some)
        return change

    @cached_property
    def _moves(self) -> tuple[Numbers, Numbers, Numbers]:
        """What moves: case, issue, and whether it is the first, second… issue of its case (entry,)."""
        case, issue = np.nonzero(self.touched)
        return case, issue, np.arange(len(case)) - np.searchsorted(case, case)

    def _change(self, standing: Standing, some: slice) -> Floats:
        """The same for the delegations of some sheets. Issue by issue: what is nearer to a position counts by
        salience, and by legal force if it is content; a change of force weighs all content anew."""
        room, (said, care, before) = self.brackets.room, standing.rows
        replicates, countries = standing.losses.shape[1:]
        start, end, _ = some.indices(len(self))
        change = np.zeros((end - start, countries), dtype=room.dtype)
        case, issue, turn = self._moves
        here = slice(*np.searchsorted(case, (start, end)))
        case, issue, turn = case[here], issue[here], turn[here]
        for number in range(int(turn.max(initial=-1)) + 1):
            now = turn == number
            of, on = case[now], issue[now]
            row = on * replicates + self.replicate[of]
            there = self.place[of, on][:, None]
            after = preferences.loss(said.take(row, axis=0), there, room.dynamics.loss_exponent)
            gained = np.subtract(before.take(row, axis=0), after, out=after)
            gained *= care.take(row if len(care) == len(said) else on, axis=0)
            if self.force.ndim:
                gained *= np.where(room.content[on], self.force[of], room.dtype(1))[:, None]
            if len(of) == len(change):
                change += gained
            else:
                change[of - start] += gained
        of = np.flatnonzero(self.heavier[some])
        if len(of):
            content = standing.content.take(self.replicate[some][of], axis=0)
            change[of] += np.multiply(content, self.heavier[some][of, None], out=content)
        return change


class Brackets:
    """What is open in one text at one moment, in every replicate; single changes as in `room.open_points`.

    `option` (replicate, single) is what a single change puts in place of the option that stands; `place` and
    `silent` (replicate, issue) and `force` (replicate,) tell where the text stands, `lines` whose red lines
    that breaks, `standing` what it means to the room, seen on its `sheets`, and `sponsors` to its sponsors,
    whom it brings `sponsors_gain` (replicate, sponsor).
    """

    def __init__(self, room: Room, chamber: Chamber, text: int, seen: Sheets) -> None:
        wording, self.points = room.wordings[text], room.open_points[text]
        self.room, self.wording, article = room, wording, self.points.article
        self.chosen = np.ascontiguousarray(chamber.chosen[text, : len(wording.articles)].T)
        self.place = np.ascontiguousarray(chamber.places[text].T)
        self.silent = np.ascontiguousarray(chamber.silent[text].T)
        self.force = np.broadcast_to(room.force(self.place.T), len(self.place))
        self.option = self.points.alternative + (self.points.alternative >= self.chosen[:, article])
        stands, speaks = wording.said(np.arange(len(wording.articles)), self.chosen)
        place, voice = wording.said(article, self.option)
        self.sums, self.voices = stands.sum(axis=1), speaks.sum(axis=1)
        self.added = place - stands.take(article, axis=1)
        self.more = voice - speaks.take(article, axis=1)
        self.outside = preferences.outside(self.place, self.silent, room.red_lines)
        self.lines = Lines(*preferences.whose(self.outside, room.red_lines))
        self.standing = Standing(room, seen, self.place)
        self.sponsors = Standing(room, chamber.sponsors[text], self.place)
        content, procedure = gains(room, self.sponsors.sheets, self.place)
        self.sponsors_gain = content * self.force[:, None] + procedure
        theirs = room.sponsoring[room.red_lines.owners, text]
        self._theirs = np.flatnonzero(room.red_lines.held @ np.tile(theirs, 2))

    def crosses_sponsors(self, place: Floats, silent: Flags) -> Flags:
        """Whether wordings cross a red line of a sponsor (case,); `place` and `silent` (case, issue)."""
        lines = self.room.red_lines
        crossed = np.zeros(len(place), dtype=bool)
        for line in self._theirs:
            there = place[:, lines.issue[line]]
            crossed |= ((there < lines.lowest[line]) | (there > lines.highest[line])) & ~silent[
                :, lines.issue[line]
            ]
        return crossed

    def singles(self) -> Cases:
        """Every single change in every replicate, replicate after replicate."""
        replicates, singles = self.option.shape
        flat = replicates * singles, len(self.room.issues)
        changes = (
            np.repeat(np.arange(replicates), singles),
            np.tile(np.arange(singles), replicates),
            np.full(replicates * singles, NOBODY),
        )
        touched = np.broadcast_to(self.points.touches, (replicates, *self.points.touches.shape))
        sums, voices = self.sums[:, None] + self.added, self.voices[:, None] + self.more
        return Cases(self, changes, touched.reshape(flat), sums.reshape(flat), voices.reshape(flat))

    def cases(self, replicate: Numbers, first: Numbers, second: Numbers) -> Cases:
        """Changes that replace one option or two."""
        sums, voices = self.sums.take(replicate, axis=0), self.voices.take(replicate, axis=0)
        touched = self.points.touches.take(first, axis=0)
        singles = self.option.shape[1]
        pairs = np.flatnonzero(second != NOBODY)
        row, beside = replicate * singles + first, replicate[pairs] * singles + second[pairs]
        added, more = (of.reshape(-1, of.shape[2]) for of in (self.added, self.more))
        sums += added.take(row, axis=0)
        voices += more.take(row, axis=0)
        sums[pairs] += added.take(beside, axis=0)
        voices[pairs] += more.take(beside, axis=0)
        touched[pairs] |= self.points.touches.take(second[pairs], axis=0)
        return Cases(self, (replicate, first, second), touched, sums, voices)

    def weighed(self, singles: Cases, pull: Floats, hopeful: Flags) -> Floats:
        """Σ_i pull_i·ΔG_i for single changes, `pull` (replicate, country); (replicate, single) as `hopeful`.

        Issue by issue, without writing down what each change does to each delegation. Changes without hope
        in any replicate are left out.
        """
        room, shape, exponent = self.room, self.option.shape, self.room.dynamics.loss_exponent
        place = np.ascontiguousarray(singles.place.reshape(*shape, -1).transpose(2, 1, 0))
        found = np.zeros((shape[1], shape[0]), dtype=room.dtype)
        force = np.broadcast_to(singles.force, len(singles)).reshape(shape).T
        asked = hopeful.any(axis=0)
        for issue in np.flatnonzero(self.points.touches[asked].any(axis=0)):
            said = self.standing.sheets.said[issue]
            weight = pull * self.standing.sheets.care[issue]
            before = np.vecdot(weight, self.standing.losses[issue])
            columns = np.flatnonzero(self.points.touches[:, issue] & asked)
            for some in portions(len(columns), said.size):
                column = columns[some]
                after = preferences.loss(said, place[issue, column, :, None], exponent)
                gained = before - np.vecdot(weight, after)
                found[column] += gained * force[column] if room.content[issue] else gained
        if singles.heavier.any():
            heavier = singles.heavier.reshape(shape).T
            found += heavier * np.vecdot(pull, self.standing.content)
        return np.ascontiguousarray(found.T)

    def concerned(self, singles: Cases) -> Lines:
        """Whose red lines single changes leave broken, for those whom they concern (replicate, concern)."""
        points, lines, replicates = self.points, self.room.red_lines, len(self.place)
        where = points.single * len(self.room.issues) + lines.issue[points.line]
        place, silent = (
            of.reshape(replicates, -1).take(where, axis=1) for of in (singles.place, singles.silent)
        )
        broken = ((place < lines.lowest[points.line]) | (place > lines.highest[points.line])) & ~silent
        more: Floats = broken.astype(self.room.dtype) - self.outside.take(points.line, axis=1)
        before: Floats = self.outside.astype(self.room.dtype) @ lines.held
        where = np.append(points.of_owner, points.of_owner + len(lines.owners))
        after = before.take(where, axis=1) + more @ points.counted > 0.5
        concerns = len(points.of_owner)
        return Lines(after[:, :concerns], after[:, concerns:])

    def renamed(self, replicate: Numbers, first: Numbers, second: Numbers) -> NDArray[np.uint64]:
        """Numbers that identify the whole wordings after changes (case,)."""
        code, article = self.wording.code, self.points.article
        turned = code[article, self.chosen[:, article]] ^ code[article, self.option]
        names = codes(self.wording, self.chosen.T)[replicate] ^ turned[replicate, first]
        pairs = np.flatnonzero(second != NOBODY)
        names[pairs] ^= turned[replicate[pairs], second[pairs]]
        return names

    def reworded(self, cases: Cases, some: Numbers) -> Numbers:
        """The whole wordings (article, …) of some cases."""
        replicate = cases.replicate[some]
        wordings = self.chosen[replicate]
        for which in (cases.first[some], cases.second[some]):
            there = np.flatnonzero(which != NOBODY)
            number = which[there]
            wordings[there, self.points.article[number]] = self.option[replicate[there], number]
        return wordings.T


def trades(brackets: Brackets, estimate: Floats, width: int) -> tuple[Numbers, Numbers, Floats]:
    """Pairs of the most promising single changes of different articles (replicate, pair): numbers of the
    first and the second, and the sums of their estimates.

    `estimate` (replicate, single) ranks the singles; the best `width` of them are paired, whether or not they
    could stand alone. The sum is −∞ for two changes of one article.
    """
    best = np.argsort(-estimate, axis=1, kind="stable")[:, :width]
    one, other = (best[:, place] for place in np.triu_indices(best.shape[1], k=1))
    everywhere = np.arange(len(estimate))[:, None]
    apart = brackets.points.article[one] != brackets.points.article[other]
    both = np.where(apart, estimate[everywhere, one] + estimate[everywhere, other], NEVER)
    return one, other, both


def shortlist(rank: Floats, longest: int) -> tuple[Numbers, Flags]:
    """The best `longest` changes of each replicate by rank (replicate, place), and which of them are any.

    `rank` (replicate, change); a rank of −∞ means none.
    """
    chosen = np.argsort(-rank, axis=1, kind="stable")[:, :longest]
    return chosen, np.take_along_axis(rank, chosen, axis=1) > NEVER
