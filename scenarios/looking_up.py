"""Looking into a raw document: its tables, its lists, and whether a name in it is known.

The document may hold values of the wrong kind; those are reported elsewhere and passed over here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scenarios.paths import Path
from scenarios.problems import shorten, suggest

Report = Callable[[Path, str, str], None]


class Anything(list[str]):
    """The names of a part that could not be read: whoever is named may well be in it."""

    def __contains__(self, word: object) -> bool:
        return True


def tables_in(value: Any) -> dict[str, dict[str, Any]]:
    """The tables inside a keyed table; nothing of a value of another kind."""
    if not isinstance(value, dict):
        return {}
    return {key: inner for key, inner in value.items() if isinstance(inner, dict)}


def list_in(value: Any) -> list[Any]:
    """The items of a list; none of a value of another kind."""
    return list(value) if isinstance(value, list | tuple) else []


def items_in(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables inside a list, each with its place."""
    return ((place, inner) for place, inner in enumerate(list_in(value)) if isinstance(inner, dict))


def look_up(path: Path, word: Any, known: list[str], noun: str, report: Report) -> None:
    """Report a word that names nothing; values that are not text are somebody else's problem."""
    if isinstance(word, str) and word not in known:
        report(path, f"there is no {noun} {shorten(word)}", suggest(word, known))


def delegations_and_blocs(names: dict[str, list[str]]) -> list[str]:
    """Names of delegations and blocs."""
    if isinstance(names["delegations"], Anything):
        return names["delegations"]
    return [*names["delegations"], *names["blocs"]]
