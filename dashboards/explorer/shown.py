"""The results of one run with what the pages tell of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agents.registry import UnknownEntry
from dashboards import pictures, sections
from dashboards.explorer import views
from dashboards.explorer.state import State, state_of
from dashboards.explorer.whatif import WhatIf
from dashboards.known import Known, known
from dashboards.minutes import changes_of_stance, minutes_of
from dashboards.pictures import course
from dashboards.pictures._picture import Picture
from dashboards.pictures.map import world_map
from dashboards.pictures.network import network_by_round
from dashboards.pictures.why import why
from dashboards.sections._section import Section
from dashboards.summary import Summary, summarise
from simulation.analyses.acts import Act
from simulation.threads import one_thread

if TYPE_CHECKING:
    from dashboards.explorer.views._view import View

AT_ONCE = ("support", "network", "why")  # pictures that need nothing but the results
REMEMBERED = 200  # pictures


class Shown:
    """The results of one run; each thing told of them is worked out when it is first asked for, and kept.

    What the first view needs has a lock of its own, so that it never waits for the long analyses.
    """

    def __init__(self, results: Any, where: str) -> None:
        """`where` is the scenario's name or folder, from which overlays are read."""
        self.results, self.where = results, where
        self.first, self.deep = threading.RLock(), threading.RLock()
        self.starting = threading.Lock()
        self.drawn: dict[tuple[str, ...], Picture] = {}
        self.sections: dict[str, Section | None] = {}
        self.works: dict[str, str] = {}
        self.beside: dict[str, tuple[Shown, Any, bool]] = {}

    @cached_property
    def answer(self) -> Summary:
        """The answer in words and numbers."""
        return summarise(self.results)

    @cached_property
    def map(self) -> dict[str, Any] | None:
        """The world map for every text and round."""
        return world_map(self.results)

    @cached_property
    def acts(self) -> list[Act]:
        """What the delegations did in the first replicate."""
        return minutes_of(self.results)

    @cached_property
    def changes(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """By delegation and text, when its stance changed in the first replicate, and why."""
        return changes_of_stance(self.acts)

    @cached_property
    def found(self) -> Known:
        """What several pictures need: minutes, replies, how firm the groups are."""
        return known(self.results, self.acts)

    @cached_property
    def pictures(self) -> dict[str, dict[str, Picture]]:
        """The report's pictures by name and choice."""
        return pictures.pictures(self.results, self.found.firm)

    @cached_property
    def what_if(self) -> WhatIf:
        """The questions put to the scenario."""
        return WhatIf(self.results.scenario, self.where)

    def open(self) -> None:
        """Work out what the first page cannot do without."""
        with self.first, one_thread():
            _ = self.answer, self.map
        self.picture("support", state_of({}, self.results), None)

    def draw_ahead(self) -> None:
        """Draw what else the first page shows, before it is asked for."""
        for name in AT_ONCE:
            self.picture(name, state_of({}, self.results), None)

    def section(self, name: str) -> Section | None:
        """A section of the report; worked out when it is first asked for."""
        with self.deep, one_thread():
            if name not in self.sections:
                self.sections[name] = sections.section(name, self.results, self.found)
            return self.sections[name]

    def working(self, key: str, make: Callable[[], View]) -> str:
        """How far a view is that takes a while, started if nobody asked for it before: "running", "ready" or
        "failed"."""
        with self.starting:
            if key not in self.works:
                self.works[key] = "running"
                threading.Thread(target=self._work, args=(key, make), daemon=True).start()
            return self.works[key]

    def _work(self, key: str, make: Callable[[], View]) -> None:
        try:
            make()
        except BaseException:
            self.works[key] = "failed"
            raise
        self.works[key] = "ready"

    def picture(self, name: str, state: State, pick: str | None) -> Picture:
        """A picture for the state of the page; `pick` is what is chosen in a picture with choices of its own.

        Raises UnknownEntry for a name that there is none of, and for a choice that it does not have.
        """
        if name in AT_ONCE:
            with self.first, one_thread():
                return self._at_once(name, state)
        own = views.pictures()
        if name in own:
            with self.deep, one_thread():
                return own[name](self, state, pick)
        with self.deep, one_thread():
            drawn = self.pictures | self._in_sections()
            if name not in drawn:  # of a page that was made before these results were read again
                drawn |= self._in_sections(set(sections.by_place()) - set(sections.costly()))
        if name not in drawn:
            raise UnknownEntry("picture", name, [*AT_ONCE, *own, *drawn])
        choices = drawn[name]
        choice = self._first_of(choices, state) if pick is None else pick
        if choice not in choices:
            raise UnknownEntry(f"picture of {name} for", choice, list(choices))
        return choices[choice]

    def _first_of(self, choices: dict[str, Picture], state: State) -> str:
        """What a picture shows where nothing is chosen in it: its only choice, the text of the page, or
        the first where its choices are no texts."""
        texts = set(self.results.data.text.values.tolist())
        if "" in choices:
            return ""
        return state.text if texts & set(choices) else next(iter(choices))

    def _in_sections(self, more: Iterable[str] = ()) -> dict[str, dict[str, Picture]]:
        """The pictures of the sections that are there, and of `more`."""
        there = [section for name in [*self.sections, *more] if (section := self.section(name)) is not None]
        return {one.figure: dict(one.choices) for section in there for one in section.pictures}

    def _at_once(self, name: str, state: State) -> Picture:
        choices = {"support": (state.text,), "network": (), "why": (state.country, state.text)}
        key = (name, *choices[name])
        if key not in self.drawn:
            while len(self.drawn) >= REMEMBERED:
                del self.drawn[next(iter(self.drawn))]
            self.drawn[key] = self._draw(name, state)
        return self.drawn[key]

    def _draw(self, name: str, state: State) -> Picture:
        if name == "support":
            return course.support(self.results, state.text)
        if name == "network":
            return network_by_round(self.results)
        return why(self.results, state.country, state.text)
