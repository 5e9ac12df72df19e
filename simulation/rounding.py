"""Answers as plain values for files: numbers to so many digits, tuples as lists."""

from __future__ import annotations

from typing import Any


def rounded(value: Any, digits: int) -> Any:
    """A value of dictionaries, lists, tuples, numbers and words with its floats rounded, at every depth.

    >>> rounded({"share": 1 / 3, "ends": (0.25, 1), "of": 3}, 2)
    {'share': 0.33, 'ends': [0.25, 1], 'of': 3}
    """
    if isinstance(value, dict):
        return {key: rounded(inner, digits) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [rounded(inner, digits) for inner in value]
    return round(value, digits) if isinstance(value, float) else value
