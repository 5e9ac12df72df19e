"""Scenarios: what a negotiation is about, who sits there, and by which rule. Data and its checks only.

>>> from scenarios import load
>>> load("launch-2020").rule.name
'endorsement-count'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.assignments import parse_assignments, read_patch
    from scenarios.documents import canonical, from_document, scenario_hash, to_document
    from scenarios.loading import load, names
    from scenarios.overlaying import overlay, overlays
    from scenarios.patching import apply_patch
    from scenarios.problems import Problem, ScenarioError
    from scenarios.schema import Scenario
    from scenarios.ties import tie_matrix
    from scenarios.writing import write

PLACES = {
    "parse_assignments": "assignments",
    "read_patch": "assignments",
    "canonical": "documents",
    "from_document": "documents",
    "scenario_hash": "documents",
    "to_document": "documents",
    "load": "loading",
    "names": "loading",
    "overlay": "overlaying",
    "overlays": "overlaying",
    "apply_patch": "patching",
    "Problem": "problems",
    "ScenarioError": "problems",
    "Scenario": "schema",
    "tie_matrix": "ties",
    "write": "writing",
}
__all__ = [
    "Problem",
    "Scenario",
    "ScenarioError",
    "apply_patch",
    "canonical",
    "from_document",
    "load",
    "names",
    "overlay",
    "overlays",
    "parse_assignments",
    "read_patch",
    "scenario_hash",
    "tie_matrix",
    "to_document",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import on first use: the command line's help must not wait for pydantic."""
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{PLACES[name]}"), name)
