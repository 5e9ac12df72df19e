"""How assumptions are told: their names, their ranges, and which way they move an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.words import setting

if TYPE_CHECKING:
    from simulation.sensitivity import Assumption, Index

ONE_WAY = 0.5  # share of its mean size that a mean effect has to keep to have a way


def told(name: str) -> str:
    """An assumption in words.

    >>> told("dynamics.peer_weight"), told("positions.EU"), told("luck")
    ('peer weight', 'positions of EU', 'other luck')
    """
    known = {
        "luck": "other luck",
        "uncertainty.spread": "doubt about positions",
        "positions.all": "positions of all",
    }
    if name in known:
        return known[name]
    if name.startswith("positions."):
        return f"positions of {name.removeprefix('positions.')}"
    return name.removeprefix("dynamics.").replace("_", " ").replace("-", " ")


def extent(one: Assumption) -> str:
    """The range or the levels of an assumption as they are shown.

    >>> from simulation.sensitivity import Assumption
    >>> extent(Assumption("dynamics.peer_weight", 0, 0.15))
    '0 → 0.15'
    """
    if one.levels:
        words = [setting(level) if isinstance(level, float) else str(level) for level in one.levels]
        if not one.ordered and any(isinstance(level, str) for level in one.levels):
            return f"{words[0]} or {len(words) - 1} others"
        return (" → " if one.ordered else " | ").join(words)
    return f"{setting(one.low)} → {setting(one.high)}"


def direction(index: Index, one: Assumption) -> int:
    """Does the outcome rise (1) or fall (−1) with an assumption, or is there no saying (0)?"""
    if not one.ordered or abs(index.mean) < ONE_WAY * index.value:
        return 0
    return 1 if index.mean > 0 else -1
