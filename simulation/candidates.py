"""Which changes of wording are worth a closer look? Single options and trades of two, as columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.appeals import content_of, gains_at, gains_of, sponsors_gain
from simulation.chamber import Chamber
from simulation.contraction import total
from simulation.room import Room
from simulation.wording import Wording, places, swapped_places

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NOBODY = -1
NEVER = -np.inf
AT_ONCE = 20_000  # numbers worked on together: more would not fit the cache


class Sponsors(NamedTuple):
    """What changed wordings leave a text's sponsors on their first instructions: their `gain`, and whether a
    red line of theirs is `crossed` (sponsor, column, replicate)."""

    gain: Floats
    crossed: Flags


class Lines(NamedTuple):
    """Whose red lines wordings break: `owners` are the rows of those who have some, `forbidden` and `unmet`
    (owner, column, replicate) tell which kind is broken."""

    owners: NDArray[np.intp]
    forbidden: Flags
    unmet: Flags

    def column(self, number: int) -> Lines:
        """One column alone."""
        here = slice(number, number + 1)
        return Lines(self.owners, self.forbidden[:, here], self.unmet[:, here])

    def of(self, rows: NDArray[np.intp]) -> Flags:
        """Whether lines of some delegations are broken, of either kind (row, column, replicate)."""
        broken = np.zeros((len(rows), *self.forbidden.shape[1:]), dtype=bool)
        among, place, where = np.intersect1d(rows, self.owners, return_indices=True)
        broken[place] = self.forbidden[where] | self.unmet[where]
        return broken


def lines_at(room: Room, places: Floats, silent: Flags) -> Lines:
    """Whose red lines wordings break at some places; `places` and `silent` (column, issue, replicate)."""
    owners = np.union1d(room.forbids.owners, room.requires.owners)
    kinds = []
    for lines in (room.forbids, room.requires):
        broken = np.zeros((len(owners), places.shape[0], places.shape[2]), dtype=bool)
        broken[np.searchsorted(owners, lines.owners)] = preferences.crossed_lines(places, silent, lines)
        kinds.append(broken)
    return Lines(owners, *kinds)


def standing_lines(room: Room, chamber: Chamber, text: int) -> Lines:
    """Whose red lines a text breaks as it stands, one column."""
    owners = np.union1d(room.forbids.owners, room.requires.owners)
    one = slice(text, text + 1)
    return Lines(owners, chamber.forbidden[owners, one], chamber.unmet[owners, one])


class Candidates(NamedTuple):
    """Whole wordings of one text, one a column: what each does to every delegation's gain, `change` (country,
    column, replicate), the red `lines` it breaks, and what it leaves the `sponsors`."""

    change: Floats
    lines: Lines
    sponsors: Sponsors


class Singles:
    """Every option in brackets, each put in place of what stands in its article, one a column.

    Columns follow `Wording.singles`; the option that stands already changes nothing. A change touches only
    the issues of its article, and all of content through the legal force if it moves the force issue.

    `fresh` (column, replicate) marks changes worth a look, at first all that change something; `sponsors` is
    what each leaves the sponsors, and `at_best` what it leaves them at most together with one other change.
    """

    def __init__(self, room: Room, chamber: Chamber, text: int) -> None:
        wording = room.wordings[text]
        article, option = wording.singles
        self.room, self.chamber, self.wording, self.place = room, chamber, wording, chamber.places[text]
        chosen = chamber.chosen[text, : len(wording.articles)]
        self.moved, silent = swapped_places(wording, chosen, room.reversion)
        self.fresh = chosen[article] != option[:, None]
        self.force = room.force(self.place)
        self.heavier = np.array(np.broadcast_to(room.force(self.moved.swapaxes(0, 1)), self.fresh.shape))
        moves_force = wording.touches[:, [] if room.force_issue is None else [room.force_issue]]
        self.stronger = np.flatnonzero(moves_force.sum(axis=1))
        self.lines = lines_at(room, self.moved, silent)
        rows = np.flatnonzero(room.sponsoring[:, text])
        positions, per_point, weights = chamber.sponsors_view[text]
        self.standing = gains_of(room, positions, weights, self.place[None])[:, 0]
        change = self._change(positions, per_point, weights)
        self.sponsors = Sponsors(self.standing[:, None] + change, self.lines.of(rows))
        best = np.where(self.fresh, change, 0).max(axis=1, initial=0)
        self.at_best = Sponsors(self.sponsors.gain + best[:, None], np.zeros_like(self.sponsors.crossed))

    def change(self) -> Floats:
        """What each change does to every delegation's gain (country, column, replicate)."""
        return self._change(self.chamber.position, self.chamber.per_point, self.chamber.weights)

    def _change(self, positions: Floats, per_point: Floats, weights: Floats) -> Floats:
        """The same for any delegations, given their positions and salience."""
        exponent = self.room.dynamics.loss_exponent
        change = np.zeros((len(positions), *self.fresh.shape), dtype=self.room.dtype)
        before = preferences.loss(positions, self.place[None], exponent)
        for column, issue in self.wording.touched(_at_once(change)):
            after = preferences.loss(positions[:, issue], self.moved[column, issue], exponent)
            gained = np.subtract(before[:, issue], after, out=after)
            gained *= per_point[:, issue]
            gained *= np.where(self.room.content[issue][:, None], self.heavier[column], 1)
            change[:, column] += gained
        if len(self.stronger):
            content = content_of(self.room, positions, weights, self.place)
            change[:, self.stronger] += (self.heavier[self.stronger] - self.force) * content[:, None]
        return change

    def weighed(self, pull: Floats) -> Floats:
        """Σ_i pull_i·ΔG_i for every change (column, replicate), `pull` (country, replicate).

        Sums over delegations are taken issue by issue, without writing down what each change does to each.
        """
        room, chamber, exponent = self.room, self.chamber, self.room.dynamics.loss_exponent
        found = np.zeros(self.fresh.shape, dtype=room.dtype)
        touches, asked = self.wording.touches, self.fresh.sum(axis=1) > 0
        at_once = _at_once(chamber.position)
        for issue in np.flatnonzero(touches[asked].sum(axis=0)):
            said = np.ascontiguousarray(chamber.position[:, issue])
            weight = pull * chamber.per_point[:, issue]
            before = total(weight * preferences.loss(said, self.place[issue], exponent))
            columns = np.flatnonzero(touches[:, issue] & asked)
            for start in range(0, len(columns), at_once):
                some = columns[start : start + at_once]
                after = preferences.loss(said[:, None], self.moved[some, issue], exponent)
                after *= weight[:, None]
                gained = before - total(after)
                found[some] += gained * self.heavier[some] if room.content[issue] else gained
        if len(self.stronger):
            content = content_of(room, chamber.position, chamber.weights, self.place)
            found[self.stronger] += (self.heavier[self.stronger] - self.force) * total(pull * content)
        return found


def _at_once(planes: Floats) -> int:
    """How many columns to work on together, so that they fit the cache."""
    return AT_ONCE // max(planes.shape[0] * planes.shape[-1], 1) + 1


def trades(
    wording: Wording, estimate: Floats, sponsors: Sponsors, standing: Floats, width: int
) -> tuple[Numbers, Numbers, Floats, Sponsors]:
    """Pairs of the most promising single changes of different articles, by replicate.

    `estimate` (single, replicate) ranks the singles; the best `width` of them are paired, whether or not they
    could stand alone. Returns the numbers of the first and the second change, the sum of their estimates (−∞
    for two changes of one article), and roughly what the pair leaves the sponsors, whose gains stand at
    `standing` (sponsor, replicate); all (pair, replicate).
    """
    article, _ = wording.singles
    best = np.argsort(-estimate, axis=0, kind="stable")[: min(width, len(estimate))]
    one, other = (best[pair] for pair in np.triu_indices(len(best), k=1))
    everywhere = np.arange(estimate.shape[1])
    apart = article[one] != article[other]
    both = np.where(apart, estimate[one, everywhere] + estimate[other, everywhere], NEVER)
    gain = sponsors.gain[:, one, everywhere] + sponsors.gain[:, other, everywhere] - standing[:, None]
    crossed = sponsors.crossed[:, one, everywhere] | sponsors.crossed[:, other, everywhere]
    return one, other, both, Sponsors(gain, crossed)


def shortlist(rank: Floats, first: Numbers, second: Numbers, longest: int) -> tuple[Numbers, Numbers]:
    """The best `longest` candidates of each replicate by rank: numbers of their first and second change.

    All arrays (candidate, replicate). The second number is −1 for a change alone; both are −1 where there are
    fewer candidates than that, those of rank −∞ being none, and columns without any are left out.
    """
    chosen = np.argsort(-rank, axis=0, kind="stable")[:longest]
    possible = np.take_along_axis(rank, chosen, axis=0) > NEVER
    chosen, possible = chosen[possible.any(axis=1)], possible[possible.any(axis=1)]
    return (
        np.where(possible, np.take_along_axis(first, chosen, axis=0), NOBODY),
        np.where(possible, np.take_along_axis(second, chosen, axis=0), NOBODY),
    )


def proposed(wording: Wording, chosen: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """The whole wordings that candidates stand for: (article, column, replicate)."""
    article, option = wording.singles
    wordings = np.repeat(chosen[:, None], len(first), axis=1)
    for which in (first, second):
        column, replicate = np.nonzero(which != NOBODY)
        number = which[column, replicate]
        wordings[article[number], column, replicate] = option[number]
    return wordings


def exactly(room: Room, chamber: Chamber, text: int, wordings: Numbers, standing: Floats) -> Candidates:
    """The exact effect of whole wordings (article, column, replicate) against the gains that stand
    (country, replicate)."""
    found, quiet = places(room.wordings[text], wordings, room.reversion)
    moved, silent = np.ascontiguousarray(found.swapaxes(0, 1)), np.ascontiguousarray(quiet.swapaxes(0, 1))
    lines = lines_at(room, moved, silent)
    rows = np.flatnonzero(room.sponsoring[:, text])
    return Candidates(
        gains_at(room, chamber, moved) - standing[:, None],
        lines,
        Sponsors(sponsors_gain(room, chamber, text, moved), lines.of(rows)),
    )
