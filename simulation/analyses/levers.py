"""What could be changed? Single changes to a scenario as patches, with what each does to every appeal.

The effect on appeals is first-order: exact for the appeals of the last round as they stand, with nobody
having answered it yet. Whether a change does in the talks what it does on paper is for a re-run to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from agents.response import ENDORSE
from simulation.compare import Patch
from simulation.ending import Ending, Flags, Floats
from simulation.rules._carrying import carries

HALF = 0.5
Value = TypeVar("Value")


class Target(NamedTuple):
    """Whose yes is asked for: at least `quorum` of the delegations in `rows`, or, with `by_rule`, what the
    decision rule asks of the whole room. `direction` is 1 to bring it about and −1 to lose it; `addressed` is
    how an event names them (delegations, `bloc:KEY`, `all`), `name` how a sentence does."""

    rows: tuple[int, ...]
    quorum: int
    direction: int
    addressed: tuple[str, ...]
    name: str
    by_rule: bool = False

    def reached(self, ending: Ending, answers: NDArray[np.int8]) -> Flags:
        """In which replicates answers (country, replicate) amount to a yes (replicate,)."""
        if self.by_rule:
            return carries(ending.room, ending.scenario.rule, answers[:, None])[0]
        return (answers[list(self.rows)] == ENDORSE).sum(axis=0) >= self.quorum

    def suffices(self, chance: float) -> bool:
        """Whether a chance of yes is what was asked for: at least one half, or below it."""
        return chance >= HALF if self.direction > 0 else chance < HALF


@dataclass(frozen=True, eq=False)
class Lever:
    """One kind of change, in the sizes it can have.

    `words` say what changes, `unit` what its size is counted in, `sizes` (size,) are those that can be had,
    in order, and `scale` is the size that goes from one end of its scale to the other: sizes of different
    kinds are compared as shares of it. Of levers at one `place` only one can be pulled at a time. `patch` and
    `moved` give the patch of a size and how far appeals move (country, replicate); `broken` and `told` are as
    in `Ending.answers`.
    """

    kind: str
    place: str
    words: str
    unit: str
    sizes: NDArray[np.float64]
    scale: float
    patch: Callable[[float], Patch]
    moved: Callable[[float], Floats]
    broken: tuple[Flags, Flags] | None = None
    told: Mapping[int, int] = field(default_factory=dict)

    @property
    def sized(self) -> bool:
        """Whether there is more than one size to choose from."""
        return len(self.sizes) > 1

    def answers(self, ending: Ending, size: float) -> NDArray[np.int8]:
        """What everybody would answer (country, replicate) with this change alone."""
        return ending.answers(self.moved(size), self.broken, self.told)


def chance_of(ending: Ending, target: Target, lever: Lever, size: float) -> float:
    """The chance of yes with a change of that size, by the appeals at the end."""
    return float(target.reached(ending, lever.answers(ending, size)).mean())


def solve(ending: Ending, target: Target, lever: Lever) -> float:
    """The smallest size that suffices by the appeals at the end; the largest where none does.

    Larger sizes never do less, so the size is found by halving.
    """
    low, high = 0, len(lever.sizes) - 1
    while low < high:
        middle = (low + high) // 2
        if target.suffices(chance_of(ending, target, lever, lever.sizes[middle])):
            high = middle
        else:
            low = middle + 1
    return float(lever.sizes[low])


def free(key: str, taken: Mapping[str, object]) -> str:
    """A key that is not taken yet."""
    while key in taken:
        key += "-again"
    return key


def always(value: Value) -> Callable[[float], Value]:
    """The same whatever the size."""
    return lambda size: value
