"""Where in the folder did a value come from? Maps paths of the document back to file, row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from scenarios.paths import Path, dotted
from scenarios.problems import Problem

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
ASSIGNMENT = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
KEY = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


@dataclass(frozen=True)
class Origin:
    """A file, and either a row of a table or the text of a TOML file whose keys lie under `prefix` keys.

    `columns` maps names in the document to those in the table, where they differ.
    """

    file: str
    row: int | None = None
    text: str = ""
    prefix: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Places:
    """Origin of every path that was read; a longer path goes before a shorter one."""

    origins: dict[Path, Origin] = field(default_factory=dict)

    def note(self, path: Path, origin: Origin) -> None:
        """Remember that this path was read from there."""
        self.origins[path] = origin

    def note_tree(self, path: Path, value: Any, origin: Origin) -> None:
        """Remember the origin of a value and of everything inside it."""
        self.origins[path] = origin
        if isinstance(value, Mapping):
            for key, inner in value.items():
                self.note_tree((*path, key), inner, origin)

    def problem(self, path: Path, message: str, mend: str) -> Problem:
        """A problem with the value at this path, with file, row and column filled in."""
        for length in range(len(path), -1, -1):
            origin = self.origins.get(path[:length])
            if origin is None:
                continue
            if origin.row is not None:
                column = dotted(path[length:])
                return Problem(origin.file, origin.row, origin.columns.get(column, column), message, mend)
            inside = path[origin.prefix :]
            line = line_of(origin.text, inside) if origin.text else None
            return Problem(origin.file, line, dotted(inside), message, mend)
        return Problem("scenario.toml", None, dotted(path), message, mend)


def line_of(text: str, path: Path) -> int | None:
    """Line of a TOML text that holds the value at this path, or else the nearest table around it."""
    lines = _lines(text)
    words = tuple(map(str, path))
    return next(
        (lines[words[:length]] for length in range(len(words), 0, -1) if words[:length] in lines), None
    )


@lru_cache(maxsize=16)
def _lines(text: str) -> dict[tuple[str, ...], int]:
    """First line of every table and key of a TOML text; elements of lists of tables are numbered from 0."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    elements: dict[tuple[str, ...], int] = {}
    quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quote:
            quote = "" if quote in line else quote
        elif header := HEADER.match(line):
            table = _keys(header[2])
            if header[1] == "[[":
                elements[table] = elements.get(table, -1) + 1
                table = (*table, str(elements[table]))
            found.setdefault(table, number)
        elif assignment := ASSIGNMENT.match(line):
            found.setdefault((*table, *_keys(assignment[1])), number)
            quote = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
    return found


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.strip("\"'") for word in KEY.findall(text))
