"""Patches: the only way to vary a scenario. A patch is a nested mapping that is merged into the document.

A value of None deletes its key; a list replaces a list; everything else is merged key by key. The key `*`
means every entry that a keyed table has, before single entries are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.documents import to_document
from scenarios.merging import leave_out_merged
from scenarios.paths import WORDS, Path, annotation_at, dotted, is_keyed, is_model, is_table, known_keys
from scenarios.places import Origin, Places
from scenarios.problems import Problem, shorten, suggest
from scenarios.schema import Scenario
from scenarios.validating import validate
from scenarios.withdrawing import withdraw

DEPTH_LIMIT = 12
EVERY = "*"


def apply_patch(scenario: Scenario, patch: Mapping[str, Any], label: str = "patch") -> Scenario:
    """The scenario with a patch merged in; every change is checked. The scenario itself stays as it is.

    A delegation, issue, text or bloc that the patch deletes leaves every place that names it.
    Raises ScenarioError, with `label` as the file of its problems.
    """
    if not patch:
        return scenario
    document = to_document(scenario)
    leave_out_merged(document)
    places = Places({(): Origin(label)})
    problems: list[Problem] = []
    added: dict[Path, list[str]] = {}
    merge(document, patch, places, problems, added)
    return validate(document, places, problems, added)


def merge(
    document: dict[str, Any],
    patch: Mapping[str, Any],
    places: Places,
    problems: list[Problem],
    added: dict[Path, list[str]],
) -> None:
    """Merge a patch into a document in place; entries that were not there before are listed in `added`."""
    deleted: list[Path] = []
    _merge_into(document, patch, (), places, problems, added, deleted)
    for path in deleted:
        withdraw(document, path)


def _merge_into(
    target: dict[str, Any],
    patch: Mapping[str, Any],
    path: Path,
    places: Places,
    problems: list[Problem],
    added: dict[Path, list[str]],
    deleted: list[Path],
) -> None:
    table = is_table(annotation_at(path)) if path else False
    before = list(target) if table else []
    for key, value in _spelt_out(target, patch, path).items():
        here = (*path, key)
        if len(here) > DEPTH_LIMIT:
            problems.append(
                places.problem(path, "the patch is nested too deeply", "name the value by its path")
            )
        elif value is None:
            if table and key not in target:
                noun = WORDS[str(path[-1])]
                mend = suggest(str(key), target)
                problems.append(places.problem(here, f"there is no {noun} {shorten(key)}", mend))
            elif key not in target and path_leads_nowhere(here):
                problems.append(places.problem(here, f"there is no key {shorten(key)}", nearest_path(here)))
            if target.pop(key, None) is not None:
                deleted.append(here)
        elif isinstance(value, Mapping):
            if table and key not in target:
                added[here] = before
            if not isinstance(target.get(key), dict):
                target[key] = {}
            _merge_into(target[key], value, here, places, problems, added, deleted)
        else:
            target[key] = list(value) if isinstance(value, tuple) else value


def _spelt_out(target: dict[str, Any], patch: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """The patch with what it says of every entry written out; what it says of a single one goes before."""
    if EVERY not in patch or not (path and is_keyed(annotation_at(path))):
        return patch
    single = {key: value for key, value in patch.items() if key != EVERY}
    return combine(dict.fromkeys(target, patch[EVERY]), single)


def path_leads_nowhere(path: Path) -> bool:
    """Is there no such key in the schema, whatever the scenario?"""
    return annotation_at(path) is None


def nearest_path(path: Path) -> str:
    """How to mend a path that leads nowhere: the nearest one that the schema knows."""
    for length in range(1, len(path) + 1):
        if annotation_at(path[:length]) is None:
            parent = annotation_at(path[: length - 1])
            if not is_model(parent):
                return f"{dotted(path[: length - 1])} is a single value; stop there"
            near = suggest(str(path[length - 1]), known_keys(path[: length - 1]))
            if near.startswith("did you mean "):
                word = near.removeprefix("did you mean ").removesuffix("?")
                return f"did you mean {dotted((*path[: length - 1], word, *path[length:]))}?"
            return near
    return "leave it out"


def remove(document: dict[str, Any], paths: list[str], places: Places, problems: list[Problem]) -> None:
    """Delete the values at these dotted paths from a document, in place."""
    for text in paths:
        keys = split_path(text)
        parent: Any = document
        for key in keys[:-1]:
            parent = parent.get(key) if isinstance(parent, dict) else None
        if not isinstance(parent, dict) or keys[-1] not in parent:
            known = list(parent) if isinstance(parent, dict) else []
            mend = suggest(keys[-1], known, "give the path of a value that the inherited scenario has")
            problems.append(places.problem(("remove",), f"there is nothing at {shorten(text, 80)}", mend))
            continue
        del parent[keys[-1]]
        withdraw(document, tuple(keys))


def split_path(text: str) -> list[str]:
    """The keys of a dotted path: `blocs.ASEAN.discipline` → three keys."""
    return [key.strip() for key in text.split(".")]


def nest(keys: list[str], value: Any) -> dict[str, Any]:
    """A patch that sets one value."""
    for key in reversed(keys):
        value = {key: value}
    return value


def combine(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """One patch that does what two do, one after the other."""
    result = dict(first)
    for key, value in second.items():
        old = result.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = combine(old, value) if both else value  # type: ignore[arg-type]
    return result
