"""How counts, coalitions and prose are written in tables, pictures and pages."""

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


def signed(value: float, digits: int = 1) -> str:
    """A change with its sign, as people write it.

    >>> signed(21.25), signed(-3), signed(0, 0)
    ('+21.2', '−3.0', '+0')
    """
    return f"{value:+.{digits}f}".replace("-", "−")


def letter(label: int) -> str:
    """The letter of a coalition: A, B, C … ; a dash for a delegation that stands alone.

    >>> letter(0), letter(2), letter(-1)
    ('A', 'C', '–')
    """
    return chr(ord("A") + label) if 0 <= label < 26 else "–"


def unbroken(words: str) -> str:
    """The words with numbers held to their per cent sign.

    >>> unbroken("90 % of them") == "90\N{NO-BREAK SPACE}% of them"
    True
    """
    return words.replace(" %", "\N{NO-BREAK SPACE}%")


def prose(words: str) -> list[str]:
    """Prose as paragraphs, split at its empty lines.

    >>> prose("One.\\n\\nTwo.\\n")
    ['One.', 'Two.']
    """
    return [paragraph.strip() for paragraph in words.split("\n\n") if paragraph.strip()]


def seated(delegations: int, observers: int) -> str:
    """How many sit in a room: those who count, and the observers if there are any.

    >>> seated(111, 0), seated(10, 1), seated(10, 3)
    ('111 delegations', '10 delegations and 1 observer', '10 delegations and 3 observers')
    """
    more = f" and {observers} observer{'s' if observers > 1 else ''}" if observers else ""
    return f"{delegations} delegations{more}"
