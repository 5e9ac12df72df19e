"""What the explorer can show: scenarios, which it runs when they are first asked for, and finished runs."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.registry import UnknownEntry
from dashboards.explorer.shown import Shown
from scenarios import ScenarioError, load, names
from simulation import open_run, run
from simulation.results import RunError
from simulation.threads import one_thread

REPLICATES = 64
SEED = 1
KEPT = 6  # results that stay in memory; the one that was not looked at for longest goes first


@dataclass
class Item:
    """A scenario or a run folder under the key by which addresses name it.

    `state` is "new", "running", "ready" or "failed"; `done` of `total` replicates are there; `problem` says
    why it failed.
    """

    key: str
    where: str
    is_run: bool
    state: str = "new"
    done: int = 0
    total: int = REPLICATES
    problem: str = ""
    shown: Shown | None = field(default=None, repr=False)

    def read(self) -> None:
        """Open the run or run the scenario; whatever is wrong with it becomes its `problem`."""
        try:
            results = open_run(Path(self.where)) if self.is_run else self._negotiated()
        except (ScenarioError, RunError, OSError) as error:
            self.problem, self.state = str(error), "failed"
        except BaseException:
            self.problem, self.state = "It stopped through a mistake in Plenary itself.", "failed"
            raise
        else:
            where = results.scenario.name if self.is_run else self.where
            shown = Shown(results, where)
            shown.open()
            self.shown, self.state = shown, "ready"

    def _negotiated(self) -> Any:
        def told(done: int, total: int) -> None:
            self.done, self.total = done, total

        with one_thread():  # matrices this small are slower on several threads
            return run(load(self.where), REPLICATES, SEED, progress=told)


class Shelf:
    """Everything that this server shows: the shipped scenarios, and what it was started with."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        """`given` are names of scenarios, scenario folders and run folders.

        Raises ScenarioError or RunError for one that cannot be read.
        """
        self.lock, self.work = threading.Lock(), threading.Lock()
        self.given: list[str] = []
        self.items = {name: Item(name, name, is_run=False) for name in names()}
        self.drafts: dict[str, Item] = {}  # shown by key, and listed by the editor
        self.order: list[str] = []
        for where in given:
            self._put(where)

    def _put(self, where: str) -> None:
        folder = Path(where)
        if where in self.items:
            key = where
        else:
            is_run = (folder / "manifest.json").is_file()
            name = folder.resolve().name if is_run else load(where).name
            if is_run:
                open_run(folder)
            key = self._free(name)
            self.items[key] = Item(key, str(folder.resolve()), is_run)
        if key not in self.given:
            self.given.append(key)

    def put(self, folder: Path) -> str:
        """Put a scenario folder among the drafts, unless the shelf has it already, and return its key.

        Raises ScenarioError for one that cannot be read.
        """
        with self.lock:
            key = self._of(folder)
            if key is None:
                key = self._free(load(folder).name)
                self.drafts[key] = Item(key, str(folder.resolve()), is_run=False)
            return key

    def forget(self, folder: Path) -> None:
        """Drop the results of a scenario folder that has changed; it is run again when next asked for."""
        with self.lock:
            key = self._of(folder)
            if key is not None:  # a run that is under way ends with the old item, and nobody sees it
                kept = self.drafts if key in self.drafts else self.items
                kept[key] = Item(key, kept[key].where, is_run=False)

    def take_off(self, folder: Path) -> None:
        """Take a scenario folder, which is gone, off the shelf."""
        with self.lock:
            key = self._of(folder)
            for kept in (self.items, self.drafts):
                kept.pop(key or "", None)
            self.given = [one for one in self.given if one != key]
            self.order = [one for one in self.order if one != key]

    def _of(self, folder: Path) -> str | None:
        where = str(folder.resolve())
        every = {**self.items, **self.drafts}
        return next((key for key, item in every.items() if item.where == where), None)

    def _free(self, name: str) -> str:
        """A key like `name` that nothing has yet and that fits into an address."""
        word = "".join(one if one.isalnum() or one in "-_." else "-" for one in name).strip(".") or "run"
        keys = [word, *(f"{word}-{number}" for number in range(2, len(self.items) + len(self.drafts) + 3))]
        return next(key for key in keys if key not in self.items and key not in self.drafts)

    def item(self, key: str) -> Item:
        """What has this key, started in a thread of its own if nobody asked for it before.

        Raises UnknownEntry where there is nothing of that name.
        """
        with self.lock:
            every = {**self.items, **self.drafts}
            if key not in every:
                raise UnknownEntry("scenario or run", key, list(self.items))
            item = every[key]
            self.order = [*(one for one in self.order if one != key), key]
            ready = [one for one in self.order if every[one].state == "ready"]
            for old in ready[:-KEPT]:
                every[old].shown, every[old].state = None, "new"
            if item.state == "new":
                item.state, item.done = "running", 0
                threading.Thread(target=self._work, args=(item,), daemon=True).start()
        return item

    def _work(self, item: Item) -> None:
        with self.work:  # one negotiation at a time: they would only slow each other down
            item.read()
            shown = item.shown
        if shown is not None:
            shown.draw_ahead()
