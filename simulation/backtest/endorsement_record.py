"""Who endorsed the Global Initiative on Data Security, and when, as far as that is on record.

What counts as an endorsement is a `Reading`: several are scored, and none is the true one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.reference import Statement, endorsements
from simulation.analyses.ladder import RUNGS

TEXT, SPONSOR = "global-initiative", "CHN"


class Reading(NamedTuple):
    """What counts as an endorsement: statements from the rung `least` on, of a group too, for every member it
    covers, or in a state's own name alone. `name` is short, `title` says what it is."""

    name: str
    title: str
    least: str
    of_groups: bool


READINGS = {
    "own": Reading("own name", "a state itself welcomes it or more", "welcomes", False),
    "groups": Reading("joint texts", "so do members of a group with a joint text", "welcomes", True),
    "any": Reading(
        "favourable words", "so do members of a group that attaches importance", "attaches importance", True
    ),
}


class Record(NamedTuple):
    """When each delegation (N,) endorsed by a reading: the first and the last day that can have been, as days
    since the opening (inf for who never spoke); its statement (None); and the last day of watching."""

    earliest: NDArray[np.float64]
    latest: NDArray[np.float64]
    statement: tuple[Statement | None, ...]
    end: float

    @property
    def spoke(self) -> NDArray[np.bool_]:
        """Who endorsed (N,)."""
        return np.isfinite(self.earliest)


def record(
    countries: Sequence[str],
    opening: dt.date,
    end: dt.date,
    reading: str = "own",
    said: Sequence[Statement] | None = None,
) -> Record:
    """The record of these delegations from the opening to the end of the watch, by a reading.

    A state's endorsement is the first of its statements that count, by their last possible day. What was said
    after the end is not on record; what may have been said before it keeps the days it has.
    """
    how = READINGS[reading]
    first: dict[str, tuple[float, float, Statement]] = {}
    for one in endorsements() if said is None else said:
        if RUNGS.index(one.wording) < RUNGS.index(how.least) or (one.on_behalf_of and not how.of_groups):
            continue
        early, late = (
            float((dt.date.fromisoformat(day) - opening).days) for day in (one.earliest, one.latest)
        )
        for iso3 in one.covers:
            if iso3 not in first or late < first[iso3][1]:
                first[iso3] = (early, late, one)
    last, silent = float((end - opening).days), (np.inf, np.inf, None)
    known = [first[iso3] if iso3 in first and first[iso3][0] <= last else silent for iso3 in countries]
    return Record(
        np.array([one[0] for one in known]),
        np.array([one[1] for one in known]),
        tuple(one[2] for one in known),
        last,
    )


def before(found: Record) -> NDArray[np.bool_]:
    """Whether the first of each pair is known to have endorsed before the second (N, N).

    Who never spoke is censored: watched to the end, it comes after everybody who is known to have spoken by
    then. A statement came before another only if its last possible day lies before the other's first one: two
    on the same day, two whose days overlap, and two who never spoke are no pair.
    """
    start = np.where(found.spoke, found.earliest, found.end + 1)
    return found.spoke[:, None] & (found.latest[:, None] < start[None, :])
