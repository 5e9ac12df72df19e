"""What is wrong with a scenario, said so that its author can mend it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

SHOWN = 100
PROBLEM_LIMIT = 300
SEARCHED = 3_000


class Problem(NamedTuple):
    """One mistake: file, row (a line in TOML), column or dotted key, what is wrong and how to mend it."""

    file: str
    row: int | None
    column: str
    message: str
    mend: str

    def __str__(self) -> str:
        table = self.file.endswith((".csv", ".tsv")) or ", sheet " in self.file
        where = [self.file]
        if self.row is not None:
            where.append(f"{'row' if table else 'line'} {self.row}")
        if self.column:
            where.append(f"column {self.column}" if table else self.column)
        return _printable(f"{', '.join(where)}: {self.message}; {self.mend}")


def _printable(text: str) -> str:
    """One line that any terminal can print: names of files and keys come from anybody."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


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
    choices = list(islice(known, SEARCHED))
    by_fold = {choice.casefold(): choice for choice in choices}
    fold = word.casefold()[:80]
    found = difflib.get_close_matches(fold, by_fold, n=8, cutoff=0.6)
    if not found:
        return None

    def likeness(choice: str) -> tuple[float, int]:
        return difflib.SequenceMatcher(None, choice, fold).ratio(), len(os.path.commonprefix([choice, fold]))

    return by_fold[max(found, key=likeness)]


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """How to mend an unknown word: the nearest known one, or else the list of known ones."""
    choices = list(known)
    near = nearest(word, choices)
    if near is not None:
        return f"did you mean {shorten(near, 80)}?"
    if otherwise:
        return otherwise
    return f"use one of: {listing(choices)}" if choices else "leave it out"


def listing(words: Iterable[str], limit: int = 12) -> str:
    """The first words of a list, each on one line and none too long, with an ellipsis if there are more."""
    choices = list(words)
    return ", ".join(map(shorten, choices[:limit])) + (" …" if len(choices) > limit else "")


def shorten(value: object, limit: int = 40) -> str:
    """A value as it can stand in a message: one line, not longer than `limit`."""
    if isinstance(value, float):
        return f"{value:.15g}"
    try:
        text = " ".join(str(value)[: 4 * limit].split())
    except ValueError:
        return "a number too long to print"
    return text if len(text) <= limit else text[: limit - 1] + "…"
