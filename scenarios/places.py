"""Where in the folder did a value come from? Maps paths of the document back to file, row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    best, best_length = None, 0
    table: Path = ()
    seen: dict[Path, int] = {}
    quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quote:
            quote = "" if quote in line else quote
            continue
        here: Path | None = None
        if header := HEADER.match(line):
            table = _keys(header[2])
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
                table = (*table, seen[table])
            here = table
        elif assignment := ASSIGNMENT.match(line):
            here = (*table, *_keys(assignment[1]))
            quote = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
        if here is not None:
            length = _common(here, path)
            if length > best_length or (length == best_length == len(here) and length and best is None):
                best, best_length = number, length
    return best


def _keys(text: str) -> Path:
    return tuple(word.strip("\"'") for word in KEY.findall(text))


def _common(here: Path, path: Path) -> int:
    """How many keys of the path this line names, 0 if it names another one."""
    return len(here) if tuple(map(str, here)) == tuple(map(str, path[: len(here)])) else 0
