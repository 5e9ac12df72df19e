"""The order of endorsement on record against the model's, as tables and as one JSON document."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import numpy as np

from dashboards.words import signed
from scenarios.reference import Statement
from scenarios.schema import Scenario
from simulation.analyses.wording import day, listing, number, percent
from simulation.backtest.endorsement_order import BASELINES, KINDS, PLENARY, Difference, Score, Scored
from simulation.backtest.endorsement_record import READINGS
from simulation.backtest.hindsight import in_doubt, still_coded
from simulation.backtest.scored_order import Order

NEVER = "not by the end"
TITLES = {
    PLENARY: "Plenary",
    "agreement": "voting agreement with China",
    "forum": "position on the forum",
    "groups": "groups shared with China",
}
SHORT = {
    PLENARY: "Plenary",
    "agreement": "voting agreement",
    "forum": "forum position",
    "groups": "shared groups",
}
CODINGS = {
    "replaced": "rows replaced",
    "templates": "templates alone",
    "coded": "all as coded",
}
CLAIMS = {"better": "better", "worse": "worse", "open": "open", "few": "too few spoke"}
SCORE_HEAD = ("ranking", "index", *KINDS, "first")
DIFFERENCE_HEAD = ("Plenary minus", "gap", *KINDS, "claim")
TOLD = ("state", "on record", "expected place", "median day")
ABOUT = (
    "Index: the concordance, which is the share of pairs ordered alike, of those of which the record "
    "knows who came first; ½ is chance. Who never spoke comes last; “first” takes pairs of two who "
    "spoke. Intervals hold 95 % of a thousand draws over delegations, blocs and replicates; a claim "
    "needs all of them to exclude 0. Replaced are rows for which hindsight cannot be excluded. The "
    "record was coded after the event, and few states are on it. A model's output, not a prediction."
)


def pair_rows(order: Order) -> tuple[list[str], list[list[str]]]:
    """How many states spoke by each reading, and how many pairs there are to order."""
    rows = [
        [
            READINGS[reading].name,
            str(one.spoke),
            str(len(order.countries) - one.spoke),
            f"{one.pairs['all']:,}",
            f"{one.pairs['order']:,}",
        ]
        for reading, one in order.scored.items()
    ]
    return ["reading", "spoke", "never spoke", "pairs", "both spoke"], rows


def score_rows(scores: Mapping[str, Score]) -> tuple[list[str], list[list[str]]]:
    """Each ranking's concordance with its intervals, and that on pairs of two who spoke."""
    rows = [
        [
            name,
            _number(one.value),
            *(_span(one.intervals[kind]) if kind in one.intervals else "–" for kind in KINDS),
            _number(one.order),
        ]
        for name, one in scores.items()
    ]
    return list(SCORE_HEAD), rows


def difference_rows(differences: Mapping[str, Difference]) -> tuple[list[str], list[list[str]]]:
    """Plenary's concordance minus each baseline's, and what may be claimed."""
    rows = [
        [
            name,
            _signed(one.value),
            *(_signed_span(one.intervals[kind]) for kind in KINDS),
            CLAIMS[one.verdict],
        ]
        for name, one in differences.items()
    ]
    return list(DIFFERENCE_HEAD), rows


def spoke_rows(order: Order, reading: str, dates: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Who spoke by a reading, in the order on record, beside when the run expects it; `dates` are those at
    the ends of its rounds."""
    found, times, opening = order.records[reading], order.expected, dt.date.fromisoformat(dates[0])
    rows = []
    for row in in_turn(order, reading):
        said = found.statement[row]
        assert said is not None
        low, middle, high = (_by(opening, value) for value in times.band[:, row].tolist())
        rows.append(
            [
                order.names[row],
                said_on(said),
                said.wording + (f" (for {said.on_behalf_of})" if said.on_behalf_of else ""),
                said.reported_by,
                said.confidence,
                f"{times.place[row]:g} of {len(order.names)}",
                middle,
                low if low == high else f"{low} to {high}",
                percent(float(times.endorses[row])),
            ]
        )
    head = [
        *("state", "on record", "rung", "reported by", "confidence", "expected place", "median day"),
        *("middle 80 %", "endorses in"),
    ]
    return head, rows


def in_turn(order: Order, reading: str) -> list[int]:
    """The rows of who spoke by a reading, by the last day that it can have been, then by the first."""
    found = order.records[reading]
    turn = np.lexsort((np.arange(len(order.names)), found.earliest, found.latest))
    return [row for row in turn.tolist() if found.spoke[row]]


def coding_rows(scenario: Scenario) -> tuple[list[str], list[list[str]]]:
    """Which of the rows in doubt stand in a scenario as coded, and which as a template."""
    doubtful = in_doubt(scenario)
    coded = still_coded(scenario)
    kinds = {"as coded": coded, "as a template": [key for key in doubtful if key not in coded]}
    names = {key: scenario.delegations[key].name for key in doubtful}
    rows = [
        [kind, str(len(keys)), ", ".join(names[key] for key in keys) or "–"] for kind, keys in kinds.items()
    ]
    return ["rows for which hindsight cannot be excluded", "number", "who"], rows


def said_on(one: Statement) -> str:
    """When a statement was made: a day, or the last one that it can have been."""
    return day(one.latest) if one.earliest == one.latest else f"by {day(one.latest)}"


def claims(scored: Scored) -> str:
    """Where Plenary lies below a baseline, and what may be claimed."""
    gaps = scored.differences
    if any(one.verdict == "few" for one in gaps.values()):
        return "Fewer than five states spoke, so that nothing is claimed."
    below = [TITLES[name] for name, one in gaps.items() if one.value < 0]
    first = f"Plenary lies below {listing(below)}" if below else "Plenary lies below none of them"
    sure = [
        f"it is {word} than {listing(names)}"
        for word in ("better", "worse")
        if (names := [TITLES[name] for name, one in gaps.items() if one.verdict == word])
    ]
    if not sure:
        return f"{first}; no difference is sure, since an interval of each includes 0."
    return f"{first}; {' and '.join(sure)}, and no other difference is sure."


def findings(orders: Mapping[str, Order]) -> list[str]:
    """What may be said by every reading, of the coding that is scored."""
    return [finding(reading, one) for reading, one in orders["replaced"].scored.items()]


def finding(reading: str, one: Scored) -> str:
    """The concordances of one reading in words."""
    values = listing([f"{TITLES[name]} {score.value:.3f}" for name, score in one.scores.items()])
    spoke = f"{number(one.spoke)} state{'s' if one.spoke != 1 else ''}"
    return f"By {READINGS[reading].name} ({spoke}): {values}. {claims(one)}"


def all_scores(orders: Mapping[str, Order], reading: str) -> dict[str, Score]:
    """Plenary by every coding, then the baselines, by short titles."""
    own = {f"Plenary, {CODINGS[key]}": one.scored[reading].scores[PLENARY] for key, one in orders.items()}
    main = orders["replaced"].scored[reading].scores
    return own | {SHORT[name]: main[name] for name in BASELINES}


def _number(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def _signed(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else signed(value, digits)


def _span(ends: tuple[float, float]) -> str:
    return f"{_number(ends[0], 2)}–{_number(ends[1], 2)}"


def _signed_span(ends: tuple[float, float]) -> str:
    return f"{_signed(ends[0], 2)} to {_signed(ends[1], 2)}"


def date_after(opening: dt.date, days: float) -> str | None:
    """The day on which so many days since the opening are over; none for a time that never comes."""
    return (
        (opening + dt.timedelta(days=max(math.ceil(days) - 1, 0))).isoformat()
        if math.isfinite(days)
        else None
    )


def _by(opening: dt.date, days: float) -> str:
    found = date_after(opening, days)
    return day(found) if found else NEVER
