"""How does the chamber decide? One rule a file, one signature.

A rule is a module with three names.

- `decide(ballots, quota, vetoes)` takes ballots (country, text, replicate) coded 1 yes, 0 abstain, −1 no,
  −2 absent (public stances have the same coding), the quota where the rule leaves it open, and who holds a
  veto (country,); it returns whether each text carries (text, replicate).
- `score(yes, no, quota, vetoes)` takes the chances of yes and no (country, column, replicate) and returns how
  near each column is to carrying, with slopes.
- `COUNTS_STANCES` tells whether public stances are counted or votes.

A new rule is one new file in this folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.registry import UnknownEntry, modules
from simulation.rules._scores import Score

Floats = NDArray[np.floating]
Decide = Callable[[NDArray[np.int8], float | None, NDArray[np.bool_]], NDArray[np.bool_]]


class DecisionRule(NamedTuple):
    """A rule as found in its file."""

    decide: Decide
    score: Callable[[Floats, Floats, float | None, NDArray[np.bool_]], Score]
    counts_stances: bool


@cache
def _entries() -> dict[str, DecisionRule]:
    return {
        name: DecisionRule(module.decide, module.score, module.COUNTS_STANCES)
        for name, module in modules(__name__).items()
    }


def names() -> list[str]:
    """The decision rules there are, by name."""
    return sorted(_entries())


def find(name: str) -> DecisionRule:
    """The rule of that name; raises `UnknownEntry` with the nearest name otherwise."""
    if name not in _entries():
        raise UnknownEntry("decision rule", name, names())
    return _entries()[name]
