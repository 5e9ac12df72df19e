"""Whole groups judged otherwise: positions shifted along the way from no agreement to what a text asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.schema import Scenario
from simulation.analyses.alternatives import tabled

SHIFT, EVERYBODY = "positions.", "all"


def shifted(scenario: Scenario, points: Mapping[str, float], text: str) -> dict[str, Any]:
    """A patch that moves coded positions by so many points of the scale, by bloc; `all` is everybody.

    On each issue that the text as tabled speaks to, they move in the direction that leads from the reversion
    point to the text; a negative number moves them back. Shifts of several blocs add up for a delegation that
    sits in them; positions stay within the scale, unknown ones unknown.
    """
    ways = directions(scenario, text)
    changed: dict[str, Any] = {}
    for name, seat in scenario.delegations.items():
        by = sum(
            value
            for group, value in points.items()
            if group == EVERYBODY or name in scenario.blocs[group].members
        )
        moved = {
            issue: float(np.clip(stands + by * ways[issue], 0, 100))
            for issue, stands in seat.positions.items()
            if stands is not None and ways.get(issue)
        }
        if by and moved:
            changed[name] = {"positions": moved}
    return {"delegations": changed} if changed else {}


def directions(scenario: Scenario, text: str) -> dict[str, float]:
    """On each issue, whether the text as tabled lies above (1) or below (−1) the reversion point."""
    return {
        issue: float(np.sign(place - scenario.issues[issue].reversion))
        for issue, place in tabled(scenario, text).items()
    }
