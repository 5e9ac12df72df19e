"""Missed deals: other wordings of a text that would have brought more than the one that stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.classroom.debrief.outcome import Outcome
from dashboards.classroom.room import Room
from simulation.analyses.articles import wording_of
from simulation.analyses.fairness import coded_gains
from simulation.wording import Wording, places

MOST = 20_000  # wordings looked at of each text
AT_ONCE = 2_000  # wordings
LEAST = 1e-6  # gain units; a smaller change is none
Floats = NDArray[np.floating]


class Missed(NamedTuple):
    """A wording that was not agreed: by article's key the key of the words that would stand instead, how many
    delegations would gain from it over no text and how many do from what stands, and who would be better and
    worse off than now. `unhurt` where none of those who endorse the text would be worse off."""

    text: str
    words: dict[str, str]
    gaining: int
    gaining_now: int
    better: list[str]
    worse: list[str]
    unhurt: bool


def missed_deals(room: Room, found: Outcome) -> list[Missed]:
    """For every text up to two wordings: the one by which none of those who endorse it is worse off and most
    delegations are better off, and the one from which most gain over no text, if those are more than now.

    Every combination of the wordings is looked at, or where these are more than 20,000 those that differ from
    what stands in at most two articles; withdrawn and refused wordings are left out.
    """
    return [one for text in room.drafts for one in _of_text(room, found, text)]


def _of_text(room: Room, found: Outcome, text: str) -> list[Missed]:
    scenario, now = found.scenario, found.ended.chosen[text][0]
    wording = wording_of(scenario, text)
    base = _gains(found, wording, now[None])[0]
    backs = np.array([room.stands[text][seat].stance == "endorse" for seat in room.seats])
    best: dict[bool, tuple[tuple[int, ...], Floats, NDArray[np.integer]]] = {}
    others = _others(_choices(room, found, text, wording, now), now)
    while rows := list(islice(others, AT_ONCE)):
        chosen = np.array(rows)
        each = _gains(found, wording, chosen)
        better, worse = (each > base + LEAST).sum(axis=1), each < base - LEAST
        gaining, hurt = (each > LEAST).sum(axis=1), worse[:, backs].any(axis=1)
        most = (gaining, -worse.sum(axis=1), better)
        for unhurt, ranks in ((True, (~hurt & (better > 0), better, gaining)), (False, most)):
            first = int(np.lexsort(ranks[::-1])[-1])
            rank = tuple(int(one[first]) for one in ranks)
            if unhurt not in best or rank > best[unhurt][0]:
                best[unhurt] = (rank, each[first], chosen[first])
    gaining_now = int((base > LEAST).sum())
    told: list[tuple[Missed, NDArray[np.integer]]] = []
    for unhurt, (rank, each, row) in best.items():
        worth = rank[0] == 1 if unhurt else rank[0] > gaining_now
        if worth and not any(np.array_equal(row, other) for _, other in told):
            told.append((_told(room, text, wording, (now, row), (base, each), backs), row))
    return [one for one, _ in told]


def _told(
    room: Room,
    text: str,
    wording: Wording,
    rows: tuple[NDArray[np.integer], NDArray[np.integer]],
    gains: tuple[Floats, Floats],
    backs: NDArray[np.bool_],
) -> Missed:
    (now, row), (base, each), seats = rows, gains, np.array(list(room.seats))
    worse = each < base - LEAST
    return Missed(
        text,
        {
            number: wording.options[place][row[place]]
            for place, number in enumerate(wording.articles)
            if row[place] != now[place]
        },
        int((each > LEAST).sum()),
        int((base > LEAST).sum()),
        seats[each > base + LEAST].tolist(),
        seats[worse].tolist(),
        not worse[backs].any(),
    )


def _gains(found: Outcome, wording: Wording, rows: NDArray[np.integer]) -> Floats:
    """What wordings (wording, article) bring the delegations that count (wording, seat)."""
    scenario = found.scenario
    reversion = np.array([issue.reversion for issue in scenario.issues.values()])
    counted = [not one.observer for one in scenario.delegations.values()]
    return coded_gains(scenario, places(wording, rows.T, reversion)[0].T)[:, counted]


def _choices(
    room: Room, found: Outcome, text: str, wording: Wording, now: NDArray[np.integer]
) -> list[list[int]]:
    """By article the numbers of the wordings that could stand, what stands first; what was agreed before the
    lesson stays."""
    choices = []
    for number, keys, stands in zip(wording.articles, wording.options, now, strict=True):
        fixed, all_ = found.scenario.texts[text].articles[number].agreed, room.drafts[text].articles[number]
        open_ = (place for place, key in enumerate(keys) if all_.wordings[key].status == "open")
        choices.append([int(stands), *(place for place in open_ if not fixed and place != stands)])
    return choices


def _others(choices: list[list[int]], now: NDArray[np.integer]) -> Iterator[tuple[int, ...]]:
    """The combinations to look at, without what stands."""
    if np.prod([float(len(one)) for one in choices]) <= MOST:
        yield from islice(product(*choices), 1, None)
        return
    for many in (1, 2):
        for articles in combinations(range(len(choices)), many):
            for put in product(*(choices[article][1:] for article in articles)):
                row = [int(one) for one in now]
                for article, place in zip(articles, put, strict=True):
                    row[article] = place
                yield tuple(row)
