"""A scenario as a document of plain values, for manifests, patches and hashes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from typing import Any

from scenarios.places import Origin, Places
from scenarios.schema import Scenario
from scenarios.validating import validate


def to_document(scenario: Scenario) -> dict[str, Any]:
    """The whole scenario, defaults included, as JSON-safe values; unknown values are left out.

    Dates are in ISO form, infinities the words "inf" and "-inf".
    """
    return _plain(scenario.model_dump())


def from_document(document: dict[str, Any], label: str = "document") -> Scenario:
    """The scenario that `to_document` made this of. Raises ScenarioError, with `label` as the file."""
    return validate(document, Places({(): Origin(label)}))


def canonical(scenario: Scenario) -> bytes:
    """The scenario as JSON in one spelling: equal scenarios give equal bytes, in whatever order."""
    text = json.dumps(
        to_document(scenario), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8", "surrogatepass")


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(scenario)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if isinstance(value, float):
        return value + 0.0  # minus zero equals zero and must look like it
    return value
