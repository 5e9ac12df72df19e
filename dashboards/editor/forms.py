"""What may stand in every field of the editor: read off the schema, for the scripts of the pages."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from agents import strategies
from dashboards.editor.words import WORDS
from scenarios.paths import bare, bounds, describe, fields
from scenarios.schema import Bloc, Delegation, Dynamics, Event, Issue, Rule, Scenario, Stretch
from scenarios.schema_fields import Prose
from scenarios.schema_texts import Article, Option, Text
from simulation import rules

EDITED = (Scenario, Stretch, Rule, Dynamics, Issue, Text, Article, Option, Bloc, Event, Delegation)
NAMES = {  # what a field names, by part of the schema or for all parts
    "coordinator": "delegations",
    "members": "delegations",
    "sponsors": "parties",
    "sponsor": "parties",
    "proposed_by": "parties",
    "vetoes": "delegations",
    "targets": "targets",
    "Event.parties": "targets",
    "issue": "issues",
    "force_issue": "issues",
    "text": "texts",
    "merges": "texts",
    "order": "texts",
    "on_behalf_of": "blocs",
    "amends": "options",
    "chosen": "options",
}


@cache
def forms() -> dict[str, list[dict[str, Any]]]:
    """By part of the schema, its single fields in order: key, label, hint, kind, range and choices.

    `kind` is line, prose, number, truth, choice, date, list, places, words or speakers; `of` tells what a
    field names; a field that is `needed` cannot be empty.
    """
    return {part.__name__: _fields(part) for part in EDITED}


def _fields(part: type[BaseModel]) -> list[dict[str, Any]]:
    found = []
    for key, annotation in fields(part).items():
        kind = _kind(part, key, annotation)
        if kind is None:
            continue
        label, hint = WORDS[part.__name__].get(key, (key.replace("_", " ").capitalize(), ""))
        one: dict[str, Any] = {"key": key, "label": label, "hint": hint, "kind": kind}
        one["default"] = _default(part, key)
        one["needed"] = not _optional(annotation)
        of = NAMES.get(f"{part.__name__}.{key}") or NAMES.get(key)
        if of and not (part is Rule and key == "parties"):
            one["of"] = of
        if kind == "number":
            one["range"] = describe(annotation)
            one |= {name: value for name, value in bounds(annotation).items() if abs(value) < float("inf")}
        if kind == "choice":
            one["choices"] = _choices(part, key, annotation)
        found.append(one)
    return found


def _kind(part: type[BaseModel], key: str, annotation: Any) -> str | None:
    """How a field is edited; none for what has a page of its own, or no page at all."""
    if (part, key) in ((Scenario, "name"), (Delegation, "conditions")):
        return None
    kind = bare(annotation)
    special = {"places": "places", "anchors": "words", "coordinator_for": "speakers"}
    if key in special:
        return special[key]
    if (part, key) in ((Rule, "name"), (Rule, "otherwise"), (Delegation, "strategy")):
        return "choice"
    if get_origin(kind) is Literal:
        return "choice"
    if get_origin(kind) is tuple:
        return "list" if bare(get_args(kind)[0]) is str else None
    if annotation is Prose:
        return "prose"
    return {bool: "truth", int: "number", float: "number", dt.date: "date", str: "line"}.get(kind)


def _choices(part: type[BaseModel], key: str, annotation: Any) -> list[str | int]:
    if part is Delegation and key == "strategy":
        return list(strategies.names())
    if part is Rule and key in ("name", "otherwise"):
        return list(rules.names())
    return list(get_args(bare(annotation)))


def _default(part: type[BaseModel], key: str) -> Any:
    value = part.model_fields[key].default
    if value is PydanticUndefined or isinstance(value, BaseModel):
        return None
    if isinstance(value, tuple):
        return list(value)
    return "inf" if value == float("inf") else value


def _optional(annotation: Any) -> bool:
    return type(None) in get_args(annotation) if get_origin(annotation) in _UNIONS else False


_UNIONS = (Union, type(int | None))
