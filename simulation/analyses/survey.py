"""All wordings of a text side by side: the best, the frontier, the points of theory, the missed deals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analyses import solutions
from simulation.analyses.prospects import Prospects
from simulation.analyses.wordings import Sweep

Floats = NDArray[np.floating]
Numbers = NDArray[np.int64]
MOST = 2_000_000  # wordings up to which all are looked at
LEAST = 1e-6  # gain units; a smaller change is none
POINTS: Mapping[str, Callable[..., int]] = {
    "nash": solutions.nash,
    "kalai-smorodinsky": solutions.kalai_smorodinsky,
    "utilitarian": solutions.utilitarian,
    "egalitarian": solutions.egalitarian,
}


class Survey(NamedTuple):
    """All wordings of a text by their numbers.

    `support` (wording,) is the expected number of endorsements, `ambition` (wording,) the share of the
    sponsors' initial gain, NaN without any. `best` is the wording with the highest support, of equal ones
    the one with the highest ambition; `frontier` lists those that no other beats on both counts, the most
    ambitious first. `points` names the wordings that theories of bargaining choose; `everybody_can` tells
    whether there is a wording by which no party loses over the reversion point. `better` are the wordings by
    which, against the one agreed, no supporter loses and some gain; `better_for_sponsors` those by which no
    sponsor loses, some gain, and support is no lower.
    """

    support: Floats
    ambition: Floats
    best: int
    frontier: NDArray[np.intp]
    points: Mapping[str, int]
    everybody_can: bool
    better: Numbers
    better_for_sponsors: Numbers


def survey(
    prospects: Prospects, agreed: ArrayLike, parties: NDArray[np.bool_], supporters: NDArray[np.bool_]
) -> Survey:
    """Look at every wording of a text.

    `agreed` (article,) is the wording agreed; `parties` (country,) bargain in the sense of theory,
    `supporters` (country,) endorse what was agreed.

    1. Sweep over all wordings for support, ambition, and the most that each party can gain.
    2. Sweep once more for the points of theory: each block has its choice, the choice among these is the
       choice of all.
    """
    now = np.asarray(agreed)
    support = _support(prospects)
    ambition, better_for_sponsors = _sponsored(prospects, now)
    rational, most, better = _gained(prospects, now, parties, supporters)
    unhurt = support >= support[prospects.places.numbers(now[None])] - LEAST
    best = np.flatnonzero(support >= support.max() - LEAST)
    kept = np.nan_to_num(ambition[best], nan=0.0)
    known = not np.isnan(ambition).any()
    return Survey(
        support,
        ambition,
        int(best[np.argmax(kept)]),
        solutions.pareto(ambition, support) if known else np.zeros(0, dtype=np.intp),
        _points(prospects, parties, most),
        rational,
        better,
        better_for_sponsors[unhurt[better_for_sponsors]],
    )


def _support(prospects: Prospects) -> Floats:
    sweep = Sweep(prospects.lead)
    return np.concatenate(
        [prospects.chances_of(lead, sweep.number(block)).sum(axis=1) for block, lead in enumerate(sweep)]
    )


def _sponsored(prospects: Prospects, agreed: NDArray) -> tuple[Floats, Numbers]:
    """The ambition of every wording, and those that are better for the sponsors than the one agreed."""
    gained = np.concatenate(list(Sweep(prospects.sponsors)))
    return prospects.retained(gained.sum(axis=1)), _improvements(gained - prospects.sponsors.at(agreed[None]))


def _improvements(change: Floats) -> Numbers:
    """The rows in which nobody loses and somebody gains (row, delegation)."""
    harmless = np.flatnonzero(change.min(axis=1, initial=0.0) >= -LEAST)
    return harmless[change[harmless].max(axis=1, initial=0.0) > LEAST]


def _gained(
    prospects: Prospects, agreed: NDArray, parties: NDArray[np.bool_], supporters: NDArray[np.bool_]
) -> tuple[bool, Floats, Numbers]:
    """Whether some wording leaves no party worse off than none, the most that each party can gain, and the
    wordings that are better for the supporters than the one agreed."""
    now = prospects.gain.at(agreed[None])[:, supporters]
    everywhere, rationally = (np.full(int(parties.sum()), -np.inf) for _ in range(2))
    better, first = [], 0
    for gains in Sweep(prospects.gain):
        bargained = gains[:, parties]
        np.maximum(everywhere, bargained.max(axis=0, initial=-np.inf), out=everywhere)
        rational = bargained.min(axis=1, initial=np.inf) >= -solutions.TIE
        np.maximum(rationally, bargained[rational].max(axis=0, initial=-np.inf), out=rationally)
        better.append(first + _improvements(gains[:, supporters] - now))
        first += len(gains)
    some = bool(np.isfinite(rationally).all())
    return some, rationally if some else everywhere, np.concatenate(better)


def _points(prospects: Prospects, parties: NDArray[np.bool_], most: Floats) -> dict[str, int]:
    """The wordings that theories of bargaining choose, by the name of the theory."""
    if not parties.any():
        return {}
    chosen: dict[str, list[int]] = {name: [] for name in POINTS}
    gained: dict[str, list[Floats]] = {name: [] for name in POINTS}
    first = 0
    for gains in Sweep(prospects.gain):
        bargained = np.ascontiguousarray(gains[:, parties])
        for name, choose in POINTS.items():
            row = _choose(choose, bargained, most)
            chosen[name].append(first + row)
            gained[name].append(bargained[row].copy())
        first += len(gains)
    return {
        name: chosen[name][_choose(choose, np.stack(gained[name]), most)] for name, choose in POINTS.items()
    }


def _choose(choose: Callable[..., int], gains: Floats, most: Floats) -> int:
    return choose(gains, most) if choose is solutions.kalai_smorodinsky else choose(gains)
