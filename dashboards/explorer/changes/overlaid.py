"""Overlays: changes with a name, shipped or the scenario's own, to be switched on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.explorer.changes._control import Change, Control
from scenarios import names, overlay
from scenarios.overlaying import fitting
from scenarios.schema import Scenario

TITLE, PLACE, ACTS = "Overlays", 60, 0


def controls(scenario: Scenario, where: str) -> list[Control]:
    """The overlays that need no value and change something here, read from `where` (of a finished run, its
    scenario's name)."""
    known = fitting(scenario, where) if where in names() or where != scenario.name else []
    listed = tuple((one.name, one.about) for one in known if not one.value)
    return [Control("with", "Overlay", options={"": listed}, switches=True)] if listed else []


def patches(scenario: Scenario, where: str, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """One patch each, in the order in which they were asked for."""
    return [overlay(one.value, where) for one in changes]


def words(scenario: Scenario, control: Control, change: Change) -> str:
    """What the overlay says of itself, without its full stop."""
    return dict(control.options[""])[change.value].removesuffix(".")
