"""Published and exact numbers beside Plenary's own: one family of cases a file.

A family is a module with these names.

- Its docstring says in plain words what is compared.
- `TITLE`, what people call the family, and `PLACE` in the order of tables.
- `rows()` computes Plenary's numbers and returns them beside the others, one `Row` a number.

The data that the cases need lie in `cases/`, facts with their sources. A new family is one new file in this
folder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from agents.registry import modules
from simulation.validation._row import KINDS, Row

__all__ = ["KINDS", "Family", "Row", "families", "rows"]


class Family(NamedTuple):
    """A family of cases as found in its file."""

    name: str
    title: str
    place: int
    rows: Callable[[], list[Row]]


def families() -> list[Family]:
    """Every family in the order of tables."""
    found = [
        Family(name, module.TITLE, module.PLACE, module.rows) for name, module in modules(__name__).items()
    ]
    return sorted(found, key=lambda family: family.place)


def rows() -> list[Row]:
    """Every row of every family. Takes a few seconds, since Plenary runs each case."""
    return [row for family in families() for row in family.rows()]
