"""What is open in the texts at one moment, and what single changes of wording would bring?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.appeals import current_content
from simulation.cases import Cases, Lines
from simulation.chamber import Chamber
from simulation.contraction import contract_sheets, total
from simulation.grid import NOBODY
from simulation.room import Room
from simulation.sheets import Sheets, sheet
from simulation.sponsors import Stakes
from simulation.wording import placed

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
Number = TypeVar("Number", bound=np.generic)


def _said(says: Floats, wordings: Numbers) -> Floats:
    """What wordings (case, article) say together: (2, wording, issue) to (2, case, issue)."""
    return np.stack([total(of.take(wordings.T, axis=0)) for of in says])


class Brackets:
    """What is open in some texts at one moment; single changes as in `room.open_points`.

    `text` and `replicate` (row,) of every row. `option` (row, single) is what a single change puts in place
    of the option that stands; `place` and `silent` (row, issue) and `force` (row,) tell where the text
    stands, `lines` whose red lines that breaks, `seen` who looks at it, and `stakes`, text by text, what it
    means to its sponsors.
    """

    def __init__(self, room: Room, chamber: Chamber, texts: Sequence[int], seen: Sheets) -> None:
        points, due = room.open_points, list(texts)
        self.grid = grid = points.grid(texts, chamber.chosen.shape[2])
        self.room, self.texts, self.replicates = room, grid.texts, grid.replicates
        self.text, self.replicate, self.article = grid.text, grid.replicate, grid.article

        def rows(of: NDArray[Number]) -> NDArray[Number]:
            return np.ascontiguousarray(of[due].swapaxes(1, 2)).reshape(len(grid.text), of.shape[1])

        self.chosen = np.maximum(rows(chamber.chosen), 0)
        self.place, self.silent = rows(chamber.places), rows(chamber.silent)
        self.force = np.ones(len(grid.text), dtype=room.dtype) * room.force(self.place.T)
        self._whole = grid.wording + self.chosen
        self._now = grid.change + self.chosen.take(grid.stands)
        self.option = points.option.take(self._now)
        self.said = _said(points.says, self._whole)
        self.outside = preferences.outside(self.place, self.silent, room.red_lines)
        self.seen, self.exponent = seen, room.dynamics.loss_exponent
        of_text = (of.reshape(len(due), self.replicates, -1) for of in (self.place, self.force))
        self.stakes = [
            Stakes(chamber.sponsors[text], place, force[:, 0])
            for text, place, force in zip(texts, *of_text, strict=True)
        ]
        self._chamber = chamber

    @cached_property
    def lines(self) -> Lines:
        """Whose red lines the texts break as they stand."""
        return Lines(*preferences.whose(self.outside, self.room.red_lines))

    @cached_property
    def content(self) -> Floats:
        """What content brings every delegation before legal force (row, country)."""
        return sheet(current_content(self.room, self._chamber)[:, list(self.texts)])

    def cases_of(self, number: int, row: Numbers) -> slice:
        """The cases of one of the texts, by its number, among cases of some rows that never fall (case,)."""
        return slice(*row.searchsorted((number * self.replicates, (number + 1) * self.replicates)).tolist())

    def nearer(
        self, issue: Numbers, row: Numbers, place: Floats, factor: Floats, out: Floats | None = None
    ) -> Floats:
        """How much nearer than they stand some places lie on some issues, weighed by salience and a factor
        (case, country); `issue`, `row`, `place` and `factor` (case,)."""
        (issues, width, countries), height = self.seen.said.shape, self.seen.care.shape[1]
        said, care = (of.reshape(-1, countries) for of in self.seen)
        replicate, stood = row % width, self.place.take(row * issues + issue)
        # mode "clip" lets NumPy write to `out` directly
        gained = said.take(issue * width + replicate, axis=0, out=out, mode="clip")
        scale = preferences.approach(gained, stood[:, None], place[:, None], self.exponent)
        gained *= care.take(issue if height == 1 else issue * height + replicate, axis=0)
        gained *= scale * factor[:, None]
        return gained

    def crosses_sponsors(self, cases: Cases) -> Flags:
        """Whether changes cross a red line of a sponsor (case,)."""
        crossed, some_silent = np.zeros(len(cases), dtype=bool), cases.silent.any()
        for text, some in zip(self.texts, cases.of_texts, strict=True):
            for issue, lowest, highest in self.room.limits_of_sponsors[text]:
                there = cases.place[some, issue]
                broken = (there < lowest) | (there > highest)
                if some_silent:
                    broken &= ~cases.silent[some, issue]
                crossed[some] |= broken
        return crossed

    def singles(self) -> Cases:
        """Every single change in every row, row after row."""
        grid = self.grid
        said = np.repeat(self.said, self.option.shape[1], axis=1)
        said += self.room.open_points.adds.take(self._now.ravel(), axis=1)
        return Cases(self, grid.row, grid.number, grid.second, said, grid.touches)

    def cases(self, row: Numbers, first: Numbers, second: Numbers) -> Cases:
        """Changes that replace one option or two."""
        singles, adds = self.option.shape[1], self.room.open_points.adds
        said = self.said.take(row, axis=1)
        said += adds.take(self._now.take(row * singles + first), axis=1)
        said += adds.take(np.where(second == NOBODY, -1, self._now.take(row * singles + second)), axis=1)
        return Cases(self, row, first, second, said)

    def weighed(self, singles: Cases, pull: Floats, hopeful: Flags) -> Floats:
        """Σ_i pull_i·ΔG_i for single changes (row, single), some of them `hopeful`; `pull` (row, country).

        Issue by issue, without writing down what each change does to each delegation; changes without hope
        in any replicate are left out.
        """
        seen, due, touches = self.seen, self.texts, self.grid.touched
        (rows, count), shape = self.option.shape, (len(due), self.replicates)
        asked = touches & np.logical_or.reduce(hopeful.reshape(*shape, count), axis=1)[..., None]
        issue, text, single = np.nonzero(asked.transpose(2, 0, 1))
        number = (text[:, None] * self.replicates + np.arange(self.replicates)) * count + single[:, None]
        issues, countries = touches.shape[2], pull.shape[1]
        there = singles.place.take(number * issues + issue[:, None])[..., None]
        stands, pulls = self.place.T.reshape(issues, *shape, 1), pull.reshape(*shape, countries)
        stood = np.empty((issues, *shape), dtype=self.room.dtype)
        brought = np.empty(number.shape, dtype=self.room.dtype)
        edges = np.searchsorted(issue * len(due) + text, np.arange(issues * len(due) + 1)).tolist()
        for on in np.flatnonzero(asked.any(axis=(0, 1))).tolist():
            weight, said = pulls * seen.care[on], seen.said[on]
            np.vecdot(weight, preferences.loss(said, stands[on], self.exponent), out=stood[on])
            first, *ends = edges[on * len(due) : (on + 1) * len(due) + 1]
            lost = preferences.loss(said, there[first : ends[-1]], self.exponent)
            for weight_of_text, start, end in zip(weight, [first, *ends], ends, strict=False):
                np.vecdot(weight_of_text, lost[start - first : end - first], out=brought[start:end])
        np.subtract(stood[issue, text], brought, out=brought)
        if singles.force.ndim:
            brought *= np.where(self.room.content[issue][:, None], singles.force.take(number), 1)
        found = np.zeros((len(due), count, self.replicates), dtype=self.room.dtype)
        turn = np.cumsum(touches, axis=2)[text, single, issue] - 1
        for now in range(len(self.grid.touches)):
            some = turn == now
            found[text[some], single[some]] += brought[some]
        by_row: Floats = found.swapaxes(1, 2).reshape(rows, count)
        if singles.heavier.any():
            by_row += singles.heavier.reshape(rows, count) * np.vecdot(pull, self.content)[:, None]
        return by_row

    def concerned(self, singles: Cases) -> tuple[Lines, Lines]:
        """Whose red lines are broken before and after single changes, of those whom they concern (row,
        concern)."""
        grid, held = self.grid, self.room.red_lines.held
        place = singles.place.take(grid.pair)
        broken = (place < grid.lowest) | (place > grid.highest)
        if singles.silent.any():
            broken &= ~singles.silent.take(grid.pair)
        more: Floats = np.subtract(broken, self.outside.take(grid.line), dtype=self.room.dtype)
        before = (self.outside.astype(held.dtype) @ held).take(grid.held)
        after = before + more @ grid.counted
        concerns = grid.owner.shape[2]
        flags = [counts.reshape(len(self.text), 2 * concerns) > 0.5 for counts in (before, after)]
        stood_before, left_after = (Lines(of[:, :concerns], of[:, concerns:]) for of in flags)
        return stood_before, left_after

    def of_concerned(self, owners: Floats) -> Floats:
        """What those whom single changes concern (row, concern) have of something (row, owner)."""
        return owners.take(self.grid.owner).reshape(len(self.text), -1)

    def gathered(self, worth: Floats) -> Floats:
        """Sums over those whom a single change concerns (row, single) of something (row, concern)."""
        blocks = worth.reshape(len(self.texts), self.replicates, worth.shape[1])
        return contract_sheets(blocks, self.grid.gathered).reshape(len(worth), -1)

    def renamed(self, row: Numbers, first: Numbers, second: Numbers) -> NDArray[np.uint64]:
        """Numbers that identify the whole wordings after changes (case,)."""
        pairs = np.flatnonzero(second != NOBODY)
        names = self.names.take(row) ^ self._turned[row, first]
        names[pairs] ^= self._turned[row[pairs], second[pairs]]
        return names

    @cached_property
    def _turned(self) -> NDArray[np.uint64]:
        """What single changes do to the number that identifies a wording (row, single)."""
        return self.room.open_points.turns.take(self._now)

    @cached_property
    def names(self) -> NDArray[np.uint64]:
        """Numbers that identify the wordings that stand (row,)."""
        return np.bitwise_xor.reduce(self.room.open_points.code.take(self._whole), axis=1)

    def placed_by(self, wordings: Numbers, text: Numbers) -> tuple[Floats, Flags]:
        """Where whole wordings (case, article) put their `text` (case,), and where they are silent, both
        (case, issue)."""
        points = self.room.open_points
        number = points.wording(text[:, None], np.arange(wordings.shape[1]), wordings)
        return placed(_said(points.says, number), self.room.reversion)

    def reworded(self, cases: Cases, some: Numbers) -> Numbers:
        """The whole wordings (case, article) of some cases."""
        row = cases.row[some]
        wordings = self.chosen[row]
        for which in (cases.first[some], cases.second[some]):
            there = np.flatnonzero(which != NOBODY)
            number = row[there], which[there]
            wordings[there, self.article[number]] = self.option[number]
        return wordings
