"""How does the chamber decide? One rule a file, one signature.

`decide(ballots, quota, vetoes)` takes ballots (country, text, replicate) coded 1 yes, 0 abstain, −1 no,
−2 absent (public stances have the same coding), the quota where the rule leaves it open, and who holds a veto
(country,). It returns whether each text carries (text, replicate). A new rule is one new file in this folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from agents.registry import UnknownEntry, modules

Decide = Callable[[NDArray[np.int8], float | None, NDArray[np.bool_]], NDArray[np.bool_]]


@cache
def _entries() -> dict[str, Decide]:
    return {name: module.decide for name, module in modules(__name__).items()}


def names() -> list[str]:
    """The decision rules there are, by name."""
    return sorted(_entries())


def find(name: str) -> Decide:
    """The rule of that name; raises `UnknownEntry` with the nearest name otherwise."""
    if name not in _entries():
        raise UnknownEntry("decision rule", name, names())
    return _entries()[name]
