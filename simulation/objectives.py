"""Whom do those who draft serve? One class a mode: how good is a change of wording in their eyes?

An objective is made for one text at one moment. `estimate` ranks many single changes cheaply, `acceptable`
tells which changes the drafters may propose from what they leave the sponsors, `improvement` scores a few
exactly, `preferred` breaks ties, and `stakes` tells to which delegation a change matters most in the eyes of
those who draft.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from agents import bargaining
from simulation import rules
from simulation.appeals import sponsors_gain
from simulation.candidates import Brackets, Cases, Lines
from simulation.chamber import Chamber
from simulation.contraction import across, contract_rows, total
from simulation.open_points import OpenPoints
from simulation.room import Room
from simulation.rules._house import house_of
from simulation.rules._reading import bloc_lines, cut_points_of
from simulation.rules._scores import Score
from simulation.sheets import mix_rows, portions, sheet, unmix_rows

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
RANKING_PRECISION = 50.0
HAIR = 1e-6


class Objective(Protocol):
    """What the search for a better wording needs to know.

    `estimate` (replicate, single) for single changes of which only the `hopeful` matter; `acceptable` (case,)
    from the `gain` (case, sponsor) that changes leave the sponsors and whether red lines of theirs are
    `crossed` (not looked at without); `improvement` and `preferred` (case,); `stakes` (case, country).

    Estimates of an `additive` objective add up: two changes that do not help do not help together.
    """

    additive: bool

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats: ...

    def acceptable(self, replicate: Numbers, gain: Floats, crossed: Flags | None = None) -> Flags: ...

    def improvement(self, cases: Cases) -> Floats: ...

    def preferred(self, cases: Cases) -> Floats: ...

    def stakes(self, replicate: Numbers, change: Floats) -> Floats: ...


class Slopes(NamedTuple):
    """The score (replicate,), and how much each delegation's own appeal moves it, `leverage` (replicate,
    country), taken at a precision at which it can be told.

    `of_owners`: the chances of yes and no of those who have red lines, and how much these move the score, all
    (replicate, owner).
    """

    score: Floats
    leverage: Floats
    of_owners: tuple[Floats, Floats, Floats, Floats]


class Outlook:
    """How near a text is to carrying: the decision rule's score (E9), and who moves it.

    `upper` (replicate, country) is the cut-point from which on delegations are for it.
    """

    def __init__(self, room: Room, chamber: Chamber, text: int, appeal: Floats) -> None:
        """`appeal` (country, replicate) where the text stands now."""
        self.rule = rules.find(room.scenario.rule.name)
        self.house = house_of(room, room.scenario.rule)
        self.precision = room.dynamics.precision
        self.line = bloc_lines(room, self.rule.counts_stances)[room.line_of_text[text]]
        self.owners = room.red_lines.owners
        self.lines = Lines(chamber.forbidden[self.owners, text].T, chamber.unmet[self.owners, text].T)
        lower, upper = cut_points_of(room, self.rule, chamber.stance[:, text : text + 1])
        pull = sheet(appeal)
        self.upper = sheet(upper[:, 0])
        self.above = pull - self.upper
        self.below = sheet(lower[:, 0]) - pull if self.rule.reads_no else np.zeros((1, 1), dtype=room.dtype)

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
        leverage = unmix_rows(self.line, score.by_yes * slope_yes - score.by_no * slope_no)
        slopes = self._of_owners(score.by_yes), self._of_owners(score.by_no)
        return Slopes(score.value, leverage, (*chances, *slopes))

    @cached_property
    def now(self) -> Floats:
        """The score where the text stands (replicate,)."""
        if self.precision <= RANKING_PRECISION:
            return self.slopes.score
        return self.score(np.arange(len(self.above)), np.zeros_like(self.above), self.lines)

    @property
    def leverage(self) -> Floats:
        """How much each delegation's own appeal moves the score (replicate, country)."""
        return self.slopes.leverage

    def score(self, replicate: Numbers, moved: Floats, lines: Lines) -> Floats:
        """The score (case,) once appeals have moved (case, country), overwritten, and other lines break."""
        below = self.below[replicate] - moved if self.rule.reads_no else self.below
        moved += self.above[replicate]
        return self._count(*self._chances(moved, below, self.precision), lines).value

    def freed_or_caught(self, points: OpenPoints, after: Lines) -> Floats:
        """What the score gains by those whom red lines free or catch, for single changes (replicate, single);
        `after` them lines are broken as they are (replicate, concern)."""
        owner, slopes = points.of_owner, self.slopes
        before = Lines(self.lines.forbidden.take(owner, axis=1), self.lines.unmet.take(owner, axis=1))
        yes, no, by_yes, by_no = (each.take(owner, axis=1) for each in slopes.of_owners)
        worth = by_yes * yes * (before.broken.astype(yes.dtype) - after.broken)
        if self.rule.reads_no:
            worth += by_no * (np.where(after.forbidden, 1, no) - np.where(before.forbidden, 1, no))
        return contract_rows(worth, points.gathered)

    def _chances(self, above: Floats, below: Floats, precision: float) -> tuple[Floats, Floats]:
        """Chances of yes and no of those who are so far above one cut-point and below the other; overwrites
        both. Zero for no if the rule does not read it."""
        yes = bargaining.chance(above, precision)
        return yes, bargaining.chance(below, precision, strictly=True) if self.rule.reads_no else below

    def _of_owners(self, chances: Floats) -> Floats:
        """What those who have red lines have of something (replicate, country) or that broadcasts to it."""
        return np.broadcast_to(chances, self.above.shape)[:, self.owners]

    def _count(self, yes: Floats, no: Floats, lines: Lines) -> Score:
        """The rule's score of some chances, within red lines: who is forbidden says no, who misses a
        requirement does not say yes. Overwrites the chances."""
        case, owner = np.nonzero(lines.broken)
        yes[case, self.owners[owner]] = 0
        if self.rule.reads_no:
            case, owner = np.nonzero(lines.forbidden)
            no[case, self.owners[owner]] = 1
        return self.rule.score(yes, no, self.house)


class SponsorLed:
    """Sponsors want their text to carry, and keep it above a declining aspiration.

    The score is the decision rule's, at the appeals that the change would bring about. A change is acceptable
    if every sponsor keeps its aspiration or gains, and no sponsor's red line breaks (E8).
    """

    def __init__(
        self, room: Room, chamber: Chamber, text: int, brackets: Brackets, appeal: Floats, progress: float
    ) -> None:
        """`appeal` (country, replicate) where the text stands now; `progress` of the negotiation, 0–1."""
        self.brackets, self.outlook = brackets, Outlook(room, chamber, text, appeal)
        self.additive = not np.isinf(room.dynamics.precision)
        self.weight = room.part_weights[0]
        self.line, self.standing = self.outlook.line, brackets.sponsors_gain
        initial = sponsors_gain(room, chamber, text, chamber.tabled_places[text])
        share = bargaining.aspiration(progress, room.dynamics.concession)
        self.least = bargaining.least_acceptable(initial, share)

    @cached_property
    def pull(self) -> Floats:
        """How much each delegation's gain moves the score (replicate, country)."""
        return self.outlook.leverage * self.weight

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats:
        """First order in the gains, exact in who is freed from or caught by a red line.

        Choices without chance have no slopes: there every change is scored, blocs left out.
        """
        outlook, replicate = self.outlook, singles.replicate
        if np.isinf(outlook.precision):
            moved = singles.change * self.weight
            return (outlook.score(replicate, moved, singles.lines) - outlook.now[replicate]).reshape(
                hopeful.shape
            )
        found = self.brackets.weighed(singles, self.pull, hopeful)
        found += outlook.freed_or_caught(self.brackets.points, self.brackets.concerned(singles))
        return found

    def acceptable(self, replicate: Numbers, gain: Floats, crossed: Flags | None = None) -> Flags:
        """Whether every sponsor keeps its aspiration or gains, within its own red lines."""
        bar = np.minimum(self.least - HAIR, self.standing)
        kept: Flags = (gain >= bar[replicate]).all(axis=1)
        return kept if crossed is None else kept & ~crossed

    def improvement(self, cases: Cases) -> Floats:
        """How much the decision rule's score rises."""
        found = np.empty(len(cases), dtype=self.standing.dtype)
        for some in portions(*cases.change.shape):
            moved = mix_rows(self.line, cases.change[some] * self.weight)
            found[some] = self.outlook.score(cases.replicate[some], moved, cases.lines.rows(some))
        return found - self.outlook.now[cases.replicate]

    def preferred(self, cases: Cases) -> Floats:
        """What the sponsors have in the end."""
        return across(cases.gain)

    def stakes(self, replicate: Numbers, change: Floats) -> Floats:
        """How much of the score each delegation's change in gain brings."""
        return self.pull[replicate] * change


class LineByLine:
    """A majority of the room takes or leaves each change against the wording that stands (open rule).

    The score of a change is the expected share of those for it less the share of those against it. With exact
    choices, one issue and single changes this ends at the median (Black 1948), article by article at the
    issue-wise medians (Kramer 1972, Shepsle 1979); trades can cycle.
    """

    additive = False

    def __init__(
        self, room: Room, chamber: Chamber, text: int, brackets: Brackets, appeal: Floats, progress: float
    ) -> None:
        self.precision = room.dynamics.precision
        self.line = room.vote_lines[room.line_of_text[text]]
        self.brackets = brackets

    def _share(self, replicate: Numbers, pull: Floats, lines: Lines) -> Floats:
        for_it = bargaining.chance(pull - HAIR, self.precision)
        against = bargaining.chance(-HAIR - pull, self.precision, strictly=True)
        tally = for_it - against
        case, owner = np.nonzero(lines.forbidden & ~self.brackets.lines.forbidden[replicate])
        tally[case, self.brackets.room.red_lines.owners[owner]] = -1
        return across(tally) / pull.shape[1]

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats:
        """The share for it less the share against it, if everybody looked at its own gain alone."""
        return self._share(singles.replicate, singles.change, singles.lines).reshape(hopeful.shape)

    def acceptable(self, replicate: Numbers, gain: Floats, crossed: Flags | None = None) -> Flags:
        """Any delegation may propose anything."""
        return np.ones(len(replicate), dtype=bool)

    def improvement(self, cases: Cases) -> Floats:
        """The share for it less the share against it, blocs voting by their discipline."""
        return self._share(cases.replicate, mix_rows(self.line, cases.change), cases.lines)

    def preferred(self, cases: Cases) -> Floats:
        """What the room gains in all."""
        return across(cases.change)

    def stakes(self, replicate: Numbers, change: Floats) -> Floats:
        """What each delegation gains."""
        return change


class Chair:
    """A chair looks for the wording that brings the room most, each delegation weighing by its capability.

    With absolute loss this is the weighted median of every issue, with quadratic loss the mean weighted by
    capability and salience (the compromise model: van den Bos 1991).
    """

    additive = True

    def __init__(
        self, room: Room, chamber: Chamber, text: int, brackets: Brackets, appeal: Floats, progress: float
    ) -> None:
        self.brackets = brackets
        self.weight = room.capability / max(float(total(room.capability)), 1e-12)

    def estimate(self, singles: Cases, hopeful: Flags) -> Floats:
        """The weighted gain of the room."""
        return self.brackets.weighed(singles, self.weight, hopeful)

    def acceptable(self, replicate: Numbers, gain: Floats, crossed: Flags | None = None) -> Flags:
        """A chair may propose anything, under its own responsibility."""
        return np.ones(len(replicate), dtype=bool)

    def improvement(self, cases: Cases) -> Floats:
        """The weighted gain of the room."""
        return np.vecdot(cases.change, self.weight)

    preferred = improvement

    def stakes(self, replicate: Numbers, change: Floats) -> Floats:
        """Each delegation's weighted gain."""
        return self.weight * change


MODES: dict[str, type[SponsorLed] | type[LineByLine] | type[Chair]] = {
    "sponsor-led": SponsorLed,
    "line-by-line": LineByLine,
    "chair": Chair,
}
