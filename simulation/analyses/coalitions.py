"""Who stands together? Coalitions found in every replicate, and over all of them.

A coalition is found by the model; a declared group is a bloc (see `cohesion`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analyses.modularity import climb, modularity

if TYPE_CHECKING:
    from simulation.room import Room

BLOCK = 64  # replicates whose similarities are held at once


def pattern_groups(stances: ArrayLike) -> NDArray[np.int64]:
    """Delegations that take the same stance on every text: labels (..., N) from stances −1, 0, 1 (..., N, M).

    The label is the row of stances read as a number to base 3, so the same pattern has the same label in
    every replicate and round. Raises ValueError beyond 39 texts, where labels would no longer fit.
    """
    stances = np.asarray(stances)
    if stances.shape[-1] > 39:
        raise ValueError(f"pattern groups can tell at most 39 texts apart, not {stances.shape[-1]}")
    labels = np.zeros(stances.shape[:-1], dtype=np.int64)
    for text in reversed(range(stances.shape[-1])):
        labels = 3 * labels + (stances[..., text] + 1)
    return labels


def similarity(
    stances: ArrayLike, preferences: ArrayLike, weights: ArrayLike, stance_share: float = 0.5
) -> NDArray[np.float32]:
    """How alike two delegations are in stances and in preferences, −1 to 1: (R, N, N).

    `stances` (R, N, M) are −1, 0, 1; `preferences` are positions on K issues, (R, N, K) or the same for all
    replicates (N, K); `weights` (K,) ≥ 0 say how much issues matter, usually mean salience.

    1. Stances: the cosine of the two rows of stances; a delegation that only studies has cosine 0 with all.
    2. Preferences: positions are standardised issue by issue over the delegations (mean 0, deviation 1; an
       issue on which all agree counts nothing), multiplied by the root of the weight, and compared by their
       cosine. So −1 means opposite sides of the room on what matters, not far apart in points.
    3. The two are mixed as `stance_share` and 1 − `stance_share`: with three texts or fewer, stances alone
       cannot reveal groups.

    Raises ValueError if the shapes do not belong together.
    """
    stances = np.asarray(stances)
    preferences = np.asarray(preferences, dtype=np.float64)
    weights = np.asarray(weights, dtype=np.float64)
    if (
        stances.ndim != 3
        or preferences.shape[-2] != stances.shape[1]
        or preferences.shape[-1] != weights.size
    ):
        raise ValueError(
            f"stances {stances.shape}, preferences {preferences.shape} and weights {weights.shape} "
            "do not describe the same delegations and issues"
        )
    if not 0 <= stance_share <= 1:
        raise ValueError(f"stance_share is a share from 0 to 1, not {stance_share}")
    # One matrix product a replicate: neither its shape nor its bits depend on the number of replicates.
    mixed = stance_share * _cosine(stances.astype(np.float32))
    mixed += np.float32(1 - stance_share) * _cosine(_standardised(preferences, weights).astype(np.float32))
    return mixed


def likeness(room: Room, stances: NDArray[np.int8]) -> NDArray[np.float32]:
    """How alike the delegations of a room are (R, N, N), given their stances (R, N, M): `similarity` with
    coded positions, weighted by mean salience. Observers are like nobody, and so stand alone."""
    counted = room.counted
    weight = room.salience[counted].mean(axis=0)
    alike = similarity(stances[:, counted], room.positions[counted], weight)
    if isinstance(counted, slice):
        return alike
    found = np.zeros((len(stances), *[len(room.countries)] * 2), dtype=alike.dtype)
    found[:, counted[:, None], counted] = alike
    return found


def _standardised(preferences: NDArray, weights: NDArray) -> NDArray:
    by_issue = np.ascontiguousarray(np.swapaxes(preferences, -1, -2))
    centred = by_issue - by_issue.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True))
    agreed = deviation < 1e-9
    scaled = np.where(agreed, 0.0, centred / np.where(agreed, 1.0, deviation))
    return np.swapaxes(scaled * np.sqrt(weights)[:, None], -1, -2)


def _cosine(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    vectors = np.ascontiguousarray(vectors)
    length = np.sqrt((vectors**2).sum(axis=-1, keepdims=True))
    unit = vectors / np.where(length > 0, length, 1)
    return np.clip(unit @ np.swapaxes(unit, -1, -2), -1, 1)


def modularity_coalitions(similarity: ArrayLike) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Coalitions (R, N) in each replicate's similarity (R, N, N), and how clear they are: modularity (R,).

    Groups are climbed to by modularity on the graph of non-negative similarities (see `modularity.climb`)
    and numbered by size, largest first, ties by the first member. A replicate's coalitions do not depend on
    the replicates beside it.
    """
    similarity = np.asarray(similarity)
    labels = by_size(climb(similarity))
    # Replicate by replicate, for memory: a square table of floats each.
    clear = [float(modularity(one, groups)) for one, groups in zip(similarity, labels, strict=True)]
    return labels, np.array(clear, dtype=np.float64)


def detect(room: Room, stances: NDArray[np.int8]) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    """Coalitions (R, N) in each replicate's stances (R, N, M), or in each round's, and their modularity (R,).

    `likeness` and then `modularity_coalitions`, a block of replicates after the other, so that memory does
    not grow with their number.
    """
    found = [
        modularity_coalitions(likeness(room, stances[start : start + BLOCK]))
        for start in range(0, len(stances), BLOCK)
    ]
    labels, clear = (np.concatenate(part) for part in zip(*found, strict=True))
    return labels, clear.astype(np.float32)


def by_size(labels: ArrayLike) -> NDArray[np.int16]:
    """Renumber the labels (..., N) of each row from 0 by size, largest first, ties by the first member."""
    labels = np.asarray(labels)
    renamed = np.empty(labels.shape, dtype=np.int16)
    for row in np.ndindex(labels.shape[:-1]):
        _, first, inverse, size = np.unique(
            labels[row], return_index=True, return_inverse=True, return_counts=True
        )
        rank = np.empty(size.size, dtype=np.int16)
        rank[np.lexsort((first, -size))] = np.arange(size.size)
        renamed[row] = rank[inverse]
    return renamed


def adjusted_rand(found: ArrayLike, true: ArrayLike) -> float:
    """How far two partitions (N,) agree beyond chance: 1 the same, 0 as by chance, negative worse.

    Hubert, L. and Arabie, P. (1985), Comparing partitions, Journal of Classification 2, 193–218.
    Two partitions without any choice (all alone, or all together, in both) agree fully.
    """
    _, found = np.unique(np.asarray(found), return_inverse=True)
    _, true = np.unique(np.asarray(true), return_inverse=True)
    if found.shape != true.shape:
        raise ValueError(
            f"two partitions of the same delegations have one length, not {found.size}, {true.size}"
        )
    table = np.zeros((found.max(initial=0) + 1, true.max(initial=0) + 1))
    np.add.at(table, (found, true), 1)

    def pairs(counts: NDArray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    everything = found.size * (found.size - 1) / 2
    expected = rows * columns / everything if everything else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def together(labels: ArrayLike) -> NDArray[np.float32]:
    """Co-membership (N, N): the share of replicates in which two delegations share a coalition, 0 to 1.

    `labels` (R, N) are coalitions; their numbers need not mean the same in two replicates.
    """
    labels = np.asarray(labels)
    if labels.ndim != 2 or len(labels) == 0:
        raise ValueError(
            f"co-membership needs coalitions of at least one replicate (R, N), got {labels.shape}"
        )
    count = np.zeros((labels.shape[1], labels.shape[1]), dtype=np.int64)
    for row in labels:
        count += row[:, None] == row[None, :]
    return (count / len(labels)).astype(np.float32)


def consensus(together: ArrayLike) -> NDArray[np.int16]:
    """Consensus coalitions (N,) over replicates: average linkage on 1 − co-membership, cut at 0.5.

    Two groups are joined while their members share a coalition in at least half of the replicates, on the
    average over pairs. Numbered by size, largest first.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distance = 1.0 - np.asarray(together, dtype=np.float64)
    if len(distance) < 2:
        return np.zeros(len(distance), dtype=np.int16)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    return by_size(fcluster(tree, t=0.5, criterion="distance"))


def settled(together: ArrayLike) -> NDArray[np.float32]:
    """How settled each delegation's company is over replicates (N,), 0 to 1.

    It is 1 − the mean over all others of the entropy, in bits, of "shares a coalition with it": 1 if every
    other delegation is always or never at its side, 0 if each is so in half of the replicates. A delegation
    alone in the room is settled.
    """
    share = np.asarray(together, dtype=np.float64)
    inside = (share > 0) & (share < 1)
    safe = np.where(inside, share, 0.5)
    entropy = np.where(inside, -safe * np.log2(safe) - (1 - safe) * np.log2(1 - safe), 0.0)
    np.fill_diagonal(entropy, 0.0)
    return (1 - entropy.sum(axis=1) / max(len(share) - 1, 1)).astype(np.float32)
