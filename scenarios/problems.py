"""What is wrong with a scenario, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple

SHOWN = 100


class Problem(NamedTuple):
    """One mistake: the file, the row (a line in TOML), the column or dotted key, what is wrong, how to mend it."""

    file: str
    row: int | None
    column: str
    message: str
    mend: str

    def __str__(self) -> str:
        table = self.file.endswith(".csv")
        where = [self.file]
        if self.row is not None:
            where.append(f"{'row' if table else 'line'} {self.row}")
        if self.column:
            where.append(f"column {self.column}" if table else self.column)
        return f"{', '.join(where)}: {self.message}; {self.mend}"


class ScenarioError(ValueError):
    """A scenario or a patch that cannot be used, with all its problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"and {len(self.problems) - SHOWN} more; mend these first")
        return "\n".join(lines)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None if nothing is alike."""
    choices = list(known)
    by_fold = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word.casefold()[:80], by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """How to mend an unknown word: the nearest known one, or else the list of known ones."""
    choices = list(known)
    near = nearest(word, choices)
    if near is not None:
        return f"did you mean {near}?"
    if otherwise:
        return otherwise
    listed = ", ".join(choices[:12]) + (" …" if len(choices) > 12 else "")
    return f"use one of: {listed}" if choices else "leave it out"


def shorten(value: object, limit: int = 40) -> str:
    """A value as it can stand in a message: one line, not longer than `limit`."""
    text = " ".join(str(value)[: 4 * limit].split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
