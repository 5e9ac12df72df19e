"""One thing that might be otherwise: a number within a range, or one of some named levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from scenarios.patching import nest
from scenarios.schema import Scenario
from simulation.factors import Patch, together
from simulation.sensitivity.shifting import SHIFT, shifted

LUCK, LUCKS = "luck", 8  # the dummy, and how many different lucks there are
DECADE = 10.0  # a positive range whose ends lie further apart is walked by ratio
Scale = Literal["even", "ratio", "whole"]


class Assumption(NamedTuple):
    """What is varied: its `name`, a path of the scenario or a word of its own, and either a range from `low`
    to `high` (`scale`: even steps, equal ratios, or whole numbers) or `levels` with a patch each."""

    name: str
    low: float = 0.0
    high: float = 1.0
    scale: Scale = "even"
    levels: tuple[float | str, ...] = ()
    patches: tuple[Patch, ...] = ()

    @property
    def ordered(self) -> bool:
        """Can it be more or less? Several words cannot; two can, as off and on."""
        return not self.levels or len(self.levels) == 2

    @property
    def stepped(self) -> bool:
        """Does every change go from one level to another, with nothing between?"""
        return bool(self.levels) or (self.scale == "whole" and self.high - self.low == 1)

    def at(self, share: float) -> float | str:
        """The value at a share of the way (0–1) through the range or the levels."""
        if self.levels:
            return self.levels[_step(share, len(self.levels))]
        if self.scale == "whole":
            return int(self.low) + _step(share, int(self.high - self.low) + 1)
        if self.scale == "ratio":
            return float(self.low * (self.high / self.low) ** share)
        return self.low + (self.high - self.low) * share

    def patch(self, share: float) -> Patch:
        """The patch that sets this value; empty for shifts and for luck, which no single value holds."""
        if self.levels:
            return self.patches[_step(share, len(self.levels))]
        if self.name == LUCK or self.name.startswith(SHIFT):
            return {}
        return nest(self.name.split("."), self.at(share))


def numbers(name: str, low: float, high: float) -> Assumption:
    """A range of numbers; one that spans more than a factor of ten is walked by ratio.

    >>> numbers("dynamics.precision", 5, 500).at(0.5)
    50.0
    """
    return Assumption(name, low, high, "ratio" if low > 0 and high / low > DECADE else "even")


def switch(name: str, on: Patch, off: Patch | None = None) -> Assumption:
    """Something that is there or not."""
    return Assumption(name, levels=("off", "on"), patches=(off or {}, on))


def other_luck() -> Assumption:
    """The dummy: it changes nothing but the seed. What it seems to do is chance."""
    return Assumption(LUCK, 0, LUCKS - 1, "whole")


class Point(NamedTuple):
    """One cell to negotiate: a patch, and the number of its luck (0 for the seed that was asked for)."""

    patch: dict[str, Any]
    luck: int


def point(scenario: Scenario, varied: Sequence[Assumption], shares: Sequence[float], text: str) -> Point:
    """The cell at these shares (0–1, one an assumption). Shifts of positions add up and end the patch."""
    pairs = list(zip(varied, shares, strict=True))
    patch = together(one.patch(share) for one, share in pairs)
    moved = {
        one.name.removeprefix(SHIFT): float(one.at(share))
        for one, share in pairs
        if one.name.startswith(SHIFT)
    }
    if moved:
        patch = together([patch, shifted(scenario, moved, text)])
    luck = next((int(one.at(share)) for one, share in pairs if one.name == LUCK), 0)
    return Point(patch, luck)


def _step(share: float, count: int) -> int:
    """Which of `count` equal parts of the way a share lies in.

    >>> [_step(share, 2) for share in (0, 1 / 3, 2 / 3, 1)]
    [0, 0, 1, 1]
    """
    return min(int(share * count + 1e-9), count - 1)
