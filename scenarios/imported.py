"""A scenario from a table of other programs: who stands where, and placeholders for what no table knows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from scenarios.checking import RESERVED
from scenarios.documents import from_document
from scenarios.problems import Problem, ScenarioError, shorten
from scenarios.schema import Scenario
from scenarios.tables import read_number

LINE_LIMIT = 400  # characters of a line of text in a scenario
FIGURE_LIMIT = 1e12
MADE_UP = "not in the table: a placeholder to replace"


class Actor(NamedTuple):
    """An actor's name, and its capability in the file's own figures, None where nobody knows."""

    name: str
    capability: float | None


class Topic(NamedTuple):
    """An issue in the file's own figures: the ends of its scale, what points of it mean, and by actor what is
    held there, position and salience, None where nobody knows."""

    title: str
    ends: tuple[float, float]
    points: Mapping[float, str]
    held: Mapping[str, tuple[float | None, float | None]]


def key_of(name: str) -> str:
    """A name as a key: letters, digits, - and _, at most 64 of them; empty if nothing is left."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:64]


def check_name(file: str, row: int, column: str, name: str, problems: list[Problem]) -> None:
    """Report a name of an actor or issue that cannot be a key; `column` is actor or issue."""
    key = key_of(name)
    if not key:
        message, mend = f"the {column} has no name", "name it with letters or digits"
    elif key in RESERVED:
        message, mend = f"{key} has a meaning of its own in tables", "choose another name"
    elif len(name) > LINE_LIMIT:
        message, mend = f"the name has {len(name):,} characters", f"shorten it to {LINE_LIMIT}"
    else:
        return
    problems.append(Problem(file, row, column, message, mend))


def figure(file: str, row: int, column: str, cell: str, problems: list[Problem]) -> float | None:
    """The number in a cell, None if it is empty or wrong; only a position may lie below 0."""
    cell = cell.strip()
    value = read_number(cell) if cell else None
    if cell and (value is None or abs(value) >= FIGURE_LIMIT):
        problems.append(Problem(file, row, column, f"{shorten(cell)} is no number", "write a number"))
        return None
    if value is not None and value < 0 and column != "position":
        problems.append(Problem(file, row, column, f"{value:g} is below 0", "write 0 or more"))
    return value


def ends_of(positions: Collection[float], scale: tuple[float, float] | None = None) -> tuple[float, float]:
    """The ends of a scale on which positions are given: `scale`, else 0 to 100 if they lie there and not all
    below 10, else from the lowest to the highest."""
    if scale is not None:
        return scale
    if not positions or (min(positions) >= 0 and 10 < max(positions) <= 100):
        return 0.0, 100.0
    return min(positions), max(positions) if max(positions) > min(positions) else min(positions) + 1


def assemble(
    file: Path, actors: Mapping[str, Actor], topics: Mapping[str, Topic], title: str = ""
) -> Scenario:
    """The scenario of a table, with everything from 0 to 100.

    Positions run between the ends of their issue; salience up to 1 is taken as a share; capability goes up
    to 100 for the most capable and is 50 where nobody knows. The reversion points lie at the low end, the one
    text at the mean of all positions weighted by capability and salience: placeholders, marked as such.
    Raises ScenarioError if positions lie off their scale, or where the scenario could not be loaded again.
    """
    _refuse_what_is_off_the_scale(file.name, topics)
    most = max((actor.capability or 0 for actor in actors.values()), default=0) or 1
    highest = max((s or 0 for topic in topics.values() for _, s in topic.held.values()), default=0)
    full = 1.0 if highest <= 1 else max(highest, 100.0)  # the salience that counts as 100
    provenance = f"read from {file.name}"
    delegations = {
        key: {
            "name": actor.name,
            "capability": 50.0 if actor.capability is None else 100 * (actor.capability / most),
            "positions": {
                issue: _on_scale(topic.held[key][0], topic.ends)
                for issue, topic in topics.items()
                if key in topic.held
            },
            "salience": {
                issue: _on_scale(topic.held[key][1], (0.0, full))
                for issue, topic in topics.items()
                if key in topic.held
            },
            "provenance": provenance,
        }
        for key, actor in actors.items()
    }
    issues = {
        key: {
            "title": topic.title,
            "low_pole": f"{topic.ends[0]:g}",
            "high_pole": f"{topic.ends[1]:g}",
            "anchors": {f"{_on_scale(at, topic.ends):.12g}": words for at, words in topic.points.items()},
            "reversion": 0.0,
            "reversion_note": MADE_UP,
            "provenance": provenance,
        }
        for key, topic in topics.items()
    }
    articles = {
        str(number): {
            "title": topic.title,
            "wording": "The weighted mean of all positions.",
            "places": {issue: _weighted_mean(delegations, issue)},
            "provenance": MADE_UP,
        }
        for number, (issue, topic) in enumerate(topics.items(), start=1)
    }
    return from_document(
        {
            "name": key_of(file.stem) or "imported",
            "title": title or f"Imported from {file.name}",
            "question": "Would a proposal at the weighted mean of all positions find a majority?",
            "limits": "The text, the reversion points and the calendar are placeholders; the table has none.",
            "issues": issues,
            "delegations": delegations,
            "texts": {"proposal": {"title": "A proposal", "articles": articles, "provenance": MADE_UP}},
            "calendar": [{"start": dt.date(2025, 1, 6), "length": "week", "rounds": 12}],
        },
        file.name,
    )


def _refuse_what_is_off_the_scale(file: str, topics: Mapping[str, Topic]) -> None:
    problems = []
    for issue, topic in topics.items():
        low, high = topic.ends
        known = [position for position, _ in topic.held.values() if position is not None]
        if (known and not low <= min(known) <= max(known) <= high) or low >= high:
            message = f"positions on {issue} run from {min(known, default=0):g} to {max(known, default=0):g}"
            mend = "give --scale with a lower and a higher end that include them"
            problems.append(Problem(file, None, "position", message, mend))
    if problems:
        raise ScenarioError(problems)


def _on_scale(value: float | None, ends: tuple[float, float]) -> float | None:
    """A value of the file from 0 to 100."""
    low, high = ends
    return None if value is None else 100 * ((value - low) / (high - low))


def _weighted_mean(delegations: Mapping[str, dict], issue: str) -> float:
    """The mean position on an issue, weighted by capability and salience; 50 if nothing is known."""
    weighed = total = 0.0
    for one in delegations.values():
        place, cares = one["positions"].get(issue), one["salience"].get(issue)
        if place is not None and cares is not None:
            weighed += one["capability"] * cares * place
            total += one["capability"] * cares
    return weighed / total if total else 50.0
