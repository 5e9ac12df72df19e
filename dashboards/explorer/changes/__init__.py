"""What can be changed in a scenario, one kind of change a file, found by where it lives.

A module has `TITLE`, under which its controls stand; `PLACE`, the order in which they stand, and `ACTS`, the
order in which they act; `controls(scenario, where)`, which lists what can be changed, as the scenario has it;
`patches(scenario, where, changes)`, the patches that make some changes of its controls; and
`words(scenario, control, change)`, what a change is.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from agents.registry import modules
from dashboards.explorer.changes._control import Change, Control
from scenarios import apply_patch
from scenarios.schema import Scenario

Offered = dict[str, list[Control]]


def offered(scenario: Scenario, where: str) -> Offered:
    """The controls of a scenario, read from `where`, by the module that they come from."""
    found = {key: module.controls(scenario, where) for key, module in _modules().items()}
    return {key: controls for key, controls in found.items() if controls}


def titles() -> dict[str, str]:
    """Under which title the controls of a module stand."""
    return {key: module.TITLE for key, module in _modules().items()}


def asked_of(pairs: Sequence[tuple[str, str]], offer: Offered) -> tuple[Change, ...]:
    """The changes that the pairs of an address or a form ask for, in their order; of two values for the same
    thing the last one counts, and what is as the scenario has it asks for nothing.

    Pairs of other names are passed over. Raises UnknownEntry for a value that is not offered.
    """
    known = {one.name: one for controls in offer.values() for one in controls}
    found: dict[tuple[str, str], Change] = {}
    for name, written in pairs:
        if name in known and written:
            control, change = known[name], known[name].read(written)
            key = (name, change.value if control.switches else change.choice)
            found.pop(key, None)
            if not control.is_base(change):
                found[key] = change
    return tuple(found.values())


def changed(scenario: Scenario, where: str, offer: Offered, asked: Sequence[Change]) -> Scenario:
    """The scenario with the changes. Raises ScenarioError where they do not go together."""
    for key, changes in _by_module(offer, asked).items():
        for patch in _modules()[key].patches(scenario, where, changes):
            scenario = apply_patch(scenario, patch, "what if")
    return scenario


def words(scenario: Scenario, offer: Offered, asked: Sequence[Change]) -> list[str]:
    """What the changes are, in words, in the order of the changes."""
    known = {one.name: (_modules()[key], one) for key, controls in offer.items() for one in controls}
    return [known[one.name][0].words(scenario, known[one.name][1], one) for one in asked]


def _by_module(offer: Offered, asked: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes by the module whose they are, in the order in which modules act."""
    found = {}
    for key in sorted(offer, key=lambda one: _modules()[one].ACTS):
        names = [control.name for control in offer[key]]
        if mine := [change for change in asked if change.name in names]:
            found[key] = mine
    return found


def _modules() -> dict[str, ModuleType]:
    return dict(sorted(modules(__name__).items(), key=lambda pair: pair[1].PLACE))


__all__ = ["Change", "Control", "Offered", "asked_of", "changed", "offered", "titles", "words"]
