"""How does support grow, who comes on board when, and how universal does a text become?"""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
# Rogers, E. M. (1962), Diffusion of Innovations, Free Press: shares of all adopters, from first to last.
ADOPTERS = {
    "innovator": 0.025,
    "early adopter": 0.135,
    "early majority": 0.34,
    "late majority": 0.34,
    "laggard": 0.16,
}


class Survival(NamedTuple):
    """A Kaplan–Meier curve at the times of events, all (E,): the share still waiting just after each time,
    its pointwise 95 % interval (NaN where nobody waits any more), the number at risk just before it, and the
    events at it."""

    time: NDArray[np.float64]
    waiting: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]


class Supporters(NamedTuple):
    """Delegations in order of their expected first endorsement: places in the table (N,), with the expected
    day (N,), the share of replicates in which each endorses (N,), and its kind of adopter (N,)."""

    order: NDArray[np.int64]
    expected_day: NDArray[np.float64]
    endorses: NDArray[np.float64]
    adopter: NDArray[np.str_]


class Universality(NamedTuple):
    """Four numbers side by side, never one index; each of shape (...)."""

    states: NDArray[np.float64]
    regions: NDArray[np.float64]
    permanent_five: NDArray[np.float32]
    no_public_objection: NDArray[np.bool_]


def support_bands(counts: ArrayLike, quantiles: ArrayLike = QUANTILES) -> NDArray[np.float64]:
    """Quantiles of support over replicates (Q, T+1, M) from counts or shares (R, T+1, M).

    Each round is taken by itself: a band holds a share of the replicates in every round, not whole courses.
    """
    counts = np.asarray(counts)
    if counts.ndim != 3 or len(counts) == 0:
        raise ValueError(f"support needs at least one replicate (R, T+1, M), got shape {counts.shape}")
    return np.quantile(counts, np.asarray(quantiles, dtype=np.float64), axis=0)


def kaplan_meier(times: ArrayLike, observed: ArrayLike) -> Survival:
    """The share still waiting over time, where some are watched only for a while.

    `times` (n,) are times of events, or of the end of watching where `observed` (n,) is false.
    Kaplan, E. L. and Meier, P. (1958), Nonparametric estimation from incomplete observations, Journal of the
    American Statistical Association 53, 457–481; interval on the log–log scale.
    Raises ValueError if the two differ in length or a time is not finite.
    """
    from scipy.stats import CensoredData, ecdf

    times, observed = np.asarray(times, dtype=np.float64), np.asarray(observed, dtype=bool)
    if times.shape != observed.shape or times.ndim != 1:
        raise ValueError(
            f"each time needs its mark of being observed: shapes {times.shape}, {observed.shape}"
        )
    if not np.isfinite(times).all():
        raise ValueError("times must be finite; mark an event that never came as not observed")
    if not observed.any():
        none = np.zeros(0)
        return Survival(none, none, none, none, none.astype(np.int64), none.astype(np.int64))
    waiting = ecdf(CensoredData(uncensored=times[observed], right=times[~observed])).sf
    with warnings.catch_warnings():
        # The interval does not exist while all or none wait: NaN there, and no news.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = waiting.confidence_interval(method="log-log")
    when, events = np.unique(times[observed], return_counts=True)
    place = np.searchsorted(waiting.quantiles, when)
    return Survival(
        when,
        waiting.probabilities[place],
        interval.low.probabilities[place],
        interval.high.probabilities[place],
        (times[:, None] >= when).sum(axis=0),
        events,
    )


def time_to_endorse(first_endorsed: ArrayLike, days: ArrayLike) -> Survival:
    """Kaplan–Meier curve of the days until a delegation first endorses a text.

    `first_endorsed` (R, N) or (N,) is the round of the first endorsement, −1 if it never came; `days` (T+1,)
    are days since the opening at the end of each round, rising. Who never endorses is watched until the last
    day. Delegations of several replicates are pooled, so the interval is narrower than the true one.
    """
    first = np.asarray(first_endorsed).ravel()
    days = np.asarray(days, dtype=np.float64)
    return kaplan_meier(days[first], first >= 0)


def first_supporters(first_endorsed: ArrayLike, days: ArrayLike) -> Supporters:
    """Who endorses first, in expectation over replicates.

    `first_endorsed` (R, N) and `days` (T+1,) as in `time_to_endorse`.
    1. A delegation's expected day is the mean of its first day over replicates; a replicate in which it never
       endorses counts as the last day.
    2. Order by that day, then by the share of replicates with an endorsement, then by place in the table.
    3. The delegations that endorse in at least half of the replicates are the adopters; along the order they
       are cut into Rogers' five kinds (2.5, 13.5, 34, 34 and 16 %). The others are "not on board".
    """
    first = np.asarray(first_endorsed)
    days = np.asarray(days, dtype=np.float64)
    expected = days[first].mean(axis=0)  # −1, never, reads the last day
    endorses = (first >= 0).mean(axis=0)
    order = np.lexsort((np.arange(endorses.size), -endorses, expected))
    adopters = order[endorses[order] >= 0.5]
    kinds, shares = np.array(list(ADOPTERS)), np.cumsum(list(ADOPTERS.values())).round(6)
    adopter = np.full(endorses.size, "not on board", dtype="U16")
    rank = np.arange(adopters.size) / max(adopters.size, 1)
    adopter[adopters] = kinds[np.minimum(np.searchsorted(shares, rank, side="right"), kinds.size - 1)]
    return Supporters(order, expected, endorses, adopter)


def endorsement_by_group(stances: ArrayLike, members: ArrayLike) -> NDArray[np.float32]:
    """Share of each group that endorses (..., B, M), from stances (..., N, M) and members (B, N).

    Groups may overlap; a group without members gives NaN.
    """
    members = np.asarray(members, dtype=np.float32)
    endorsing = members @ (np.asarray(stances) == 1).astype(np.float32)
    with np.errstate(invalid="ignore"):
        return endorsing / members.sum(axis=1)[:, None]


def members_of(groups: ArrayLike) -> tuple[list[str], NDArray[np.bool_]]:
    """Names (B) and members (B, N) of the groups that a label each delegation (N,) makes, such as regions.

    The empty label makes no group.
    """
    groups = np.asarray(groups).astype(str)
    names = [name for name in np.unique(groups).tolist() if name]
    return names, np.array([groups == name for name in names], dtype=bool).reshape(len(names), groups.size)


def universality(stances: ArrayLike, regions: ArrayLike, permanent_five: ArrayLike) -> Universality:
    """How universal support for a text is, in four numbers that are never added up.

    `stances` (..., N, M), `regions` (B, N) and `permanent_five` (N,) are true for members. The numbers, each
    (..., M): the share of states that endorse; the share of regions of which at least half endorse; the share
    of the permanent five (those in the room) that endorse; and whether nobody opposes in public. Regions
    without members do not count; a share of nobody is NaN.
    """
    stances = np.asarray(stances)
    regions = np.asarray(regions, dtype=bool)
    peopled = regions[regions.any(axis=1)]
    with np.errstate(invalid="ignore", divide="ignore"):
        carried = endorsement_by_group(stances, peopled) >= 0.5
        return Universality(
            (stances == 1).sum(axis=-2) / np.float64(stances.shape[-2]),
            carried.sum(axis=-2) / np.float64(len(peopled)),
            endorsement_by_group(stances, np.asarray(permanent_five, dtype=bool)[None])[..., 0, :],
            ~(stances == -1).any(axis=-2),
        )
