"""How do temperaments differ? One file a family, one class a strategy.

A strategy shapes a whole group of delegations at once: how much each part of an appeal and each issue weighs,
how far they follow their blocs, where their cut-points lie, when and how they answer. A new strategy is one
new file in this folder with one subclass of `Strategy`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from agents.delegate import Delegate
from agents.registry import UnknownEntry, modules
from agents.strategies._base import UNSAID, Moment, PartWeights, Strategy
from agents.strategies._delegated import Delegated

__all__ = ["UNSAID", "Moment", "PartWeights", "Strategy", "find", "names", "seated"]


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


def seated(delegate: Delegate, texts: Sequence[str]) -> Strategy:
    """A delegate of somebody's own as the strategy of one delegation, in a room with these texts."""
    return Delegated(delegate, texts)
