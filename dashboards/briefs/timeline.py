"""The calendar as a small picture: stretches of rounds, and what happens in them by number."""

from __future__ import annotations

from typing import Any, NamedTuple

from dashboards.briefs.brief import Brief
from simulation.calendar import rounds

APART = 6.0  # hundredths of the width that two numbers need between them


class Mark(NamedTuple):
    """A number on the line: how far across (0–100), and in which row above it."""

    place: float
    row: int
    number: int


def timeline(brief: Brief) -> dict[str, Any]:
    """Where rounds begin and events fall, in hundredths of the width; and the picture in a sentence."""
    all_rounds = rounds(brief.scenario.calendar)
    first, end = all_rounds[0].start, all_rounds[-1].end
    length = max((end - first).days, 1)

    def across(date: Any) -> float:
        return round(min(max(100 * (date - first).days / length, 0), 100), 2)

    ends: list[float] = []
    marks = []
    for number, moment in enumerate(brief.moments, start=1):
        place = across(moment.date)
        row = next((row for row, last in enumerate(ends) if place - last >= APART), len(ends))
        ends[row : row + 1] = [place]
        marks.append(Mark(place, row, number))
    return {
        "rounds": [(across(one.start), round(across(one.end) - across(one.start), 2)) for one in all_rounds],
        "marks": marks,
        "rows": len(ends),
        "finding": f"{brief.calendar} Events: {len(marks)}.",
    }
