"""The views of a run, found by where they live.

A module has `entries(shown)`, which lists the views that it adds, each an `Entry`. One with pictures of its
own has `PICTURES` by name: functions of what is shown, the state of the page and the choice made in the
picture itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from agents.registry import UnknownEntry, modules
from dashboards.explorer.views._view import Entry

if TYPE_CHECKING:
    from dashboards.explorer.shown import Shown

GROUPS = (
    "Start here",
    "How it went",
    "The text",
    "Who stands together",
    "Who matters",
    "How sure",
    "Numbers",
)


def entries(shown: Shown) -> dict[str, Entry]:
    """All views of a run by key, in the order of the list."""
    found = [entry for module in modules(__name__).values() for entry in module.entries(shown)]
    return {entry.key: entry for entry in sorted(found, key=lambda one: (GROUPS.index(one.group), one.place))}


def entry(shown: Shown, key: str) -> Entry:
    """The view with this key. Raises UnknownEntry where there is none."""
    known = entries(shown)
    if key not in known:
        raise UnknownEntry("view", key, list(known))
    return known[key]


def pictures() -> dict[str, Callable[..., dict[str, Any]]]:
    """The pictures that views bring along, by name."""
    return {
        name: draw
        for module in modules(__name__).values()
        for name, draw in getattr(module, "PICTURES", {}).items()
    }
