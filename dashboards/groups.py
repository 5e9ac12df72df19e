"""Coalitions under the same letters everywhere: over all replicates, and round by round in the first one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents.registry import UnknownEntry
from dashboards.words import letter
from simulation.analyses.lives import track
from simulation.analyses.spread import members_of

GROUPINGS = ("region", "bloc", "coalition")
EVERYBODY = "all delegations"
LEAST_OVERLAP = 0.3  # a coalition of one replicate that shares less with one over all replicates is another


def consensus_groups(data: Any) -> list[NDArray[np.intp]]:
    """The coalitions over all replicates as rows of the table of delegations: largest coalition first, within
    it the most settled members first. Delegations that stand alone are in none."""
    labels, settled = data.consensus_coalition.values, data.settled.values
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels[labels >= 0])]
    groups = sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group[0]))
    return [group[np.argsort(-settled[group], kind="stable")] for group in groups]


def labels_by_round(data: Any) -> NDArray[np.int64]:
    """The coalitions of the first replicate (round, country), as `lettered` has them; −1 stands alone."""
    return lettered(data, data.coalition_by_round.values)


def lettered(data: Any, raw: ArrayLike) -> NDArray[np.int64]:
    """Coalitions found in each round (round, country), tracked from round to round; −1 stands alone.

    A coalition that is in the end most like one over all replicates (by the Jaccard index) gets its number,
    and so its letter; the others are numbered after these as they appear.
    """
    raw = np.asarray(raw, dtype=np.int64)
    tracked = track(np.array([without_singles(row) for row in raw]))
    numbers: dict[int, int] = {-1: -1}
    groups = consensus_groups(data)
    likeness = sorted(
        (
            (_jaccard(np.flatnonzero(tracked[-1] == identity), group), identity, number)
            for identity in np.unique(tracked[-1][tracked[-1] >= 0]).tolist()
            for number, group in enumerate(groups)
        ),
        reverse=True,
    )
    for overlap, identity, number in likeness:
        if overlap >= LEAST_OVERLAP and identity not in numbers and number not in numbers.values():
            numbers[identity] = number
    for identity in dict.fromkeys(tracked.ravel().tolist()):
        if identity not in numbers:
            numbers[identity] = max(len(groups), max(numbers.values()) + 1)
    return np.vectorize(numbers.__getitem__)(tracked)


def without_singles(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """The labels of one round with −1 for every delegation that is alone in its coalition."""
    kinds, place, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return np.where((counts[place] > 1) & (labels >= 0), labels, -1)


def _jaccard(one: NDArray, other: NDArray) -> float:
    return len(np.intersect1d(one, other)) / max(len(np.union1d(one, other)), 1)


def grouping(data: Any, by: str) -> tuple[list[str], NDArray[np.bool_]]:
    """Names (B) and members (B, N) of the groups of one of `GROUPINGS`, largest first.

    Groups of one are left out, save regions, which hold everybody. Raises UnknownEntry for another word.
    """
    if by not in GROUPINGS:
        raise UnknownEntry("grouping", by, list(GROUPINGS))
    if by == "region":
        names, members = members_of(data.region.values)
    elif by == "bloc":
        names, members = data.bloc_name.values.tolist(), data.member.values.astype(bool)
    else:
        groups, everybody = consensus_groups(data), np.arange(data.sizes["country"])
        names = [f"coalition {letter(place)}" for place in range(len(groups))]
        members = np.array([np.isin(everybody, group) for group in groups], dtype=bool)
    members = members.reshape(len(names), data.sizes["country"])
    sizes = members.sum(axis=1)
    least = 1 if by == "region" else 2
    kept = [place for place in np.argsort(-sizes, kind="stable").tolist() if sizes[place] >= least]
    return [names[place] for place in kept], members[kept]


def everybody_and(data: Any, by: str) -> tuple[list[str], NDArray[np.bool_]]:
    """The same with all delegations before them."""
    names, members = grouping(data, by)
    everybody = np.ones((1, data.sizes["country"]), dtype=bool)
    return [EVERYBODY, *names], np.vstack([everybody, members])
