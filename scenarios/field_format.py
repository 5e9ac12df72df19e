"""The field's table of actors: capability, position and salience, one row for each actor and issue."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from scenarios.files import read_text
from scenarios.imported import Actor, Topic, assemble, check_name, ends_of, figure, key_of
from scenarios.problems import Problem, ScenarioError, listing, shorten
from scenarios.schema import Scenario
from scenarios.tables import Row, read_table

HEADER = ("Actor", "Capability", "Issue", "Position", "Salience")
FIGURES = ("capability", "position", "salience")
COLUMNS = ("actor", *FIGURES)
ONE_ISSUE = "issue"


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
    cells = [
        [figure(file.name, row.number, name, row.cells[name], problems) for name in FIGURES] for row in rows
    ]
    if problems:
        raise ScenarioError(problems)
    actors: dict[str, dict] = {}
    held: dict[str, dict[str, tuple[float | None, float | None]]] = {}
    for row, (capability, position, salience) in zip(rows, cells, strict=True):
        actor, issue = key_of(row.cells["actor"]), key_of(row.cells.get("issue") or ONE_ISSUE)
        seat = actors.setdefault(actor, {"name": row.cells["actor"], "capability": capability})
        here = held.setdefault(issue, {})
        if seat["name"] != row.cells["actor"] or actor in here:
            message = f"{shorten(row.cells['actor'])} stands there twice for {shorten(issue)}"
            problems.append(Problem(file.name, row.number, "actor", message, "keep one row for each"))
        elif capability is not None and seat["capability"] not in (None, capability):
            message = f"{shorten(actor)} has another capability further up"
            mend = "give the same in every row"
            problems.append(Problem(file.name, row.number, "capability", message, mend))
        if capability is not None:
            seat["capability"] = capability
        here[actor] = (position, salience)
    if problems:
        raise ScenarioError(problems)
    return assemble(
        file,
        {key: Actor(seat["name"], seat["capability"]) for key, seat in actors.items()},
        {issue: _topic(file.name, issue, here, scale) for issue, here in held.items()},
    )


def _topic(
    file: str,
    issue: str,
    held: dict[str, tuple[float | None, float | None]],
    scale: tuple[float, float] | None,
) -> Topic:
    low, high = ends_of([position for position, _ in held.values() if position is not None], scale)
    return Topic(issue, (low, high), {low: f"{low:g} in {file}", high: f"{high:g} in {file}"}, held)


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
        check_name(file.name, row.number, "actor", row.cells["actor"], problems)
        check_name(file.name, row.number, "issue", row.cells.get("issue") or ONE_ISSUE, problems)
    return list(table.rows)
