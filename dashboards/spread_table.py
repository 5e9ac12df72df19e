"""How support spreads through groups, as tables and as one JSON document."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, NamedTuple

import numpy as np

from agents.registry import UnknownEntry
from dashboards.figures.growth import group_shares
from dashboards.figures.waiting import timing_of
from dashboards.groups import grouping
from dashboards.terminal import finite
from dashboards.words import span
from simulation.analyses.spread import ADOPTERS, Supporters, first_supporters
from simulation.analyses.timing import LogRank, differ
from simulation.analyses.wording import day, percent
from simulation.results import counted, observing

LOOKS = 4  # how often a table looks at the shares, evenly over the rounds
AWAY = "not on board"
NEVER = "not by the end"
CAUTION = (
    "The test holds each group against all other delegations; each counts once, with the day by which it has "
    "endorsed in at least half of the replicates. Delegations listen to each other, so p is rather too "
    "small, and among many groups some differ by luck. A model's output, not a prediction."
)


class Adopters(NamedTuple):
    """One kind of adopter: the rows of its delegations in order of their expected day, and the first and the
    last of these days as dates."""

    kind: str
    rows: list[int]
    first: str
    last: str


def looks(data: Any) -> list[int]:
    """The rounds at which the table gives shares."""
    last = data.sizes["round"] - 1
    return sorted({round(last * step / LOOKS) for step in range(1, LOOKS + 1)})


def growth_rows(data: Any, text: str, by: str) -> tuple[list[str], list[list[str]]]:
    """Median shares that endorse, with the middle 80 % of replicates, at some dates."""
    names, sizes, shares = group_shares(data, text, by)
    places = looks(data)
    head = ["group", "members", *(f"by {day(str(data.date.values[place]))}" for place in places)]
    rows = [
        [name, str(size), *(_share(*(100 * shares[:, place, group]).tolist()) for place in places)]
        for group, (name, size) in enumerate(zip(names, sizes, strict=True))
    ]
    return head, rows


def timing_rows(data: Any, text: str, by: str) -> tuple[list[str], list[list[str]]]:
    """When half of each group have endorsed, who waits to the end, and the test against all others."""
    head = ["group", "members", "half on board by", "still waiting at the end", "log-rank chi²", "p"]
    rows = []
    for name, one in timing_of(data, text, by).items():
        known = not math.isnan(one.test.p)
        rows.append(
            [
                name,
                str(one.members),
                _by(data, one.median_day),
                percent(one.waiting),
                f"{one.test.chi2:.1f}" if known else "–",
                small(one.test.p) if known else "–",
            ]
        )
    return head, rows


def between(data: Any, text: str, by: str, one: str, other: str) -> LogRank:
    """The test of two groups by their names. Raises UnknownEntry for a name that is none of them, and for
    coalitions, which are found from the very stances that the test would look at."""
    if by == "coalition":
        raise UnknownEntry("grouping to test", by, ["region", "bloc"])
    data = counted(data)
    names, members = grouping(data, by)
    for name in (one, other):
        if name not in names:
            raise UnknownEntry(by, name, names)
    first = data.first_endorsed.sel(text=text).values
    mine, theirs = (members[names.index(name)] for name in (one, other))
    return differ(first, np.cumsum(data.days.values), mine, theirs)


def pair_words(data: Any, text: str, by: str, pair: tuple[str, str]) -> str:
    """The test of two groups in a sentence."""
    one, other = pair
    test = between(data, text, by, one, other)
    if math.isnan(test.p):
        return f"{one} and {other} have too few delegations of their own to be tested, or nobody comes."
    p = small(test.p)
    return f"{one} against {other}: log-rank chi² {test.chi2:.1f}, p {p if p[0] == '<' else '= ' + p}."


def adopters(data: Any, text: str) -> list[Adopters]:
    """The kinds of adopter of a text, first to last, then who is not on board; kinds without anybody are left
    out, and so are observers."""
    found, seats = supporters(counted(data), text), np.flatnonzero(~observing(data))
    kinds = []
    for kind in (*ADOPTERS, AWAY):
        rows = [row for row in found.order.tolist() if found.adopter[row] == kind]
        if rows:
            ends = [_date(data, found.expected_day[row]) for row in (rows[0], rows[-1])]
            kinds.append(Adopters(kind, seats[rows].tolist(), *(ends if kind != AWAY else ("", ""))))
    return kinds


def supporters(data: Any, text: str) -> Supporters:
    """Who endorses a text first, in expectation."""
    return first_supporters(data.first_endorsed.sel(text=text).values, np.cumsum(data.days.values))


def adopter_rows(data: Any, text: str) -> tuple[list[str], list[list[str]]]:
    """The kinds of adopter with their number, their days and their names."""
    names = data.name.values
    rows = [
        [
            one.kind,
            str(len(one.rows)),
            f"{one.first} to {one.last}" if one.first else "never in most replicates",
            ", ".join(names[one.rows].tolist()),
        ]
        for one in adopters(data, text)
    ]
    return ["kind", "delegations", "expected first endorsement", "who"], rows


def document(results: Any, text: str, by: str, pair: tuple[str, str] | None = None) -> dict[str, Any]:
    """The spread of one text as one JSON document; days are counted from the opening, what is not known is
    null. With a `pair` of groups also the test of one against the other."""
    data = results.data
    names, sizes, shares = group_shares(data, text, by)
    timing, places = timing_of(data, text, by), looks(data)
    return {
        "scenario": results.scenario.name,
        "text": text,
        "by": by,
        "replicates": data.sizes["replicate"],
        "groups": [
            {
                "name": name,
                "members": size,
                "share_endorsing": [
                    dict(
                        zip(
                            ("date", "low", "median", "high"),
                            (str(data.date.values[place]), *shares[:, place, group].tolist()),
                            strict=True,
                        )
                    )
                    for place in places
                ],
                "median_day": finite(timing[name].median_day),
                "waiting": timing[name].waiting,
                "chi2": _known(timing[name].test.chi2),
                "p": _known(timing[name].test.p),
            }
            for group, (name, size) in enumerate(zip(names, sizes, strict=True))
        ],
        "adopters": [
            {"kind": one.kind, "delegations": data.country.values[one.rows].tolist()}
            for one in adopters(data, text)
        ],
        "caution": CAUTION,
        **({"between": _tested(between(data, text, by, *pair), pair)} if pair else {}),
    }


def _tested(test: LogRank, pair: tuple[str, str]) -> dict[str, Any]:
    return {"groups": list(pair), "chi2": _known(test.chi2), "p": _known(test.p)}


def small(p: float) -> str:
    """A p-value as people write it.

    >>> small(0.0312), small(2e-7)
    ('0.031', '< 0.001')
    """
    return f"{p:.3f}" if p >= 0.001 else "< 0.001"


def _share(low: float, middle: float, high: float) -> str:
    whole = span(low, high)
    return f"{whole} %" if whole == f"{middle:.0f}" else f"{middle:.0f} % ({whole} %)"


def _by(data: Any, days: float) -> str:
    return _date(data, days) if math.isfinite(days) else NEVER


def _date(data: Any, days: float) -> str:
    """The day of the calendar on which so many days since the opening are over."""
    opening = dt.date.fromisoformat(str(data.date.values[0]))
    return day((opening + dt.timedelta(days=max(math.ceil(days) - 1, 0))).isoformat())


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
