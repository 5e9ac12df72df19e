"""Actors, issues and positions as programs for the exchange of positions read them, in marked lines."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from scenarios.imported import LINE_LIMIT, Actor, Topic, assemble, check_name, ends_of, figure, key_of
from scenarios.marked_lines import ABOUT, COMMENT, NEEDED, Entry, read_lines
from scenarios.problems import PROBLEM_LIMIT, Problem, ScenarioError, shorten, suggest
from scenarios.schema import Issue, Scenario
from scenarios.tables import read_number

WIDTH = 1 + len(NEEDED["#D"])
Held = dict[str, dict[str, tuple[float | None, float | None]]]


def to_exchange(scenario: Scenario) -> str:
    """Actors, issues and positions of a scenario as marked lines with tabs between the cells.

    Salience and power are given from 0 to 1, positions from 0 to 100; a pole in words is the meaning of its
    end where no anchor lies there. Unknown values are empty cells; where neither position nor salience is
    known there is no line, and the power of an actor without a line is lost.
    """
    rows: list[list[str]] = [[ABOUT, scenario.title], [COMMENT, "actor", "full name"]]
    rows += [["#A", key, one.name] for key, one in scenario.delegations.items()]
    for key, described in scenario.issues.items():
        rows.append(["#P", key, described.title])
        rows += [["#M", key, _number(place), words] for place, words in _points_of(described).items()]
    rows.append([COMMENT, *NEEDED["#D"]])
    for issue in scenario.issues:
        for key, one in scenario.delegations.items():
            position, salience = one.positions.get(issue), one.salience.get(issue)
            if position is not None or salience is not None:
                cares = None if salience is None else salience / 100
                figures = (position, cares, one.capability / 100)
                rows.append(["#D", key, issue, *map(_number, figures)])
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in rows:  # all of one length, from which other programs guess what separates the cells
        cells = [re.sub(r"[\t\r\n]+", " ", cell) for cell in row]
        writer.writerow(cells + [""] * (WIDTH - len(cells)))
    return out.getvalue()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _points_of(issue: Issue) -> dict[float, str]:
    """The worded points of an issue, low to high, its ends among them; a figure is no wording."""
    poles = {0.0: issue.low_pole, 100.0: issue.high_pole}
    points = {place: "" if read_number(words) is not None else words for place, words in poles.items()}
    for at, words in issue.anchors.items():
        place = read_number(at)
        if place is not None and 0 <= place <= 100:
            points[place] = words
    return dict(sorted(points.items()))


def from_exchange(file: Path, scale: tuple[float, float] | None = None) -> Scenario:
    """A scenario from a file of marked lines.

    The lines #M of an issue give the ends of its scale, and its anchors where they say what a point means;
    for an issue without them, `scale` and the figures decide as in `scenarios.imported.ends_of`. Salience,
    power, and what the file does not know are treated as in `scenarios.imported.assemble`; a missing line
    #D leaves position and salience unknown.
    Raises ScenarioError with all problems at once.
    """
    problems: list[Problem] = []
    lines = read_lines(file)
    actors = _names(file.name, "actor", lines["#A"], problems)
    issues = _names(file.name, "issue", lines["#P"], problems)
    points = _points(file.name, lines["#M"], issues, problems)
    held, powers = _held(file.name, lines["#D"], actors, issues, points, problems)
    if problems:
        raise ScenarioError(sorted(problems, key=lambda problem: problem.row or 0))
    topics = {}
    for name, title in issues.items():
        worded = points[name]
        known = [position for position, _ in held[name].values() if position is not None]
        low, high = (min(worded), max(worded)) if worded else ends_of(known, scale)
        worded = worded or {end: f"{end:g} in {file.name}" for end in (low, high)}
        meant = {point: words for point, words in worded.items() if words}
        topics[key_of(name)] = Topic(title, (low, high), meant, held[name])
    about = lines[ABOUT][0].cells if lines[ABOUT] else []
    seats = {key_of(name): Actor(title, powers.get(name)) for name, title in actors.items()}
    return assemble(file, seats, topics, shorten(" ".join(filter(None, about)), LINE_LIMIT))


def _names(file: str, column: str, entries: list[Entry], problems: list[Problem]) -> dict[str, str]:
    """The full names of actors or the descriptions of issues by the names that other lines use."""
    found: dict[str, str] = {}
    keys: dict[str, str] = {}
    for row, (name, *rest) in entries:
        check_name(file, row, column, name, problems)
        other = keys.setdefault(key_of(name), name)
        if name in found:
            problems.append(Problem(file, row, column, f"{shorten(name)} stands there twice", "keep one"))
        elif other != name:
            message = f"{shorten(name)} and {shorten(other)} are alike but for signs"
            problems.append(Problem(file, row, column, message, "tell them apart by letters or digits"))
        found[name] = next(filter(None, rest[:1]), name)
    return found


def _points(
    file: str, entries: list[Entry], issues: dict[str, str], problems: list[Problem]
) -> dict[str, dict[float, str]]:
    """The points of every issue's scale with what they mean, in the file's own figures."""
    found: dict[str, dict[float, str]] = {name: {} for name in issues}
    rows: dict[str, int] = {}
    for row, (issue, cell, meaning) in entries:
        if not _known(file, row, "issue", issue, issues, problems):
            continue
        rows[issue] = row
        point = figure(file, row, "position", cell, problems)
        if not cell:
            message, mend = "the point has no place", "give its position on the scale"
            problems.append(Problem(file, row, "position", message, mend))
        elif point in found[issue]:
            message = f"{shorten(issue)} has a point at {point:g} already"
            problems.append(Problem(file, row, "position", message, "keep one"))
        elif point is not None:
            found[issue][point] = meaning
    for issue, row in rows.items():
        if len(found[issue]) == 1:
            message, mend = (
                f"{shorten(issue)} has one point only",
                "give both ends of its scale, or no line #M",
            )
            problems.append(Problem(file, row, "position", message, mend))
    return found


def _held(
    file: str,
    entries: list[Entry],
    actors: dict[str, str],
    issues: dict[str, str],
    points: dict[str, dict[float, str]],
    problems: list[Problem],
) -> tuple[Held, dict[str, float]]:
    """Position and salience by issue and actor's key, and the power of every actor, as the file has them."""
    held: Held = {name: {} for name in issues}
    powers: dict[str, float] = {}
    for row, (actor, issue, *cells) in entries:
        known = [
            _known(file, row, "actor", actor, actors, problems),
            _known(file, row, "issue", issue, issues, problems),
        ]
        if not all(known):
            continue
        columns = NEEDED["#D"][2:]
        position, salience, power = (
            figure(file, row, column, cell, problems) for column, cell in zip(columns, cells, strict=False)
        )
        if key_of(actor) in held[issue]:
            message = f"{shorten(actor)} stands there twice for {shorten(issue)}"
            problems.append(Problem(file, row, "actor", message, "keep one line for each"))
        scale = points[issue]
        if position is not None and len(scale) > 1 and not min(scale) <= position <= max(scale):
            message = f"{position:g} lies off the scale from {min(scale):g} to {max(scale):g}"
            mend = "move it, or give that end of the scale in a line #M"
            problems.append(Problem(file, row, "position", message, mend))
        if power is not None and powers.setdefault(actor, power) != power:
            message = f"{shorten(actor)} has another power further up"
            problems.append(Problem(file, row, "power", message, "give the same in every line"))
        held[issue][key_of(actor)] = (position, salience)
    return held, powers


def _known(
    file: str, row: int, column: str, name: str, names: dict[str, str], problems: list[Problem]
) -> bool:
    """Whether a name stands in a line #A or #P; if not, that is reported."""
    if name not in names and len(problems) < PROBLEM_LIMIT:
        mark = "#A" if column == "actor" else "#P"
        mend = suggest(name, names, f"add a line {mark} for it")
        problems.append(Problem(file, row, column, f"there is no {column} {shorten(name)}", mend))
    return name in names
