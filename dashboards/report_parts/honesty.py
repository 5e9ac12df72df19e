"""What a run can and cannot tell: what its positions rest on, what is uncertain in it, what is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from dashboards.sections._section import Section
from dashboards.summary import Summary
from dashboards.words import headed
from scenarios.schema import Scenario
from simulation.analyses.wording import listing, percent

BASES = {
    "hand": "coded one by one",
    "rule": "set by a rule over groups",
    "estimate": "estimated",
    "": "not said",
}


class Honesty(NamedTuple):
    """Warnings of the run; what positions rest on and what varies, as tables; what other models say, in
    sentences; what is switched off or absent in this run."""

    headline: str
    warnings: list[str]
    bases: dict[str, list]
    varying: dict[str, list]
    beside: list[str]
    absent: str


def honesty(results: Any, answer: Summary, asked: Mapping[str, Section]) -> Honesty:
    """How far a run can be trusted; `asked` are the sections that its report has."""
    scenario = results.scenario
    forecast = asked.get("forecast")
    found = bases(scenario)
    return Honesty(
        headline=_headline(found),
        warnings=answer.warnings,
        bases={
            "head": ["what positions rest on", "delegations", "share"],
            "rows": [
                [basis, str(count), percent(count / len(scenario.delegations))] for basis, count in found
            ],
        },
        varying={"head": ["what varies from replicate to replicate", "how far"], "rows": varying(scenario)},
        beside=list(forecast.sentences[-2:]) if forecast else [],
        absent=listing(absent(scenario)),
    )


def bases(scenario: Scenario) -> list[tuple[str, int]]:
    """On how many delegations' positions each basis stands, most frequent first."""
    counted = Counter(one.basis for one in scenario.delegations.values())
    return [(BASES.get(basis, basis), count) for basis, count in counted.most_common()]


def _headline(found: list[tuple[str, int]]) -> str:
    """The shares of the bases in one short line."""
    total = sum(count for _, count in found)
    shares = [f"{percent(count / total)} {basis}" for basis, count in found if basis != BASES[""]]
    return headed(f"Of all positions: {listing(shares)}" if shares else "", "Positions are judgements")


def varying(scenario: Scenario) -> list[list[str]]:
    """What every replicate draws anew, with its size."""
    unsure, dynamics = scenario.uncertainty, scenario.dynamics
    rows = [
        [f"{what}, standard deviation", _sizes(scenario, key)]
        for what, key in (("coded positions", "position_sd"), ("coded salience", "salience_sd"))
    ]
    if unsure.bloc_correlation:
        rows.append(["errors shared by partners in a bloc, correlation", f"{unsure.bloc_correlation:g}"])
    chance = np.pi / (np.sqrt(3) * dynamics.precision)
    rows.append(["chance in every answer, standard deviation", f"{chance:.3f} gain units"])
    rows.append(["share of chance that lasts to the next round", percent(dynamics.noise_persistence)])
    return rows


def _sizes(scenario: Scenario, key: str) -> str:
    """The smallest and largest standard deviation of any delegation, in points of the scale."""
    usual = getattr(scenario.uncertainty, key)
    own = [getattr(one, key) for one in scenario.delegations.values()]
    sizes = [scenario.uncertainty.spread * (usual if one is None else one) for one in own]
    low, high = f"{min(sizes):g}", f"{max(sizes):g}"
    return "none" if high == "0" else f"{low} points" if low == high else f"{low} to {high} points"


def absent(scenario: Scenario) -> list[str]:
    """Mechanisms of the model that have no part in this run."""
    dynamics = scenario.dynamics
    there = {
        "redrafting of the texts": dynamics.drafting != "off",
        "trust in sponsors": dynamics.trust_weight != 0,
        "listening to others": dynamics.peer_weight != 0,
        "lobbying": dynamics.lobbying_weight != 0,
        "offers": any(text.budget for text in scenario.texts.values()),
        "commitments": bool(scenario.commitments),
        "blocs": bool(scenario.blocs),
        "events": bool(scenario.events),
        "a vote at the end": scenario.final_vote is not None,
        "observers": any(one.observer for one in scenario.delegations.values()),
    }
    return [what for what, here in there.items() if not here]
