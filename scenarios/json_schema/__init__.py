"""JSON Schemas of the TOML files of a scenario, so that an editor checks and completes them while one types.

They are made from the models that `load` checks with, and shipped beside this module. A schema knows one file
alone: whether names, dates and tables fit together is for `plenary check`.

>>> from scenarios.json_schema import schemas
>>> schemas()["scenario.json"]["properties"]["rule"]["$ref"]
'#/definitions/Rule'
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scenarios.overlaying import VALUE
from scenarios.problems import Problem, ScenarioError
from scenarios.schema import Scenario
from scenarios.schema_texts import Text

FOLDER = Path(__file__).resolve().parent
SETTINGS = ".taplo.toml"  # where editors look up which schema goes with which file
RULES = """\
[[rule]]
include = ["**/scenario.toml"]
schema = { path = "schema/scenario.json" }

[[rule]]
include = ["**/texts/*.toml"]
schema = { path = "schema/text.json" }

[[rule]]
include = ["**/overlays/*.toml"]
schema = { path = "schema/overlay.json" }
"""
FILES = ("scenario.json", "text.json", "overlay.json")
DRAFT = "http://json-schema.org/draft-07/schema#"
REFERENCE = "#/definitions/"
ENTRY = r"^([A-Za-z0-9][A-Za-z0-9_-]{0,63}|[*])$"  # a name, or every entry that is there
FROM_ELSEWHERE = ("name", "delegations", "texts")  # given by the folder's name, its tables and its texts
PATHS = {"type": "array", "items": {"type": "string"}, "description": "Dotted paths, such as blocs.FVEY."}
BESIDE_EXTENDS = {
    "extends": {
        "type": "string",
        "description": "A shipped scenario; only what differs from it has to be given.",
    },
    "remove": PATHS,
    "keep": {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "description": "The delegations that stay in the room; all others leave it.",
    },
}
ABOUT_ITSELF = {
    "about": {"type": "string", "description": "What the overlay does, in a sentence."},
    "value": {"type": "string", "description": f'What has to be given with it, in place of every "{VALUE}".'},
    "remove": PATHS,
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas of scenario.toml, of texts and of overlays, by the names of their files (JSON Schema 7)."""
    scenario, requirements = _of(Scenario)
    scenario["properties"] = BESIDE_EXTENDS | scenario["properties"]
    scenario["if"] = {"not": {"required": ["extends"]}}
    scenario["then"] = {
        "required": [name for name in requirements["required"] if name not in FROM_ELSEWHERE],
        "properties": {
            name: asked for name, asked in requirements["properties"].items() if name not in FROM_ELSEWHERE
        },
    }
    scenario["dependencies"] = {"remove": ["extends"], "keep": ["extends"]}
    text, _ = _of(Text)
    overlay, _ = _of(Scenario)
    overlay = _with_value(overlay)
    overlay["properties"] = ABOUT_ITSELF | overlay["properties"]
    overlay["description"] = "A patch with a name: what it is about, and what it changes in a scenario."
    return dict(zip(FILES, (scenario, text, overlay), strict=True))


def written(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def lay_beside(folder: Path) -> list[str]:
    """Write the schemas into a scenario folder, with the settings by which editors find them, and return the
    names of these files. Raises ScenarioError if there is no scenario, or other settings lie there."""
    if not (folder / "scenario.toml").is_file():
        mend = "give a folder with a scenario.toml; `plenary new` makes one"
        raise ScenarioError([Problem(str(folder), None, "", "there is no scenario in it", mend)])
    settings = folder / SETTINGS
    if settings.exists() and settings.read_bytes() != RULES.encode():
        mend = "remove it first, or write #:schema ./schema/scenario.json as the first line of scenario.toml"
        raise ScenarioError([Problem(str(settings), None, "", "there are other settings already", mend)])
    (folder / "schema").mkdir(exist_ok=True)
    settings.write_bytes(RULES.encode())
    for name in FILES:
        (folder / "schema" / name).write_bytes((FOLDER / name).read_bytes())
    return [SETTINGS, *(f"schema/{name}" for name in FILES)]


def _of(model: type[BaseModel]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a part in which everything may be left out, and what a whole one has to give.

    Parts are merged key by key, so any file may hold half of one; the parts in a list are always whole.
    """
    raw = model.model_json_schema(ref_template=REFERENCE + "{model}")
    definitions = raw.pop("$defs")
    listed = _listed(raw) | {name for part in definitions.values() for name in _listed(part)}
    requirements = _requirements(raw, definitions)
    for name, part in definitions.items():
        if name not in listed:
            part.pop("required", None)
    raw.pop("required", None)
    schema = {"$schema": DRAFT, **_tidy(raw), "definitions": _tidy(definitions)}
    return schema, requirements


def _listed(part: Any) -> set[str]:
    """The names of the parts that stand in lists."""
    if isinstance(part, list):
        return {name for inner in part for name in _listed(inner)}
    if not isinstance(part, dict):
        return set()
    reference = part["items"].get("$ref") if isinstance(part.get("items"), dict) else None
    found = {name for inner in part.values() for name in _listed(inner)}
    return found | ({reference.removeprefix(REFERENCE)} if reference else set())


def _requirements(part: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a whole part has to give, key by key; parts in lists say so themselves."""
    if "$ref" in part:
        return _requirements(definitions[part["$ref"].removeprefix(REFERENCE)], definitions)
    found = {"required": part["required"]} if "required" in part else {}
    inner = {
        name: asked
        for name, value in part.get("properties", {}).items()
        if (asked := _requirements(_alone(value), definitions))
    }
    if inner:
        found["properties"] = inner
    for value in part.get("patternProperties", {}).values():
        if asked := _requirements(value, definitions):
            found["additionalProperties"] = asked
    return found


def _alone(value: dict[str, Any]) -> dict[str, Any]:
    """A value that may be unknown without the unknown, which TOML cannot write."""
    choices = [choice for choice in value.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return value
    return {**choices[0], **{key: inner for key, inner in value.items() if key != "anyOf"}}


def _tidy(part: Any) -> Any:
    """A schema without what TOML or JSON cannot hold and without titles; names of entries are checked."""
    if isinstance(part, float) and part.is_integer():
        return int(part)
    if isinstance(part, dict) and part.get("type") == "number" and "maximum" not in part:
        part = {**part, "type": ["number", "null"]}  # editors read inf as null
    if not isinstance(part, dict):
        return part
    found: dict[str, Any] = {}
    for key, value in _alone(part).items():
        if key == "patternProperties":
            (entry,) = value.values()
            found["propertyNames"] = {"pattern": ENTRY}
            found["additionalProperties"] = _tidy(entry)
        elif key == "properties":
            found[key] = {name: _tidy(inner) for name, inner in value.items()}
        elif key == "description":
            found[key] = " ".join(value.split())
        elif key == "title" or (key == "default" and (value is None or isinstance(value, dict))):
            continue
        elif not (isinstance(value, float) and not math.isfinite(value)):
            found[key] = _tidy(value)
    return found


def _with_value(part: Any) -> Any:
    """A schema with the overlay's value allowed in place of any value and of any entry's name."""
    if not isinstance(part, dict):
        return part
    found = {}
    for key, value in part.items():
        if key in ("properties", "definitions"):
            found[key] = {name: _with_value(inner) for name, inner in value.items()}
        elif key == "propertyNames":
            found[key] = {"anyOf": [value, {"const": VALUE}]}
        else:
            found[key] = _with_value(value)
    free = "$ref" in part or "properties" in part or "additionalProperties" in part
    return found if free else {"anyOf": [found, {"const": VALUE}]}
