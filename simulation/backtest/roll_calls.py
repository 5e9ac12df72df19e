"""Roll calls in order of time, and what was known of the world before each."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from scenarios.reference import FOLDER, groups, ideal_points, recorded_votes, states
from scenarios.vote_files import Resolution, VoteFile, read_resolutions

NO, ABSTAIN, YES = 0, 1, 2
MISSING = -1
CODES = {"no": NO, "abstain": ABSTAIN, "yes": YES}
CONTESTED = 0.8
SESSIONS = range(65, 75)
REMEMBERED = 3  # sessions whose ideal points are averaged
HALF_LIFE = 3 * 365.25  # days after which an earlier roll call counts half, where no analogue is named
WEST = ("NATO", "EU", "OECD")
BLOCS = ("EU", "CIS", "ASEAN", "ARAB_LEAGUE", "AU", "CARICOM", "PIF", "GRULAC", "NATO", "OECD")


class RollCall(NamedTuple):
    """A resolution and its votes: (193,) int8 in the order of states, 0 no, 1 abstain, 2 yes, −1 for a state
    that was absent or has no recorded vote. Absent is not abstain: such a state is neither learned from nor
    scored."""

    resolution: Resolution
    votes: np.ndarray

    @property
    def cast(self) -> np.ndarray:
        """Which states voted: (193,) bool."""
        return self.votes >= 0

    @property
    def shares(self) -> np.ndarray:
        """Shares of no, abstain and yes among the votes cast: (3,)."""
        return np.bincount(self.votes[self.cast], minlength=3) / max(self.cast.sum(), 1)

    @property
    def contested(self) -> bool:
        """Less than 80 % of the votes cast were yes."""
        return bool(self.shares[YES] < CONTESTED)


def coded(votes: Mapping[str, str]) -> np.ndarray:
    """Votes in words by iso3 as the array of a `RollCall`; whatever is no vote cast becomes −1."""
    found = np.array([CODES.get(votes.get(state, ""), MISSING) for state in states()], dtype=np.int8)
    found.setflags(write=False)
    return found


@cache
def shipped() -> tuple[RollCall, ...]:
    """The eleven roll calls of the reference tables, 2005–2019, by date."""
    content = tomllib.loads((FOLDER / "resolutions.toml").read_text(encoding="utf-8"))
    votes = recorded_votes()
    known = read_resolutions("resolutions.toml", content)
    return tuple(RollCall(resolution, coded(votes[name])) for name, resolution in known.items())


def from_file(file: VoteFile) -> tuple[RollCall, ...]:
    """The roll calls of a file, by date."""
    return tuple(RollCall(one, coded(file.votes[name])) for name, one in file.resolutions.items())


def before(calls: Sequence[RollCall], date: dt.date) -> tuple[RollCall, ...]:
    """The roll calls taken on an earlier day: nothing of the day itself is known yet."""
    return tuple(call for call in calls if call.resolution.date < date)


@cache
def western() -> np.ndarray:
    """States of the Western camp, (193,) bool: members of NATO, the EU or the OECD in September 2020."""
    members = {state for group in WEST for state in groups()[group]}
    return np.array([state in members for state in states()])


@cache
def blocs() -> np.ndarray:
    """One bloc a state, (193,) int: the first of `BLOCS` that it belongs to, else its subregion."""
    names = [
        next((bloc for bloc in BLOCS if state in groups()[bloc]), facts.subregion)
        for state, facts in states().items()
    ]
    return np.unique(names, return_inverse=True)[1]


def from_the_west(resolution: Resolution) -> bool:
    """Do the sponsors belong to the Western camp? By majority, in a tie as the first one does."""
    place = {state: number for number, state in enumerate(states())}
    camps = [bool(western()[place[sponsor]]) for sponsor in resolution.sponsors]
    return sum(camps) * 2 > len(camps) or (sum(camps) * 2 == len(camps) and camps[0])


def session(date: dt.date) -> int:
    """The session of the General Assembly in which a day lies; sessions begin in September.

    >>> session(dt.date(2018, 12, 5)), session(dt.date(2021, 6, 1))
    (73, 75)
    """
    return date.year - (1945 if date.month >= 9 else 1946)


def standing(date: dt.date) -> np.ndarray:
    """Ideal points known at a date: (193,), the mean of the last three sessions that had ended.

    Sessions 65–74 are known; roll calls before 2010 are read with the points of session 65, and where a state
    has none the median stands in for it.
    """
    return _standing(min(max(session(date) - 1, SESSIONS[0]), SESSIONS[-1]))


@cache
def _standing(last: int) -> np.ndarray:
    known = ideal_points()
    window = [number for number in SESSIONS if last - REMEMBERED < number <= last]
    table = np.array([[known.get((state, number), np.nan) for number in window] for state in states()])
    count = (~np.isnan(table)).sum(axis=1)
    points = np.where(count > 0, np.nansum(table, axis=1) / np.maximum(count, 1), np.nan)
    points = np.where(np.isnan(points), np.nanmedian(points), points)
    points.setflags(write=False)
    return points


def analogues(question: Resolution, known: Sequence[RollCall]) -> list[tuple[RollCall, float]]:
    """Earlier roll calls to learn from, with weights that sum to 1.

    The analogue alone if it is named and among `known`; else all of the same sponsor side, one three years
    older counting half; none if there is no such roll call.
    """
    named = [call for call in known if call.resolution.name == question.analogue]
    if named:
        return [(named[0], 1.0)]
    west = from_the_west(question)
    same = [call for call in known if from_the_west(call.resolution) == west]
    return weighted(question, same)


def weighted(question: Resolution, calls: Sequence[RollCall]) -> list[tuple[RollCall, float]]:
    """Roll calls with weights that halve every three years and sum to 1."""
    ages = [(question.date - call.resolution.date).days / HALF_LIFE for call in calls]
    weights = 0.5 ** (np.array(ages) - min(ages, default=0.0))
    return list(zip(calls, (weights / weights.sum()).tolist(), strict=True)) if calls else []


def room(question: Resolution, known: Sequence[RollCall]) -> np.ndarray:
    """The room's shares of no, abstain and yes on the roll calls to learn from: (3,), with half an imaginary
    vote for each.

    On all earlier roll calls, in weights that halve every three years, if there are none of the sponsor side.
    """
    sources = analogues(question, known) or weighted(question, known)
    counts = np.full(3, 0.5)
    for call, weight in sources:
        counts = counts + weight * np.bincount(call.votes[call.cast], minlength=3)
    return counts / counts.sum()
