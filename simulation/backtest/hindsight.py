"""Scenarios without what may have been coded in sight of what happened: templates in the place of rows.

A row replaced has the positions and the salience of its bloc's template, the spread of a row coded by rule,
and the mean trust of those who share the template; its red lines and conditions go. Statements about a text,
the outcomes on a timeline, never act in a run; here they are not even in the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scenarios import apply_patch, to_document
from scenarios.reference import mix_of, template_rows, templates
from scenarios.schema import Scenario
from simulation.backtest.endorsement_record import SPONSOR

SPREAD = 14.0  # points: the median of the rows coded by rule
Mix = Mapping[str, float]


def as_coded(scenario: Scenario) -> Scenario:
    """The scenario without the outcomes on its timeline."""
    gone = {key: None for key, event in scenario.events.items() if event.nature == "outcome"}
    return apply_patch(scenario, {"events": gone}, "outcomes") if gone else scenario


def without_hindsight(scenario: Scenario) -> Scenario:
    """The same, with templates for the rows of which hindsight cannot be excluded."""
    return _replaced(as_coded(scenario), in_doubt(scenario))


def templates_only(scenario: Scenario) -> Scenario:
    """The same, with templates for everybody coded by hand or by rule, the Initiative's sponsor excepted.

    Rows that were estimated from groups and votes stay: there is nothing of a single state in them.
    """
    return _replaced(as_coded(scenario), [key for key in scenario.delegations if key != SPONSOR])


CODINGS: dict[str, Callable[[Scenario], Scenario]] = {
    "replaced": without_hindsight,
    "templates": templates_only,
    "coded": as_coded,
}


def in_doubt(scenario: Scenario) -> list[str]:
    """The delegations for whose rows hindsight cannot be excluded."""
    return [key for key, row in template_rows().items() if row.hindsight and key in scenario.delegations]


def mixes(scenario: Scenario) -> dict[str, Mix]:
    """The templates that can stand in for each row; a row estimated in another way has none."""
    named = {key: mix_of(one.rule) for key, one in scenario.delegations.items()}
    named |= {key: row.mix for key, row in template_rows().items() if key in named}
    known = {name for name, _ in templates()}
    return {key: mix for key, mix in named.items() if mix and set(mix) <= known}


def _replaced(scenario: Scenario, rows: Iterable[str]) -> Scenario:
    mix = mixes(scenario)
    trust = _trust(scenario, mix)
    new = {key: _row(scenario, key, mix[key], trust) for key in rows if key in mix}
    lines = [line for line in to_document(scenario).get("red_lines", []) if line["delegation"] not in new]
    return apply_patch(scenario, {"delegations": new, "red_lines": lines}, "templates") if new else scenario


def _row(scenario: Scenario, key: str, mix: Mix, trust: Mapping[str, Mix]) -> dict[str, Any]:
    """What changes in a delegation."""
    known, own = templates(), scenario.delegations[key]

    def blend(tables: Mapping[str, Mapping[str, float]], name: str) -> float:
        there = {one: weight for one, weight in mix.items() if name in tables.get(one, {})}
        total = sum(weight * tables[one][name] for one, weight in there.items())
        return round(total / sum(there.values()), 6)

    row: dict[str, Any] = {"position_sd": SPREAD}
    for part, kind in (("positions", "position"), ("salience", "salience")):
        tables = {name: known[name, kind] for name in mix}
        row[part] = {
            issue: blend(tables, issue) for issue in scenario.issues if issue in next(iter(tables.values()))
        }
    row["trust"] = {
        sponsor: blend(trust, sponsor)
        for sponsor in own.trust
        if any(sponsor in trust.get(name, {}) for name in mix)
    }
    return row | ({"conditions": None} if own.conditions else {})


def _trust(scenario: Scenario, mix: Mapping[str, Mix]) -> dict[str, dict[str, float]]:
    """Mean trust in each sponsor by template, over those whose largest part it is; rows in doubt and the
    sponsor itself do not count."""
    values: dict[str, dict[str, list[float]]] = {}
    for key in mix.keys() - set(in_doubt(scenario)):
        for name in (one for one, weight in mix[key].items() if weight == max(mix[key].values())):
            for sponsor, value in scenario.delegations[key].trust.items():
                if sponsor != key:
                    values.setdefault(name, {}).setdefault(sponsor, []).append(value)
    return {
        name: {sponsor: sum(sorted(some)) / len(some) for sponsor, some in table.items()}
        for name, table in values.items()
    }


def still_coded(scenario: Scenario) -> list[str]:
    """The delegations in doubt whose rows stand as coded, not as their templates."""
    return [key for key in in_doubt(scenario) if not is_template(scenario, key)]


def is_template(scenario: Scenario, key: str) -> bool:
    """Does a delegation's row have the positions of its template, up to the rounding of a coded table?"""
    mix = mixes(scenario)
    if key not in mix:
        return False
    own, blend = scenario.delegations[key].positions, _row(scenario, key, mix[key], {})["positions"]
    return all(
        own.get(issue) is not None and abs(own[issue] - place) <= 0.5 for issue, place in blend.items()
    )
