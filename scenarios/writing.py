"""Scenario → folder, in the form that spreadsheets and editors open. Loading it gives the same scenario."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomli_w

from scenarios.country_tables import DELEGATION_COLUMNS
from scenarios.problems import Problem, ScenarioError
from scenarios.schema import Delegation, RedLine, Scenario, Text, Tie

ALWAYS = ("name", "region", "capability", "population", "strategy")


def write(scenario: Scenario, folder: str | Path) -> Path:
    """Write a scenario into a new or empty folder and return it. Raises ScenarioError if files lie there."""
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        mend = "choose a new folder, or empty this one"
        raise ScenarioError([Problem(str(folder), None, "", "there is something already", mend)])
    (target / "texts").mkdir(parents=True, exist_ok=True)
    _write_toml(target / "scenario.toml", _settings(scenario))
    for key, text in scenario.texts.items():
        _write_toml(target / "texts" / f"{key}.toml", text_document(text))
    _write_countries(target, scenario)
    for name in ("positions", "salience"):
        _write_values(target, scenario, name, list(scenario.issues))
    sponsors = list(dict.fromkeys(key for part in scenario.delegations.values() for key in part.trust))
    if sponsors:
        _write_values(target, scenario, "trust", sponsors)
    if scenario.ties:
        _write_rows(target / "ties.csv", list(Tie.model_fields), scenario.ties)
    if scenario.red_lines:
        _write_rows(target / "red_lines.csv", list(RedLine.model_fields), scenario.red_lines)
    return target


def text_document(text: Text) -> dict[str, Any]:
    """A text as plain tables: what differs from the defaults, and what has to be said even if empty."""
    document = _tidy(text.model_dump(exclude_defaults=True))
    for key, article in text.articles.items():
        written = document["articles"][key]
        if article.part == "operative":
            written.setdefault("places", {})
        for name, option in article.options.items():
            if not option.delete:
                written["options"][name] = {"wording": "", "places": {}} | written["options"][name]
    return document


def _settings(scenario: Scenario) -> dict[str, Any]:
    """Everything that stands in scenario.toml; the texts only by name, which keeps their order, and of the
    delegations only what no table can hold."""
    elsewhere = {"delegations", "texts", "ties", "red_lines", "dynamics", "rule"}
    settings = scenario.model_dump(exclude=elsewhere, exclude_defaults=True)
    settings["texts"] = {key: {} for key in scenario.texts}
    asking = {key: part.conditions for key, part in scenario.delegations.items() if part.conditions}
    if asking:
        settings["delegations"] = {key: {"conditions": asked} for key, asked in asking.items()}
    settings["rule"] = scenario.rule.model_dump(exclude_defaults=True)
    settings["dynamics"] = scenario.dynamics.model_dump()
    return _tidy(settings)


def _tidy(value: Any) -> Any:
    """Plain tables and lists without unknown values, which TOML cannot hold."""
    if isinstance(value, dict):
        return {key: _tidy(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_tidy(inner) for inner in value]
    return value


def _write_toml(path: Path, content: dict[str, Any]) -> None:
    """One TOML file; long texts over several lines, unless a carriage return in them would be lost."""
    plain = tomli_w.dumps(content)
    text = plain if "\\r" in plain else tomli_w.dumps(content, multiline_strings=True)
    path.write_bytes(text.encode("utf-8"))


def _write_countries(folder: Path, scenario: Scenario) -> None:
    """countries.csv with the columns that somebody uses."""
    default = Delegation(name="")
    used = [
        column
        for column in DELEGATION_COLUMNS
        if column in ALWAYS
        or any(getattr(part, column) != getattr(default, column) for part in scenario.delegations.values())
    ]
    rows = (
        [iso3, *(_cell(getattr(part, column)) for column in used)]
        for iso3, part in scenario.delegations.items()
    )
    _write_table(folder / "countries.csv", ["iso3", *used], rows)


def _write_values(folder: Path, scenario: Scenario, name: str, columns: list[str]) -> None:
    """positions.csv, salience.csv or trust.csv, with the delegations' names and where the values come from as
    a help to readers."""
    rows = (
        [iso3, part.name, *(_cell(getattr(part, name).get(column)) for column in columns), part.provenance]
        for iso3, part in scenario.delegations.items()
    )
    _write_table(folder / f"{name}.csv", ["iso3", "name", *columns, "provenance"], rows)


def _write_rows(path: Path, columns: list[str], items: Iterable[Tie | RedLine]) -> None:
    header = ["iso3" if column == "delegation" else column for column in columns]
    _write_table(path, header, ([_cell(getattr(item, column)) for column in columns] for item in items))


def _write_table(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        plain.writerow(header)
        for row in rows:
            # Python 3.11 leaves a lone carriage return unquoted, which would break the row in two.
            (quoted if any("\r" in cell for cell in row) else plain).writerow(row)


def _cell(value: Any) -> str:
    """A value as the reader of tables will read it back exactly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
