"""What would changes of wording do? One change a case, in texts as they stand at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.grid import NOBODY, Touch
from simulation.sheets import portions
from simulation.wording import placed

if TYPE_CHECKING:
    from simulation.brackets import Brackets

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]


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


class Move(NamedTuple):
    """Places that move on one issue each (move,): in which `case`, `on` which issue, which `seat` that is
    among the issues of all replicates, where it lies `there` afterwards, and by which `factor` that counts,
    legal force if the issue is content."""

    case: Numbers
    on: Numbers
    seat: Numbers
    there: Floats
    factor: Floats

    def of(self, cases: slice) -> Move:
        """Those of some cases alone."""
        everywhere = len(self.case) and self.case[-1] + 1 == len(self.case)
        some = cases if everywhere else slice(*self.case.searchsorted((cases.start, cases.stop)))
        return Move(self.case[some], self.on[some], self.seat[some], self.there[some], self.factor[some])


class Cases:
    """Changes of wording: the `row` of each, the numbers of a `first` single change and of a `second` one
    beside it, `NOBODY` for none, all (case,); rows never fall.

    `place` and `silent` (case, issue) tell where that puts the text, `force` (case,) how heavily content then
    weighs, `lines` whose red lines it breaks; `gain`, text by text (sponsor, case), is what it leaves the
    sponsors on their first instructions, and `crossed` (case,) whether it crosses a red line of theirs.
    """

    def __init__(
        self,
        brackets: Brackets,
        row: Numbers,
        first: Numbers,
        second: Numbers,
        said: Floats,
        touches: Sequence[Touch] = (),
    ) -> None:
        """`said` (2, case, issue) is what articles say together, and how many speak; `touches` the issues
        that the changes touch, if that is known."""
        room = brackets.room
        self.brackets = brackets
        self.row, self.first, self.second = row, first, second
        self._known = touches
        self.place, self.silent = placed(said, room.reversion)
        self.force = room.force(self.place.T)
        self.heavier = self.force - brackets.force.take(row)
        self.crossed = brackets.crosses_sponsors(self)
        self.gain = self._gains()

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def lines(self) -> Lines:
        """Whose red lines each case breaks."""
        lines = self.brackets.room.red_lines
        return Lines(*preferences.whose(preferences.outside(self.place, self.silent, lines), lines))

    @cached_property
    def of_texts(self) -> list[slice]:
        """The cases of one text after the other."""
        return [self.brackets.cases_of(number, self.row) for number in range(len(self.brackets.texts))]

    @cached_property
    def change(self) -> Floats:
        """What each case does to every delegation's gain (case, country)."""
        brackets, row = self.brackets, self.row
        change = np.empty((len(self), brackets.seen.said.shape[2]), dtype=brackets.room.dtype)
        for some in portions(slice(0, len(self)), change.shape[1]):
            gained = change[some]
            for number, move in enumerate(self._moves):
                case, on, _, there, factor = move.of(some)
                if number == 0 and len(case) == len(gained):
                    brackets.nearer(on, row[case], there, factor, out=gained)
                    continue
                if number == 0:
                    gained[:] = 0
                gained[case - some.start] += brackets.nearer(on, row[case], there, factor)
            of = np.flatnonzero(self.heavier[some])
            if len(of):
                weighed = brackets.content.take(row[some][of], axis=0)
                weighed *= self.heavier[some][of, None]
                gained[of] += weighed
        return change

    def _gains(self) -> list[Floats]:
        """What cases leave the sponsors, text by text (sponsor, case)."""
        replicate, gains = self.brackets.replicate.take(self.row), list[Floats]()
        heavier = np.flatnonzero(self.heavier)
        for stakes, some in zip(self.brackets.stakes, self.of_texts, strict=True):
            gain = stakes.gain.take(replicate[some], axis=1)
            for move in self._moves:
                case, _, seat, there, factor = move.of(some)
                gained = stakes.moved(seat, there)
                gained *= factor
                if gained.shape == gain.shape:
                    gain += gained
                else:
                    gain[:, case - some.start] += gained
            of = heavier[slice(*heavier.searchsorted((some.start, some.stop)))]
            if len(of):
                gain[:, of - some.start] += stakes.content.take(replicate[of], axis=1) * self.heavier[of]
            gains.append(gain)
        return gains

    @cached_property
    def _moves(self) -> list[Move]:
        """What moves: the first issue of each case, then the second…"""
        moves = []
        for case, on, where, seat, content in self._known or self._touches():
            factor = np.ones(len(case), dtype=self.place.dtype)
            if self.force.ndim:
                np.copyto(factor, self.force.take(case), where=content)
            moves.append(Move(case, on, seat, self.place.take(where), factor))
        return moves

    def _touches(self) -> list[Touch]:
        """The issues that changes touch, each issue of a case once."""
        points = self.brackets.room.open_points
        text, replicate = (of.take(self.row) for of in (self.brackets.text, self.brackets.replicate))
        found: list[Touch] = []
        taken: list[Numbers] = []
        for change in (self.first, self.second):
            some = change != NOBODY
            if not some.any():
                continue
            for table in points.issues:
                on = np.where(some, table.take(text * table.shape[1] + change), NOBODY)
                for earlier in taken:
                    on[on == earlier] = NOBODY
                taken.append(on)
                found.append(points.touch(on, replicate))
        return found
