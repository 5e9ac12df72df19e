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
from simulation.appeals import mix, sponsors_gain, unmix
from simulation.candidates import Candidates, Lines, Singles, Sponsors, standing_lines
from simulation.chamber import Chamber
from simulation.contraction import total
from simulation.room import Room
from simulation.rules._house import house_of
from simulation.rules._reading import bloc_lines, cut_points_of
from simulation.rules._scores import Score

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
RANKING_PRECISION = 50.0
HAIR = 1e-6


class Objective(Protocol):
    """What the search for a better wording needs to know: (column, replicate), and `stakes` by delegation.

    Estimates of an `additive` objective add up: two changes that do not help do not help together.
    """

    additive: bool

    def estimate(self, singles: Singles) -> Floats: ...

    def acceptable(self, sponsors: Sponsors) -> Flags: ...

    def improvement(self, candidates: Candidates) -> Floats: ...

    def preferred(self, candidates: Candidates) -> Floats: ...

    def stakes(self, change: Floats) -> Floats: ...


class Slopes(NamedTuple):
    """How much each delegation's own appeal moves the score, `leverage` (country, 1, replicate).

    For those who have red lines also their chances of `yes` and `no`, and how much these move the score, all
    (owner, 1, replicate).
    """

    leverage: Floats
    yes: Floats
    no: Floats
    by_yes: Floats
    by_no: Floats


class SponsorLed:
    """Sponsors want their text to carry, and keep it above a declining aspiration.

    The score is the decision rule's (E9), at the appeals that the change would bring about. A change is
    acceptable if every sponsor keeps its aspiration or gains, and no sponsor's red line breaks (E8).
    """

    def __init__(
        self,
        room: Room,
        chamber: Chamber,
        text: int,
        appeal: Floats,
        progress: float,
    ) -> None:
        """`appeal` (country, replicate) where the text stands now; `progress` of the negotiation, 0–1."""
        dynamics = room.dynamics
        rule = room.scenario.rule
        self.rule = rules.find(rule.name)
        self.house = house_of(room, rule)
        self.precision = dynamics.precision
        self.additive = not np.isinf(dynamics.precision)
        self.appeal = appeal[:, None]
        self.line = bloc_lines(room, self.rule.counts_stances)[room.line_of_text[text]]
        self.weight = room.part_weights[0][:, None, None]
        self.lower, self.upper = cut_points_of(room, self.rule, chamber.stance[:, text : text + 1])
        self.lines = standing_lines(room, chamber, text)
        both = np.stack([chamber.places[text], chamber.tabled_places[text]])
        gains = sponsors_gain(room, chamber, text, both)
        share = bargaining.aspiration(progress, dynamics.concession)
        self.standing, self.least = gains[:, 0], bargaining.least_acceptable(gains[:, 1:], share)

    @cached_property
    def slopes(self) -> Slopes:
        """The score where the text stands, and how it changes with each delegation's own appeal."""
        precision = min(self.precision, RANKING_PRECISION)
        yes, no = bargaining.chances(self.appeal, self.lower, self.upper, precision)
        rows = self.lines.owners
        of_owners = yes[rows], no[rows]
        slope_yes, slope_no = bargaining.slope(yes, precision), bargaining.slope(no, precision)
        slope_yes[rows] *= ~(self.lines.forbidden | self.lines.unmet)
        slope_no[rows] *= ~self.lines.forbidden
        score = self._count(yes, no, self.lines)
        by_yes, by_no = (np.broadcast_to(by, self.appeal.shape)[rows] for by in (score.by_yes, score.by_no))
        leverage = unmix(self.line, score.by_yes * slope_yes - score.by_no * slope_no)
        return Slopes(leverage, *of_owners, by_yes, by_no)

    @cached_property
    def now(self) -> Floats:
        """The score where the text stands (1, replicate)."""
        return self._score(self.appeal, self.lines)

    @property
    def leverage(self) -> Floats:
        """How much each delegation's own appeal moves the score (country, 1, replicate)."""
        return self.slopes.leverage

    @cached_property
    def pull(self) -> Floats:
        """How much each delegation's gain moves the score (country, 1, replicate)."""
        return self.slopes.leverage * self.weight

    @staticmethod
    def _masked(yes: Floats, no: Floats, forbidden: Flags, unmet: Flags) -> tuple[Floats, Floats]:
        """Chances of those who have red lines: who is forbidden says no, who misses a requirement does not
        say yes."""
        return np.where(forbidden | unmet, 0, yes), np.where(forbidden, 1, no)

    def _count(self, yes: Floats, no: Floats, lines: Lines) -> Score:
        """The rule's score of some chances, within red lines; overwrites the chances."""
        rows = lines.owners
        yes[rows], no[rows] = self._masked(yes[rows], no[rows], lines.forbidden, lines.unmet)
        return self.rule.score(yes, no, self.house)

    def _score(self, appeal: Floats, lines: Lines) -> Floats:
        return self._count(*bargaining.chances(appeal, self.lower, self.upper, self.precision), lines).value

    def estimate(self, singles: Singles) -> Floats:
        """First order in the gains, exact in who is freed from or caught by a red line.

        Choices without chance have no slopes: there every change is scored, blocs left out.
        """
        if np.isinf(self.precision):
            return self._score(self.appeal + singles.change() * self.weight, singles.lines) - self.now
        found = singles.weighed(self.pull[:, 0])
        freed_or_caught = (singles.lines.forbidden != self.lines.forbidden) | (
            singles.lines.unmet != self.lines.unmet
        )
        owner, column, replicate = np.nonzero(freed_or_caught)
        here = (owner, np.zeros_like(owner), replicate)
        yes, no = self.slopes.yes[here], self.slopes.no[here]
        now = self._masked(yes, no, self.lines.forbidden[here], self.lines.unmet[here])
        there = (owner, column, replicate)
        then = self._masked(yes, no, singles.lines.forbidden[there], singles.lines.unmet[there])
        by_yes, by_no = self.slopes.by_yes[here], self.slopes.by_no[here]
        worth = by_yes * (then[0] - now[0]) + by_no * (then[1] - now[1])
        np.add.at(found, (column, replicate), worth)
        return found

    def acceptable(self, sponsors: Sponsors) -> Flags:
        """Whether every sponsor keeps its aspiration or gains, within its own red lines."""
        kept = (sponsors.gain >= self.least - HAIR) | (sponsors.gain >= self.standing[:, None])
        return np.logical_and.reduce(kept & ~sponsors.crossed, axis=0)

    def improvement(self, candidates: Candidates) -> Floats:
        """How much the decision rule's score rises; one column after the other, which keeps products of one
        width whatever the number of columns."""
        scores = [
            self._score(
                self.appeal + mix(self.line, candidates.change[:, column : column + 1] * self.weight),
                candidates.lines.column(column),
            )
            for column in range(candidates.change.shape[1])
        ]
        return np.concatenate(scores) - self.now

    def preferred(self, candidates: Candidates) -> Floats:
        """What the sponsors have in the end."""
        return total(candidates.sponsors.gain)

    def stakes(self, change: Floats) -> Floats:
        """How much of the score each delegation's change in gain brings (country, replicate)."""
        return self.pull[:, 0] * change


class LineByLine:
    """A majority of the room takes or leaves each change against the wording that stands (open rule).

    The score of a change is the expected share of those for it less the share of those against it. With exact
    choices, one issue and single changes this ends at the median (Black 1948), article by article at the
    issue-wise medians (Kramer 1972, Shepsle 1979); trades can cycle.
    """

    additive = False

    def __init__(
        self,
        room: Room,
        chamber: Chamber,
        text: int,
        appeal: Floats,
        progress: float,
    ) -> None:
        self.precision = room.dynamics.precision
        self.line = room.vote_lines[room.line_of_text[text]]
        self.lines = standing_lines(room, chamber, text)

    def _share(self, pull: Floats, lines: Lines) -> Floats:
        edge = np.full_like(pull, HAIR)
        for_it, against = bargaining.chances(pull, -edge, edge, self.precision)
        tally = for_it - against
        caught = lines.forbidden & ~self.lines.forbidden
        tally[lines.owners] = np.where(caught, -1, tally[lines.owners])
        return total(tally) / len(pull)

    def estimate(self, singles: Singles) -> Floats:
        """The share for it less the share against it, if everybody looked at its own gain alone."""
        return self._share(singles.change(), singles.lines)

    def acceptable(self, sponsors: Sponsors) -> Flags:
        """Any delegation may propose anything."""
        return np.ones(sponsors.gain.shape[1:], dtype=bool)

    def improvement(self, candidates: Candidates) -> Floats:
        """The share for it less the share against it, blocs voting by their discipline."""
        shares = [
            self._share(
                mix(self.line, candidates.change[:, column : column + 1]), candidates.lines.column(column)
            )
            for column in range(candidates.change.shape[1])
        ]
        return np.concatenate(shares)

    def preferred(self, candidates: Candidates) -> Floats:
        """What the room gains in all."""
        return total(candidates.change)

    def stakes(self, change: Floats) -> Floats:
        """What each delegation gains."""
        return change


class Chair:
    """A chair looks for the wording that brings the room most, each delegation weighing by its capability.

    With absolute loss this is the weighted median of every issue, with quadratic loss the mean weighted by
    capability and salience (the compromise model: van den Bos 1991).
    """

    additive = True

    def __init__(
        self,
        room: Room,
        chamber: Chamber,
        text: int,
        appeal: Floats,
        progress: float,
    ) -> None:
        self.weight = (room.capability / max(float(room.capability.sum()), 1e-12))[:, None, None]

    def estimate(self, singles: Singles) -> Floats:
        """The weighted gain of the room."""
        return singles.weighed(np.broadcast_to(self.weight[:, 0], singles.chamber.position[:, 0].shape))

    def acceptable(self, sponsors: Sponsors) -> Flags:
        """A chair may propose anything, under its own responsibility."""
        return np.ones(sponsors.gain.shape[1:], dtype=bool)

    def improvement(self, candidates: Candidates) -> Floats:
        """The weighted gain of the room."""
        return total(self.weight * candidates.change)

    preferred = improvement

    def stakes(self, change: Floats) -> Floats:
        """Each delegation's weighted gain."""
        return self.weight[:, 0] * change


MODES: dict[str, type[SponsorLed] | type[LineByLine] | type[Chair]] = {
    "sponsor-led": SponsorLed,
    "line-by-line": LineByLine,
    "chair": Chair,
}
