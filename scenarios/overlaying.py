"""Overlays: small patches with a name, shipped or a scenario's own, that combine: what-if without editing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.assignments import parse_value, read_patch
from scenarios.loading import find
from scenarios.patching import apply_patch
from scenarios.problems import Problem, ScenarioError, shorten, suggest
from scenarios.schema import Scenario

LIBRARY = Path(__file__).resolve().parent / "overlays"
VALUE = "$value"
TRIED = 5  # delegations that are tried as the value of an overlay


class Overlay(NamedTuple):
    """A patch with a sentence `about` what it does; `value` says what has to be given with it, if any."""

    name: str
    about: str
    value: str
    patch: dict[str, Any]


def overlays(scenario: str | Path | None = None) -> dict[str, Overlay]:
    """The shipped overlays and those in a scenario's own folder `overlays`, which go before, by name."""
    folders = [LIBRARY] if scenario is None else [LIBRARY, find(scenario) / "overlays"]
    files = {file.stem: file for folder in folders for file in sorted(folder.glob("*.toml"))}
    return {name: _read(name, file) for name, file in sorted(files.items())}


def overlay(word: str, scenario: str | Path | None = None) -> dict[str, Any]:
    """The patch that a word asks for: `NAME` or `NAME=VALUE` for an overlay, or the path of a patch file.

    Raises ScenarioError for an unknown overlay, a value too many or one that is missing.
    """
    name, sign, value = word.partition("=")
    known = overlays(scenario)
    if name not in known:
        if not sign and Path(word).suffix == ".toml":
            return _without_words(read_patch(Path(word)))
        mend = suggest(name, known, f"use one of {', '.join(known)}, or the path of a TOML file")
        raise ScenarioError([Problem(shorten(word, 80), None, "", "there is no such overlay", mend)])
    found = known[name]
    if bool(found.value) != bool(value.strip()):
        message = f"it needs a value: {found.value}" if found.value else "it takes no value"
        mend = f"write {name}=VALUE" if found.value else f"write {name} alone"
        raise ScenarioError([Problem(shorten(word, 80), None, "", message, mend)])
    return _filled_in(found.patch, parse_value(value))


def fitting(scenario: Scenario, source: str | Path) -> list[Overlay]:
    """The overlays that can be laid over a scenario, loaded from `source`, and that change something in it.

    One that needs a value fits if it does with one of the first delegations of this room.
    """
    return [one for one in overlays(source).values() if _fits(scenario, one)]


def _fits(scenario: Scenario, one: Overlay) -> bool:
    values = list(scenario.delegations)[:TRIED] if one.value else [None]
    return any(_changes(scenario, _filled_in(one.patch, value)) for value in values)


def _changes(scenario: Scenario, patch: dict[str, Any]) -> bool:
    try:
        return apply_patch(scenario, patch) != scenario
    except ScenarioError:
        return False


def _read(name: str, file: Path) -> Overlay:
    patch = read_patch(file)
    about, value = str(patch.get("about", "")), str(patch.get("value", ""))
    return Overlay(name, about, value, _without_words(patch))


def _without_words(patch: Mapping[str, Any]) -> dict[str, Any]:
    """The patch alone, without what it says of itself."""
    return {key: content for key, content in patch.items() if key not in ("about", "value")}


def _filled_in(part: Any, value: Any) -> Any:
    """The same with the value in every place that asks for it, keys too."""
    if isinstance(part, Mapping):
        return {str(value) if key == VALUE else key: _filled_in(item, value) for key, item in part.items()}
    if isinstance(part, list):
        return [_filled_in(item, value) for item in part]
    return value if part == VALUE else part
