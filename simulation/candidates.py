"""Which changes of wording are worth a closer look? Single options and trades of two, as columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from simulation.appeals import content_and_procedure, gains_at
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.wording import Wording, places

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.integer]
NOBODY = -1
NEVER = -np.inf
AT_ONCE = 100_000  # numbers worked on together: more would not fit the cache


class Candidates(NamedTuple):
    """Changed wordings of one text, one a column: what each `change` does to every delegation's gain
    (country, column, replicate), and whose red lines it breaks (the same shape)."""

    change: Floats
    forbidden: Flags
    unmet: Flags


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
        gained *= np.where(np.isin(issue, room.kinds[0])[:, None], heavier[column], 1)
        change[:, column] += gained
    if room.force_issue is not None:
        stronger = np.flatnonzero(wording.speaks[article].any(axis=1)[:, room.force_issue])
        change[:, stronger] += (heavier[stronger] - force) * content[:, None]
    return Candidates(change, *_red_lines(room, moved, silent))


def shortlist(
    wording: Wording, estimate: Floats, allowed: Flags, width: int, longest: int
) -> tuple[Numbers, Numbers]:
    """The most promising changes of each replicate: numbers of a first and a second single change.

    `estimate` (single, replicate) ranks the singles (−∞ where one changes nothing), `allowed` tells which may
    be proposed alone. Pairs are made of the best `width` singles of different articles, whether or not either
    could stand alone, and ranked by the sum of their estimates. Returns two arrays (column, replicate) of at
    most `longest` columns; the second number is −1 for a change alone, the first too where there is none.
    """
    article, _ = wording.singles
    count, replicates = estimate.shape
    alone = np.repeat(np.arange(count)[:, None], replicates, axis=1)
    best = np.argsort(-estimate, axis=0, kind="stable")[: min(width, count)]
    one, other = np.triu_indices(len(best), k=1)
    both = np.take_along_axis(estimate, best, axis=0)
    apart = article[best[one]] != article[best[other]]
    rank = np.concatenate(
        [np.where(allowed, estimate, NEVER), np.where(apart, both[one] + both[other], NEVER)]
    )
    first = np.concatenate([alone, best[one]])
    second = np.concatenate([np.full_like(alone, NOBODY), best[other]])
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
    return Candidates(change, *_red_lines(room, moved, silent))


def _places(room: Room, wording: Wording, chosen: Numbers) -> tuple[Floats, Flags]:
    """Places and silent issues of wordings (article, column, replicate), both (column, issue, replicate)."""
    found, silent = places(wording, chosen, room.reversion)
    return np.ascontiguousarray(found.swapaxes(0, 1)), np.ascontiguousarray(silent.swapaxes(0, 1))


def _red_lines(room: Room, moved: Floats, silent: Flags) -> tuple[Flags, Flags]:
    """Whose red lines wordings break: those that forbid, those that require."""
    countries = len(room.countries)
    return (
        preferences.broken_red_lines(moved, silent, room.forbids, countries),
        preferences.broken_red_lines(moved, silent, room.requires, countries),
    )
