"""Document → Scenario, with every problem of form and of fit told by the place it came from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios.checking import check
from scenarios.merging import fill_in_merged
from scenarios.paths import WORDS, Path, annotation_at, bare, bounds, describe, known_keys
from scenarios.places import Places
from scenarios.problems import PROBLEM_LIMIT, Problem, ScenarioError, shorten, suggest
from scenarios.schema import Scenario
from scenarios.schema_fields import Prose


def validate(
    document: dict[str, Any],
    places: Places,
    problems: Collection[Problem] = (),
    added: dict[Path, list[str]] | None = None,
    unread: Collection[str] = (),
) -> Scenario:
    """The scenario of a document, or a ScenarioError with all problems, those found before included.

    `added` holds the entries of keyed tables that a patch brought in, each with the keys that were there:
    an incomplete one is more likely a misspelt name than a new entry. `unread` names the parts that could not
    be read; nothing is reported as missing from them.
    """
    found = list(problems)

    def report(path: Path, message: str, mend: str) -> None:
        found.append(places.problem(path, message, mend))
        if len(found) > PROBLEM_LIMIT:
            raise ScenarioError(_in_order(found))

    fill_in_merged(document)
    missing = check(document, report, unread)
    scenario = None
    try:
        scenario = Scenario.model_validate(document)
    except ValidationError as error:
        listed = error.errors(include_url=False)[:PROBLEM_LIMIT]
        missing += [_document_path(item["loc"]) for item in listed if item["type"] == "missing"]
        found += _explain_all(listed, places)
    found += _explain_missing(missing, places, added or {})
    if found or scenario is None:
        raise ScenarioError(_in_order(found))
    return scenario


def _in_order(problems: list[Problem]) -> list[Problem]:
    """One problem per place, files together, rows ascending."""
    first: dict[tuple[str, int | None, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.row, problem.column), problem)
    files = {problem.file: place for place, problem in reversed(list(enumerate(problems)))}
    return sorted(first.values(), key=lambda problem: (files[problem.file], problem.row or 0))


def _explain_all(listed: list[ErrorDetails], places: Places) -> list[Problem]:
    return [
        places.problem(path, *explain(item["type"], path, item["input"]))
        for item in listed
        if item["type"] != "missing"
        for path in [_document_path(item["loc"])]
    ]


def _explain_missing(missing: list[Path], places: Places, added: dict[Path, list[str]]) -> list[Problem]:
    found = []
    incomplete: dict[Path, list[str]] = {}
    for path in missing[:PROBLEM_LIMIT]:
        if path[:-1] in added:
            incomplete.setdefault(path[:-1], []).append(str(path[-1]))
        else:
            found.append(places.problem(path, *explain("missing", path, None)))
    for entry, lacking in incomplete.items():
        noun, key = WORDS[str(entry[-2])], str(entry[-1])
        mend = suggest(key, added[entry], f"check the name; a new {noun} needs {', '.join(lacking)}")
        found.append(places.problem(entry, f"there is no {noun} {shorten(key)}", mend))
    return found


def _document_path(location: tuple[int | str, ...]) -> Path:
    """The path in the document of an error's location; pydantic marks a wrong key by a last `[key]`."""
    return tuple(location[:-1]) if location and location[-1] == "[key]" else tuple(location)


def explain(kind: str, path: Path, value: Any) -> tuple[str, str]:
    """What is wrong with the value at a path, and how to mend it."""
    annotation = annotation_at(path)
    if kind == "missing":
        return f"{path[-1]} is missing", f"add it: {describe(annotation)}"
    if kind == "extra_forbidden":
        known = known_keys(path[:-1])
        return f"there is no key {shorten(path[-1])}", suggest(str(path[-1]), known)
    if kind == "string_pattern_mismatch":
        word = path[-1] if bare(annotation) is not str else value
        return (
            f"{shorten(word)!r} cannot be used as a name",
            "use letters, digits, - and _, at most 64 characters",
        )
    if kind == "string_too_long":
        limit = 20_000 if annotation == Prose else 400
        return f"the text has {len(str(value)):,} characters", f"shorten it to {limit:,}"
    mend = f"give {describe(annotation)}"
    if annotation is not None and isinstance(value, int | float) and not isinstance(value, bool):
        limits = bounds(annotation)
        if limits.get("ge") == 0 and limits.get("le") == 100:
            return f"{shorten(value)} is off the scale", mend + _or_empty(path)
        return f"{shorten(value)} is not possible here", mend
    if isinstance(value, dict | list | tuple):
        return f"a {'table' if isinstance(value, dict) else 'list'} cannot stand here", mend
    return f"{shorten(value)!r} cannot stand here", mend


def _or_empty(path: Path) -> str:
    """Positions and salience may be unknown."""
    return " or leave the cell empty" if path[2:3] in (("positions",), ("salience",)) else ""
