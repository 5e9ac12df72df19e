"""When is a round? Dated rounds of unequal length from a scenario's stretches."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Event, Scenario, Stretch

DAYS = {"day": 1, "week": 7, "fortnight": 14}


class Round(NamedTuple):
    """A step of the negotiation: the first day and the day after the last one."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> dt.date:
        """The last day that belongs to it."""
        return self.end - dt.timedelta(days=1)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of a shorter month.

    >>> months_later(dt.date(2021, 1, 31), 1)
    datetime.date(2021, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def rounds(stretches: Sequence[Stretch]) -> tuple[Round, ...]:
    """The rounds of a calendar, in order."""
    found = []
    for stretch in stretches:
        if stretch.length == "month":
            edges = [months_later(stretch.start, step) for step in range(stretch.rounds + 1)]
        else:
            length = dt.timedelta(days=DAYS[stretch.length])
            edges = [stretch.start + step * length for step in range(stretch.rounds + 1)]
        found += [Round(start, end) for start, end in zip(edges, edges[1:], strict=False)]
    return tuple(found)


def round_of(day: dt.date, calendar_rounds: Sequence[Round]) -> int | None:
    """The index of the round in which a day falls; a day in a gap belongs to the next round.

    None if the day lies before the first round or after the last one.
    """
    if day < calendar_rounds[0].start:
        return None
    return next((index for index, one in enumerate(calendar_rounds) if day < one.end), None)


def tabling(
    scenario: Scenario, all_rounds: Sequence[Round]
) -> tuple[tuple[tuple[int, ...], ...], NDArray[np.bool_]]:
    """Which texts are tabled in each round, and which lie on the table from the start.

    A text that has lapsed or was withdrawn is never tabled.
    """
    by_round: list[list[int]] = [[] for _ in all_rounds]
    from_start = np.ones(len(scenario.texts), dtype=bool)
    for m, text in enumerate(scenario.texts.values()):
        gone = text.status in ("lapsed", "withdrawn")
        from_start[m] = not gone and (text.tabled is None or text.tabled < all_rounds[0].start)
        if from_start[m] or gone or text.tabled is None:
            continue
        when = round_of(text.tabled, all_rounds)
        if when is not None:
            by_round[when].append(m)
    return tuple(map(tuple, by_round)), from_start


def pursued(scenario: Scenario, all_rounds: Sequence[Round]) -> NDArray[np.bool_]:
    """In which rounds the sponsors of each text still work for it (round, text)."""
    days = [text.pursued_until for text in scenario.texts.values()]
    return np.array([[day is None or one.start <= day for day in days] for one in all_rounds], dtype=bool)


def acting_events(scenario: Scenario, all_rounds: Sequence[Round]) -> tuple[tuple[Event, ...], ...]:
    """The exogenous events due in each round, in order of date; outcomes stay on the timeline."""
    by_round: list[list[Event]] = [[] for _ in all_rounds]
    for event in sorted(scenario.events.values(), key=lambda event: event.date):
        when = round_of(event.date, all_rounds)
        if event.nature == "exogenous" and when is not None:
            by_round[when].append(event)
    return tuple(map(tuple, by_round))
