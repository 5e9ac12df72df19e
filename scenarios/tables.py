"""Reads a table as spreadsheet programs write it: comma or semicolon, byte order mark, decimal commas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from scenarios.problems import PROBLEM_LIMIT, Problem, listing, nearest, shorten

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
INFINITE = {"inf", "+inf", "-inf"}
YES, NO = {"true", "yes", "1"}, {"false", "no", "0"}
CELL_LIMIT = 20_000
COLUMN_LIMIT = 1_000
LONG = f"the cell holds more than {CELL_LIMIT:,} characters"


class Row(NamedTuple):
    """A row by column name, with its number as a spreadsheet shows it (the header is row 1)."""

    number: int
    cells: dict[str, str]


class Table(NamedTuple):
    """Columns and rows of one file, the countries of unusable rows, and whether it was read to its end."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    damaged: tuple[str, ...]
    complete: bool


def read_table(
    file: str, text: str, required: Iterable[str], known: Iterable[str] | None, problems: list[Problem]
) -> Table | None:
    """Rows of a CSV text; what is wrong with its form goes to `problems`.

    Unknown columns are reported and left out, unless `known` is None. None if there is no table to speak of.
    """
    if not text.strip():
        problems.append(Problem(file, None, "", "the file is empty", "give it a header row and one row each"))
        return None
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    header: list[str] = []
    used: dict[str, int] = {}
    damaged: list[str] = []
    complete = True
    number = 0
    before = len(problems)
    while len(problems) - before < PROBLEM_LIMIT:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.append(_malformed(file, number, error))
            complete = False
            break
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            expected = header if known is None else list(known)
            used = _usable_columns(file, number, header, set(required), expected, problems)
            continue
        mistake = _mistake(file, number, cells, header, used)
        if mistake is not None:
            problems.append(mistake)
            damaged.append(_country(cells, used))
            continue
        rows.append(Row(number, {name: cells[place] for name, place in used.items()}))
    complete = complete and len(problems) - before < PROBLEM_LIMIT
    return Table(file, tuple(used), tuple(rows), tuple(filter(None, damaged)), complete)


def _country(cells: list[str], used: dict[str, int]) -> str:
    """The country that a row is about, so that a row that cannot be used still says who is in the room."""
    place = used.get("iso3")
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _delimiter(text: str) -> str:
    first = next(line for line in text.splitlines() if line.strip())
    return ";" if first.count(";") > first.count(",") else ","


def _malformed(file: str, number: int, error: csv.Error) -> Problem:
    if "limit" in str(error):
        return Problem(file, number, "", LONG, "shorten it")
    return Problem(
        file,
        number,
        "",
        "the quotation marks in this row do not match",
        'close every " and write a quotation mark inside a cell twice',
    )


def _mistake(
    file: str, number: int, cells: list[str], header: list[str], used: dict[str, int]
) -> Problem | None:
    """What makes a row unusable, if anything does."""
    if len(cells) != len(header):
        message = f"the row has {len(cells)} cells and the header {len(header)}"
        mend = "add or remove separators, and put text that contains one in quotation marks"
        return Problem(file, number, "", message, mend)
    for name, place in used.items():
        if len(cells[place]) > CELL_LIMIT:
            return Problem(file, number, shorten(name), LONG, "shorten it")
    return None


def _usable_columns(
    file: str, number: int, header: list[str], required: set[str], known: list[str], problems: list[Problem]
) -> dict[str, int]:
    """Place of every known column; unknown, repeated and missing ones are reported."""
    if len(header) > COLUMN_LIMIT:
        message, mend = f"{len(header):,} columns are too many", f"keep to {COLUMN_LIMIT:,} at most"
        problems.append(Problem(file, number, "", message, mend))
        return {}
    used: dict[str, int] = {}
    meant: set[str | None] = set()
    for place, name in enumerate(header):
        if not name:
            problems.append(
                Problem(file, number, "", f"column {place + 1} has no name", "name it or delete the column")
            )
        elif name in used:
            problems.append(
                Problem(file, number, shorten(name), "the column appears twice", "delete one of them")
            )
        elif name not in known:
            near = nearest(name, [choice for choice in known if choice not in header])
            meant.add(near)
            mend = f"did you mean {shorten(near)}?" if near else f"delete it; this table has {listing(known)}"
            problems.append(Problem(file, number, shorten(name), "there is no such column", mend))
        else:
            used[name] = place
    for name in known:
        if name in required and name not in used and name not in meant:
            problems.append(Problem(file, number, name, "the column is missing", "add it to the header row"))
    return used


def read_number(cell: str) -> float | None:
    """The number in a cell, with a decimal point or comma; None if it holds no number."""
    word = cell.strip().replace("−", "-")
    if word.lower() in INFINITE:
        return float(word)
    if NUMBER.fullmatch(word) is None:
        return None
    return float(word.replace(",", "."))


def read_truth(cell: str) -> bool | None:
    """True or false as people write it; None if the cell holds neither."""
    word = cell.strip().lower()
    return True if word in YES else False if word in NO else None
