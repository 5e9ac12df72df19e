"""The decision rule, and the numbers that it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboards.explorer.changes._control import Change, Control, Slider
from scenarios.patching import combine
from scenarios.schema import Scenario
from simulation import rules
from simulation.analyses.rule_swap import patch_of

TITLE, PLACE, ACTS = "How the chamber decides", 20, 30


class Number(NamedTuple):
    """A number of a rule: its label, its range, what it is where nobody says, by rule, and its unit."""

    label: str
    slider: Slider
    defaults: dict[str, float]


NUMBERS = {
    "quota": Number(
        "Share that has to be reached",
        Slider(0.05, 1, 0.01),
        {"endorsement-count": 0.5, "security-council": 0.6, "weighted-majority": 0.5},
    ),
    "weight_quota": Number(
        "Share of the weight that has to be reached",
        Slider(0.05, 1, 0.01),
        {"entry-into-force": 0.55, "qualified-majority": 0.65},
    ),
    "parties": Number("How many have to join", Slider(1, 200, 1), {"entry-into-force": 55}),
    "tolerated": Number("How many may object", Slider(0, 20, 1), {"consensus-minus-n": 1}),
    "days": Number("Days for which nobody may object", Slider(0, 120, 1), {"silence-procedure": 3}),
}
SHARES = ("quota", "weight_quota")


def controls(scenario: Scenario, where: str) -> list[Control]:
    """The rule, and for each of its numbers a slider that shows where the chosen rule reads it."""
    own = scenario.rule
    found = [
        Control(
            "rule",
            "Decision rule",
            options={"": tuple((name, name.replace("-", " ")) for name in rules.names())},
            base={"": own.name},
            note="In the rounds and in the vote at the end. Drafters work towards it.",
        )
    ]
    seats = sum(not one.observer for one in scenario.delegations.values())
    for name, (label, slider, defaults) in NUMBERS.items():
        base: dict[str, float | str] = {
            rule: min(value, seats) if name == "parties" else value for rule, value in defaults.items()
        }
        said = getattr(own, name)
        if said is not None and (own.name in defaults or name == "days"):
            base[own.name] = float(said)
        most = {"parties": seats, "tolerated": seats - 1}.get(name, slider.most)
        most = max([most, *map(float, base.values())])
        found.append(Control(name, label, by="rule", slider=slider._replace(most=most), base=base))
    return found


def patches(scenario: Scenario, where: str, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The rule, and the numbers that it reads; in the vote at the end too, where that has the same rule."""
    chosen = {one.name: one for one in changes}
    name = chosen.pop("rule").value if "rule" in chosen else scenario.rule.name
    patch = patch_of(scenario, name) if name != scenario.rule.name else {}
    numbers = {
        key: float(one.value) if key in SHARES else int(float(one.value))
        for key, one in chosen.items()
        if one.choice == name
    }
    if numbers:
        patch = combine(patch, {"rule": numbers})
    final = scenario.final_vote
    if numbers and final is not None and (name != scenario.rule.name or final.name == name):
        patch = combine(patch, {"final_vote": numbers})
    return [patch] if patch else []


def words(scenario: Scenario, control: Control, change: Change) -> str:
    """The rule or the number."""
    if change.name == "rule":
        return (
            f"Decided by {change.value.replace('-', ' ')} instead of {scenario.rule.name.replace('-', ' ')}"
        )
    value = f"{100 * float(change.value):.0f} %" if change.name in SHARES else change.value
    return f"{NUMBERS[change.name].label} ({change.choice.replace('-', ' ')}): {value}"
