"""How delegations and blocs are named in lists and in words."""

from __future__ import annotations

from dashboards.explorer.changes._control import Choices
from scenarios.schema import Scenario
from simulation.analyses.wording import spoken

EVERYBODY, BLOC = "all", "bloc:"


def delegations(scenario: Scenario) -> Choices:
    """All delegations, by name."""
    return tuple(sorted(((key, one.name) for key, one in scenario.delegations.items()), key=_name))


def blocs(scenario: Scenario, before: str = "") -> Choices:
    """All blocs with members, by name; `before` goes before their keys."""
    return tuple(sorted(((f"{before}{key}", one.name) for key, one in scenario.blocs.items()), key=_name))


def delegations_and_blocs(scenario: Scenario) -> Choices:
    """Who can sponsor a text."""
    return (*delegations(scenario), *blocs(scenario))


def name_of(scenario: Scenario, key: str) -> str:
    """A delegation, a bloc or everybody, as they stand inside a sentence."""
    if key == EVERYBODY:
        return "everybody"
    bare = key.removeprefix(BLOC)
    if key in scenario.delegations:
        return spoken(scenario.delegations[key].name)
    return spoken(scenario.blocs[bare].name)


def _name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
