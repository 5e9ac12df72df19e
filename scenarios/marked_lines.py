"""Reads lines marked #A, #P, #M and #D, the input of programs for the exchange of positions.

`#A` actor, full name; `#P` issue, description; `#M` issue, point of its scale, meaning; `#D` actor, issue,
position, salience, power. `#O` says what the file is about, `#/` is a comment. Between the cells stand tabs,
semicolons or commas. Marks and columns are those that decide-exchange-model reads
(github.com/foarsitter/decide-exchange-model).
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

from scenarios.files import read_text
from scenarios.imported import LINE_LIMIT
from scenarios.problems import PROBLEM_LIMIT, Problem, ScenarioError, listing, shorten

NEEDED = {
    "#A": ("actor",),
    "#P": ("issue",),
    "#M": ("issue", "position"),
    "#D": ("actor", "issue", "position", "salience", "power"),
}
ABOUT, COMMENT = "#O", "#/"
MARKED = re.compile(r"""\s*['"]?#[/A-Za-z]['"]?(?:[\t;,]|$)""")
FIRST = re.compile(r"""^(['"]?)#[APMD]\1([\t;,])""", re.IGNORECASE | re.MULTILINE)


class Entry(NamedTuple):
    """What stands behind a line's mark, and the number of the line."""

    row: int
    cells: list[str]


def is_exchange(file: Path) -> bool:
    """Whether a file is one of marked lines: it is named .tsv or .txt, or begins with a mark."""
    if file.suffix.lower() in (".tsv", ".txt"):
        return True
    text = read_text(file.parent, file.name, [])
    return text is not None and MARKED.match(text) is not None


def read_lines(file: Path) -> dict[str, list[Entry]]:
    """The lines of a file by their marks, #O among them, each with at least the cells of NEEDED.

    Raises ScenarioError with all problems of form at once.
    """
    problems: list[Problem] = []
    text = read_text(file.parent, file.name, problems)
    if text is None:
        raise ScenarioError(problems)
    first = FIRST.search(text)
    if first is None:
        message = f"no line begins with {listing(NEEDED)} and a tab"
        mend = (
            "give one line #A for each actor, #P for each issue, and #D for what an actor wants of an issue"
        )
        raise ScenarioError([Problem(file.name, None, "", message, mend)])
    quote, separator = first[1] or '"', first[2]
    found: dict[str, list[Entry]] = {mark: [] for mark in (*NEEDED, ABOUT)}
    for row, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if len(problems) >= PROBLEM_LIMIT:
            break
        if not line.strip("\t;, '\""):
            continue
        try:
            cells = next(csv.reader([line], delimiter=separator, quotechar=quote, strict=True))
        except csv.Error as error:
            mend = f"close every {quote}, and write one inside a cell twice"
            problems.append(Problem(file.name, row, "", f"the line cannot be read ({error})", mend))
            continue
        mark, *cells = (cell.strip() for cell in cells)
        if (entry := _entry(file.name, row, mark.upper(), cells, separator, problems)) is not None:
            found[mark.upper()].append(entry)
    lacking = [mark for mark in ("#A", "#P", "#D") if not found[mark]]
    if lacking and not problems:
        problems.append(Problem(file.name, None, "", f"there is no line {listing(lacking)}", "add them"))
    if problems:
        raise ScenarioError(problems)
    return found


def _entry(
    file: str, row: int, mark: str, cells: list[str], separator: str, problems: list[Problem]
) -> Entry | None:
    """A line's cells as its mark wants them; none for a comment or a line that cannot be used."""
    if mark.startswith(COMMENT):
        return None
    if mark == ABOUT:
        return Entry(row, cells)
    columns = NEEDED.get(mark)
    if columns is None:
        mend = f"begin it with {listing(NEEDED)}, or {COMMENT} for a comment"
        problems.append(Problem(file, row, "", f"there is no mark {shorten(mark)}", mend))
        return None
    if len(cells) < len(columns):
        message = f"behind {mark} there are {len(cells)} cells of {len(columns)}"
        mend = f"give {listing(columns)}; leave a cell empty where nobody knows"
        problems.append(Problem(file, row, "", message, mend))
        return None
    if mark == "#M":  # a meaning may hold separators
        cells = [*cells[:2], f"{separator.strip()} ".join(filter(None, cells[2:]))]
    for cell in cells:
        if len(cell) > LINE_LIMIT:
            message = f"a cell has {len(cell):,} characters"
            problems.append(Problem(file, row, "", message, f"shorten it to {LINE_LIMIT}"))
            return None
    return Entry(row, cells)
