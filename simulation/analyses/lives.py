"""The lives of coalitions: who is born, joins, leaves, merges and splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Kind = Literal["born", "split", "joined", "left", "merged", "died"]
LEAST_OVERLAP = 0.3


@dataclass(frozen=True)
class Event:
    """One change in the life of a coalition.

    `members` are the delegations it is about, by their place in the table. `other` is the coalition that a
    split comes out of or that a merged one goes into.
    """

    round: int
    kind: Kind
    coalition: int
    members: tuple[int, ...]
    other: int | None = None


@dataclass(frozen=True)
class Strip:
    """A coalition in one round, as a figure draws it."""

    coalition: int
    round: int
    size: int
    members: tuple[int, ...]


def track(labels: ArrayLike, least_overlap: float = LEAST_OVERLAP) -> NDArray[np.int64]:
    """Give coalitions identities that last: (T, N) from the labels (T, N) of each round.

    Labels ≥ 0 are coalitions and −1 is no coalition; they need not mean the same in two rounds.
    1. The coalitions of the first round get the identities 0, 1, 2… in order of their labels.
    2. Each later round is matched with the round before: of all one-to-one matchings the one with the
       greatest sum of Jaccard indices (members in both / members in either).
    3. A pair below `least_overlap` is no match. A matched coalition keeps its identity, others get new ones.

    Greene, D., Doyle, D. and Cunningham, P. (2010), Tracking the evolution of communities in dynamic social
    networks, ASONAM 2010, 176–183, match by the Jaccard index with a least overlap; the one-to-one assignment
    is ours, so that no two coalitions claim the same past.
    """
    from scipy.optimize import linear_sum_assignment

    labels = np.asarray(labels)
    if labels.ndim != 2:
        raise ValueError(f"coalitions are tracked over rounds (T, N), got shape {labels.shape}")
    identities = np.full(labels.shape, -1, dtype=np.int64)
    unused = 0
    for time, row in enumerate(labels):
        now = np.unique(row[row >= 0])
        named = np.full(now.size, -1, dtype=np.int64)
        if time:
            before = np.unique(identities[time - 1][identities[time - 1] >= 0])
            old = identities[time - 1] == before[:, None]
            new = row == now[:, None]
            both = old.astype(np.int64) @ new.T.astype(np.int64)
            either = old.sum(axis=1)[:, None] + new.sum(axis=1) - both
            overlap = both / np.maximum(either, 1)
            # Pairs below the least overlap are worth nothing, so they cannot take a place from a true match.
            overlap[overlap < least_overlap] = 0.0
            pairs = zip(*linear_sum_assignment(overlap, maximize=True), strict=True)
            for one, other in pairs:
                if overlap[one, other] > 0:
                    named[other] = before[one]
        for place in np.flatnonzero(named < 0):
            named[place] = unused
            unused += 1
        for identity, label in zip(named, now, strict=True):
            identities[time, row == label] = identity
    return identities


def events(identities: ArrayLike) -> list[Event]:
    """What happened to the coalitions, round by round, from the identities (T, N) that `track` gives.

    Between two rounds:
    - a new coalition is *split* from another that lives on if at least half of its members come from there,
      otherwise it is *born* (so are those of the first round);
    - a coalition that ends is *merged* into another that was there before if at least half of its members go
      there, otherwise it *died*;
    - *joined* and *left* are all other comings and goings of a coalition.

    The events tell the whole story: adding the members of born, split, merged (to `other`) and joined, and
    taking away those of split (from `other`), merged, died and left, gives every coalition of every round.
    """
    identities = np.asarray(identities)
    story: list[Event] = []
    before: dict[int, set[int]] = {}
    for time, row in enumerate(identities):
        now = {int(key): set(np.flatnonzero(row == key).tolist()) for key in np.unique(row) if key >= 0}
        story += _changes(time, before, now)
        before = now
    return story


def _changes(time: int, before: dict[int, set[int]], now: dict[int, set[int]]) -> list[Event]:
    changes: list[Event] = []
    came = {key: members - before.get(key, set()) for key, members in now.items()}
    went = {key: members - now.get(key, set()) for key, members in before.items()}

    def tell(kind: Kind, coalition: int, members: set[int], other: int | None = None) -> None:
        changes.append(Event(time, kind, coalition, tuple(sorted(members)), other))

    for key in [key for key in now if key not in before]:
        parent = _largest_overlap(now[key], {old: went[old] for old in before if old in now})
        if parent is not None and 2 * len(now[key] & went[parent]) >= len(now[key]):
            moved = now[key] & went[parent]
            tell("split", key, moved, parent)
            went[parent] -= moved
            came[key] -= moved
        else:
            tell("born", key, now[key])
            came[key] = set()
    for key in [key for key in before if key not in now]:
        heir = _largest_overlap(before[key], {new: came[new] for new in now if new in before})
        if heir is not None and 2 * len(before[key] & came[heir]) >= len(before[key]):
            moved = before[key] & came[heir]
            tell("merged", key, moved, heir)
            came[heir] -= moved
            went[key] -= moved
        else:
            tell("died", key, before[key])
            went[key] = set()
    for key, members in went.items():
        if members:
            tell("left", key, members)
    for key, members in came.items():
        if members:
            tell("joined", key, members)
    return changes


def _largest_overlap(members: set[int], others: dict[int, set[int]]) -> int | None:
    """The other coalition that shares most members, the lowest on a tie; none if no member is shared."""
    shared = {key: len(members & there) for key, there in others.items()}
    best = max(shared, key=lambda key: (shared[key], -key), default=None)
    return best if best is not None and shared[best] else None


def strips(identities: ArrayLike, smallest: int = 1) -> list[Strip]:
    """Size and members of every coalition in every round it lives, for a figure; rounds within coalitions.

    Coalitions that never have `smallest` members are left out.
    """
    identities = np.asarray(identities)
    drawn: list[Strip] = []
    for key in np.unique(identities[identities >= 0]).tolist():
        inside = identities == key
        if inside.sum(axis=1).max() < smallest:
            continue
        for time in np.flatnonzero(inside.any(axis=1)).tolist():
            members = tuple(np.flatnonzero(inside[time]).tolist())
            drawn.append(Strip(key, time, len(members), members))
    return drawn
