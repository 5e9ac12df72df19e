"""Published and exact numbers beside ours in cells and sentences, for the terminal, JSON and the page."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from simulation.validation import KINDS, Row, families
from simulation.validation._row import Value

HEAD = ("what", "published or exact", "ours", "difference", "tolerance", "kind", "passed")
NAME = 48  # characters of a source's name beyond which it ends at its first comma
ABOUT = (
    "That Plenary computes these numbers shows that it computes what it says, and that with these settings "
    "it is the published model. It does not show that the model is right about any negotiation: every "
    "result is a model's output, not a prediction."
)


class Group(NamedTuple):
    """The rows of one source."""

    source: str
    rows: list[Row]


class Part(NamedTuple):
    """A family of cases, its rows by source."""

    name: str
    title: str
    groups: list[Group]

    @property
    def rows(self) -> list[Row]:
        """All rows of the family."""
        return [row for group in self.groups for row in group.rows]


@cache
def computed() -> list[Part]:
    """Every family with its rows by source; computed once, as no run changes it."""
    parts = []
    for family in families():
        by_source = groupby(family.rows(), key=lambda row: row.source)
        parts.append(
            Part(family.name, family.title, [Group(source, list(found)) for source, found in by_source])
        )
    return parts


def summary(rows: Sequence[Row]) -> list[str]:
    """How many rows agree, and what the figures of others are."""
    outside = [row for row in rows if row.kind != "our own"]
    failed = [row for row in rows if not row.passed]
    kinds = Counter(row.kind for row in rows)
    agree = sum(row.passed for row in outside)
    told = f"{agree} of {len(outside)} published or exact numbers are reproduced within the tolerance"
    counted = ", ".join(f"{kinds[kind]} {kind} ({about})" for kind, about in KINDS.items() if kinds[kind])
    said = [f"{told}.", f"{len(rows)} rows: {counted}."]
    return said + [f"Not within the tolerance: {row.name} ({row.source})." for row in failed]


def cells(row: Row) -> list[str]:
    """The cells of a row in the order of `HEAD`; ours is not said again where words are the same."""
    same = isinstance(row.published, str) and row.passed
    return [
        row.name,
        written(row.published),
        "the same" if same else written(row.ours),
        "" if row.difference is None else small(row.difference),
        "" if row.difference is None else _tolerance(row.tolerance),
        row.kind,
        "yes" if row.passed else "no",
    ]


def source_name(source: str) -> str:
    """A source in few words: who and when, or which rule.

    >>> source_name("Black (1948), On the rationale of group decision-making, Journal of Political Economy")
    'Black (1948)'
    >>> source_name("textbook [6; 4, 3, 2, 1]: counted exactly in rational arithmetic")
    'Textbook [6; 4, 3, 2, 1]'
    """
    name = re.split(r": |(?<=\)), ", source)[0]
    name = name if len(name) <= NAME else name.split(", ")[0]
    return name[:1].upper() + name[1:]


def written(value: Value) -> str:
    """A number as people write it, to ten digits; fractions and words as they are.

    >>> written(-3828.9), written(Fraction(421, 2145)), written(83200.0), written(float("nan"))
    ('−3,828.9', '421/2145', '83,200', 'no number')
    """
    if isinstance(value, str | Fraction):
        return str(value)
    if math.isnan(value):
        return "no number"
    digits = f"{round(value, 9):,.10g}" if abs(value) >= 1e-6 or not value else f"{value:.2g}"
    return digits.replace("-", "−")


def small(difference: float) -> str:
    """A difference to two digits.

    >>> small(0.0), small(-0.00072), small(7.1e-15)
    ('0', '−0.00072', '+7.1e−15')
    """
    return f"{difference:+.2g}".replace("-", "−") if difference else "0"


def _tolerance(value: float) -> str:
    return f"{value:g}".replace("e-0", "e−") if value else "none"


def document(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Every row for JSON: numbers as numbers, words as words, null where there is no number."""
    return [
        {
            "family": part.name,
            "name": row.name,
            "published": _plain(row.published),
            "ours": _plain(row.ours),
            "difference": None if row.difference is None else _plain(row.difference),
            "tolerance": row.tolerance,
            "kind": row.kind,
            "source": row.source,
            "passed": row.passed,
        }
        for part in parts
        for row in part.rows
    ]


def _plain(value: Value) -> float | str | None:
    if isinstance(value, str):
        return value
    number = float(value)
    return number if math.isfinite(number) else None
