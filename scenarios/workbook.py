"""A scenario as one spreadsheet: a sheet for every table, and settings and texts line by line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w

from scenarios.loading import TABLES, load
from scenarios.problems import Problem, ScenarioError, shorten
from scenarios.schema import Scenario
from scenarios.sheets import ADVICE_SHEET, read_sheets, sheet_problem
from scenarios.writing import write

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CELL_LIMIT = 32_767  # characters that a cell of a spreadsheet can hold
SETTINGS, PROSE = "settings", "texts"
HEADER = ("where", "value")
PLAIN = re.compile(r"[A-Za-z0-9_-]+")
ADVICE = (
    "This workbook is a scenario for Plenary. Every sheet is a table that you can edit.",
    "countries, positions, salience, trust: one row a delegation. Positions and salience run from 0 to 100;",
    "what nobody knows stays empty. red_lines and ties: one row each.",
    "settings: title, prose, calendar, issues, blocs, events and the rule, one line a value; texts: the same",
    "for the candidate texts. The first column says where a value belongs, the second holds it.",
    "Save it, then: plenary import FILE.xlsx --to FOLDER, and plenary check FOLDER.",
)


def to_workbook(scenario: Scenario, file: Path) -> None:
    """Write a scenario into a new .xlsx file. Raises ScenarioError if something lies there or is too long."""
    import openpyxl
    from openpyxl.styles import Font

    if file.exists():
        mend = "choose another name, or remove the file first"
        raise ScenarioError([Problem(str(file), None, "", "something lies there already", mend)])
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = ADVICE_SHEET
    for line in ADVICE:
        first.append([line])
    first.column_dimensions["A"].width = 110
    with tempfile.TemporaryDirectory() as scratch:
        folder = write(scenario, Path(scratch) / scenario.name)
        for name in TABLES:
            if (folder / name).exists():
                with (folder / name).open(encoding="utf-8", newline="") as opened:
                    rows = [[_cell(word) for word in row] for row in csv.reader(opened)]
                _fill(book.create_sheet(name.removesuffix(".csv")), rows)
        settings = _lines(tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8")))
        _fill(book.create_sheet(SETTINGS), [list(HEADER), *settings])
        texts = [
            [f"{_quoted(path.stem)}.{where}", value]
            for path in sorted((folder / "texts").glob("*.toml"))
            for where, value in _lines(tomllib.loads(path.read_text(encoding="utf-8")))
        ]
        _fill(book.create_sheet(PROSE), [list(HEADER), *texts])
    for sheet in book.worksheets[1:]:
        sheet.freeze_panes = "B2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        wide = sheet.title in (SETTINGS, PROSE)
        sheet.column_dimensions["A"].width = 48 if wide else 10
        if wide:
            sheet.column_dimensions["B"].width = 100
    book.save(file)


def from_workbook(file: Path, folder: Path) -> Scenario:
    """Make a scenario folder from a workbook and return the scenario. Raises ScenarioError with all problems;
    then no folder is left behind."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        mend = "choose a new folder, or empty this one"
        raise ScenarioError([Problem(str(folder), None, "", "there is something already", mend)])
    parts = _read(file)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / folder.resolve().name
        _lay_down(parts, home)
        try:
            load(home)  # whatever is wrong is said before anything is kept
        except ScenarioError as error:
            raise ScenarioError([_in_the_workbook(file, problem) for problem in error.problems]) from None
    _lay_down(parts, folder)
    return load(folder)


def _lay_down(parts: dict[str, str], folder: Path) -> None:
    for path, content in parts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")


def _in_the_workbook(file: Path, problem: Problem) -> Problem:
    """A problem of a folder's file as one of the sheet that it came from; lines there are not those here."""
    name = problem.file.removesuffix(".csv").removesuffix(".toml")
    if problem.file.endswith(".csv"):
        return problem._replace(file=f"{file.name}, sheet {name}")
    sheet = PROSE if name.startswith("texts/") else SETTINGS
    inside = ".".join(filter(None, (name.removeprefix("texts/") if sheet == PROSE else "", problem.column)))
    return problem._replace(file=f"{file.name}, sheet {sheet}", row=None, column=inside)


def _fill(sheet: Worksheet, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            if isinstance(value, str) and len(value) > CELL_LIMIT:
                message = f"{shorten(str(row[0]), 60)} holds more than a cell of a spreadsheet can"
                raise ScenarioError([Problem(sheet.title, number, "", message, "shorten it")])
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula


def _cell(word: str) -> Any:
    """A cell of a table: a number where it would be written back in the same way, empty cells as none."""
    try:
        number = float(word) if "." in word or "e" in word.lower() else int(word)
    except ValueError:
        return word or None
    return number if _word(number) == word and _kept(number) else word


def _finite(number: float) -> bool:
    return abs(number) < 1e300


def _kept(number: float) -> bool:
    """Whether a workbook, which holds sixteen digits, keeps a number exactly."""
    return float(f"{number:.16g}") == number


def _word(value: Any) -> str:
    """A cell of a sheet as it stands in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else repr(value)
    return str(value)


def _lines(document: dict[str, Any], before: str = "") -> list[list[Any]]:
    """A document line by line: where a value belongs, and the value."""
    found: list[list[Any]] = []
    for key, value in document.items():
        here = before + _quoted(key)
        if isinstance(value, dict) and value:
            found += _lines(value, here + ".")
        else:
            found.append([here, _shown(value)])
    return found


def _quoted(key: str) -> str:
    """A key as TOML writes it."""
    return key if PLAIN.fullmatch(key) else tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _shown(value: Any) -> Any:
    """A value in a cell: words and numbers as they are where they would be read back so, else as TOML."""
    if isinstance(value, bool) or (isinstance(value, int | float) and _finite(value) and _kept(value)):
        return value
    if isinstance(value, str) and _given(value) == value and value.replace("\n", " ").isprintable():
        return value
    return _toml(value)


def _toml(value: Any) -> str:
    """A value as TOML in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")


def _given(cell: Any) -> Any:
    """The value that a cell of a line holds: what TOML can read, or else the words themselves."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if not isinstance(cell, str):
        return cell
    if not cell.strip():
        return None
    try:
        document = tomllib.loads(f"v = {cell.strip()}")
    except (ValueError, RecursionError):
        return cell
    return document["v"] if list(document) == ["v"] else cell


def _read(file: Path) -> dict[str, str]:
    """The files of a scenario folder, by their paths, as a workbook has them."""
    sheets = read_sheets(file, (*(name.removesuffix(".csv") for name in TABLES), SETTINGS, PROSE))
    problems: list[Problem] = []
    parts: dict[str, str] = {}
    for name, rows in sheets.items():
        if f"{name}.csv" in TABLES:
            out = io.StringIO(newline="")
            writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerows([_word(value) for value in row] for row in rows)
            parts[f"{name}.csv"] = out.getvalue()
    settings = _document(file, SETTINGS, sheets.get(SETTINGS, []), problems)
    texts = _document(file, PROSE, sheets.get(PROSE, []), problems)
    if problems:
        raise ScenarioError(problems)
    parts["scenario.toml"] = tomli_w.dumps(settings)
    for key, text in texts.items():
        if not (PLAIN.fullmatch(key) and isinstance(text, dict)):
            message, mend = f"{shorten(key)} is no text", "write KEY.title, KEY.articles.1.wording and so on"
            raise ScenarioError([sheet_problem(file, PROSE, None, "where", message, mend)])
        parts[f"texts/{key}.toml"] = tomli_w.dumps(text)
    return parts


def _document(file: Path, name: str, rows: list[list[Any]], problems: list[Problem]) -> dict[str, Any]:
    """The document that lines of `where` and `value` make."""
    document: dict[str, Any] = {}
    for number, row in enumerate(rows[1:], start=2):
        where, value = (_word(row[0]).strip() if row else ""), _given(row[1]) if len(row) > 1 else None
        if not where or value is None:
            continue
        try:
            keys = _path(where)
            parent = document
            for key in keys[:-1]:
                parent = parent.setdefault(key, {})
            if not isinstance(parent, dict) or (keys[-1] in parent and parent[keys[-1]] != {}):
                raise ValueError
            parent[keys[-1]] = value
        except (ValueError, AttributeError, RecursionError):
            message = f"{shorten(where, 60)} is no place, or stands there twice"
            problems.append(
                sheet_problem(file, name, number, "where", message, "write it like issues.flow.title")
            )
    return document


def _path(where: str) -> list[str]:
    """The keys of a dotted path, as TOML reads it."""
    if len(where) > 500:
        raise ValueError
    part: Any = tomllib.loads(f"{where} = 0")
    keys = []
    while isinstance(part, dict):
        ((key, part),) = part.items()
        keys.append(key)
    return keys
