"""A scenario filled in from the reference data: chosen states, chosen issues, a text to start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.loading import load
from scenarios.patching import apply_patch
from scenarios.problems import Problem, ScenarioError, nearest
from scenarios.reference import groups, states
from scenarios.schema import Issue, Scenario

SOURCE = "launch-2020-world"
TEXT = "starter-text"


def compose(name: str, countries: Sequence[str], issues: Sequence[str] = ()) -> Scenario:
    """A scenario of these countries on these issues (all eleven if none is named), ready to be edited.

    1. `countries` are codes, UN short names, and groups or blocs, in any case; each state sits there once.
    2. Positions, salience, trust, capability and blocs are those of `launch-2020-world`: coded by hand or by
       rule where a state was coded, else estimated by a ridge regression on groups, subregion and voting
       (`scenarios.reference.estimating`) with its error as `position_sd`. Each row says which it is.
    3. The starter text has an article for each issue. Its wording is the issue's description at 50, the
       options in brackets are those at 25 and 75; nobody sponsors it and the chair drafts.

    Raises ScenarioError with every word that names nobody and no issue.
    """
    world = load(SOURCE)
    problems: list[Problem] = []
    seated = _seats(countries, world, problems)
    chosen = _issues(issues, world, problems)
    if problems:
        raise ScenarioError(problems)
    few = {key: world.issues[key] for key in chosen}
    patch = {
        "delegations": dict.fromkeys(key for key in world.delegations if key not in seated),
        "issues": dict.fromkeys(key for key in world.issues if key not in few),
        "texts": {**dict.fromkeys(world.texts), TEXT: _text(few)},
        "events": dict.fromkeys(world.events),
        "red_lines": [],
    }
    alone = apply_patch(world, patch, label=name)
    return apply_patch(alone, _words(name, alone), label=name)


def _seats(words: Sequence[str], world: Scenario, problems: list[Problem]) -> set[str]:
    """The codes of all states that the words mean."""
    named = {key.casefold(): bloc.members for key, bloc in world.blocs.items()}
    named |= {key.casefold(): members for key, members in groups().items()}
    named |= {state.name.casefold(): (iso3,) for iso3, state in states().items()}
    named |= {iso3.casefold(): (iso3,) for iso3 in states()}
    found: set[str] = set()
    for word in filter(None, (word.strip() for word in words)):
        if word.casefold() in named:
            found |= set(named[word.casefold()])
        else:
            near = nearest(word, [*states(), *(state.name for state in states().values()), *groups()])
            mend = f"did you mean {near}?" if near else "give codes such as CHN, or groups such as ASEAN"
            problems.append(Problem("--countries", None, "", f"there is no state or group {word}", mend))
    if not found and not problems:
        mend = "give codes such as CHN, or groups such as ASEAN"
        problems.append(Problem("--countries", None, "", "it names nobody", mend))
    return found


def _issues(words: Sequence[str], world: Scenario, problems: list[Problem]) -> list[str]:
    """The issues that the words name, in the order given."""
    asked = [word.strip() for word in words if word.strip()] or list(world.issues)
    for word in asked:
        if word not in world.issues:
            mend = f"use some of: {', '.join(world.issues)}"
            problems.append(Problem("--issues", None, "", f"there is no issue {word}", mend))
    return list(dict.fromkeys(asked))


def _text(issues: Mapping[str, Issue]) -> dict[str, Any]:
    """An article for each issue, at its middle, with the descriptions around it in brackets."""
    return {
        "title": "Starter text",
        "status": "zero draft",
        "provenance": "made from the described points of the scales: a placeholder to replace",
        "articles": {
            str(number): {
                "title": issue.title,
                "wording": issue.anchors["50"],
                "places": {key: 50.0},
                "options": {
                    f"at-{point}": {"wording": issue.anchors[str(point)], "places": {key: float(point)}}
                    for point in (25, 75)
                },
            }
            for number, (key, issue) in enumerate(issues.items(), start=1)
        },
    }


def _words(name: str, room: Scenario) -> dict[str, Any]:
    """Title, question, sources, limits and calendar of the new scenario; blocs of nobody are left out."""
    estimated = [seat.name for seat in room.delegations.values() if seat.basis == "estimate"]
    coded = len(room.delegations) - len(estimated)
    sd = max((seat.position_sd or 0 for seat in room.delegations.values()), default=0)
    doubt = (
        "Estimated by a ridge regression of the coded values on groups, subregion and voting, with a "
        f"standard deviation of {sd:g} points: {', '.join(estimated)}."
        if estimated
        else "None is estimated."
    )
    return {
        "name": name,
        "title": f"{len(room.delegations)} delegations on {len(room.issues)} issues",
        "question": "Who comes on board the starter text, when and because of whom?",
        "story": "",
        "look_for": "",
        "teacher_notes": "",
        "objectives": "",
        "sources": (
            "Positions, salience, trust and capability: our coding and estimates as of August 2020, from "
            f"{SOURCE}; the columns basis, rule and provenance say where each row comes from."
        ),
        "limits": f"Delegations coded by hand or by rule: {coded}. {doubt} The text, the calendar and the "
        "rule are placeholders to replace. Not a prediction of what any state does.",
        "force_issue": "binding" if "binding" in room.issues else None,
        "calendar": [{"start": dt.date(2020, 9, 14), "length": "week", "rounds": 16}],
        "blocs": dict.fromkeys(key for key, bloc in room.blocs.items() if len(bloc.members) < 2),
        "dynamics": {"drafting": "chair"},
    }
