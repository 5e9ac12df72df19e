"""Reads the sheets of a workbook, which may come from anybody: bounded, cell by cell, no formula computed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.problems import PROBLEM_LIMIT, Problem, ScenarioError

if TYPE_CHECKING:
    from openpyxl import Workbook

PACKED_LIMIT, UNPACKED_LIMIT = 10_000_000, 100_000_000  # bytes of a workbook
ROW_LIMIT, COLUMN_LIMIT = 20_000, 500
ADVICE_SHEET = "read me"


def read_sheets(file: Path, known: tuple[str, ...]) -> dict[str, list[list[Any]]]:
    """The sheets of an .xlsx file row by row, all rows of a sheet of one length; the advice is passed over.

    Raises ScenarioError for a file that is no workbook, too large or damaged, for sheets that are not among
    the `known` ones, and for formulas.
    """
    problems: list[Problem] = []
    found: dict[str, list[list[Any]]] = {}
    book = _open(file)
    try:
        for sheet in book.worksheets:
            name = sheet.title.strip()
            if name not in (ADVICE_SHEET, *known):
                mend = f"use {', '.join(known)}"
                problems.append(sheet_problem(file, name, None, "", "a scenario has no such sheet", mend))
            elif name != ADVICE_SHEET:
                found[name] = _rows(file, name, sheet, problems)
    except Exception:  # a damaged sheet fails in a hundred ways
        raise _refused(file, "this is no workbook that can be read", "save it again as .xlsx") from None
    finally:
        book.close()
    if problems:
        raise ScenarioError(problems)
    return found


def sheet_problem(file: Path, sheet: str, row: int | None, column: str, message: str, mend: str) -> Problem:
    """A problem in a sheet of a workbook."""
    return Problem(f"{file.name}, sheet {sheet}", row, column, message, mend)


def _refused(file: Path, message: str, mend: str) -> ScenarioError:
    return ScenarioError([Problem(file.name, None, "", message, mend)])


def _open(file: Path) -> Workbook:
    """The workbook as a stream: what is written of merged cells or of a sheet's size is not believed."""
    import openpyxl

    try:
        if file.stat().st_size > PACKED_LIMIT:
            raise _refused(file, "the file is larger than 10 MB", "drop what is not needed")
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_LIMIT:
                raise _refused(file, "it unpacks to more than 100 MB", "drop what is not needed")
        return openpyxl.load_workbook(file, read_only=True)
    except ScenarioError:
        raise
    except FileNotFoundError:
        raise _refused(file, "there is no such file", "check its name") from None
    except Exception:  # a damaged workbook fails in a hundred ways
        raise _refused(file, "this is no workbook that can be read", "save it again as .xlsx") from None


def _rows(file: Path, name: str, sheet: Any, problems: list[Problem]) -> list[list[Any]]:
    """The rows of a sheet up to the last one and the last column that hold something."""
    from openpyxl.utils import get_column_letter

    sheet.reset_dimensions()
    rows: list[list[Any]] = []
    used = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > ROW_LIMIT or len(cells) > COLUMN_LIMIT:
            message = f"it has more than {ROW_LIMIT:,} rows or {COLUMN_LIMIT:,} columns"
            problems.append(sheet_problem(file, name, number, "", message, "delete empty ones, or split it"))
            return []
        for column, cell in enumerate(cells, start=1):
            if cell.data_type in ("f", "e") and len(problems) < PROBLEM_LIMIT:
                message, mend = "the cell holds a formula or an error", "write the value itself"
                place = get_column_letter(column)
                problems.append(sheet_problem(file, name, number, place, message, mend))
        row = [cell.value for cell in cells]
        while row and row[-1] in (None, ""):
            row.pop()
        rows.append(row)
        used = max(used, len(row))
    while rows and not rows[-1]:
        rows.pop()
    return [row + [None] * (used - len(row)) for row in rows]
