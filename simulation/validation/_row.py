"""A number that somebody else has printed or that is known exactly, beside the one that Plenary computes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, NamedTuple, SupportsFloat

Value = float | Fraction | str
Kind = Literal["published", "third-party run", "exact", "our own"]

KINDS: dict[Kind, str] = {
    "published": "printed by others",
    "third-party run": "computed with a public program of others",
    "exact": "follows from a formula, a count or a rule without rounding",
    "our own": "ours alone, no outside figure",
}


class Row(NamedTuple):
    """A `name` within its `source`, the number of others and `ours`, how far apart they may be, and of what
    `kind` the number of others is (`KINDS`). Numbers are floats or exact fractions in units of the case;
    where a name or a decision is compared, both are words and the tolerance is 0."""

    name: str
    published: Value
    ours: Value
    tolerance: float
    source: str
    kind: Kind

    @property
    def difference(self) -> float | None:
        """How far ours is from theirs, in their units; none between words."""
        if isinstance(self.published, str) or isinstance(self.ours, str):
            return None
        return float(self.ours - self.published)

    @property
    def passed(self) -> bool:
        """Whether both are the same within the tolerance. A number that is none at all is not.

        >>> Row("a share", Fraction(1, 3), 0.3333, 1e-3, "a book", "exact").passed
        True
        >>> Row("who moves", "France", "Italy", 0, "a book", "published").passed
        False
        """
        if self.difference is None:
            return self.published == self.ours
        return abs(self.difference) <= self.tolerance


def each(
    names: Iterable[str],
    published: Iterable[SupportsFloat | str],
    ours: Iterable[SupportsFloat | str],
    tolerance: float,
    source: str,
    kind: Kind,
) -> list[Row]:
    """A row for each of several numbers that share source, tolerance and kind."""
    return [
        Row(name, _plain(theirs), _plain(own), tolerance, source, kind)
        for name, theirs, own in zip(names, published, ours, strict=True)
    ]


def _plain(value: SupportsFloat | str) -> Value:
    return value if isinstance(value, str | Fraction) else float(value)
