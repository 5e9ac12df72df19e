"""How does the chamber decide? One rule a file, one signature.

A rule is a module with these names.

- `decide(ballots, house)` takes ballots (country, text, replicate) coded 1 yes, 0 abstain, −1 no, −2 absent
  (public stances have the same coding), and the `House` that decides: weights, population, vetoes and what
  the rule leaves open. It returns whether each text carries (text, replicate).
- `score(yes, no, house)` takes the chances of yes and no (case, country) and returns how near each case is
  to carrying, with slopes.
- `needs(house)` returns what it takes, as sums over yes and no that have to reach something: alternatives,
  each with everything that it asks.
- `COUNTS_STANCES` tells whether public stances are counted or votes.
- `READS_NO` (true if absent) tells whether a no counts for more than not being a yes; where it is false,
  `score` does not look at chances of no.
- `ONE_NO_BLOCKS` (false if absent) tells whether a no is an objection, so that it has to be worth the cost of
  standing alone; `DAYS` (0 if absent) for how long what the rule asks has to hold without a break.

A new rule is one new file in this folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from agents.registry import UnknownEntry, modules
from simulation.rules._house import Ballots, Flags, House
from simulation.rules._needs import Needs
from simulation.rules._scores import Floats, Score


class DecisionRule(NamedTuple):
    """A rule as found in its file."""

    decide: Callable[[Ballots, House], Flags]
    score: Callable[[Floats, Floats, House], Score]
    needs: Callable[[House], Needs]
    counts_stances: bool
    reads_no: bool
    one_no_blocks: bool
    days: int


@cache
def _entries() -> dict[str, DecisionRule]:
    return {
        name: DecisionRule(
            module.decide,
            module.score,
            module.needs,
            module.COUNTS_STANCES,
            getattr(module, "READS_NO", True),
            getattr(module, "ONE_NO_BLOCKS", False),
            getattr(module, "DAYS", 0),
        )
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
