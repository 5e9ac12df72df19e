"""A run's own order of endorsement, scored against the record by every reading."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import numpy as np

from simulation.backtest.endorsement_order import Expected, Scored, baselines, expected, score, scored_rows
from simulation.backtest.endorsement_record import READINGS, TEXT, Record, before, record

TABLED = dt.date(2020, 9, 8)  # the day on which the Initiative was made public
SCRIPTED = "scripted"


class Order(NamedTuple):
    """The delegations scored, by key and by name; when the run expects each; record and scores by reading, of
    those readings alone that have a pair to order; and who replays the record instead of deciding."""

    countries: list[str]
    names: list[str]
    expected: Expected
    records: dict[str, Record]
    scored: dict[str, Scored]
    told: list[str]


def order_of(results: Any) -> Order | None:
    """Score a run's own order. None where there is nothing to score: the run has no Global Initiative, does
    not watch from the day it was tabled on, or knows nobody of whom the record knows who came first.

    The baselines are taken from the run's scenario, the draws from its seed.
    """
    scenario, data = results.scenario, results.data
    if TEXT not in scenario.texts:
        return None
    opening, end = (dt.date.fromisoformat(str(data.date.values[place])) for place in (0, -1))
    if not opening <= TABLED <= end:
        return None
    countries = scored_rows(scenario)
    here = data.sel(country=countries)
    known = {reading: record(countries, opening, end, reading) for reading in READINGS}
    known = {reading: one for reading, one in known.items() if before(one).any()}
    if not known:
        return None
    others, seed = baselines(scenario, countries), results.manifest.get("seed", 1)
    model = expected(here.first_endorsed.sel(text=TEXT).values, np.cumsum(data.days.values), seed)
    return Order(
        countries,
        here.name.values.tolist(),
        model,
        known,
        {reading: score(one, model, others, countries, seed) for reading, one in known.items()},
        [key for key in countries if scenario.delegations[key].strategy == SCRIPTED],
    )
