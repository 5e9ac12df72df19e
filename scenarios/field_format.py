"""The field's table of actors: capability, position and salience, one row for each actor and issue."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

from scenarios.files import read_text
from scenarios.problems import Problem, ScenarioError, listing, shorten
from scenarios.schema import Scenario
from scenarios.tables import Row, read_number, read_table

HEADER = ("Actor", "Capability", "Issue", "Position", "Salience")
COLUMNS = ("actor", "capability", "position", "salience")
ONE_ISSUE = "issue"
MADE_UP = "not in the table: a placeholder to replace"


def to_table(scenario: Scenario) -> str:
    """The delegations of a scenario as a CSV text, issue by issue; unknown values stay empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for issue in scenario.issues:
        for key, one in scenario.delegations.items():
            values = (one.capability, one.positions.get(issue), one.salience.get(issue))
            capability, position, salience = ("" if value is None else f"{value:g}" for value in values)
            writer.writerow([key, capability, issue, position, salience])
    return out.getvalue()


def from_table(file: Path, scale: tuple[float, float] | None = None) -> Scenario:
    """A scenario from a CSV file with the columns actor, capability (or power), position, salience, and issue
    where there is more than one.

    Positions are put on 0–100 from `scale`, by default as they are if they lie there and not all below 10,
    else from the lowest to the highest of their issue. Salience up to 1 is taken as a share, and capability
    goes up to 100 for the most capable. Missing values stay unknown. The file knows no text and no reversion
    point: a placeholder is made of each, the mean weighted by capability and salience and the low end of the
    scale.
    Raises ScenarioError with all problems at once.
    """
    problems: list[Problem] = []
    rows = _rows(file, problems)
    cells = [_numbers(file.name, row, problems) for row in rows]
    if problems:
        raise ScenarioError(problems)
    actors: dict[str, dict] = {}
    held: dict[str, dict[str, tuple[float | None, float | None]]] = {}
    for row, (capability, position, salience) in zip(rows, cells, strict=True):
        actor, issue = _key(row.cells["actor"]), _key(row.cells.get("issue") or ONE_ISSUE)
        seat = actors.setdefault(actor, {"name": row.cells["actor"], "capability": capability})
        here = held.setdefault(issue, {})
        if seat["name"] != row.cells["actor"] or actor in here:
            message = f"{shorten(row.cells['actor'])} stands there twice for {shorten(issue)}"
            problems.append(Problem(file.name, row.number, "actor", message, "keep one row for each"))
        elif capability is not None and capability != (seat["capability"] or capability):
            message = f"{shorten(actor)} has another capability further up"
            problems.append(
                Problem(file.name, row.number, "capability", message, "give the same in every row")
            )
        seat["capability"] = seat["capability"] or capability
        here[actor] = (position, salience)
    if problems:
        raise ScenarioError(problems)
    return _scenario(file, actors, held, scale)


def _rows(file: Path, problems: list[Problem]) -> list[Row]:
    text = read_text(file.parent, file.name, problems)
    if text is None:
        raise ScenarioError(problems)
    header, line, rest = text.partition("\n")
    header = re.sub(r"\bpower\b", "capability", header.lower())
    table = read_table(file.name, header + line + rest, COLUMNS, None, problems)
    if problems or table is None:
        raise ScenarioError(problems)
    if missing := [name for name in COLUMNS if name not in table.columns]:
        mend = f"give it the columns {listing(COLUMNS)}"
        raise ScenarioError([Problem(file.name, 1, "", f"there is no column {listing(missing)}", mend)])
    if not table.rows:
        mend = "give one row for each actor"
        raise ScenarioError([Problem(file.name, None, "", "there is nobody in the table", mend)])
    for row in table.rows:
        if not _key(row.cells["actor"]):
            mend = "name it with letters or digits"
            problems.append(Problem(file.name, row.number, "actor", "the actor has no name", mend))
    return list(table.rows)


def _numbers(file: str, row: Row, problems: list[Problem]) -> list[float | None]:
    """Capability, position and salience of a row, None where a cell is empty."""
    found: list[float | None] = []
    for column in ("capability", "position", "salience"):
        cell = row.cells[column].strip()
        value = read_number(cell) if cell else None
        if cell and not (isinstance(value, float | int) and abs(value) < 1e12):
            problems.append(
                Problem(file, row.number, column, f"{shorten(cell)} is no number", "write a number")
            )
            value = None
        elif value is not None and value < 0 and column != "position":
            problems.append(Problem(file, row.number, column, f"{value:g} is below 0", "write 0 or more"))
        found.append(None if value is None else float(value))
    return found


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:64]


def _ends(positions: list[float], scale: tuple[float, float] | None) -> tuple[float, float]:
    """The ends of an issue's scale in the file's own figures."""
    if scale is not None:
        return scale
    if not positions or (min(positions) >= 0 and 10 < max(positions) <= 100):
        return 0.0, 100.0
    return min(positions), max(positions) if max(positions) > min(positions) else min(positions) + 1


def _scenario(
    file: Path,
    actors: dict[str, dict],
    held: dict[str, dict[str, tuple[float | None, float | None]]],
    scale: tuple[float, float] | None,
) -> Scenario:
    most = max((seat["capability"] or 0 for seat in actors.values()), default=0) or 1
    highest = max((s or 0 for here in held.values() for _, s in here.values()), default=0)
    full = 1.0 if highest <= 1 else max(highest, 100.0)  # the salience that counts as 100
    delegations = {
        key: {
            "name": seat["name"],
            "capability": 50.0 if seat["capability"] is None else 100 * (seat["capability"] / most),
            "positions": {},
            "salience": {},
            "provenance": f"read from {file.name}",
        }
        for key, seat in actors.items()
    }
    issues: dict[str, dict] = {}
    articles: dict[str, dict] = {}
    problems: list[Problem] = []
    for issue, here in held.items():
        known = [position for position, _ in here.values() if position is not None]
        low, high = _ends(known, scale)
        if known and not low <= min(known) <= max(known) <= high or low >= high:
            message = f"positions on {issue} run from {min(known, default=0):g} to {max(known, default=0):g}"
            mend = "give --scale with a lower and a higher end that include them"
            problems.append(Problem(file.name, None, "position", message, mend))
            continue
        weighed = total = 0.0
        for actor, (position, salience) in here.items():
            place = None if position is None else 100 * ((position - low) / (high - low))
            cares = None if salience is None else 100 * (salience / full)
            delegations[actor]["positions"][issue], delegations[actor]["salience"][issue] = place, cares
            if place is not None and cares is not None:
                weighed += delegations[actor]["capability"] * cares * place
                total += delegations[actor]["capability"] * cares
        issues[issue] = {
            "title": issue,
            "low_pole": f"{low:g}",
            "high_pole": f"{high:g}",
            "anchors": {"0": f"{low:g} in {file.name}", "100": f"{high:g} in {file.name}"},
            "reversion": 0.0,
            "reversion_note": MADE_UP,
            "provenance": f"read from {file.name}",
        }
        articles[str(len(articles) + 1)] = {
            "title": issue,
            "wording": "The weighted mean of all positions.",
            "places": {issue: weighed / total if total else 50.0},
            "provenance": MADE_UP,
        }
    if problems:
        raise ScenarioError(problems)
    return Scenario.model_validate(
        {
            "name": _key(file.stem) or "imported",
            "title": f"Imported from {file.name}",
            "question": "Would a proposal at the weighted mean of all positions find a majority?",
            "limits": "The text, the reversion points and the calendar are placeholders; the table has none.",
            "issues": issues,
            "delegations": delegations,
            "texts": {"proposal": {"title": "A proposal", "articles": articles, "provenance": MADE_UP}},
            "calendar": [{"start": dt.date(2025, 1, 6), "length": "week", "rounds": 12}],
        }
    )
