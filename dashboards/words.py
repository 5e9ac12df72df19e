"""How counts and coalitions are written in tables and pictures."""

from __future__ import annotations


def span(low: float, high: float) -> str:
    """A band of counts.

    >>> span(31.0, 36.4), span(4, 4)
    ('31–36', '4')
    """
    first, last = f"{low:.0f}", f"{high:.0f}"
    return first if first == last else f"{first}–{last}"


def with_span(low: float, middle: float, high: float) -> str:
    """A median with its band.

    >>> with_span(31, 34, 36)
    '34 (31–36)'
    """
    return f"{middle:.0f} ({span(low, high)})"


def letter(label: int) -> str:
    """The letter of a coalition: A, B, C … ; a dash for a delegation that stands alone.

    >>> letter(0), letter(2), letter(-1)
    ('A', 'C', '–')
    """
    return chr(ord("A") + label) if 0 <= label < 26 else "–"
