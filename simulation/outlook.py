"""How near are texts to carrying, and who moves them there? The decision rule's score at present appeals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import bargaining
from simulation import rules
from simulation.brackets import Brackets
from simulation.cases import Cases, Lines
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.rules._reading import bloc_lines, cut_points_of
from simulation.rules._scores import Score
from simulation.sheets import sheet, unmix_rows

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
RANKING_PRECISION = 50.0


class Slopes(NamedTuple):
    """The score (row,), and how much each delegation's own appeal moves it, `leverage` (row, country), taken
    at a precision at which it can be told.

    `of_owners`: the chances of yes and no of those who have red lines, and how much these move the score, all
    (row, owner).
    """

    score: Floats
    leverage: Floats
    of_owners: tuple[Floats, Floats, Floats, Floats]


class Outlook:
    """How near texts are to carrying: the decision rule's score (E9), and who moves it.

    `upper` (country, text, replicate) is the cut-point from which on delegations are for a text.
    """

    def __init__(self, room: Room, chamber: Chamber, texts: Sequence[int], appeals: Floats) -> None:
        """`appeals` (country, text, replicate) where the texts stand now."""
        self.rule, self.house = rules.find(room.scenario.rule.name), room.house
        self.counted = room.counted
        self.precision = room.dynamics.precision
        every_line = bloc_lines(room, self.rule.counts_stances)
        self.bloc_lines = [every_line[room.line_of_text[text]] for text in texts]
        self.owners, due = room.red_lines.owners, list(texts)
        broken = (of[self.owners][:, due] for of in (chamber.forbidden, chamber.unmet))
        rows = len(due) * appeals.shape[2]
        self.lines = Lines(*(of.reshape(len(self.owners), rows).T for of in broken))
        stances = chamber.stance if len(due) == len(room.texts) else chamber.stance[:, due]
        lower, self.upper = cut_points_of(room, self.rule, stances)
        self.above = sheet(appeals - self.upper)
        self.below = sheet(lower - appeals) if self.rule.reads_no else np.zeros((1, 1), dtype=room.dtype)

    @cached_property
    def slopes(self) -> Slopes:
        """How the score changes with each delegation's own appeal, where the text stands."""
        precision = min(self.precision, RANKING_PRECISION)
        yes, no = self._chances(self.above.copy(), self.below.copy(), precision)
        chances = self._of_owners(yes), self._of_owners(no)
        slope_yes, slope_no = bargaining.slope(yes, precision), bargaining.slope(no, precision)
        slope_yes[:, self.owners] *= ~self.lines.broken
        if self.rule.reads_no:
            slope_no[:, self.owners] *= ~self.lines.forbidden
        score = self._count(yes, no, self.lines)
        by_appeal = score.by_yes * slope_yes
        if self.rule.reads_no:
            by_appeal -= score.by_no * slope_no
        leverage = np.concatenate(
            [
                unmix_rows(line, part)
                for line, part in zip(self.bloc_lines, self._by_text(by_appeal), strict=True)
            ]
        )
        slopes = self._of_owners(score.by_yes), self._of_owners(score.by_no)
        return Slopes(score.value, leverage, (*chances, *slopes))

    @cached_property
    def now(self) -> Floats:
        """The score where the text stands (row,)."""
        if self.precision <= RANKING_PRECISION:
            return self.slopes.score
        return self.score(np.arange(len(self.above)), np.zeros_like(self.above), self.lines)

    @property
    def leverage(self) -> Floats:
        """How much each delegation's own appeal moves the score (row, country)."""
        return self.slopes.leverage

    def _by_text(self, sheet: Floats) -> list[Floats]:
        """A sheet (row, country) cut into texts."""
        return np.split(sheet, len(self.bloc_lines))

    def score(self, row: Numbers, moved: Floats, lines: Lines) -> Floats:
        """The score (case,) once appeals have moved (case, country), overwritten, and other lines break."""
        below = self.below.take(row, axis=0) - moved if self.rule.reads_no else self.below
        moved += self.above.take(row, axis=0)
        return self._count(*self._chances(moved, below, self.precision), lines).value

    def freed_or_caught(self, brackets: Brackets, singles: Cases) -> Floats:
        """What the score gains by those whom red lines free or catch, for single changes (row, single)."""
        before, after = brackets.concerned(singles)
        yes, no, by_yes, by_no = self.slopes.of_owners
        worth = brackets.of_concerned(by_yes * yes)
        worth *= np.subtract(before.broken, after.broken, dtype=worth.dtype)
        if self.rule.reads_no:
            sure, by = brackets.of_concerned(by_no * no), brackets.of_concerned(by_no)
            worth += np.where(after.forbidden, by, sure) - np.where(before.forbidden, by, sure)
        return brackets.gathered(worth)

    def _chances(self, above: Floats, below: Floats, precision: float) -> tuple[Floats, Floats]:
        """Chances of yes and no of those who are so far above one cut-point and below the other; overwrites
        both. Zero for no if the rule does not read it."""
        yes = bargaining.chance(above, precision)
        return yes, bargaining.chance(below, precision, strictly=True) if self.rule.reads_no else below

    def _of_owners(self, chances: Floats) -> Floats:
        """What those who have red lines have of something (row, country) or that broadcasts to it."""
        if chances.shape[1] > 1:
            chances = chances.take(self.owners, axis=1)
        return np.broadcast_to(chances, (len(self.above), len(self.owners)))

    def _count(self, yes: Floats, no: Floats, lines: Lines) -> Score:
        """The rule's score of some chances, within red lines: who is forbidden says no, who misses a
        requirement does not say yes. Observers move nothing. Overwrites the chances."""
        case, owner = where_set(lines.broken)
        yes[case, self.owners[owner]] = 0
        if self.rule.reads_no:
            case, owner = where_set(lines.forbidden)
            no[case, self.owners[owner]] = 1
        if isinstance(self.counted, slice):
            return self.rule.score(yes, no, self.house)
        heeded = no[:, self.counted] if self.rule.reads_no else no
        score = self.rule.score(yes[:, self.counted], heeded, self.house)
        return Score(score.value, self._of_all(score.by_yes), self._of_all(score.by_no))

    def _of_all(self, slopes: Floats) -> Floats:
        """Slopes of those who count among all delegations (case, country), 0 for observers."""
        found = np.zeros((len(slopes), self.above.shape[1]), dtype=slopes.dtype)
        found[:, self.counted] = slopes
        return found


def where_set(flags: Flags) -> tuple[Numbers, Numbers]:
    """Rows and columns of the few flags that are set: NumPy finds these faster in a single row."""
    return np.divmod(np.flatnonzero(flags), max(flags.shape[1], 1))
