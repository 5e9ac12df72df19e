"""Packing: the long lists of what the report's script draws as short strings, so that the page can be mailed.

A list of words becomes the places of the words in one table, and whole numbers become their differences, both
written in Base64 VLQ as in source maps (ECMA-426, https://tc39.es/ecma426/). A table of equally long rows is
written as one list. `unpacked` in templates/report/drawing.js is the way back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
SHORTEST = 8  # cells; shorter lists stay as they are
LARGEST = 2**28  # numbers up to here, so that differences stay whole in a script's bit operations


def packed(document: dict[str, Any]) -> dict[str, Any]:
    """`document`, of plain values as JSON has them, as `{"words": table, "packed": the rest}`.

    A packed list is `{"packedWords": code}` or `{"packedNumbers": code}`, where the code begins with the
    length of the rows, or with 0 for a list that has none. The table begins with the most frequent words, as
    small places are short.
    """
    words = [word for word, _ in Counter(_words(document)).most_common()]
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "packed": _packed(document, places)}


def _words(value: Any) -> Iterator[str]:
    """The words of all lists that are packed, as often as they occur."""
    if isinstance(value, dict):
        value = list(value.values())
    elif isinstance(value, list) and _kind(value) is str:
        yield from _cells(value)
        return
    if isinstance(value, list):
        yield from chain.from_iterable(map(_words, value))


def _packed(value: Any, places: dict[str, int]) -> Any:
    """A value with its long lists packed."""
    if isinstance(value, dict):
        return {key: _packed(one, places) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    kind, wide, cells = _kind(value), _width(value), _cells(value)
    if kind is str:
        return {"packedWords": code([wide, *(places[word] for word in cells)])}
    if kind is int:
        return {"packedNumbers": code([wide, *(new - old for old, new in pairwise([0, *cells]))])}
    return [_packed(one, places) for one in value]


def _kind(value: list) -> type | None:
    """`str` or `int` for a list that is packed as words or as numbers, none for one that stays as it is."""
    cells = _cells(value)
    kinds = {type(cell) for cell in cells}
    if len(cells) < SHORTEST or kinds not in ({str}, {int}):
        return None
    return str if kinds == {str} else int if max(map(abs, cells)) < LARGEST else None


def _cells(value: list) -> list:
    """What stands in a list, row by row if it has equally long rows."""
    return list(chain.from_iterable(value)) if _width(value) else value


def _width(rows: list) -> int:
    """The length of the rows if `rows` are equally long lists, else 0."""
    lengths = {len(row) if isinstance(row, list) else 0 for row in rows}
    return lengths.pop() if len(lengths) == 1 else 0


def code(numbers: Iterable[int]) -> str:
    """Whole numbers in Base64 VLQ: five bits a digit, low ones first, the sign in the first bit of all.

    >>> code([0, 1, -1, 16])
    'ACDgB'
    """
    digits = []
    for number in numbers:
        left = abs(number) << 1 | (number < 0)
        while left > 31:
            digits.append(DIGITS[left & 31 | 32])
            left >>= 5
        digits.append(DIGITS[left])
    return "".join(digits)
