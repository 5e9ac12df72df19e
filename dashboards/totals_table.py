"""Totals of recorded votes beside their 80 % bands, as sentences and a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OUTCOMES = ("yes", "abstain", "no")


def total_lines(found: dict[str, Any]) -> Iterator[str | tuple[list[str], list[list[str]]]]:
    """How often the bands held, and recorded totals beside them; * marks a total outside."""
    yield "\nTotals: recorded, and the forecast's 80 % band; * marks a total outside its band"
    names = list(dict.fromkeys(one["id"] for one in found["roll_calls"]))
    cells = {(one["id"], one["outcome"]): one for one in found["roll_calls"]}
    rows = [[name, *(_cell(cells[name, outcome]) for outcome in OUTCOMES)] for name in names]
    yield ["roll call", *OUTCOMES], rows
    yield f"The bands held {_held(found['held'])}."
    if "held_since_2006" in found:
        since = _held(found["held_since_2006"])
        yield f"With the four near-unanimous roll calls of 2006 to 2016 they held {since}."
        wider = _held(found["held_with_learned_drift"])
        yield f"With a drift learned from earlier roll calls alone, in place of the assumed one: {wider}."


def _cell(one: dict[str, Any]) -> str:
    mark = "" if one["inside"] else " *"
    return f"{one['recorded']} ({one['low']} to {one['high']}){mark}"


def _held(found: list[dict[str, Any]]) -> str:
    by_outcome = {one["outcome"]: one for one in found}
    return ", ".join(
        f"{outcome} in {one['held']} of {one['of']} ({one['interval'][0]:.0%} to {one['interval'][1]:.0%})"
        for outcome in OUTCOMES
        for one in [by_outcome[outcome]]
    )
