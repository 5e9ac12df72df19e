"""What if: what changes do under the same luck, against a scenario that is negotiated once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from dashboards.explorer import changes
from dashboards.explorer.changes import Change, Offered
from scenarios.schema import Scenario
from simulation.compare import Start, between, started
from simulation.proceedings import Progress
from simulation.threads import one_thread

if TYPE_CHECKING:
    import xarray as xr

SEED = 1
FEW, MANY, LARGE = 64, 200, 40  # replicates at first in rooms of more than so many delegations, and at last
REMEMBERED = 60  # answers
PAGES = 100  # open pages whose last question is known


class Superseded(Exception):
    """Its page has asked for something else meanwhile."""


class WhatIf:
    """The questions put to one scenario, and what was found; every negotiation goes through `work`."""

    def __init__(self, scenario: Scenario, where: str) -> None:
        """`where` is the scenario's name or folder, from which overlays are read."""
        self.scenario, self.where = scenario, where
        self.starts: dict[int, Start] = {}
        self.found: OrderedDict[tuple[int, tuple[Change, ...]], xr.Dataset] = OrderedDict()
        self.last: OrderedDict[str, int] = OrderedDict()
        self.lock = threading.Lock()

    @cached_property
    def offered(self) -> Offered:
        """What can be changed."""
        return changes.offered(self.scenario, self.where)

    @property
    def steps(self) -> tuple[int, ...]:
        """With how many replicates it is run: in large rooms first with few."""
        return (FEW, MANY) if len(self.scenario.delegations) > LARGE else (MANY,)

    def asked(self, page: str, number: int) -> None:
        """Note that a page has put its question of this number; older ones of this page are superseded."""
        with self.lock:
            self.last[page] = max(number, self.last.pop(page, number))
            while len(self.last) > PAGES:
                self.last.popitem(last=False)

    def superseded(self, page: str, number: int) -> bool:
        """Whether the page has put a later question."""
        return self.last.get(page, number) > number

    def changed(self, asked: Sequence[Change]) -> Scenario:
        """The scenario with the changes. Raises ScenarioError where they do not go together."""
        return changes.changed(self.scenario, self.where, self.offered, asked)

    def words(self, asked: Sequence[Change]) -> list[str]:
        """What the changes are, in words."""
        return changes.words(self.scenario, self.offered, asked)

    def start(self, replicates: int, progress: Progress | None = None) -> Start:
        """The scenario as it is, negotiated once with so many replicates."""
        if replicates not in self.starts:
            self.starts[replicates] = started(self.scenario, replicates, SEED, progress, course=True)
        return self.starts[replicates]

    def answer(
        self,
        asked: tuple[Change, ...],
        replicates: int,
        work: threading.Lock,
        stale: Callable[[], bool] = lambda: False,
    ) -> xr.Dataset:
        """What the changes do: the data set of `simulation.compare.between` for them, with its course.

        Raises ScenarioError where the changes do not go together, and Superseded as soon as `stale` says so:
        before it starts, or between two batches of replicates.
        """

        def go_on(done: int, total: int) -> None:
            if stale():
                raise Superseded

        key, scenario = (replicates, asked), self.changed(asked)
        if key in self.found:
            return self.found[key]
        with work, one_thread():
            go_on(0, 0)
            start = self.start(replicates, go_on)
            found = between(
                self.scenario,
                {"changed": scenario},
                replicates,
                SEED,
                go_on,
                start=start,
                course=True,
            ).sel(variant="changed")
            self.found[key] = found
            while len(self.found) > REMEMBERED:
                self.found.popitem(last=False)
        return found
