"""Dotted paths into a scenario document: which value do they name, and what may stand there?"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios import schema
from scenarios.problems import shorten

WORDS = {
    "delegations": "delegation",
    "issues": "issue",
    "texts": "text",
    "articles": "article",
    "options": "option",
    "blocs": "bloc",
    "commitments": "commitment",
    "events": "event",
}
Path = tuple[str | int, ...]
KEY_LENGTH = 80


@cache
def fields(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of a part of the schema with their annotations, constraints included."""
    return {
        name: hint
        for name, hint in get_type_hints(model, include_extras=True).items()
        if name in model.model_fields
    }


def bare(annotation: Any) -> Any:
    """An annotation without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return bare(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def is_model(annotation: Any) -> bool:
    """Does a part of the schema stand here?"""
    kind = bare(annotation)
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def is_keyed(annotation: Any) -> bool:
    """Do entries under keys of their own stand here, such as delegations or the positions of one?"""
    return get_origin(bare(annotation)) is dict


def is_table(annotation: Any) -> bool:
    """Does a keyed table of parts stand here, such as the delegations or the blocs?"""
    return is_keyed(annotation) and is_model(get_args(bare(annotation))[1])


def step(annotation: Any, key: str | int) -> Any:
    """What may stand under `key` of a value of this kind; None if nothing may."""
    kind = bare(annotation)
    if is_model(kind):
        return fields(kind).get(str(key))
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    return None


def annotation_at(path: Sequence[str | int]) -> Any:
    """What may stand at this path of a scenario; None if the path leads nowhere."""
    found: Any = schema.Scenario
    for key in path:
        found = step(found, key)
        if found is None:
            return None
    return found


def known_keys(path: Sequence[str | int]) -> list[str]:
    """The names of the fields that the part of the schema at this path has."""
    found = annotation_at(path)
    return list(fields(bare(found))) if is_model(found) else []


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it: `blocs.ASEAN.discipline`, keys that are far too long cut short."""
    return ".".join(shorten(key, KEY_LENGTH) for key in path)


def bounds(annotation: Any) -> dict[str, float]:
    """The limits that a number must keep: some of ge, gt, le."""
    found: dict[str, float] = {}
    if get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            found.update(bounds(part))
    if get_origin(annotation) is Annotated:
        for note in get_args(annotation)[1:]:
            for limit in note.metadata if isinstance(note, FieldInfo) else [note]:
                found.update(
                    {name: getattr(limit, name) for name in ("ge", "gt", "le") if hasattr(limit, name)}
                )
    return found


def describe(annotation: Any) -> str:
    """What may stand here, in words: "a number from 0 to 100"."""
    kind = bare(annotation)
    if kind in (float, int):
        return _describe_number(annotation, "a whole number" if kind is int else "a number")
    if get_origin(kind) is Literal:
        return "one of " + " / ".join(str(choice) for choice in get_args(kind))
    if get_origin(kind) is tuple:
        return "a list, written in square brackets"
    if get_origin(kind) is dict or is_model(kind):
        return "a table of keys and values"
    if kind is bool:
        return "true or false"
    if kind is dt.date:
        return "a date such as 2020-09-08"
    if annotation is schema.Key:
        return "a name of letters, digits, - and _ (at most 64)"
    return "text, written in quotation marks"


def _describe_number(annotation: Any, noun: str) -> str:
    limit = bounds(annotation)
    low, high = limit.get("ge"), limit.get("le")
    if low is not None and high is not None:
        return f"{noun} from {low:g} to {high:g}"
    if "gt" in limit:
        return f"{noun} above {limit['gt']:g}"
    if low is not None and low > float("-inf"):
        return f"{noun} of at least {low:g}"
    return noun
