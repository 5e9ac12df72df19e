"""How many coalitions are there of each kind? Counted by adding up one member after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Item = tuple[int, ...]
Table = NDArray[Any]
LONGEST = 62  # items whose selections a 64-bit integer can count


def whole(items: int) -> type:
    """The kind of numbers in which selections from so many items are counted exactly."""
    return np.int64 if items <= LONGEST else object


def others(items: Sequence[Item], kind: type) -> Iterator[tuple[Item, Table]]:
    """For each distinct item, how many selections of the other items there are by the sum of their numbers.

    Every item is a tuple of whole numbers from 0 on; a table has an axis for each of them, from 0 to the sum
    over all items. Counts are of some `kind`, `whole(len(items))` or float. Only sums of positive numbers are
    taken, so that in floating point the relative error stays below the number of items times 10⁻¹⁵.

    >>> {item: table.tolist() for item, table in others([(1,), (1,), (2,)], int)}
    {(1,): [1, 1, 1, 1, 0], (2,): [1, 2, 1, 0, 0]}
    """
    counted = Counter(items)
    empty: Table = np.zeros([sum(numbers) + 1 for numbers in zip(*items, strict=True)], dtype=kind)
    empty.flat[0] = 1
    yield from _leaving_out_each(list(counted.items()), empty)


def _leaving_out_each(some: list[tuple[Item, int]], table: Table) -> Iterator[tuple[Item, Table]]:
    """For each of some items, `table` with all the others added; halves share what they leave out."""
    if len(some) == 1:
        item, times = some[0]
        yield item, _joined(table, item, times - 1)
        return
    middle = len(some) // 2
    for mine, rest in ((some[:middle], some[middle:]), (some[middle:], some[:middle])):
        found = table
        for item, times in rest:
            found = _joined(found, item, times)
        yield from _leaving_out_each(mine, found)


def _joined(table: Table, item: Item, times: int) -> Table:
    """The table once an item can be selected so many times more."""
    there = tuple(slice(number, None) for number in item)
    back = tuple(slice(None, size - number) for number, size in zip(item, table.shape, strict=True))
    for _ in range(times):
        found = table.copy()
        found[there] += table[back]
        table = found
    return table
