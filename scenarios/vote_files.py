"""Recorded votes from two files: a table of who voted how, and what was known of each resolution before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.dates import as_date
from scenarios.files import parse_toml, read_text
from scenarios.problems import Problem, ScenarioError, listing, shorten, suggest
from scenarios.reference import states
from scenarios.tables import Table, read_table

VOTES = ("yes", "no", "abstain", "absent", "not_recorded")
KEYS = ("date", "family", "sponsors", "analogue", "repeats")
LABELS = ("iso3", "name")
EARLIEST, LATEST = dt.date(1946, 1, 1), dt.date(2100, 1, 1)


class Resolution(NamedTuple):
    """What is known of a resolution before its roll call: day, family of texts, sponsors (iso3, the first one
    leads), the earlier roll call that it most resembles, if one is named, and whether it repeats an earlier
    text."""

    name: str
    date: dt.date
    family: str
    sponsors: tuple[str, ...]
    analogue: str | None = None
    repeats: bool = False


class VoteFile(NamedTuple):
    """Resolutions by name in order of date, and each one's votes by iso3 in the words of `VOTES`."""

    resolutions: dict[str, Resolution]
    votes: dict[str, dict[str, str]]


def read_votes(votes: Path, meta: Path, shipped: tuple[str, ...] = ()) -> VoteFile:
    """Read a CSV with iso3 and one column a resolution, and the TOML that describes these columns.

    An analogue is one of `shipped`, or a resolution of the file that came earlier. States without a row are
    not recorded. Raises ScenarioError with all problems at once.
    """
    problems: list[Problem] = []
    texts = [read_text(path.parent, path.name, problems) for path in (votes, meta)]
    content = None if texts[1] is None else parse_toml(meta.name, texts[1], problems)
    if problems or texts[0] is None or texts[1] is None or content is None:
        raise ScenarioError(problems)
    found = read_resolutions(meta.name, content, texts[1], problems, shipped)
    table = read_table(votes.name, texts[0], (), None, problems)
    if table is not None:
        _check_columns(table, found, meta.name, problems)
    if problems or table is None:
        raise ScenarioError(problems)
    cast = _cells(table, found, problems)
    if problems:
        raise ScenarioError(problems)
    return VoteFile(found, cast)


def read_resolutions(
    file: str,
    content: Mapping[str, Any],
    text: str = "",
    problems: list[Problem] | None = None,
    shipped: tuple[str, ...] = (),
) -> dict[str, Resolution]:
    """The resolutions of a parsed TOML, by date; raises ScenarioError unless `problems` is there to fill."""
    found: dict[str, Resolution] = {}
    wrong: list[Problem] = []
    tables = content.get("resolutions")
    for key in content:
        if key != "resolutions":
            mend = 'start each table with [resolutions."NAME"]'
            wrong.append(Problem(file, _line(text, key), shorten(key), "there is no such key here", mend))
    if not isinstance(tables, dict) or not tables:
        mend = 'add a table [resolutions."NAME"] for each column of votes'
        wrong.append(Problem(file, None, "", "no resolution is described", mend))
        tables = {}
    for name, table in tables.items():
        before = len(wrong)
        resolution = _resolution(file, text, name, table, wrong)
        if resolution is not None and len(wrong) == before:
            found[name] = resolution
    if not wrong:
        _check_analogues(file, text, found, shipped, wrong)
    if problems is not None:
        problems.extend(wrong)
    elif wrong:
        raise ScenarioError(wrong)
    return dict(sorted(found.items(), key=lambda item: (item[1].date, item[0])))


def _resolution(file: str, text: str, name: str, table: Any, wrong: list[Problem]) -> Resolution | None:
    line = _line(text, name)

    def report(key: str, message: str, mend: str) -> None:
        wrong.append(Problem(file, line, f"{shorten(name)}, {key}" if key else shorten(name), message, mend))

    if not isinstance(table, dict):
        report("", "it is not a table", f'write [resolutions."{shorten(name)}"] and its keys below')
        return None
    for key in table:
        if key not in KEYS:
            report(shorten(key), "there is no such key", suggest(key, KEYS))
    date, family, sponsors = as_date(table.get("date")), table.get("family"), table.get("sponsors")
    if date is None or not EARLIEST <= date < LATEST:
        report("date", "the day of the vote is missing or no date", "write date = 2020-12-31")
    if not isinstance(family, str) or not family.strip():
        report("family", "the family of the text is missing", 'write family = "a few words"')
    if not isinstance(sponsors, list) or not sponsors or not all(isinstance(word, str) for word in sponsors):
        report("sponsors", "the sponsors are missing", 'write sponsors = ["RUS", "CHN"], the lead first')
        sponsors = []
    for word in sponsors:
        if word not in states():
            report(
                "sponsors", f"there is no member state {shorten(word)}", suggest(word, states(), "use iso3")
            )
    analogue, repeats = table.get("analogue"), table.get("repeats", False)
    if analogue is not None and not isinstance(analogue, str):
        report("analogue", "it is not the name of a roll call", 'write analogue = "73/27" or leave it out')
    if not isinstance(repeats, bool):
        report("repeats", "it is neither true nor false", "write repeats = true or leave it out")
    if date is None:
        return None
    return Resolution(name, date, str(family).strip(), tuple(sponsors), analogue, repeats is True)


def _check_analogues(
    file: str, text: str, found: dict[str, Resolution], shipped: tuple[str, ...], wrong: list[Problem]
) -> None:
    for name, resolution in found.items():
        analogue = resolution.analogue
        where = f"{shorten(name)}, analogue"
        if analogue is None:
            continue
        if analogue not in found and analogue not in shipped:
            mend = suggest(analogue, [*shipped, *(word for word in found if word != name)])
            message = f"there is no roll call {shorten(analogue)}"
            wrong.append(Problem(file, _line(text, name), where, message, mend))
        elif analogue in found and found[analogue].date >= resolution.date:
            message = f"{shorten(analogue)} was not voted on before"
            mend = "name an earlier one or leave it out"
            wrong.append(Problem(file, _line(text, name), where, message, mend))


def _check_columns(table: Table, found: dict[str, Resolution], meta: str, problems: list[Problem]) -> None:
    columns = [name for name in table.columns if name not in LABELS]
    if "iso3" not in table.columns:
        mend = "put the states' codes of three letters in a column iso3"
        problems.append(Problem(table.file, 1, "iso3", "the column is missing", mend))
    if problems:
        return
    for name in columns:
        if name not in found:
            mend = f'add [resolutions."{shorten(name)}"] there, or delete the column'
            problems.append(Problem(table.file, 1, shorten(name), f"{meta} does not describe it", mend))
    for name in found:
        if name not in columns:
            mend = f"add the column, or take it out of {meta}"
            problems.append(Problem(table.file, 1, shorten(name), "the column is missing", mend))
    if not table.rows and not problems:
        problems.append(Problem(table.file, None, "", "there are no votes", "give one row for each state"))


def _cells(table: Table, found: dict[str, Resolution], problems: list[Problem]) -> dict[str, dict[str, str]]:
    cast: dict[str, dict[str, str]] = {name: {} for name in found}
    seen: dict[str, int] = {}
    for row in table.rows:
        state = row.cells["iso3"].strip()
        if state not in states():
            message, mend = f"there is no member state {shorten(state) or 'without a code'}", "use iso3 codes"
            problems.append(
                Problem(
                    table.file, row.number, "iso3", message, suggest(state, states(), mend) if state else mend
                )
            )
        elif state in seen:
            message = f"{state} stands in row {seen[state]} too"
            problems.append(Problem(table.file, row.number, "iso3", message, "keep one row for each state"))
        else:
            seen[state] = row.number
            for name in found:
                vote = row.cells[name].strip().lower()
                if vote in VOTES:
                    cast[name][state] = vote
                    continue
                message = f"{shorten(vote)} is no vote" if vote else "the vote is missing"
                mend = f"write one of {listing(VOTES)}"
                problems.append(Problem(table.file, row.number, shorten(name), message, mend))
    for name, votes in cast.items():
        if not problems and not {"yes", "no", "abstain"} & set(votes.values()):
            message, mend = "nobody voted yes, no or abstain", "delete the column, and describe it nowhere"
            problems.append(Problem(table.file, None, shorten(name), message, mend))
    return cast


def _line(text: str, name: str) -> int | None:
    """The line of a TOML text with the heading of a table, or else the key, of that name."""
    word = re.escape(name)
    for pattern in (rf"^\s*\[[^#\n]*\b{word}\b", rf"^\s*{word}\b"):
        if found := re.search(pattern, text, flags=re.MULTILINE):
            return text[: found.end()].count("\n") + 1
    return None
