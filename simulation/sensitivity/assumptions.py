"""What is varied by default: parameters, positions, and what the scenario might do without or otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf
from pathlib import Path

from scenarios.overlaying import fitting
from scenarios.schema import Dynamics, Scenario
from simulation.analyses.alternatives import LEAST_MEMBERS, POINTS
from simulation.analyses.rule_swap import patch_of
from simulation.analyses.tornado import ADVISED
from simulation.sensitivity.assumption import Assumption, numbers, switch
from simulation.sensitivity.shifting import EVERYBODY, SHIFT

RULES = ("simple-majority", "two-thirds", "consensus")  # beside the scenario's own
UNSURE = (0.0, 2.0)  # what the standard deviations of coded values are multiplied with
BLOCS = 5  # those whose members follow their line most


def assumptions(scenario: Scenario, source: str | Path | None = None) -> list[Assumption]:
    """All that is varied unless something is asked for, in a fixed order.

    Every number of `[dynamics]` over its advised range, unless the scenario puts it at infinity; how unsure
    coded values are; positions of everybody and of the firmest blocs; the decision rule; and drafting, events
    and overlays off and on. Overlays are those that fit the scenario loaded from `source`, none without it,
    but not those that set only what is varied already.
    """
    found = [*_switches(scenario), *_dynamics(scenario), *_positions(scenario)]
    if source is None:
        return found
    return [*_overlays(scenario, source, {one.name for one in found}), *found]


def _switches(scenario: Scenario) -> Iterator[Assumption]:
    if any(
        one.nature == "exogenous" and one.type not in ("note", "table_text")
        for one in scenario.events.values()
    ):
        yield switch("events", {}, {"events": {"*": None}})
    others = [name for name in RULES if name != scenario.rule.name]
    yield Assumption(
        "rule",
        levels=(scenario.rule.name, *others),
        patches=({}, *(patch_of(scenario, name) for name in others)),
    )
    mode = scenario.dynamics.drafting
    if mode != "off":
        yield switch("dynamics.drafting", {"dynamics": {"drafting": mode}}, {"dynamics": {"drafting": "off"}})


def _dynamics(scenario: Scenario) -> Iterator[Assumption]:
    for name, (low, high) in ADVISED.items():
        here = float(getattr(scenario.dynamics, name))
        path = f"dynamics.{name}"
        if isinf(high):
            levels = tuple(dict.fromkeys((low, here, high)))
            yield Assumption(path, levels=levels, patches=tuple({"dynamics": {name: one}} for one in levels))
        elif not isinf(here):
            whole = isinstance(getattr(Dynamics(), name), int)
            yield Assumption(path, low, high, "whole") if whole else numbers(path, low, high)


def _positions(scenario: Scenario) -> Iterator[Assumption]:
    yield numbers("uncertainty.spread", *UNSURE)
    yield numbers(f"{SHIFT}{EVERYBODY}", -POINTS, POINTS)
    firm = [
        key
        for key in sorted(scenario.blocs, key=lambda key: -scenario.blocs[key].discipline)
        if LEAST_MEMBERS <= len(scenario.blocs[key].members) < len(scenario.delegations)
    ]
    for key in firm[:BLOCS]:
        yield numbers(f"{SHIFT}{key}", -POINTS, POINTS)


def _overlays(scenario: Scenario, source: str | Path, varied: set[str]) -> Iterator[Assumption]:
    for one in fitting(scenario, source):
        paths = {
            f"{table}.{key}" for table, part in one.patch.items() if isinstance(part, dict) for key in part
        }
        if not one.value and not paths <= varied:
            yield switch(one.name, one.patch)
