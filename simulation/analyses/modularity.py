"""Which groups does a weighted graph fall into? Modularity (Newman 2004) climbed in many graphs at once.

Newman, M. E. J. (2004), Analysis of weighted networks, Physical Review E 70, 056131.
Blondel, V. D., Guillaume, J.-L., Lambiotte, R. and Lefebvre, E. (2008), Fast unfolding of communities in
large networks, Journal of Statistical Mechanics P10008.
Rotta, R. and Noack, A. (2011), Multilevel local search algorithms for modularity clustering, ACM Journal of
Experimental Algorithmics 16, 2.3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

BLOCK = 32  # graphs climbed together: enough to hide Python's overhead, few enough for the cache
LEAST_GAIN = 1e-10  # in units of modularity; far above rounding, far below anything that matters


def graph_of(similarity: ArrayLike) -> NDArray[np.float64]:
    """The graph of a similarity (..., N, N): its non-negative parts, without ties of a node to itself."""
    graph = np.array(similarity, dtype=np.float64, order="C")
    if graph.ndim < 2 or graph.shape[-1] != graph.shape[-2]:
        raise ValueError(f"a similarity is a square table of delegations, not of shape {graph.shape}")
    np.maximum(graph, 0.0, out=graph)
    nodes = np.arange(graph.shape[-1])
    graph[..., nodes, nodes] = 0.0
    return graph


def surplus_of(graph: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much more two nodes are tied than chance would tie them, as a share of all ties (..., N, N).

    The entries are (a_ij − k_i k_j / 2m) / 2m with the strengths k and 2m = Σ k: summed over the pairs that
    share a group they give the modularity. A graph without ties gives zeros.
    """
    strength = graph.sum(axis=-1)
    total = strength.sum(axis=-1)
    share = strength / np.where(total > 0, total, 1.0)[..., None]
    surplus = graph / np.where(total > 0, total, 1.0)[..., None, None]
    surplus -= share[..., :, None] * share[..., None, :]
    return surplus


def modularity(similarity: ArrayLike, labels: ArrayLike) -> NDArray[np.float64]:
    """Modularity of the groups `labels` (..., N) in the graph of `similarity` (..., N, N), −0.5 to 1."""
    labels = np.asarray(labels)
    surplus = surplus_of(graph_of(similarity))
    surplus *= labels[..., :, None] == labels[..., None, :]
    return surplus.sum(axis=-1).sum(axis=-1)


def climb(similarity: ArrayLike) -> NDArray[np.int64]:
    """Groups (R, N) of high modularity in each of the graphs of `similarity` (R, N, N), symmetric.

    1. Nodes stand in order of their strength, weakest first, each a group of its own.
    2. Node after node moves to the group where modularity gains most, until nobody gains.
    3. Groups move as wholes in the same way, so that they can merge.
    4. Nodes move again from there; 3 and 4 repeat until nothing changes.

    Steps 1 to 3 are one level of Blondel and others (2008), step 4 is the refinement of Rotta and Noack
    (2011). Nothing is drawn at random, and each graph is treated by element-wise operations alone, so its
    groups do not depend on the graphs beside it. Group numbers carry no meaning.
    """
    similarity = np.asarray(similarity)
    if similarity.ndim != 3:
        raise ValueError(f"expected one similarity a replicate (R, N, N), got shape {similarity.shape}")
    blocks = [_climb_block(similarity[at : at + BLOCK]) for at in range(0, len(similarity), BLOCK)]
    return np.concatenate(blocks) if blocks else np.zeros(similarity.shape[:2], dtype=np.int64)


def _climb_block(similarity: NDArray) -> NDArray[np.int64]:
    graph = graph_of(similarity)
    count, nodes = graph.shape[:2]
    order = np.argsort(graph.sum(axis=-1), axis=-1, kind="stable")
    rows = np.arange(count)
    # C order: sums along rows then add up in the same way whatever the number of graphs.
    graph = np.ascontiguousarray(graph[rows[:, None, None], order[:, :, None], order[:, None, :]])
    surplus = surplus_of(graph)
    surplus[:, np.arange(nodes), np.arange(nodes)] = 0.0

    found = np.tile(np.arange(nodes), (count, 1))
    active = rows
    while active.size:
        before = found[active]
        labels, links = _move(surplus[active], before, np.ones(before.shape, dtype=bool))
        merged = _merge(labels, links)
        found[active] = merged
        # A graph whose groups did not merge has nothing left to refine.
        active = active[(merged != labels).any(axis=1)]

    groups = np.empty_like(found)
    np.put_along_axis(groups, order, found, axis=1)
    return groups


def _merge(labels: NDArray, links: NDArray) -> NDArray:
    """Let whole groups join each other; returns the node labels (R, n) after it."""
    count, groups, nodes = links.shape
    rows = np.arange(count)
    between = np.zeros((count, groups, groups))
    for node in range(nodes):
        between[rows, labels[:, node]] += links[:, :, node]
    between[:, np.arange(groups), np.arange(groups)] = 0.0
    present = np.zeros((count, groups), dtype=bool)
    present[rows[:, None], labels] = True
    start = np.tile(np.arange(groups), (count, 1))
    joined, _ = _move(between, start, present)
    # A merged group takes the lowest number among its parts, so that an unmerged one keeps its own.
    lowest = np.full((count, groups), groups)
    for group in range(groups):
        np.minimum.at(lowest, (rows, joined[:, group]), np.where(present[:, group], group, groups))
    renamed = np.take_along_axis(lowest, joined, axis=1)
    return np.take_along_axis(renamed, labels, axis=1)


def _move(surplus: NDArray, labels: NDArray, present: NDArray) -> tuple[NDArray, NDArray]:
    """Move nodes one by one to better groups until nobody gains.

    `surplus` (R, n, n) has a zero diagonal; only nodes that are `present` (R, n) take part. Returns the
    labels (R, n), numbered from 0 without gaps in each graph, and the links (R, C, n): the surplus of each
    group with each node. Within a pass only the nodes that could gain at its start are visited, whatever
    other graphs do: this keeps graphs independent and the passes short.
    """
    labels, groups = _without_gaps(labels, present)
    links = _links(surplus, labels, groups)
    sizes = _sizes(labels, present, groups)
    while True:
        closed = np.where(sizes > 0, 0.0, -np.inf)
        gain = (links + closed[:, :, None]).max(axis=1)
        gain -= np.take_along_axis(links, labels[:, None, :], axis=1)[:, 0]
        could_gain = (gain > LEAST_GAIN) & present
        for node in np.flatnonzero(could_gain.any(axis=0)):
            rows = np.flatnonzero(could_gain[:, node])
            score = links[rows, :, node] + closed[rows]
            there = score.argmax(axis=1)
            here = labels[rows, node]
            each = np.arange(rows.size)
            gains = score[each, there] - score[each, here] > LEAST_GAIN
            rows, here, there = rows[gains], here[gains], there[gains]
            change = surplus[rows, node]
            links[rows, here] -= change
            links[rows, there] += change
            labels[rows, node] = there
            sizes[rows, here] -= 1
            sizes[rows, there] += 1
            closed[rows, here] = np.where(sizes[rows, here] > 0, 0.0, -np.inf)
        if (sizes == 0).any():
            kept = np.argsort(sizes == 0, axis=1, kind="stable")
            labels, groups = _without_gaps(labels, present)
            links = np.take_along_axis(links, kept[:, :groups, None], axis=1)
            sizes = np.take_along_axis(sizes, kept[:, :groups], axis=1)
        if not could_gain.any():
            return labels, links


def _without_gaps(labels: NDArray, present: NDArray) -> tuple[NDArray, int]:
    """Renumber the labels of each graph from 0 in their own order; also the largest number of groups."""
    used = np.zeros((labels.shape[0], int(labels.max(initial=0)) + 1), dtype=bool)
    row, node = np.nonzero(present)
    used[row, labels[row, node]] = True
    rank = np.maximum(np.cumsum(used, axis=1) - 1, 0)
    return np.take_along_axis(rank, labels, axis=1), int(used.sum(axis=1).max(initial=1))


def _sizes(labels: NDArray, present: NDArray, groups: int) -> NDArray:
    row, node = np.nonzero(present)
    return np.bincount(row * groups + labels[row, node], minlength=len(labels) * groups).reshape(-1, groups)


def _links(surplus: NDArray, labels: NDArray, groups: int) -> NDArray:
    """The surplus of each group with each node (R, C, n), added up node by node in a fixed order."""
    count, nodes = labels.shape
    if groups == nodes and (labels == np.arange(nodes)).all():
        return surplus.copy()
    rows = np.arange(count)
    links = np.zeros((count, groups, nodes))
    for node in range(nodes):
        links[rows, labels[:, node]] += surplus[:, node]
    return links


def louvain(similarity: ArrayLike, seed: int = 0) -> NDArray[np.int64]:
    """The groups (N,) that NetworkX's Louvain finds in one similarity (N, N): slower, here as a check.

    Raises ValueError if the similarity is not one square table.
    """
    import networkx as nx

    graph = graph_of(similarity)
    if graph.ndim != 2:
        raise ValueError(f"Louvain takes one similarity at a time, not shape {graph.shape}")
    found = nx.community.louvain_communities(nx.from_numpy_array(graph), weight="weight", seed=seed)
    labels = np.empty(len(graph), dtype=np.int64)
    for number, members in enumerate(found):
        labels[list(members)] = number
    return labels
