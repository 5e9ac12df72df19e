"""How do temperaments differ? One file a family, one class a strategy.

A strategy shapes four things of a whole group of delegations at once: how much each part of an appeal weighs,
how far they follow their blocs, where their cut-points lie, and how they answer. A new strategy is one new
file in this folder with one subclass of `Strategy`.
"""

from __future__ import annotations

from functools import cache

from agents.registry import UnknownEntry, modules
from agents.strategies._base import Moment, PartWeights, Strategy

__all__ = ["Moment", "PartWeights", "Strategy", "find", "names"]


@cache
def _entries() -> dict[str, Strategy]:
    found = {}
    for module in modules(__name__).values():
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and issubclass(value, Strategy)
                and value.__module__ == module.__name__
            ):
                found[value.name] = value()
    return found


def names() -> list[str]:
    """The strategies there are, by name."""
    return sorted(_entries())


def find(name: str) -> Strategy:
    """The strategy of that name; raises `UnknownEntry` with the nearest name otherwise."""
    if name not in _entries():
        raise UnknownEntry("strategy", name, names())
    return _entries()[name]
