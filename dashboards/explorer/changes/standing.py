"""The delegations: what one of them wants on an issue, and who speaks for a bloc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.explorer.changes._control import Change, Choices, Control, Slider, one_list
from dashboards.explorer.changes._names import delegations, name_of
from scenarios.patching import combine
from scenarios.schema import Bloc, Scenario
from simulation.analyses.wording import sentence_case, spoken

TITLE, PLACE, ACTS = "The delegations", 40, 20


def controls(scenario: Scenario, where: str) -> list[Control]:
    """A position by delegation and issue, and a coordinator by bloc."""
    issues = tuple((key, issue.title) for key, issue in scenario.issues.items())
    found = [
        Control(
            "position",
            "Position",
            (one_list("Delegation", delegations(scenario)), one_list("Issue", issues)),
            slider=Slider(0, 100, 1),
            base={
                f"{key}/{issue}": place
                for key, seat in scenario.delegations.items()
                for issue, place in seat.positions.items()
                if place is not None
            },
            marks={key: _marks(scenario, key) for key in scenario.issues},
        )
    ]
    together = {key: bloc for key, bloc in scenario.blocs.items() if len(bloc.members) > 1}
    if together:
        spoken_by = {key: _spoken_by(bloc) for key, bloc in together.items()}
        found.append(
            Control(
                "coordinator",
                "Spoken for by",
                (one_list("Bloc", tuple((key, bloc.name) for key, bloc in together.items())),),
                options={key: _members(scenario, bloc, spoken_by[key]) for key, bloc in together.items()},
                base=dict(spoken_by),
                note="In general, and towards every partner.",
            )
        )
    return found


def patches(scenario: Scenario, where: str, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """One patch with all of them."""
    patch: dict[str, Any] = {}
    for change in changes:
        if change.name == "position":
            key, issue = change.choice.split("/")
            own: dict[str, Any] = {"delegations": {key: {"positions": {issue: float(change.value)}}}}
        else:
            own = {"blocs": {change.choice: {"coordinator": change.value, "coordinator_for": None}}}
        patch = combine(patch, own)
    return [patch]


def words(scenario: Scenario, control: Control, change: Change) -> str:
    """Where a delegation stands, or who speaks for a bloc."""
    if change.name == "coordinator":
        who = sentence_case(spoken(scenario.delegations[change.value].name))
        return f"{who} speaks for {name_of(scenario, change.choice)}"
    key, issue = change.choice.split("/")
    seat = scenario.delegations[key]
    own = seat.positions.get(issue)
    before = "" if own is None else f" instead of {own:g}"
    return f"{sentence_case(spoken(seat.name))} at {change.value}{before} on “{scenario.issues[issue].title}”"


def _spoken_by(bloc: Bloc) -> str:
    """The one delegation that speaks for a bloc, whoever it speaks to, if there is one."""
    return (bloc.coordinator or "") if not bloc.coordinator_for else ""


def _members(scenario: Scenario, bloc: Bloc, own: str) -> Choices:
    members = tuple((key, scenario.delegations[key].name) for key in bloc.members)
    return members if own else (("", "as it is"), *members)


def _marks(scenario: Scenario, key: str) -> dict[str, str]:
    """Words along the scale of an issue: its poles and its described points."""
    issue = scenario.issues[key]
    ends = {"0": issue.low_pole, "100": issue.high_pole}
    return {place: words for place, words in {**ends, **issue.anchors}.items() if words}
