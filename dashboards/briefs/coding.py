"""Where the numbers of a scenario come from, and how sure they are, in sentences."""

from __future__ import annotations

from collections import Counter

import numpy as np

from scenarios.problems import shorten
from scenarios.schema import Delegation, Scenario
from simulation.analyses.wording import listing, sentence_case

BASES = {"hand": "coded by hand", "rule": "coded by a rule", "estimate": "estimated"}
NO_SOURCE = "without a stated source"
NAMED = 5  # how many kinds of source are named
LABEL = 60  # letters of a source that a scenario describes in its own words


def sources_counted(scenario: Scenario) -> dict[str, int]:
    """How many delegations are coded by hand, by a rule, estimated or otherwise; most first."""
    counted = Counter(_source(one) for one in scenario.delegations.values())
    return dict(counted.most_common())


def _source(one: Delegation) -> str:
    return BASES.get(one.basis, one.basis) or shorten(one.provenance, LABEL) or NO_SOURCE


def coded(scenario: Scenario) -> str:
    """Where the delegations' positions come from, in one sentence."""
    counts = sources_counted(scenario)
    told = [f"{count} {source}" for source, count in counts.items()]
    return f"Delegations and their positions: {listing(told, NAMED)}."


def uncertainty(scenario: Scenario) -> list[str]:
    """How far from the coded values every replicate draws, and how closely errors go together in a bloc."""
    drawn = {
        "positions": _deviations(scenario, "position_sd"),
        "salience": _deviations(scenario, "salience_sd"),
    }
    told = [f"{what} with a standard deviation of {span}" for what, span in drawn.items() if span]
    unknown = sum(
        one.positions.get(issue) is None for one in scenario.delegations.values() for issue in scenario.issues
    )
    sentences = []
    if told:
        sentences.append(f"Coded values are judgements, so every replicate draws {' and '.join(told)}.")
        sentences.append(_within_blocs(scenario))
    else:
        sentences.append("Every replicate takes positions and salience exactly as coded.")
    if unknown:
        sentences.append(
            f"{unknown} positions are unknown, and drawn from those of a delegation's blocs."
            if unknown > 1
            else "One position is unknown, and drawn from those of the delegation's blocs."
        )
    return [sentence_case(one) for one in sentences if one]


def _deviations(scenario: Scenario, field: str) -> str:
    """The standard deviations of the delegations in points, as a span with its median; empty if all are 0."""
    general, spread = getattr(scenario.uncertainty, field), scenario.uncertainty.spread
    own = [getattr(one, field) for one in scenario.delegations.values()]
    values = spread * np.array([general if value is None else value for value in own])
    low, middle, high = values.min(), float(np.median(values)), values.max()
    if high == 0:
        return ""
    if low == high:
        return f"{high:g} points"
    return f"{low:g} to {high:g} points ({middle:g} in the middle)"


def _within_blocs(scenario: Scenario) -> str:
    together = scenario.uncertainty.bloc_correlation
    if not any(len(bloc.members) > 1 for bloc in scenario.blocs.values()):
        return ""
    if together == 0:
        return "Errors are drawn for each delegation by itself, within blocs too."
    return (
        f"Within a bloc errors go together: their correlation is {together:g} for two delegations that share "
        "their only bloc."
    )
