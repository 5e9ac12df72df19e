"""Country facts, each with source, date and known weaknesses in this folder's README.

Every function reads one table once. The key is ISO 3166-1 alpha-3; the 193 states are in its order.
"""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

FOLDER = Path(__file__).resolve().parent
VOTES_2018_2019 = ("73/27", "73/187", "73/266", "74/28", "74/29", "74/247")


class State(NamedTuple):
    """A member state of the United Nations: UN short name, M49 region and subregion, size, attendance.

    `absence` (0–1) is the chance of missing a roll call, estimated by the rule in the README.
    """

    name: str
    region: str
    subregion: str
    population: int
    gdp_usd: float | None
    absence: float


class RollCall(NamedTuple):
    """A recorded vote of the General Assembly with its official totals."""

    date: str
    yes: int
    no: int
    abstain: int
    absent: int
    subject: str


class Moment(NamedTuple):
    """Something that happened: ISO date, whether it came from outside or was a state's own answer to a text
    (`nature`: exogenous or outcome), a sentence, who reported it, its rung on the language ladder, source."""

    date: str
    nature: str
    sentence: str
    reported_by: str
    wording: str
    source: str


class Statement(NamedTuple):
    """A favourable word on the Initiative in public: the first and the last ISO date on which it can have
    been said; who spoke, and for which group; the states it covers; its rung on the language ladder; who
    reported it; how sure the row is (high, medium, low); a note; the source."""

    earliest: str
    latest: str
    speaker: str
    on_behalf_of: str
    covers: tuple[str, ...]
    wording: str
    reported_by: str
    confidence: str
    note: str
    source: str


class TemplateRow(NamedTuple):
    """The mix of group templates that can stand in for a coded row (template to weight, weights sum to 1),
    why this one, and whether hindsight cannot be excluded for the row as coded."""

    mix: dict[str, float]
    because: str
    hindsight: bool


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of one table; cells stay text, so that Namibia's code is never taken for a gap."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def states() -> dict[str, State]:
    """The 193 member states by iso3, in alphabetical order of the code."""
    return {
        row["iso3"]: State(
            row["name"],
            row["region"],
            row["subregion"],
            int(row["population"]),
            float(row["gdp_usd"]) if row["gdp_usd"] else None,
            float(row["absence"]),
        )
        for row in _rows("states.csv")
    }


@cache
def slots() -> dict[str, int]:
    """A country's fixed place, 0–192, in the table of states: random draws are keyed by it."""
    return {iso3: place for place, iso3 in enumerate(states())}


@cache
def development() -> dict[str, tuple[str, ...]]:
    """Least developed, landlocked developing and small island developing states, as the UN lists them."""
    columns = {
        "least developed states": "ldc",
        "landlocked developing states": "lldc",
        "small island developing states": "sids",
    }
    rows = _rows("states.csv")
    return {
        word: tuple(row["iso3"] for row in rows if row[column] == "1") for word, column in columns.items()
    }


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Members of each of 42 groups on 8 September 2020, states only."""
    members: dict[str, list[str]] = {}
    for row in _rows("groups.csv") + _rows("groups_added.csv"):
        members.setdefault(row["group"], []).append(row["iso3"])
    return {group: tuple(names) for group, names in members.items()}


@cache
def agreement() -> np.ndarray:
    """Voting agreement of every pair of states, 2010–2019: (193, 193), 0 always opposed to 1 always alike.

    The diagonal is NaN: a state's agreement with itself says nothing.
    """
    place = slots()
    table = np.full((len(place), len(place)), np.nan)
    with gzip.open(FOLDER / "agreement.csv.gz", "rt", encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        for a, b, _, share in lines:
            table[place[a], place[b]] = table[place[b], place[a]] = float(share)
    table.setflags(write=False)
    return table


@cache
def voting_space() -> dict[str, tuple[float, float]]:
    """Each state's point on the two main dimensions of divided roll calls, 2010–2019, in unit variance.

    Higher on the first is nearer the United States, higher on the second nearer China.
    """
    return {row["iso3"]: (float(row["dim1"]), float(row["dim2"])) for row in _rows("voting_space.csv")}


@cache
def ideal_points() -> dict[tuple[str, int], float]:
    """Ideal point by (iso3, session), sessions 65–74; higher is nearer the United States.

    Source: Bailey, Strezhnev and Voeten 2017, Journal of Conflict Resolution 61(2).
    """
    return {
        (row["iso3"], int(row["session"])): float(row["ideal_point"]) for row in _rows("ideal_points.csv")
    }


@cache
def recorded_votes() -> dict[str, dict[str, str]]:
    """What each state did on eleven cyber resolutions: yes, no, abstain, absent or not_member.

    The outer key is the resolution ("73/27"), the inner one iso3.
    """
    rows = _rows("cyber_votes.csv")
    return {name: {row["iso3"]: row[name] for row in rows} for name in roll_calls()}


@cache
def roll_calls() -> dict[str, RollCall]:
    """Date, official totals and subject of the eleven roll calls in `recorded_votes`."""
    return {
        row["resolution"]: RollCall(
            row["date"],
            int(row["yes"]),
            int(row["no"]),
            int(row["abstain"]),
            int(row["absent"]),
            row["subject"],
        )
        for row in _rows("roll_calls.csv")
    }


@cache
def indicators() -> dict[str, dict[str, str]]:
    """Indicators of development, freedom and cyber security around 2019, as text; an empty cell is a gap."""
    return {row.pop("iso3"): row for row in _rows("indicators.csv")}


@cache
def templates() -> dict[tuple[str, str], dict[str, float]]:
    """Group templates behind the coded rule rows, by (template, "position" or "salience"): issue → 0–100."""
    return {
        (row.pop("template"), row.pop("kind")): {issue: float(cell) for issue, cell in row.items()}
        for row in _rows("templates.csv")
    }


@cache
def treaties() -> dict[str, dict[str, tuple[str, int | None]]]:
    """Who had joined three treaties on 8 September 2020: treaty → iso3 → (party or signatory, year).

    The Budapest Convention on cybercrime, Convention 108 of the Council of Europe on personal data, and the
    Malabo Convention of the African Union. A year may be off by one; for Convention 108 none is given.
    """
    found: dict[str, dict[str, tuple[str, int | None]]] = {}
    for row in _rows("treaties.csv"):
        found.setdefault(row["treaty"], {})[row["iso3"]] = (
            row["status"],
            int(row["year"]) if row["year"] else None,
        )
    return found


@cache
def clean_network() -> dict[str, dict[str, str]]:
    """Who took part in the Clean Network by accounts in public: iso3 → basis, date, confidence (high, medium,
    low), and whether by 8 September 2020 (yes, no, unclear). No official list was found: a weak table."""
    return {row.pop("iso3"): row for row in _rows("clean_network.csv")}


@cache
def timeline() -> tuple[Moment, ...]:
    """What happened around rules for data security, March 2018 to October 2025, by date."""
    return tuple(Moment(**row) for row in _rows("timeline.csv"))


@cache
def endorsements() -> tuple[Statement, ...]:
    """What was said in public in favour of the Global Initiative on Data Security, September 2020 to June
    2022, as far as `timeline` records it. The README has the rule by which it was coded."""
    return tuple(
        Statement(covers=tuple(row.pop("covers").split()), **row) for row in _rows("endorsements.csv")
    )


@cache
def template_rows() -> dict[str, TemplateRow]:
    """Templates that can stand in for rows of the launch scenario coded by hand, by iso3."""
    return {
        row["iso3"]: TemplateRow(mix_of(row["rule"]), row["because"], bool(row["hindsight"]))
        for row in _rows("template_rows.csv")
    }


def mix_of(rule: str) -> dict[str, float]:
    """The templates of a rule with their weights, what is added to single issues left out; empty for a rule
    of another kind.

    >>> mix_of("0.8*GULF+0.2*ARAB forum+4")
    {'GULF': 0.8, 'ARAB': 0.2}
    """
    parts = [part.split("*") for part in rule.split(" ")[0].split("+")]
    return {part[1]: float(part[0]) for part in parts if len(part) == 2}
