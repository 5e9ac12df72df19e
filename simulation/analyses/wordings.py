"""Every wording that a text could have, numbered, and what each would bring.

The place of a text on an issue hangs on the few articles that speak to it, so what a place brings is worked
out once for each of them; a whole wording is then a sum over issues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.wording import Wording, places

Floats = NDArray[np.floating]
Numbers = NDArray[np.integer]
BLOCK = 200_000  # numbers worked on together: more would not fit the cache


@dataclass(frozen=True)
class Places:
    """Where the wordings of a text put it. `free` (article,) may close otherwise, `sizes` (free,) counts
    their options, `start` (article,) stands where nothing is free. `stride` (issue, article) turns a choice
    of options into the number of the place on an issue; `place` and `silent` list, issue by issue, the places
    that there are (place,)."""

    table: Wording
    free: Numbers
    sizes: Numbers
    start: Numbers
    stride: Numbers
    place: tuple[Floats, ...]
    silent: tuple[NDArray[np.bool_], ...]

    @property
    def count(self) -> int:
        """How many wordings there are."""
        return int(np.prod(self.sizes.astype(object)))

    def choices(self, numbers: ArrayLike) -> Numbers:
        """The options that wordings with these numbers choose (wording, article)."""
        rest = np.asarray(numbers, dtype=np.int64)
        found = np.repeat(self.start[None], len(rest), axis=0)
        for article, size in zip(self.free[::-1], self.sizes[::-1], strict=True):
            rest, found[:, article] = np.divmod(rest, size)
        return found

    def numbers(self, choices: ArrayLike) -> NDArray[np.int64]:
        """The numbers of wordings (wording, article)."""
        chosen = np.asarray(choices)
        found = np.zeros(len(chosen), dtype=np.int64)
        for article, size in zip(self.free, self.sizes, strict=True):
            found = found * size + chosen[:, article]
        return found

    def among(self, choices: ArrayLike) -> Numbers:
        """The number of the place on every issue (wording, issue)."""
        return np.asarray(choices) @ self.stride.T


def places_of(table: Wording, reversion: Floats) -> Places:
    """Where the wordings of a text could put it; those that drafting leaves alone stand as they are."""
    options = table.exists.sum(axis=1)
    free = np.flatnonzero(table.open & table.moves.any(axis=1) & (options > 1))
    start = table.start.astype(np.int64)
    stride = np.zeros((table.place.shape[2], len(start)), dtype=np.int64)
    place, silent = [], []
    for issue in range(table.place.shape[2]):
        speakers = [article for article in free.tolist() if table.moves[article, issue]]
        shape = tuple(options[speakers].tolist())
        cases = np.repeat(start[:, None], int(np.prod(shape)), axis=1)
        if speakers:
            cases[speakers] = np.stack(np.unravel_index(np.arange(cases.shape[1]), shape))
            stride[issue, speakers] = np.cumprod((1, *shape[:0:-1]))[::-1]
        where, quiet = places(table, cases, reversion)
        place.append(where[issue])
        silent.append(quiet[issue])
    return Places(table, free, options[free], start, stride, tuple(place), tuple(silent))


@dataclass(frozen=True)
class Amount:
    """Something that wordings bring to some columns, such as delegations: F·Σ_content + Σ_procedure of a
    table for each issue (place, column), F the legal force by place on the force issue."""

    places: Places
    tables: tuple[Floats, ...]
    content: NDArray[np.bool_]
    force: tuple[int, Floats] | None

    def at(self, choices: ArrayLike) -> Floats:
        """The amounts of some wordings (wording, column)."""
        number = self.places.among(choices)
        content, procedure = self.parts(number, range(len(self.tables)))
        return content * self.force_at(number) + procedure

    def parts(self, number: Numbers, issues: Sequence[int]) -> tuple[Floats, Floats]:
        """What content, before legal force, and procedure bring on some issues (wording, column)."""
        found = np.zeros((2, len(number), self.tables[0].shape[1]))
        for issue in issues:
            found[0 if self.content[issue] else 1] += self.tables[issue][number[:, issue]]
        return found[0], found[1]

    def force_at(self, number: Numbers) -> Floats | float:
        """The legal force of wordings by the numbers of their places (wording, 1)."""
        if self.force is None:
            return 1.0
        issue, force = self.force
        return force[number[:, issue]][:, None]


class Sweep:
    """An amount for all wordings, block by block: in a block only the last articles differ, so that what
    they bring by themselves is summed once for all blocks."""

    def __init__(self, amount: Amount, at_once: int = BLOCK) -> None:
        places, columns = amount.places, amount.tables[0].shape[1]
        inside = len(places.sizes)
        while inside and np.prod(places.sizes[inside - 1 :]) * columns <= at_once:
            inside -= 1
        self.amount = amount
        self.width = int(np.prod(places.sizes[inside:]))
        self.outer = places.among(places.choices(np.arange(0, places.count, self.width)))
        self.inner = places.among(places.choices(np.arange(self.width))) - self.outer[0]
        turns = (self.inner != 0).any(axis=0), (self.outer != self.outer[0]).any(axis=0)
        issues = range(len(amount.tables))
        self._mixed = [one for one in issues if turns[0][one] and turns[1][one]]
        within = [one for one in issues if turns[0][one] and not turns[1][one]]
        apart = [one for one in issues if not turns[0][one]]
        self._inside = amount.parts(self.inner + self.outer[0], within)
        self._outside = amount.parts(self.outer, apart)

    def number(self, block: int) -> Numbers:
        """The numbers of the places of a block's wordings (wording, issue)."""
        return self.inner + self.outer[block]

    def __iter__(self) -> Iterator[Floats]:
        """The amounts of each block in turn (wording, column), in the order of the wordings' numbers."""
        for block in range(len(self.outer)):
            number = self.number(block)
            content, procedure = (
                one + other[block] for one, other in zip(self._inside, self._outside, strict=True)
            )
            if self._mixed:
                more = self.amount.parts(number, self._mixed)
                content += more[0]
                procedure += more[1]
            content *= self.amount.force_at(number)
            content += procedure
            yield content
