"""Days of the calendar, read from a raw document whose values may still be of the wrong kind."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

DAYS = {"day": 1, "week": 7, "fortnight": 14}


def is_count(value: Any) -> bool:
    """Is this a usable number of rounds?"""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1000


def as_date(value: Any) -> dt.date | None:
    """A calendar day given as a date or in ISO form; None if it is neither."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return None
    return None


def stretch_end(stretch: dict[str, Any]) -> dt.date | None:
    """The first day after a run of rounds; None if it cannot be told."""
    start, rounds, length = as_date(stretch.get("start")), stretch.get("rounds"), stretch.get("length")
    if start is None or not is_count(rounds):
        return None
    assert isinstance(rounds, int)
    try:
        if length == "month":
            year, month = divmod(start.year * 12 + start.month - 1 + rounds, 12)
            return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
        days = DAYS.get(length) if isinstance(length, str) else None
        return start + dt.timedelta(days=days * rounds) if days else None
    except (ValueError, OverflowError):
        return None


def stretches(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The stretches of the calendar, as far as they are tables."""
    value = document.get("calendar")
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list | tuple) else []


def calendar_start(document: dict[str, Any]) -> dt.date | None:
    """The first day of the first round."""
    days = [as_date(stretch.get("start")) for stretch in stretches(document)]
    return days[0] if days else None


def calendar_end(document: dict[str, Any]) -> dt.date | None:
    """The first day after the last round."""
    ends = [stretch_end(stretch) for stretch in stretches(document)]
    return ends[-1] if ends else None
