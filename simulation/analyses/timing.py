"""When do groups of delegations come on board, and do two groups differ in it?

The unit of a test is a delegation, with one time of its own. Delegations of several replicates are never
pooled in a test: a thousand replicates would make any difference significant, and none of them is a new
observation of the world.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analyses.spread import Survival, time_to_endorse

LEAST_TESTED = 5  # delegations on either side of a test; p-values of smaller groups would be too rough


class LogRank(NamedTuple):
    """A log-rank test of two groups: chi² with one degree of freedom, and its p-value; NaN where there is
    nothing to test."""

    chi2: float
    p: float


NO_TEST = LogRank(float("nan"), float("nan"))


class Timing(NamedTuple):
    """When one group comes on board: how many `members` it has; the Kaplan–Meier `curve` of its delegations
    over all replicates; the `median_day` on which half of them have endorsed (inf: fewer ever do); the share
    still `waiting` after the last day; and the `test` against all other delegations."""

    members: int
    curve: Survival
    median_day: float
    waiting: float
    test: LogRank


def typical_day(first_endorsed: ArrayLike, days: ArrayLike) -> NDArray[np.float64]:
    """The day by which each delegation has endorsed in at least half of the replicates (N,), inf for never.

    `first_endorsed` (R, N) is the round of the first endorsement, −1 if it never came; `days` (T+1,) are days
    since the opening. This is the median over replicates, the earlier one where two are in the middle.
    """
    first = np.asarray(first_endorsed)
    day = np.where(first >= 0, np.asarray(days, dtype=np.float64)[first], np.inf)
    return np.sort(day, axis=0)[(len(first) + 1) // 2 - 1]


def median_time(curve: Survival) -> float:
    """The first time at which at most half still wait; inf if more than half wait to the end."""
    reached = np.flatnonzero(curve.waiting <= 0.5 + 1e-12)
    return float(curve.time[reached[0]]) if reached.size else float("inf")


def log_rank(times: ArrayLike, observed: ArrayLike, others: ArrayLike, others_observed: ArrayLike) -> LogRank:
    """Do two groups come at the same times? Both sides of the test count.

    Each group has times (n,) of events, or of the end of watching where `observed` (n,) is false.
    Mantel, N. (1966), Evaluation of survival data and two new rank order statistics arising in its
    consideration, Cancer Chemotherapy Reports 50, 163–170. NaN for a group without members, or no event.
    """
    from scipy.stats import CensoredData, logrank

    one, other = (np.asarray(some, dtype=np.float64) for some in (times, others))
    seen, other_seen = (np.asarray(some, dtype=bool) for some in (observed, others_observed))
    if not (one.size and other.size and (seen.any() or other_seen.any())):
        return NO_TEST
    found = logrank(
        CensoredData(uncensored=one[seen], right=one[~seen]),
        CensoredData(uncensored=other[other_seen], right=other[~other_seen]),
    )
    return LogRank(float(found.statistic) ** 2, float(found.pvalue))


def differ(first_endorsed: ArrayLike, days: ArrayLike, one: ArrayLike, other: ArrayLike) -> LogRank:
    """Do two groups, true for members (N,), come on board at the same times?

    Each delegation counts once, with its `typical_day`; who has none is watched until the last day. Who is in
    both groups is left out of both. NaN where either has fewer than five left.

    Delegations listen to each other, so even these times are not independent and p is rather too small; with
    many groups one in twenty has p < 0.05 by luck alone.
    """
    days = np.asarray(days, dtype=np.float64)
    typical = typical_day(first_endorsed, days)
    comes = np.isfinite(typical)
    times = np.where(comes, typical, days[-1])
    mine, theirs = np.asarray(one, dtype=bool), np.asarray(other, dtype=bool)
    mine, theirs = mine & ~theirs, theirs & ~mine
    if min(mine.sum(), theirs.sum()) < LEAST_TESTED:
        return NO_TEST
    return log_rank(times[mine], comes[mine], times[theirs], comes[theirs])


def timings(first_endorsed: ArrayLike, days: ArrayLike, members: ArrayLike) -> list[Timing]:
    """When each group (B) comes on board; `members` (B, N), the rest as in `typical_day`.

    The curve and the median pool a group's delegations over replicates: what share of them still waits, in
    expectation. The test (`differ`) holds a group against all delegations outside it and pools nothing.
    """
    first, days = np.asarray(first_endorsed), np.asarray(days, dtype=np.float64)
    found = []
    for inside in np.asarray(members, dtype=bool):
        curve = time_to_endorse(first[:, inside], days)
        waiting = float((first[:, inside] < 0).mean()) if inside.any() else np.nan
        test = differ(first, days, inside, ~inside)
        found.append(Timing(int(inside.sum()), curve, median_time(curve), waiting, test))
    return found
