"""Reads patches as people write them: `dynamics.peer_weight=0.08`, or a few lines of TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scenarios.files import SIZE_LIMIT, decode, parse_toml
from scenarios.patching import combine, nearest_path, nest, path_leads_nowhere, split_path
from scenarios.problems import Problem, ScenarioError, shorten


def parse_assignments(assignments: Iterable[str]) -> dict[str, Any]:
    """One patch from settings such as "dynamics.peer_weight=0.08".

    Values are read as TOML; a bare word is text; an empty value deletes the key.
    Raises ScenarioError for a path that no scenario can have.
    """
    patch: dict[str, Any] = {}
    problems: list[Problem] = []
    for assignment in assignments:
        path, sign, value = assignment.partition("=")
        keys = split_path(path)
        label = shorten(assignment, 80)
        if not sign or not all(keys):
            mend = "write path=value, for example dynamics.peer_weight=0.08"
            problems.append(Problem(label, None, "", "this sets nothing", mend))
        elif path_leads_nowhere(tuple(keys)):
            mend = nearest_path(tuple(keys))
            problems.append(
                Problem(label, None, "", f"there is no setting {shorten(path.strip(), 80)}", mend)
            )
        else:
            patch = combine(patch, nest(keys, parse_value(value)))
    if problems:
        raise ScenarioError(problems)
    return patch


def parse_value(text: str) -> Any:
    """A TOML value; text that is not one is taken as a bare word, and none at all as None."""
    word = text.strip()
    if not word:
        return None
    if "\n" in word:
        return word
    try:
        return tomllib.loads(f"value = {word}")["value"]
    except (ValueError, RecursionError):
        return word


def read_patch(source: str | Path) -> dict[str, Any]:
    """A patch from a TOML file, or from TOML text itself; nothing at all is the empty patch.

    `remove = ["blocs.FVEY", …]` deletes values. Raises ScenarioError.
    """
    problems: list[Problem] = []
    name, text = _patch_text(source, problems)
    patch = parse_toml(name, text, problems) if text.strip() else {}
    removed = (patch or {}).pop("remove", [])
    if not isinstance(removed, list) or not all(isinstance(path, str) for path in removed):
        problems.append(
            Problem(name, None, "remove", "this is not a list of paths", 'write ["blocs.FVEY", …]')
        )
        removed = []
    if problems:
        raise ScenarioError(problems)
    result = dict(patch or {})
    for path in removed:
        result = combine(result, nest(split_path(path), None))
    return result


def _patch_text(source: str | Path, problems: list[Problem]) -> tuple[str, str]:
    """Name and text of a patch."""
    if isinstance(source, str) and ("\n" in source or "=" in source or "[" in source or not source.strip()):
        return "patch", source
    path = Path(source)
    try:
        with path.open("rb") as file:
            text = decode(path.name, file.read(SIZE_LIMIT + 1), problems)
    except (OSError, ValueError):
        mend = 'give a TOML file, or TOML text such as "dynamics.peer_weight = 0.08"'
        problems.append(Problem(shorten(source, 80), None, "", "there is no such patch file", mend))
        return "patch", ""
    return path.name, text or ""
