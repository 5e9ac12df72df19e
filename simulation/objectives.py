"""Whom do those who draft serve? One class a mode: how good is a change of wording in their eyes?

An objective is made for some texts at one moment. `estimate` ranks many single changes cheaply, `acceptable`
tells which changes the drafters may propose from what they leave the sponsors, `improvement` scores a few
exactly, `preferred` breaks ties, and `stakes` tells to which delegation a change matters most in the eyes of
those who draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from agents import bargaining
from simulation import rules
from simulation.brackets import Brackets
from simulation.cases import Cases, Lines
from simulation.chamber import Chamber
from simulation.contraction import across, total
from simulation.room import Room
from simulation.rules._reading import bloc_lines, cut_points_of
from simulation.rules._scores import Score
from simulation.sheets import mix_rows, portions, sheet, unmix_rows

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
RANKING_PRECISION = 50.0
HAIR = 1e-6


class Objective(Protocol):
    """What the search for better wordings needs to know.

    `estimate` (row, single) for single changes of which some are `hopeful`; `acceptable` (row, change) from
    the `gain`, text by text (sponsor, replicate, change), that changes leave the sponsors, and `proposable`
    (case,) the same of cases; `improvement` and `preferred` (case,); `stakes` (case, country).

    Estimates of an `additive` objective add up: two changes that do not help do not help together. One that
    `heeds_sponsors` proposes nothing that crosses a red line of theirs.
    """

    additive: bool
    heeds_sponsors: bool

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats: ...

    def acceptable(self, gain: Sequence[Floats]) -> Flags: ...

    def proposable(self, cases: Cases) -> Flags: ...

    def improvement(self, cases: Cases) -> Floats: ...

    def preferred(self, cases: Cases) -> Floats: ...

    def stakes(self, row: Numbers, change: Floats) -> Floats: ...


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
        if chances.shape == self.above.shape:
            return chances.take(self.owners, axis=1)
        return np.broadcast_to(chances, self.above.shape)[:, self.owners]

    def _count(self, yes: Floats, no: Floats, lines: Lines) -> Score:
        """The rule's score of some chances, within red lines: who is forbidden says no, who misses a
        requirement does not say yes. Overwrites the chances."""
        case, owner = _where(lines.broken)
        yes[case, self.owners[owner]] = 0
        if self.rule.reads_no:
            case, owner = _where(lines.forbidden)
            no[case, self.owners[owner]] = 1
        return self.rule.score(yes, no, self.house)


def _where(flags: Flags) -> tuple[Numbers, Numbers]:
    """Rows and columns of the few flags that are set: NumPy finds these faster in a single row."""
    return np.divmod(np.flatnonzero(flags), max(flags.shape[1], 1))


class SponsorLed:
    """Sponsors want their text to carry, and keep it above a declining aspiration.

    The score is the decision rule's, at the appeals that the change would bring about. A change is acceptable
    if every sponsor keeps its aspiration or gains, and no sponsor's red line breaks (E8).
    """

    heeds_sponsors = True

    def __init__(
        self, room: Room, chamber: Chamber, brackets: Brackets, appeals: Floats, progress: float
    ) -> None:
        """`appeals` (country, text, replicate) where the texts stand now; `progress` so far, 0–1."""
        self.brackets, self.outlook = brackets, Outlook(room, chamber, brackets.texts, appeals)
        self.additive = not np.isinf(room.dynamics.precision)
        self.weight = room.part_weights[0]
        share = bargaining.aspiration(progress, room.dynamics.concession)
        self.bars = [
            np.minimum(bargaining.least_acceptable(chamber.initial[text], share) - HAIR, stakes.gain)
            for text, stakes in zip(brackets.texts, brackets.stakes, strict=True)
        ]

    @cached_property
    def pull(self) -> Floats:
        """How much each delegation's gain moves the score (row, country)."""
        return self.outlook.leverage * self.weight

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats:
        """First order in the gains, exact in who is freed from or caught by a red line.

        Choices without chance have no slopes: there every change is scored, blocs left out.
        """
        outlook, brackets = self.outlook, self.brackets
        if np.isinf(outlook.precision):
            score = outlook.score(singles.row, singles.change * self.weight, singles.lines)
            return (score - outlook.now[singles.row]).reshape(brackets.option.shape)
        found = brackets.weighed(singles, self.pull, hopeful)
        found += outlook.freed_or_caught(brackets, singles)
        return found

    def acceptable(self, gain: Sequence[Floats]) -> Flags:
        """Whether every sponsor keeps its aspiration or gains."""
        kept: list[Flags] = [
            np.logical_and.reduce(left >= bar[:, :, None], axis=0)
            for left, bar in zip(gain, self.bars, strict=True)
        ]
        return np.concatenate(kept)

    def proposable(self, cases: Cases) -> Flags:
        """The same of cases."""
        kept: list[Flags] = []
        for left, bar, some in zip(cases.gain, self.bars, cases.of_texts, strict=True):
            least = bar.take(cases.row[some] % self.brackets.replicates, axis=1)
            kept.append(np.logical_and.reduce(left >= least, axis=0))
        return np.concatenate(kept)

    def improvement(self, cases: Cases) -> Floats:
        """How much the decision rule's score rises."""
        found = np.empty(len(cases), dtype=cases.change.dtype)
        for line, those in zip(self.outlook.bloc_lines, cases.of_texts, strict=True):
            weighed = line.weighed(self.weight)
            for some in portions(those, cases.change.shape[1]):
                moved = mix_rows(weighed, cases.change[some])
                found[some] = self.outlook.score(cases.row[some], moved, cases.lines.rows(some))
        return found - self.outlook.now.take(cases.row)

    def preferred(self, cases: Cases) -> Floats:
        """What the sponsors have in the end."""
        return np.concatenate([total(left) for left in cases.gain])

    def stakes(self, row: Numbers, change: Floats) -> Floats:
        """How much of the score each delegation's change in gain brings."""
        return self.pull.take(row, axis=0) * change


class LineByLine:
    """A majority of the room takes or leaves each change against the wording that stands (open rule).

    The score of a change is the expected share of those for it less the share of those against it. With exact
    choices, one issue and single changes this ends at the median (Black 1948), article by article at the
    issue-wise medians (Kramer 1972, Shepsle 1979); trades can cycle.
    """

    additive = False
    heeds_sponsors = False

    def __init__(
        self, room: Room, chamber: Chamber, brackets: Brackets, appeals: Floats, progress: float
    ) -> None:
        self.precision, self.brackets = room.dynamics.precision, brackets
        self.bloc_lines = [room.vote_lines[room.line_of_text[text]] for text in brackets.texts]

    def _share(self, row: Numbers, pull: Floats, lines: Lines) -> Floats:
        for_it = bargaining.chance(pull - HAIR, self.precision)
        against = bargaining.chance(-HAIR - pull, self.precision, strictly=True)
        tally = for_it - against
        case, owner = _where(lines.forbidden & ~self.brackets.lines.forbidden[row])
        tally[case, self.brackets.room.red_lines.owners[owner]] = -1
        return across(tally) / pull.shape[1]

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats:
        """The share for it less the share against it, if everybody looked at its own gain alone."""
        return self._share(singles.row, singles.change, singles.lines).reshape(self.brackets.option.shape)

    def acceptable(self, gain: Sequence[Floats]) -> Flags:
        """Any delegation may propose anything."""
        return np.concatenate([np.ones(left.shape[1:], dtype=bool) for left in gain])

    def proposable(self, cases: Cases) -> Flags:
        """All of them."""
        return np.ones(len(cases), dtype=bool)

    def improvement(self, cases: Cases) -> Floats:
        """The share for it less the share against it, blocs voting by their discipline."""
        found = np.empty(len(cases), dtype=cases.change.dtype)
        for line, some in zip(self.bloc_lines, cases.of_texts, strict=True):
            found[some] = self._share(
                cases.row[some], mix_rows(line, cases.change[some]), cases.lines.rows(some)
            )
        return found

    def preferred(self, cases: Cases) -> Floats:
        """What the room gains in all."""
        return across(cases.change)

    def stakes(self, row: Numbers, change: Floats) -> Floats:
        """What each delegation gains."""
        return change


class Chair:
    """A chair looks for the wording that brings the room most, each delegation weighing by its capability.

    With absolute loss this is the weighted median of every issue, with quadratic loss the mean weighted by
    capability and salience (the compromise model: van den Bos 1991).
    """

    additive = True
    heeds_sponsors = False

    def __init__(
        self, room: Room, chamber: Chamber, brackets: Brackets, appeals: Floats, progress: float
    ) -> None:
        self.brackets = brackets
        self.weight = room.capability / max(float(total(room.capability)), 1e-12)

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats:
        """The weighted gain of the room."""
        shape = len(self.brackets.text), len(self.weight)
        return self.brackets.weighed(singles, np.broadcast_to(self.weight, shape), hopeful)

    def acceptable(self, gain: Sequence[Floats]) -> Flags:
        """A chair may propose anything, under its own responsibility."""
        return np.concatenate([np.ones(left.shape[1:], dtype=bool) for left in gain])

    def proposable(self, cases: Cases) -> Flags:
        """All of them."""
        return np.ones(len(cases), dtype=bool)

    def improvement(self, cases: Cases) -> Floats:
        """The weighted gain of the room."""
        return np.vecdot(cases.change, self.weight)

    preferred = improvement

    def stakes(self, row: Numbers, change: Floats) -> Floats:
        """Each delegation's weighted gain."""
        return self.weight * change


MODES: dict[str, type[SponsorLed] | type[LineByLine] | type[Chair]] = {
    "sponsor-led": SponsorLed,
    "line-by-line": LineByLine,
    "chair": Chair,
}
