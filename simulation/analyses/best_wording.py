"""Which wording has the highest expected support? Branch and bound, where wordings are too many to list.

Branches fix articles one after the other. A branch can do no better than a line above every delegation's
chance allows, and a sum of lines is largest where every issue, by itself, has its best place.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import bargaining
from simulation.analyses.prospects import Prospects

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
GAP = 1e-6  # endorsements by which the best may be missed
BRANCHES = 4_000  # branches looked at before the search gives up
LEAVES = 2_500  # wordings of a branch up to which all are looked at
TANGENTS = 8  # lines tried for the bound of a branch


class Best(NamedTuple):
    """The best wording found (article,), its expected support, what no wording can exceed, and how many
    branches were looked at. The wording is proven best if bound and support are equal up to `GAP`; none is
    found where no wording has the ambition asked for."""

    choice: NDArray[np.integer] | None
    support: float
    bound: float
    branches: int

    @property
    def proven(self) -> bool:
        """Whether no wording can have more support."""
        return self.bound <= self.support + GAP


def best_wording(
    prospects: Prospects,
    start: ArrayLike,
    least_ambition: float = -np.inf,
    branches: int = BRANCHES,
    leaves: int = LEAVES,
) -> Best:
    """The wording with the highest expected support among those with at least some ambition.

    The search gives up after some `branches`; one with no more than `leaves` wordings is listed.

    1. Climb from `start` (article,) by single changes to a first good wording.
    2. Take the branch with the highest bound. If few wordings are left in it, look at all of them. Else fix
       its next article in each of its options; drop those whose bound, or whose highest ambition, is too low.
    3. Stop when no branch promises more than the best wording found, which is then proven best (Land and
       Doig 1960, An automatic method of solving discrete programming problems, Econometrica 28).
    """
    search = _Search(prospects, least_ambition)
    choice, support = search.climb(np.asarray(start))
    order = search.order()
    heap: list[tuple[float, int, tuple[int, ...]]] = [(-np.inf, 0, ())]
    seen = 0
    while heap and -heap[0][0] > support + GAP and seen < branches:
        _, _, fixed = heapq.heappop(heap)
        place = len(fixed)
        if search.left(order[place:]) <= leaves:
            found, value = search.best_leaf(order[:place], fixed)
            if value > support:
                choice, support = found, value
            continue
        for option in range(int(prospects.places.sizes[order[place]])):
            seen += 1
            branch = (*fixed, option)
            bound, relaxed = search.bound(order[: place + 1], branch)
            if bound <= support + GAP:
                continue
            found, value = search.rounded(order[: place + 1], branch, relaxed)
            if value > support:
                choice, support = found, value
            heapq.heappush(heap, (-bound, seen, branch))
    bound = max(support, -heap[0][0]) if heap else support
    return Best(choice, support, float(bound), seen)


class _Search:
    """What the search asks of a text: bounds of branches, and good wordings to begin with."""

    def __init__(self, prospects: Prospects, least_ambition: float) -> None:
        self.prospects, self.places, self.least = prospects, prospects.places, least_ambition
        sizes = dict(zip(self.places.free.tolist(), self.places.sizes.tolist(), strict=True))
        self.options = [
            {
                article: np.arange(len(place)) // stride[article] % sizes[article]
                for article in np.flatnonzero(stride).tolist()
            }
            for place, stride in zip(self.places.place, self.places.stride, strict=True)
        ]

    def order(self) -> list[int]:
        """The free articles by place, in the order in which branches fix them: first those on which the
        legal force hangs, then those that move most."""
        lead, force = self.prospects.lead, self.prospects.lead.force
        moved = np.array([np.ptp(table, axis=0).sum() for table in lead.tables])
        weight = {
            place: 1e9 * (force is not None and article in self.options[force[0]])
            + sum(moved[issue] for issue, options in enumerate(self.options) if article in options)
            for place, article in enumerate(self.places.free.tolist())
        }
        return sorted(weight, key=lambda place: -weight[place])

    def allowed(self, fixed: list[int], branch: tuple[int, ...]) -> list[NDArray[np.intp]]:
        """Which places each issue can still have."""
        chosen = dict(zip(self.places.free[fixed].tolist(), branch, strict=True))
        found = []
        for place, options in zip(self.places.place, self.options, strict=True):
            still = np.ones(len(place), dtype=bool)
            for article in options.keys() & chosen.keys():
                still &= options[article] == chosen[article]
            found.append(np.flatnonzero(still))
        return found

    def bound(self, fixed: list[int], branch: tuple[int, ...]) -> tuple[float, list[int]]:
        """What no wording of a branch can exceed, and the places of the issues at which the bound lies."""
        allowed, force = self.allowed(fixed, branch), self.prospects.lead.force
        if force is None:
            return self._bound(allowed, 1.0)
        issue, strength = force
        cases = []
        for place in allowed[issue].tolist():
            here = [*allowed[:issue], np.array([place]), *allowed[issue + 1 :]]
            cases.append(self._bound(here, float(strength[place])))
        return max(cases, key=lambda case: case[0])

    def _bound(self, allowed: list[NDArray[np.intp]], force: float) -> tuple[float, list[int]]:
        """The same where the legal force is known."""
        prospects = self.prospects
        scale = np.where(prospects.lead.content, force, 1.0)
        reach = sum(
            (by * prospects.sponsors.tables[k][some].sum(axis=1)).max()
            for k, (by, some) in enumerate(zip(scale, allowed, strict=True))
        )
        first = [int(some[0]) for some in allowed]
        if self.least > -np.inf and not prospects.retained(np.array([reach]))[0] >= self.least - GAP:
            return -np.inf, first
        tables = [
            by * prospects.lead.tables[k][some]
            for k, (by, some) in enumerate(zip(scale, allowed, strict=True))
        ]
        lowest = sum(table.min(axis=0) for table in tables) - prospects.short
        highest = sum(table.max(axis=0) for table in tables) - prospects.short
        counts = self._counts(allowed)
        above = _Above(lowest, highest, prospects.precision)
        at, least, where = (lowest + highest) / 2, float((above.value(highest) * counts).sum()), first
        for turn in range(TANGENTS):
            value, slope = above.value(at), above.slope(at) * counts
            rows = [int(np.argmax(table @ slope)) for table in tables]
            there = sum(table[row] for table, row in zip(tables, rows, strict=True)) - prospects.short
            reached = float(value @ counts + slope @ (there - at))
            if reached < least:
                least, where = reached, [int(some[row]) for some, row in zip(allowed, rows, strict=True)]
            at = at + 2 / (turn + 2) * (there - at)
        return least, where

    def _counts(self, allowed: list[NDArray[np.intp]]) -> Floats:
        """Who can still endorse, 1 or 0: not those whose red line is broken at every place left."""
        counts = np.ones(len(self.prospects.short))
        for issue, barred in self.prospects.barred:
            counts[self.prospects.owners[barred[allowed[issue]].all(axis=0)]] = 0
        return counts

    def left(self, order: list[int]) -> int:
        """How many wordings a branch has in which these articles are still free."""
        return int(np.prod(self.places.sizes[order], dtype=object))

    def best_leaf(self, fixed: list[int], branch: tuple[int, ...]) -> tuple[NDArray[np.integer], float]:
        """The best wording of a branch and its support, by looking at all of them."""
        sizes = self.places.sizes.copy()
        sizes[fixed] = 1
        options = np.stack(np.unravel_index(np.arange(int(sizes.prod())), sizes), axis=1)
        options[:, fixed] = branch
        choices = np.repeat(self.places.start[None], len(options), axis=0)
        choices[:, self.places.free] = options
        support = self._support(choices)
        best = int(np.argmax(support))
        return choices[best], float(support[best])

    def rounded(
        self, fixed: list[int], branch: tuple[int, ...], where: list[int]
    ) -> tuple[NDArray[np.integer], float]:
        """A wording of a branch near some places of the issues, and its support; −∞ below the ambition."""
        choice = self.places.start.copy()
        for issue, options in reversed(list(enumerate(self.options))):
            for article, option in options.items():
                choice[article] = option[where[issue]]
        choice[self.places.free[fixed]] = branch
        return choice, float(self._support(choice[None])[0])

    def climb(self, start: NDArray[np.integer]) -> tuple[NDArray[np.integer] | None, float]:
        """A wording that no single change improves, first in ambition until there is enough."""
        choice = start
        if self._support(start[None])[0] == -np.inf:
            choice = self._climbed(start, lambda some: self.prospects.ambition(some))
        choice = self._climbed(choice, self._support)
        support = float(self._support(choice[None])[0])
        return (choice, support) if support > -np.inf else (None, -np.inf)

    def _climbed(self, choice: NDArray[np.integer], score: Callable[[Any], Floats]) -> NDArray[np.integer]:
        while True:
            near = [choice]
            for article, size in zip(self.places.free.tolist(), self.places.sizes.tolist(), strict=True):
                for option in range(size):
                    other = choice.copy()
                    other[article] = option
                    near.append(other)
            scores = score(np.stack(near))
            if not scores.max() > scores[0] + GAP:
                return choice
            choice = near[int(np.argmax(scores))]

    def _support(self, choices: NDArray[np.integer]) -> Floats:
        support = self.prospects.support(choices)
        if self.least == -np.inf:
            return support
        return np.where(self.prospects.ambition(choices) >= self.least - GAP, support, -np.inf)


class _Above:
    """The lowest concave curve above σ(βx) between two ends of x, delegation by delegation: a chord from the
    lower end to where it touches the curve, and the curve from there on."""

    def __init__(self, lowest: Floats, highest: Floats, precision: float) -> None:
        self.precision, self.lowest = precision, lowest
        touch = np.zeros_like(lowest) if np.isinf(precision) else self._touching(lowest)
        self.touch = np.clip(np.maximum(touch, lowest), lowest, highest)
        width = self.touch - lowest
        rise = self._curve(self.touch) - self._curve(lowest)
        self.chord = np.divide(rise, width, out=np.zeros_like(rise), where=width > 0)

    def value(self, at: Floats) -> Floats:
        """The height of the curve above (country,)."""
        chord = self._curve(self.lowest) + self.chord * (at - self.lowest)
        return np.where(at < self.touch, chord, self._curve(at))

    def slope(self, at: Floats) -> Floats:
        """How steep it is (country,)."""
        if np.isinf(self.precision):
            return np.where(at < self.touch, self.chord, 0.0)
        chance = self._curve(at)
        return np.where(at < self.touch, self.chord, self.precision * chance * (1 - chance))

    def _curve(self, at: Floats) -> Floats:
        return bargaining.chance(np.array(at, dtype=np.float64), self.precision)

    def _touching(self, lowest: Floats) -> Floats:
        """Where a line from the lower end touches the curve: between 0 and as far above 0 as that end lies
        below, found by halving."""
        low, high = np.zeros_like(lowest), np.maximum(-lowest, 0.0)
        base = self._curve(lowest)
        for _ in range(50):
            middle = (low + high) / 2
            chance = self._curve(middle)
            over = self.precision * chance * (1 - chance) * (middle - lowest) > chance - base
            low, high = np.where(over, middle, low), np.where(over, high, middle)
        return high
