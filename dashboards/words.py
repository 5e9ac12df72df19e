"""Numbers and lists in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence


def listing(items: Sequence[str], most: int | None = None) -> str:
    """Items as an English enumeration, cut after `most`.

    >>> listing(["China", "Cuba", "Laos"])
    'China, Cuba and Laos'
    >>> listing(["China", "Cuba", "Laos"], most=2)
    'China, Cuba and 1 more'
    """
    shown = list(items)
    if most is not None and len(shown) > most:
        shown = [*shown[:most], f"{len(shown) - most} more"]
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + f" and {shown[-1]}"


def percent(share: float) -> str:
    """A share as a whole percentage that never rounds to certainty.

    >>> percent(0.5), percent(0.998), percent(1.0)
    ('50 %', 'over 99 %', '100 %')
    """
    if 0.995 <= share < 1:
        return "over 99 %"
    if 0 < share < 0.005:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def span(low: float, high: float) -> str:
    """A band of counts.

    >>> span(31.0, 36.4), span(4, 4)
    ('31–36', '4')
    """
    first, last = f"{low:.0f}", f"{high:.0f}"
    return first if first == last else f"{first}–{last}"


def day(date: str | dt.date) -> str:
    """A date, or an ISO date, as people write it.

    >>> day("2020-09-08")
    '8 September 2020'
    """
    when = dt.date.fromisoformat(date[:10]) if isinstance(date, str) else date
    return f"{when.day} {when:%B %Y}"


def letter(label: int) -> str:
    """The letter of a coalition: A, B, C … ; a dash for a delegation that stands alone.

    >>> letter(0), letter(2), letter(-1)
    ('A', 'C', '–')
    """
    return chr(ord("A") + label) if 0 <= label < 26 else "–"
