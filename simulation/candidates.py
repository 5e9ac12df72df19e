"""Which changes of wording are worth a closer look? Single options and trades of two, as columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.appeals import content_and_procedure, gains_at, sponsors_gain
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.wording import Wording, places

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NOBODY = -1
NEVER = -np.inf
AT_ONCE = 100_000  # numbers worked on together: more would not fit the cache


class Sponsors(NamedTuple):
    """What changed wordings leave a text's sponsors on their first instructions: their `gain`, and whether a
    red line of theirs is `crossed` (sponsor, column, replicate)."""

    gain: Floats
    crossed: Flags


class Candidates(NamedTuple):
    """Changed wordings of one text, one a column: what each does to every delegation's gain (`change`), whose
    red lines it breaks (`forbidden`, `unmet`), all (country, column, replicate), and what it leaves the
    `sponsors`."""

    change: Floats
    forbidden: Flags
    unmet: Flags
    sponsors: Sponsors


def singles(room: Room, chamber: Chamber, text: int) -> Candidates:
    """Every option in brackets, each put in place of what stands in its article.

    Columns follow `Wording.singles`; the option that stands already changes nothing. A change touches only
    the issues of its article, and all of content through the legal force if it moves the force issue.
    """
    wording, dynamics = room.wordings[text], room.dynamics
    article, option = wording.singles
    chosen = np.repeat(chamber.chosen[text, : len(wording.articles), None], len(article), axis=1)
    chosen[article, np.arange(len(article))] = option[:, None]
    moved, silent = _places(room, wording, chosen)
    content, _ = content_and_procedure(room, chamber, chamber.places[text])
    before = preferences.loss(chamber.position, chamber.places[text][None], dynamics.loss_exponent)
    salience = chamber.salience / room.dtype(preferences.unit(dynamics.loss_exponent))
    force = room.force(chamber.places[text])
    heavier: Floats = np.array(np.broadcast_to(room.force(moved.swapaxes(0, 1)), chosen.shape[1:]))
    change = np.zeros((len(room.countries), *chosen.shape[1:]), dtype=room.dtype)
    for column, issue in wording.touched(AT_ONCE // (change.shape[0] * change.shape[2]) + 1):
        gained = chamber.position[:, issue]
        gained = before[:, issue] - preferences.loss(gained, moved[column, issue], dynamics.loss_exponent)
        gained *= salience[:, issue]
        of_content = room.content[issue][:, None]
        gained *= np.where(of_content, heavier[column], 1)
        change[:, column] += gained
    if room.force_issue is not None:
        stronger = np.flatnonzero(wording.speaks[article, :, room.force_issue].any(axis=1))
        change[:, stronger] += (heavier[stronger] - force) * content[:, None]
    return _candidates(room, chamber, text, change, moved, silent)


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
    fewer candidates than that, those of rank −∞ being none.
    """
    chosen = np.argsort(-rank, axis=0, kind="stable")[:longest]
    possible = np.take_along_axis(rank, chosen, axis=0) > NEVER
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
    moved, silent = _places(room, room.wordings[text], wordings)
    change = gains_at(room, chamber, moved) - standing[:, None]
    return _candidates(room, chamber, text, change, moved, silent)


def _places(room: Room, wording: Wording, chosen: Numbers) -> tuple[Floats, Flags]:
    """Places and silent issues of wordings (article, column, replicate), both (column, issue, replicate)."""
    found, silent = places(wording, chosen, room.reversion)
    return np.ascontiguousarray(found.swapaxes(0, 1)), np.ascontiguousarray(silent.swapaxes(0, 1))


def _candidates(
    room: Room, chamber: Chamber, text: int, change: Floats, moved: Floats, silent: Flags
) -> Candidates:
    """Candidates from the change in gains and the places they lead to."""
    forbidden, unmet = (
        preferences.broken_red_lines(moved, silent, lines, len(room.countries))
        for lines in (room.forbids, room.requires)
    )
    rows = np.flatnonzero(room.sponsoring[:, text])
    gain = sponsors_gain(room, chamber, text, moved)
    return Candidates(change, forbidden, unmet, Sponsors(gain, forbidden[rows] | unmet[rows]))
