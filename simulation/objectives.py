"""Whom do those who draft serve? One class a mode: how good is a change of wording in their eyes?

An objective is made for some texts at one moment. `estimate` ranks many single changes cheaply, `acceptable`
tells which changes the drafters may propose from what they leave the sponsors, `improvement` scores a few
exactly, `preferred` breaks ties, and `stakes` tells to which delegation a change matters most in the eyes of
those who draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from agents import bargaining
from simulation.brackets import Brackets
from simulation.cases import Cases, Lines
from simulation.chamber import Chamber
from simulation.contraction import across, total
from simulation.outlook import Outlook, where_set
from simulation.room import Room
from simulation.sheets import mix_rows, portions

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
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
        self.precision, self.brackets, self.counted = room.dynamics.precision, brackets, room.counted
        self.bloc_lines = [room.vote_lines[room.line_of_text[text]] for text in brackets.texts]

    def _share(self, row: Numbers, pull: Floats, lines: Lines) -> Floats:
        for_it = bargaining.chance(pull - HAIR, self.precision)
        against = bargaining.chance(-HAIR - pull, self.precision, strictly=True)
        tally = for_it - against
        case, owner = where_set(lines.forbidden & ~self.brackets.lines.forbidden[row])
        tally[case, self.brackets.room.red_lines.owners[owner]] = -1
        tally = tally[:, self.counted]
        return across(tally) / tally.shape[1]

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
        return across(cases.change[:, self.counted])

    def stakes(self, row: Numbers, change: Floats) -> Floats:
        """What each delegation gains; nothing for observers, who do not decide."""
        heard = np.zeros_like(change)
        heard[:, self.counted] = change[:, self.counted]
        return heard


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
        weight = np.where(room.observing, room.dtype(0), room.capability)
        self.weight = weight / max(float(total(weight)), 1e-12)

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
