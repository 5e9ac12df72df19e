"""Which changes of wording are worth a closer look? Single options and trades of two, one a case."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple, TypeVar

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
Number = TypeVar("Number", bound=np.generic)


class Lines(NamedTuple):
    """Whose red lines wordings break, by kind: `forbidden` and `unmet` (case, owner); the rows of those who
    have lines are `Brackets.owners`."""

    forbidden: Flags
    unmet: Flags

    @property
    def broken(self) -> Flags:
        """Whether lines of either kind are broken."""
        return self.forbidden | self.unmet

    def rows(self, cases: Numbers | slice) -> Lines:
        """Some cases alone."""
        return Lines(self.forbidden[cases], self.unmet[cases])


class Cases:
    """Changes of a text's wording, each in one replicate: the numbers of a `first` single change and of a
    `second` one beside it, `NOBODY` for none, all (case,).

    `place`, `silent` and `touched` (case, issue) tell where that puts the text and on which issues it may
    move it, `force` (case,) how heavily content then weighs, `lines` whose red lines it breaks; `gain` (case,
    sponsor) is what it leaves the sponsors on their first instructions, and `crossed` (case,) whether it
    crosses a red line of theirs.
    """

    def __init__(self, brackets: Brackets, replicate: Numbers, first: Numbers, second: Numbers) -> None:
        self.brackets, self.replicate, self.first, self.second = brackets, replicate, first, second
        one, other = (replicate, first), (replicate, second)
        self.touched = brackets.touches[first] | brackets.touches[second]
        voices = brackets.voices[replicate] + brackets.more_voices[one] + brackets.more_voices[other]
        sums = brackets.sums[replicate] + brackets.added[one] + brackets.added[other]
        self.silent = voices == 0
        place = np.where(self.silent, brackets.room.reversion, sums / np.maximum(voices, 1))
        self.place = np.where(self.touched, place, brackets.place[replicate])
        self.force = np.broadcast_to(brackets.room.force(self.place.T), replicate.shape)
        self.lines = brackets.lines_at(self.place, self.silent)
        self.crossed = np.logical_or.reduce(self.lines.broken[:, brackets.sponsors_lines], axis=1)
        self.gain = brackets.sponsors_gain[replicate] + self._change(brackets.sponsors, slice(None))

    def __len__(self) -> int:
        return len(self.replicate)

    @cached_property
    def change(self) -> Floats:
        """What each case does to every delegation's gain (case, country)."""
        room = self.brackets.room
        change = np.empty((len(self), len(room.countries)), dtype=room.dtype)
        for some in portions(*change.shape):
            change[some] = self._change(self.brackets.standing, some)
        return change

    def _change(self, standing: Standing, some: slice) -> Floats:
        """The same for the delegations of some sheets. Issue by issue: what is nearer to a position counts by
        salience, and by legal force if it is content; a change of force weighs all content anew."""
        room, exponent = self.brackets.room, self.brackets.room.dynamics.loss_exponent
        replicate, force = self.replicate[some], self.force[some]
        replicates, countries = standing.losses.shape[1:]
        said, care, before = (
            stack.reshape(stack.shape[0] * stack.shape[1], countries)
            for stack in (*standing.sheets, standing.losses)
        )
        change = np.zeros((len(replicate), countries), dtype=room.dtype)
        case, issue = np.nonzero(self.touched[some])
        turn = np.arange(len(case)) - np.searchsorted(case, case)
        for number in range(int(turn.max(initial=-1)) + 1):
            now = turn == number
            of, on = case[now], issue[now]
            row = on * replicates + replicate[of]
            after = preferences.loss(said[row], self.place[some][of, on][:, None], exponent)
            gained = np.subtract(before[row], after, out=after)
            gained *= care[row if len(care) == len(said) else on]
            if room.force_issue is not None:
                gained *= np.where(room.content[on], force[of], 1)[:, None]
            if len(of) == len(change):
                change += gained
            else:
                change[of] += gained
        heavier = force - self.brackets.force[replicate]
        of = np.flatnonzero(heavier)
        if len(of):
            change[of] += heavier[of, None] * standing.content[replicate[of]]
        return change


class Standing:
    """A text as it stands before some delegations, of whom it has the `sheets`."""

    def __init__(self, room: Room, some: Sheets, place: Floats) -> None:
        self.room, self.sheets, self.place = room, some, place
        self.losses = losses(room, some, place)

    @cached_property
    def content(self) -> Floats:
        """What content brings before legal force (replicate, country)."""
        return gains(self.room, self.sheets, self.place)[0]


class Brackets:
    """What is open in one text at one moment, in every replicate.

    Single changes put another option in the place of the one that stands; they are numbered article by
    article, the same number of them in every replicate. `article` (single,), `option` (replicate, single);
    `place` (replicate, issue) and `force` (replicate,) tell where the text stands, `standing` what it means
    to the room, seen on its `sheets`, and `sponsors` to its sponsors.
    """

    def __init__(self, room: Room, chamber: Chamber, text: int, seen: Sheets) -> None:
        wording = room.wordings[text]
        self.room, self.wording = room, wording
        self.chosen = chamber.chosen[text, : len(wording.articles)].T
        self.place = np.ascontiguousarray(chamber.places[text].T)
        self.force = np.broadcast_to(room.force(self.place.T), len(self.place))
        self.article, alternative = wording.alternatives
        self.option = alternative + (alternative >= self.chosen[:, self.article])
        every = np.arange(len(wording.articles))
        stands, speaks = (
            wording.place[every, self.chosen],
            wording.speaks[every, self.chosen].astype(np.int32),
        )
        self.sums, self.voices = stands.sum(axis=1), speaks.sum(axis=1)
        self.added = _with_none(wording.place[self.article, self.option] - stands[:, self.article])
        self.more_voices = _with_none(wording.speaks[self.article, self.option] - speaks[:, self.article])
        nowhere = np.zeros((1, len(room.issues)), dtype=bool)
        self.touches = np.append(wording.moves[self.article], nowhere, axis=0)
        self.owners = np.union1d(room.forbids.owners, room.requires.owners)
        self.sponsors_lines = np.flatnonzero(room.sponsoring[self.owners, text])
        self.lines = self.lines_at(self.place, np.ascontiguousarray(chamber.silent[text].T))
        self.standing = Standing(room, seen, self.place)
        self.sponsors = Standing(room, chamber.sponsors[text], self.place)
        content, procedure = gains(room, self.sponsors.sheets, self.place)
        self.sponsors_gain = content * self.force[:, None] + procedure

    def lines_at(self, place: Floats, silent: Flags) -> Lines:
        """Whose red lines wordings break; `place` and `silent` (case, issue)."""
        kinds = []
        for lines in (self.room.forbids, self.room.requires):
            outside = (place[:, lines.issue] < lines.lowest) | (place[:, lines.issue] > lines.highest)
            outside &= ~silent[:, lines.issue]
            broken = np.zeros((len(place), len(self.owners)), dtype=bool)
            where = np.searchsorted(self.owners, lines.owners)
            for owner, line in lines.layers:
                broken[:, where[owner]] |= outside[:, line]
            kinds.append(broken)
        return Lines(*kinds)

    def singles(self) -> Cases:
        """Every single change in every replicate, replicate after replicate."""
        replicates, singles = self.option.shape
        return self.cases(
            np.repeat(np.arange(replicates), singles),
            np.tile(np.arange(singles), replicates),
            np.full(replicates * singles, NOBODY),
        )

    def cases(self, replicate: Numbers, first: Numbers, second: Numbers) -> Cases:
        """Changes that replace one option or two."""
        return Cases(self, replicate, first, second)

    def weighed(self, singles: Cases, pull: Floats, hopeful: Flags) -> Floats:
        """Σ_i pull_i·ΔG_i for single changes, `pull` (replicate, country); (replicate, single) as `hopeful`.

        Issue by issue, without writing down what each change does to each delegation. Changes without hope
        in any replicate are left out.
        """
        room, shape = self.room, self.option.shape
        place, force = singles.place.reshape(*shape, -1), singles.force.reshape(shape)
        found = np.zeros(shape, dtype=room.dtype)
        asked = hopeful.any(axis=0)
        for issue in np.flatnonzero(self.touches[:-1][asked].any(axis=0)):
            said = self.standing.sheets.said[issue]
            weight = pull * self.standing.sheets.care[issue]
            before = np.vecdot(weight, self.standing.losses[issue])
            columns = np.flatnonzero(self.touches[:-1, issue] & asked)
            for some in portions(len(columns), said.size):
                column = columns[some]
                there = place[:, column, issue].T[..., None]
                after = preferences.loss(said, there, room.dynamics.loss_exponent)
                gained = (before - np.vecdot(weight, after)).T
                found[:, column] += gained * force[:, column] if room.content[issue] else gained
        heavier = force - self.force[:, None]
        if heavier.any():
            found += heavier * np.vecdot(pull, self.standing.content)[:, None]
        return found

    def renamed(self, replicate: Numbers, first: Numbers, second: Numbers) -> NDArray[np.uint64]:
        """Numbers that identify the whole wordings after changes (case,)."""
        code, every = self.wording.code, np.arange(len(self.wording.articles))
        gone = code[every, self.chosen][:, self.article]
        turned = _with_none(gone ^ code[self.article, self.option])
        names = codes(self.wording, self.chosen.T)
        return names[replicate] ^ turned[replicate, first] ^ turned[replicate, second]

    def reworded(self, cases: Cases, some: Numbers) -> Numbers:
        """The whole wordings (article, …) of some cases."""
        replicate = cases.replicate[some]
        wordings = self.chosen[replicate]
        for which in (cases.first[some], cases.second[some]):
            there = np.flatnonzero(which != NOBODY)
            number = which[there]
            wordings[there, self.article[number]] = self.option[replicate[there], number]
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
    apart = brackets.article[one] != brackets.article[other]
    both = np.where(apart, estimate[everywhere, one] + estimate[everywhere, other], NEVER)
    return one, other, both


def shortlist(rank: Floats, longest: int) -> tuple[Numbers, Flags]:
    """The best `longest` changes of each replicate by rank (replicate, place), and which of them are any.

    `rank` (replicate, change); a rank of −∞ means none.
    """
    chosen = np.argsort(-rank, axis=1, kind="stable")[:, :longest]
    return chosen, np.take_along_axis(rank, chosen, axis=1) > NEVER


def _with_none(of_singles: NDArray[Number]) -> NDArray[Number]:
    """The same with one more single change, the last, that changes nothing: where `NOBODY` points."""
    shape = (len(of_singles), 1, *of_singles.shape[2:])
    return np.concatenate([of_singles, np.zeros(shape, dtype=of_singles.dtype)], axis=1)
