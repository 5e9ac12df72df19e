"""What a view of a run is made of: an entry in the list of views, and a page with charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from dashboards.sections._section import Section


class Chart(NamedTuple):
    """A chart of a page. `follows` are the parts of the state that it shows (words of `State`); `options` are
    choices of its own after the label `choose`; one that the view's own template
    has and its own script draws is `own`."""

    name: str
    heading: str
    follows: str
    how: str
    options: tuple[tuple[str, str], ...] = ()
    choose: str = ""
    own: bool = False


class View(NamedTuple):
    """A page: its charts, the section of the report that it shows, a template for what is its own (a file of
    `templates`) with what that tells, and a script (a file of `static`)."""

    charts: tuple[Chart, ...] = ()
    section: Section | None = None
    template: str = ""
    script: str = ""
    told: Any = None


class Entry(NamedTuple):
    """A view in the list: its key in addresses, its title, the group it stands in, its place there, and how
    its page is made. One that takes long `waits`: it is worked out in the background."""

    key: str
    title: str
    group: str
    place: int
    make: Callable[[], View]
    waits: bool = False
