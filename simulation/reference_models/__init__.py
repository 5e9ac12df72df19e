"""Classic models of what a negotiation ends with, to be put beside Plenary: one model a file, one signature.

A model is a module with these names.

- Its docstring says in plain words what it does, how it treats unknown values, and where it is published.
- `predict(positions, salience, capability, reversion)` takes positions (N, K) from 0 to 100 and salience
  (N, K) from 0 to 100, NaN where unknown; capability (N,), not negative; and the reversion points (K,), NaN
  where there is none. It returns a `Prediction`: the outcome on every issue (K,), NaN where the model says
  nothing, and notes in words.
- `TITLE`, what people call it; `LETTER`, one character that marks it in pictures; `PLACE` in the order of
  tables.
- `BASELINE` (false if absent) tells a naive baseline from a model; `COSTLY` (false if absent) that it takes
  long in a large room.

Unless a model says otherwise, who has no position or no salience on an issue is left out of that issue. A new
model is one new file in this folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from agents.registry import UnknownEntry, modules
from simulation.reference_models._base import Prediction


class ReferenceModel(NamedTuple):
    """A model as found in its file."""

    name: str
    title: str
    letter: str
    place: int
    baseline: bool
    costly: bool
    predict: Callable[..., Prediction]


@cache
def _entries() -> dict[str, ReferenceModel]:
    found = [
        ReferenceModel(
            name,
            module.TITLE,
            module.LETTER,
            module.PLACE,
            getattr(module, "BASELINE", False),
            getattr(module, "COSTLY", False),
            module.predict,
        )
        for name, module in modules(__name__).items()
    ]
    return {model.name: model for model in sorted(found, key=lambda model: model.place)}


def names() -> list[str]:
    """The reference models there are, by name, in the order of tables."""
    return list(_entries())


def find(name: str) -> ReferenceModel:
    """The model of that name; raises `UnknownEntry` with the nearest name otherwise."""
    if name not in _entries():
        raise UnknownEntry("reference model", name, names())
    return _entries()[name]
