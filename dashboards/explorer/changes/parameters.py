"""Parameters of the model: how much trust, peers and chance count, and where delegations draw the line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboards.explorer.changes._control import Change, Control, Slider
from scenarios.schema import Scenario

TITLE, PLACE, ACTS = "Parameters", 10, 50


class Parameter(NamedTuple):
    """A parameter of `[dynamics]` in words, with the range that docs/model.md advises and a step."""

    label: str
    slider: Slider
    fold: bool = True


PARAMETERS = {
    "trust_weight": Parameter("How much trust in the sponsors counts", Slider(0, 0.4, 0.01), fold=False),
    "peer_weight": Parameter("How much the stances of others count", Slider(0, 0.2, 0.005), fold=False),
    "precision": Parameter("How little chance plays a part", Slider(5, 120, 1), fold=False),
    "endorse_threshold": Parameter("How much a text must bring to be endorsed", Slider(0, 0.3, 0.01)),
    "oppose_threshold": Parameter("How much a text must cost to be opposed in public", Slider(0, 0.3, 0.01)),
    "openness": Parameter("How open delegations are to what others say", Slider(0, 1, 0.05)),
    "instruction_rate": Parameter("How fast capitals answer, per day", Slider(0.005, 0.2, 0.001)),
    "commitment": Parameter("How hard it is to go back on a public stance", Slider(0, 0.15, 0.005)),
    "coordinator_weight": Parameter("How much a bloc's coordinator counts for its line", Slider(0, 1, 0.05)),
    "redraft_days": Parameter("Days between two revisions of a text", Slider(0, 120, 1)),
    "concession": Parameter("How early sponsors give way", Slider(0.05, 5, 0.05)),
}


def controls(scenario: Scenario, where: str) -> list[Control]:
    """The parameters that are finite here, with ranges that hold what the scenario has."""
    found = []
    for name, (label, slider, fold) in PARAMETERS.items():
        value = float(getattr(scenario.dynamics, name))
        if math.isfinite(value):
            wide = slider._replace(least=min(slider.least, value), most=max(slider.most, value))
            found.append(Control(name, label, slider=wide, base={"": value}, fold=fold))
    return found


def patches(scenario: Scenario, where: str, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """One patch with all of them."""
    whole = ("redraft_days",)
    return [
        {"dynamics": {one.name: (int if one.name in whole else float)(float(one.value)) for one in changes}}
    ]


def words(scenario: Scenario, control: Control, change: Change) -> str:
    """The parameter and how it moves."""
    value = getattr(scenario.dynamics, change.name)
    return f"{PARAMETERS[change.name].label}: {change.value} instead of {value:g}"
