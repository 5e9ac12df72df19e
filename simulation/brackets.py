"""What is open in the texts at one moment, and what changes of wording would do: one change a case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.chamber import Chamber
from simulation.contraction import contract_rows
from simulation.room import Room
from simulation.sheets import Sheets, Standing, portions, sheet
from simulation.sponsors import Stakes

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NOBODY = -1
Number = TypeVar("Number", bound=np.generic)


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


class Cases:
    """Changes of wording: the `row` of each, the numbers of a `first` single change and of a `second` one
    beside it, `NOBODY` for none, all (case,); rows never fall.

    `place` and `silent` (case, issue) tell where that puts the text, `force` (case,) how heavily content then
    weighs, `lines` whose red lines it breaks; `gain`, text by text (sponsor, case), is what it leaves the
    sponsors on their first instructions, and `crossed` (case,) whether it crosses a red line of theirs.
    """

    def __init__(
        self, brackets: Brackets, row: Numbers, first: Numbers, second: Numbers, said: Floats
    ) -> None:
        """`said` (case, 2·issue) is what articles say together, and how many speak."""
        room, issues = brackets.room, len(brackets.room.issues)
        self.brackets = brackets
        self.row, self.first, self.second = row, first, second
        sums, voices = said[:, :issues], said[:, issues:]
        self.silent = voices == 0
        self.place = np.where(self.silent, room.reversion, sums / np.maximum(voices, 1))
        self.force = room.force(self.place.T)
        self.heavier = self.force - brackets.force.take(row)
        self.crossed = brackets.crosses_sponsors(self)
        self.gain = [self._gain(*of) for of in zip(brackets.stakes, self.of_texts(), strict=True)]

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def lines(self) -> Lines:
        """Whose red lines each case breaks."""
        lines = self.brackets.room.red_lines
        return Lines(*preferences.whose(preferences.outside(self.place, self.silent, lines), lines))

    def of_texts(self) -> list[slice]:
        """The cases of one text after the other."""
        texts, replicates = len(self.brackets.texts), self.brackets.replicates
        ends = np.searchsorted(self.row, np.arange(texts + 1) * replicates).tolist()
        return [slice(start, end) for start, end in pairwise(ends)]

    @cached_property
    def change(self) -> Floats:
        """What each case does to every delegation's gain (case, country)."""
        brackets = self.brackets
        change = np.empty((len(self), brackets.standing.countries), dtype=brackets.room.dtype)
        for some in portions(slice(0, len(self)), change.shape[1]):
            total, row = change[some], self.row[some]
            for number, (on, there, factor) in enumerate(self._moves):
                gained = brackets.standing.nearer(on[some], row, there[some])
                if number:
                    gained *= factor[some, None] if factor.ndim else factor
                    total += gained
                else:
                    np.multiply(gained, factor[some, None] if factor.ndim else factor, out=total)
            of = np.flatnonzero(self.heavier[some])
            if len(of):
                weighed = brackets.content.take(row[of], axis=0)
                weighed *= self.heavier[some][of, None]
                total[of] += weighed
        return change

    def _gain(self, stakes: Stakes, some: slice) -> Floats:
        """What some cases, those of one text, leave its sponsors (sponsor, case)."""
        replicate = self.row[some] % self.brackets.replicates
        gain = stakes.gain.take(replicate, axis=1)
        for on, there, factor in self._moves:
            gained = stakes.moved(replicate, on[some], there[some])
            gain += gained * factor[some] if factor.ndim else gained
        of = np.flatnonzero(self.heavier[some])
        if len(of):
            gain[:, of] += stakes.content.take(replicate[of], axis=1) * self.heavier[some][of]
        return gain

    @cached_property
    def _moves(self) -> list[tuple[Numbers, Floats, Floats]]:
        """Issues and places that move (case,), the first of each case, then the second…, and how heavily
        they count: by legal force if they are content (without axes if all count alike).

        Cases that move fewer issues have one that stays where it stands.
        """
        brackets, room, every = self.brackets, self.brackets.room, np.arange(len(self))
        text, issues = brackets.text.take(self.row), self.place.shape[1]
        moves: list[tuple[Numbers, Floats, Floats]] = []
        for change in (self.first, self.second):
            some = change != NOBODY
            if not some.any():
                continue
            for table in room.open_points.issues:
                on = table.take(text * table.shape[1] + change)
                there = self.place.take(every * issues + on)
                stays = ~(some & (on >= 0))
                for earlier, _, _ in moves:
                    stays |= on == earlier
                if stays.any():
                    on = np.where(on < 0, 0, on)
                    there = np.where(stays, brackets.place.take(self.row * issues + on), there)
                factor = self.force
                if factor.ndim:
                    factor = np.where(room.content.take(on), factor, room.dtype(1))
                moves.append((on, there, factor))
        return moves


class Brackets:
    """What is open in some texts at one moment; single changes as in `room.open_points`.

    `text` and `replicate` (row,) of every row. `option` (row, single) is what a single change puts in place
    of the option that stands; `place` and `silent` (row, issue) and `force` (row,) tell where the text
    stands, `lines` whose red lines that breaks, `standing` what it means to the room, and `stakes`, text by
    text, to its sponsors.
    """

    def __init__(self, room: Room, chamber: Chamber, texts: Sequence[int], seen: Sheets) -> None:
        points, due = room.open_points, np.array(texts, dtype=np.intp)
        self.room, self.texts, self.replicates = room, tuple(texts), chamber.chosen.shape[2]
        self.text = np.repeat(due, self.replicates)
        self.replicate = np.tile(np.arange(self.replicates), len(due))
        every = np.arange(len(self.text))

        def rows(of: NDArray[Number]) -> NDArray[Number]:
            return np.ascontiguousarray(of[due].swapaxes(1, 2)).reshape(len(every), of.shape[1])

        self.chosen = np.maximum(rows(chamber.chosen), 0)
        self.place, self.silent = rows(chamber.places), rows(chamber.silent)
        self.force = np.broadcast_to(room.force(self.place.T), len(every))
        self.article = points.article.take(self.text, axis=0)
        alternative = points.alternative.take(self.text, axis=0)
        stands = self.chosen.take(every[:, None] * self.chosen.shape[1] + self.article)
        self.option = alternative + (alternative >= stands)
        text = self.text[:, None]
        self._whole = points.wording(text, np.arange(points.shape[1]), self.chosen)
        self._gone = points.wording(text, self.article, stands)
        self._new = points.wording(text, self.article, self.option)
        self.said = points.says.take(self._whole, axis=0).sum(axis=1)
        self.added = points.says.take(self._new, axis=0)
        self.added -= points.says.take(self._gone, axis=0)
        self.outside = preferences.outside(self.place, self.silent, room.red_lines)
        self.lines = Lines(*preferences.whose(self.outside, room.red_lines))
        self.standing = Standing(seen, self.place, room.dynamics.loss_exponent)
        of_text = (of.reshape(len(due), self.replicates, -1) for of in (self.place, self.force))
        self.stakes = [
            Stakes(chamber.sponsors[text], place, force[:, 0])
            for text, place, force in zip(texts, *of_text, strict=True)
        ]
        self._content = chamber.content[:, due]

    @cached_property
    def content(self) -> Floats:
        """What content brings every delegation before legal force (row, country)."""
        return sheet(self._content)

    def crosses_sponsors(self, cases: Cases) -> Flags:
        """Whether changes cross a red line of a sponsor (case,)."""
        lines = self.room.red_lines
        crossed = np.zeros(len(cases), dtype=bool)
        for text, some in zip(self.texts, cases.of_texts(), strict=True):
            for line in np.flatnonzero(self.room.sponsors_lines[text]):
                there, silent = (of[some, lines.issue[line]] for of in (cases.place, cases.silent))
                crossed[some] |= ((there < lines.lowest[line]) | (there > lines.highest[line])) & ~silent
        return crossed

    def singles(self) -> Cases:
        """Every single change in every row, row after row."""
        rows, singles = self.option.shape
        row, number = np.repeat(np.arange(rows), singles), np.tile(np.arange(singles), rows)
        said = (self.said[:, None] + self.added).reshape(len(row), -1)
        return Cases(self, row, number, np.full(len(row), NOBODY), said)

    def cases(self, row: Numbers, first: Numbers, second: Numbers) -> Cases:
        """Changes that replace one option or two."""
        singles, pairs = self.option.shape[1], np.flatnonzero(second != NOBODY)
        said, added = self.said.take(row, axis=0), self.added.reshape(-1, self.said.shape[1])
        said += added.take(row * singles + first, axis=0)
        said[pairs] += added.take(row[pairs] * singles + second[pairs], axis=0)
        return Cases(self, row, first, second, said)

    def weighed(self, singles: Cases, pull: Floats, hopeful: Flags) -> Floats:
        """Σ_i pull_i·ΔG_i for single changes (row, single), some of them `hopeful`; `pull` (row, country).

        Issue by issue, without writing down what each change does to each delegation; changes without hope
        in any replicate are left out.
        """
        room, seen, touches = self.room, self.standing.seen, self.room.open_points.touches
        (rows, count), shape = self.option.shape, (len(self.texts), self.replicates, -1)
        issues, countries = len(room.issues), pull.shape[1]
        place = np.ascontiguousarray(singles.place.reshape(*shape[:2], count, issues).transpose(0, 3, 2, 1))
        asked = np.logical_or.reduce(hopeful.reshape(shape), axis=1)
        before = self.standing.losses.reshape(issues, *shape[:2], countries)
        kinds = np.zeros((2, len(self.texts), count, self.replicates), dtype=room.dtype)
        for text, pulled in enumerate(pull.reshape(*shape[:2], countries)):
            wanted = touches[self.texts[text]] & asked[text][:, None]
            for issue in np.flatnonzero(wanted.any(axis=0)):
                some = np.flatnonzero(wanted[:, issue])
                weight = pulled * seen.care[issue]
                there = place[text, issue].take(some, axis=0)[..., None]
                after = preferences.loss(seen.said[issue], there, self.standing.exponent)
                gained = np.vecdot(weight, before[issue, text]) - np.vecdot(weight, after)
                kinds[0 if room.content[issue] else 1, text, some] += gained
        content, procedure = kinds.swapaxes(2, 3).reshape(2, rows, count)
        found = content * np.broadcast_to(singles.force, len(singles)).reshape(rows, count) + procedure
        if singles.heavier.any():
            found += singles.heavier.reshape(rows, count) * np.vecdot(pull, self.content)[:, None]
        return found

    def concerned(self, singles: Cases) -> tuple[Lines, Lines]:
        """Whose red lines are broken before and after single changes, of those whom they concern (row,
        concern)."""
        points, lines, issues = self.room.open_points, self.room.red_lines, len(self.room.issues)
        due, every = list(self.texts), np.arange(len(self.text)).reshape(len(self.texts), -1, 1)
        single, line = points.single[due][:, None], points.line[due][:, None]
        where = every * (self.option.shape[1] * issues) + (single * issues + lines.issue[line])
        place, silent = singles.place.take(where), singles.silent.take(where)
        broken = ((place < lines.lowest[line]) | (place > lines.highest[line])) & ~silent
        stood = self.outside.take(every * self.outside.shape[1] + line)
        more: Floats = np.subtract(broken, stood, dtype=self.room.dtype)
        held: Floats = self.outside.astype(lines.held.dtype) @ lines.held
        owner, owners = points.owner[due][:, None], len(lines.owners)
        before = held.take(every * (2 * owners) + np.concatenate([owner, owner + owners], axis=2))
        after = before + more @ points.counted[due]
        concerns = owner.shape[2]
        flags = [counts.reshape(len(self.text), 2 * concerns) > 0.5 for counts in (before, after)]
        stood_before, left_after = (Lines(of[:, :concerns], of[:, concerns:]) for of in flags)
        return stood_before, left_after

    def of_concerned(self, owners: Floats) -> Floats:
        """What those whom single changes concern (row, concern) have of something (row, owner)."""
        every = np.arange(len(self.text)).reshape(len(self.texts), -1, 1)
        owner = self.room.open_points.owner[list(self.texts)][:, None]
        return owners.take(every * owners.shape[1] + owner).reshape(len(self.text), -1)

    def gathered(self, worth: Floats) -> Floats:
        """Sums over those whom a single change concerns (row, single) of something (row, concern)."""
        blocks = worth.reshape(len(self.texts), self.replicates, worth.shape[1])
        tables = self.room.open_points.gathered
        return np.concatenate(
            [contract_rows(block, tables[text]) for text, block in zip(self.texts, blocks, strict=True)]
        )

    def renamed(self, row: Numbers, first: Numbers, second: Numbers) -> NDArray[np.uint64]:
        """Numbers that identify the whole wordings after changes (case,)."""
        code = self.room.open_points.code
        turned = code.take(self._gone) ^ code.take(self._new)
        names = self.names.take(row) ^ turned[row, first]
        pairs = np.flatnonzero(second != NOBODY)
        names[pairs] ^= turned[row[pairs], second[pairs]]
        return names

    @cached_property
    def names(self) -> NDArray[np.uint64]:
        """Numbers that identify the wordings that stand (row,)."""
        return np.bitwise_xor.reduce(self.room.open_points.code.take(self._whole), axis=1)

    def reworded(self, cases: Cases, some: Numbers) -> Numbers:
        """The whole wordings (case, article) of some cases."""
        row = cases.row[some]
        wordings = self.chosen[row]
        for which in (cases.first[some], cases.second[some]):
            there = np.flatnonzero(which != NOBODY)
            number = row[there], which[there]
            wordings[there, self.article[number]] = self.option[number]
        return wordings
