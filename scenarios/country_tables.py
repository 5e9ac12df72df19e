"""The tables of a scenario folder, one row a delegation, tie or red line, merged into the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scenarios.files import read_text
from scenarios.paths import Path as Keys
from scenarios.paths import bare, describe, fields
from scenarios.places import Origin, Places
from scenarios.problems import Problem, listing, shorten, suggest
from scenarios.schema import Delegation, Line, Prose, RedLine, Tie
from scenarios.tables import Row, Table, read_number, read_table, read_truth

ELSEWHERE = ("positions", "salience", "trust", "conditions")
DELEGATION_COLUMNS = tuple(name for name in Delegation.model_fields if name not in ELSEWHERE)
READING_AIDS = ("name", "provenance")


def read(
    folder: Path,
    document: dict[str, Any],
    places: Places,
    problems: list[Problem],
    whole: bool,
    settled: bool,
) -> set[str]:
    """Read every table of a folder into the document; returns the parts that could not be read.

    A `whole` scenario must have countries, positions and salience, complete; one that extends another
    gives only what differs. Unless the settings were read (`settled`), nobody knows which columns to expect.
    """
    reader = _Reader(folder, document, places, problems)
    reader.countries(required=whole and not _keys(document, "delegations"), whole=whole)
    issues = (_keys(document, "issues") or None) if settled else None
    if issues is None:
        reader.unread.add("issues")
    for name in ("positions", "salience"):
        reader.values(name, issues, whole)
    speakers = [*_keys(document, "delegations"), *_keys(document, "blocs")]
    reader.values("trust", speakers if settled and "delegations" not in reader.unread else None, False)
    reader.rows("ties", Tie, {})
    reader.rows("red_lines", RedLine, {"iso3": "delegation"})
    return reader.unread


def _keys(document: dict[str, Any], name: str) -> list[str]:
    value = document.get(name)
    return list(value) if isinstance(value, dict) else []


class _Reader:
    """Holds what every table needs: the folder, the document, the places and the problems."""

    def __init__(
        self, folder: Path, document: dict[str, Any], places: Places, problems: list[Problem]
    ) -> None:
        self.folder = folder
        self.document = document
        self.places = places
        self.problems = problems
        self.unread: set[str] = set()

    def table(self, file: str, needed: bool, columns: list[str], known: list[str] | None) -> Table | None:
        """One table, None if it is not there or cannot be read."""
        if not (self.folder / file).exists() and not (self.folder / file).is_symlink():
            if needed:
                message, mend = "the file is missing", f"add it, with the columns {listing(columns)}"
                self.problems.append(Problem(file, None, "", message, mend))
            return None
        text = read_text(self.folder, file, self.problems)
        return None if text is None else read_table(file, text, columns, known, self.problems)

    def countries(self, required: bool, whole: bool) -> None:
        """countries.csv: the fields of each delegation, in this order if the scenario is a `whole` one."""
        file = "countries.csv"
        table = self.table(file, required, ["iso3"], ["iso3", *DELEGATION_COLUMNS])
        delegations = self.document.setdefault("delegations", {})
        if table is None or "iso3" not in table.columns:
            if required or table is not None or (self.folder / file).exists():
                self.unread.add("delegations")
            return
        if not table.complete:
            self.unread.add("delegations")
        for iso3 in table.damaged:
            if isinstance(delegations, dict):
                delegations.setdefault(iso3, {"name": _short_name(iso3)})
        for row, iso3 in self.keyed_rows(table):
            cells = {name: cell for name, cell in row.cells.items() if name != "iso3"}
            values = self.read_cells(file, row.number, cells, Delegation)
            old = delegations.get(iso3) if isinstance(delegations, dict) else None
            named = isinstance(old, dict) and "name" in old
            if not named and not values.get("name"):
                values["name"] = _short_name(iso3)
            if isinstance(delegations, dict):
                if whole:
                    delegations.pop(iso3, None)
                delegations[iso3] = {**old, **values} if isinstance(old, dict) else values
            self.places.note(("delegations", iso3), Origin(file, row.number))
            for name in values:
                self.places.origins.pop(("delegations", iso3, name), None)

    def values(self, name: str, columns: list[str] | None, whole: bool) -> None:
        """positions.csv, salience.csv or trust.csv: a number per delegation and column, empty if unknown."""
        file = f"{name}.csv"
        needed = ["iso3", *(columns or ())] if whole else ["iso3"]
        known_columns = None if columns is None else ["iso3", *columns, *READING_AIDS]
        table = self.table(file, whole, needed, known_columns)
        if table is None or "iso3" not in table.columns:
            return
        room = self.document.get("delegations")
        known = list(room) if isinstance(room, dict) else []
        present = set(table.damaged)
        for row, iso3 in self.keyed_rows(table):
            present.add(iso3)
            if iso3 not in known:
                if "delegations" not in self.unread:
                    mend = suggest(iso3, known, "add it to countries.csv or delete this row")
                    message = f"there is no delegation {shorten(iso3)}"
                    self.problems.append(Problem(file, row.number, "iso3", message, mend))
                continue
            self._put_values(name, file, row, iso3)
        if whole and table.complete:
            missing = [shorten(iso3) for iso3 in known if iso3 not in present]
            if missing:
                mend = "add it, with unknown cells left empty"
                self.problems.append(Problem(file, None, "iso3", f"no row for {listing(missing)}", mend))

    def _put_values(self, name: str, file: str, row: Row, iso3: str) -> None:
        delegation = self.document["delegations"][iso3]
        if not isinstance(delegation, dict):
            return
        old = delegation.get(name)
        values = dict(old) if isinstance(old, dict) else {}
        for column, cell in row.cells.items():
            if column == "iso3" or column in READING_AIDS:
                continue
            number = read_number(cell)
            if number is not None:
                values[column] = number
            elif cell.strip():
                self.not_a_number(file, row.number, column, cell, "or leave the cell empty")
            else:
                values.pop(column, None)
        delegation[name] = values
        self.places.note(("delegations", iso3, name), Origin(file, row.number))

    def rows(self, name: str, model: type[Tie] | type[RedLine], renamed: dict[str, str]) -> None:
        """ties.csv or red_lines.csv: a list of rows, which replaces an inherited one."""
        file = f"{name}.csv"
        columns = {field: field for field in model.model_fields}
        columns = {**{word: field for word, field in renamed.items()}, **columns}
        known = [word for word in columns if word not in renamed.values()]
        needed = [word for word in known if model.model_fields[columns[word]].is_required()]
        table = self.table(file, False, needed, known)
        if table is None:
            return
        words = {field: word for word, field in renamed.items()}
        items: list[dict[str, Any]] = []
        for row in table.rows:
            path: Keys = (name, len(items))
            cells = {columns[word]: cell for word, cell in row.cells.items()}
            self.places.note(path, Origin(file, row.number, columns=words))
            items.append(self.read_cells(file, row.number, cells, model))
        self.document[name] = items

    def keyed_rows(self, table: Table) -> list[tuple[Row, str]]:
        """Rows with their country, each country once."""
        first: dict[str, int] = {}
        rows = []
        for row in table.rows:
            iso3 = row.cells["iso3"].strip()
            if not iso3:
                message, mend = "the row names no country", "give its three-letter code, such as FRA"
                self.problems.append(Problem(table.file, row.number, "iso3", message, mend))
            elif iso3 in first:
                message = f"{shorten(iso3)} was already given in row {first[iso3]}"
                self.problems.append(
                    Problem(table.file, row.number, "iso3", message, "delete one of the two")
                )
            else:
                first[iso3] = row.number
                rows.append((row, iso3))
        return rows

    def read_cells(
        self, file: str, number: int, cells: dict[str, str], model: type[BaseModel]
    ) -> dict[str, Any]:
        """The cells of a row as values of the kinds that the schema asks for; empty ones are left out."""
        values: dict[str, Any] = {}
        for name, cell in cells.items():
            annotation = fields(model)[name]
            kind = bare(annotation)
            if annotation in (Line, Prose) and cell:
                values[name] = cell
            elif not cell.strip():
                continue
            elif kind in (float, int) or name == "stance":
                value = read_number(cell)
                if value is None:
                    self.not_a_number(file, number, name, cell)
                else:
                    values[name] = int(value) if name == "stance" and value.is_integer() else value
            elif kind is bool:
                truth = read_truth(cell)
                if truth is None:
                    message = f"{shorten(cell)!r} is neither true nor false"
                    self.problems.append(Problem(file, number, name, message, f"give {describe(annotation)}"))
                else:
                    values[name] = truth
            else:
                values[name] = cell.strip()
        return values

    def not_a_number(self, file: str, row: int, column: str, cell: str, more: str = "") -> None:
        """Report text in a number cell."""
        message = f"{shorten(cell)!r} is not a number"
        self.problems.append(Problem(file, row, column, message, f"give a number {more}".strip()))


def _short_name(iso3: str) -> str:
    """The United Nations' short name of a state, or the code itself."""
    from scenarios.reference import states

    return states()[iso3].name if iso3 in states() else iso3
