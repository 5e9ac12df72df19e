"""Who sits there? A delegation as a Mesa agent: a thin handle on its row of the chamber."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import mesa


class _Numbers:
    """Numbers the agents of each model, and lets go of a model that nobody else holds: Mesa 3.3 counts in a
    table that keeps every model for ever."""

    def __init__(self) -> None:
        self.counts: WeakKeyDictionary[mesa.Model, Iterator[int]] = WeakKeyDictionary()

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        return self.counts.setdefault(model, itertools.count(1))


class CountryAgent(mesa.Agent):
    """A delegation. It owns no numbers: everything is read from its row in the chamber's arrays.

    `iso3` is its key, `row` its place in the arrays, `strategy` the name of its temperament.
    """

    _ids = _Numbers()

    def __init__(self, model: mesa.Model, iso3: str, row: int, strategy: str) -> None:
        super().__init__(model)
        self.iso3 = iso3
        self.row = row
        self.strategy = strategy

    @property
    def stance(self) -> dict[str, int]:
        """Its public stance on each text in the first replicate: −1 oppose, 0 studying, 1 endorse."""
        chamber = self.model.chamber
        return {text: int(chamber.stance[self.row, m, 0]) for m, text in enumerate(self.model.room.texts)}

    @property
    def position(self) -> dict[str, float]:
        """Its expressed position on each issue (0–100) in the first replicate."""
        chamber = self.model.chamber
        return {
            issue: float(chamber.position[self.row, k, 0]) for k, issue in enumerate(self.model.room.issues)
        }
