"""The order of endorsement on record against the model's, as one JSON document."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from dashboards.order_table import ABOUT, date_after, findings, in_turn
from scenarios.reference import endorsements
from scenarios.schema import Scenario
from simulation.backtest.endorsement_order import Scored
from simulation.backtest.endorsement_record import READINGS, SPONSOR, TEXT
from simulation.backtest.hindsight import in_doubt
from simulation.backtest.scored_order import Order

DIGITS = 6


def document(orders: Mapping[str, Order], scenario: Scenario, results: Any) -> dict[str, Any]:
    """Everything for JSON: `orders` by coding, and the results of the coding that is scored."""
    main = orders["replaced"]
    dates = [str(date) for date in results.data.date.values]
    opening = dt.date.fromisoformat(dates[0])
    return {
        "scenario": scenario.name,
        "text": TEXT,
        "sponsor_left_out": SPONSOR,
        "replicates": results.replicates,
        "seed": results.manifest["seed"],
        "watched": {"from": dates[0], "until": dates[-1]},
        "delegations": len(main.countries),
        "templates_for": in_doubt(scenario),
        "readings": {
            reading: {
                "title": READINGS[reading].title,
                "spoke": [main.countries[row] for row in in_turn(main, reading)],
                "pairs": main.scored[reading].pairs,
                "codings": {coding: _scored(order.scored[reading]) for coding, order in orders.items()},
            }
            for reading in main.scored
        },
        "statements": [
            {**one._asdict(), "covers": [key for key in one.covers if key in main.countries]}
            for one in endorsements()
        ],
        "expected": [
            {
                "delegation": key,
                "place": float(main.expected.place[row]),
                "mean_day": round(float(main.expected.day[row]), DIGITS),
                "endorses": round(float(main.expected.endorses[row]), DIGITS),
                **{
                    word: date_after(opening, value)
                    for word, value in zip(
                        ("low", "median", "high"), main.expected.band[:, row].tolist(), strict=True
                    )
                },
            }
            for row, key in enumerate(main.countries)
        ],
        "findings": findings(orders),
        "about": ABOUT,
    }


def _scored(one: Scored) -> dict[str, Any]:
    return {
        "scores": {
            name: {
                "concordance": _plain(score.value),
                "intervals": {kind: list(map(_plain, ends)) for kind, ends in score.intervals.items()},
                "who_spoke": _plain(score.who),
                "who_was_first": _plain(score.order),
            }
            for name, score in one.scores.items()
        },
        "differences": {
            name: {
                "value": _plain(gap.value),
                "intervals": {kind: list(map(_plain, ends)) for kind, ends in gap.intervals.items()},
                "claim": gap.verdict,
            }
            for name, gap in one.differences.items()
        },
    }


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), DIGITS)
