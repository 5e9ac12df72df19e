"""How counts, coalitions and prose are written in tables, pictures and pages."""

from __future__ import annotations

from simulation.analyses.citing import short

HEADLINE, TITLE = 110, 45  # characters that a headline has at most, and a title within one
OUTCOMES = {  # the measures of `simulation.compare`
    "endorsing": "delegations that endorse at the end",
    "opposing": "delegations that oppose at the end",
    "yes": "yes votes",
    "no": "no votes",
    "adopted": "chance that it is adopted",
    "vote_passed": "chance that the vote passes",
    "ambition": "share of the sponsors' first gain that is kept",
}


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


def setting(value: float) -> str:
    """A parameter's value as it is shown.

    >>> setting(-0.2), setting(float("inf"))
    ('−0.2', '∞')
    """
    return f"{value:g}".replace("-", "−").replace("inf", "∞")


def signed(value: float, digits: int = 1) -> str:
    """A change with its sign, as people write it.

    >>> signed(21.25), signed(-3), signed(0, 0), signed(-0.04)
    ('+21.2', '−3.0', '+0', '+0.0')
    """
    return f"{value:+z.{digits}f}".replace("-", "−")


def headed(*sentences: str) -> str:
    """The first of some sentences that is short enough for a headline, without its full stop; else nothing.

    >>> headed("", "Half of the room endorses the text.")
    'Half of the room endorses the text'
    """
    return next((one.rstrip(". ") for one in sentences if one and len(one) <= HEADLINE), "")


def titled(title: str) -> str:
    """A text as a headline names it: by its short title, or as the text where that is long.

    >>> titled("Rights-based text (Convention 108+)"), titled("The Hague rules"), titled("A title " * 9)
    ('the Rights-based text', 'the Hague rules', 'the text')
    """
    name = short(title).removeprefix("The ")
    return f"the {name}" if len(name) <= TITLE else "the text"


def do(count: int, verb: str) -> str:
    """How many do something.

    >>> do(1, "oppose"), do(1, "study"), do(0, "endorse")
    ('1 opposes', '1 studies', '0 endorse')
    """
    if count != 1:
        return f"{count} {verb}"
    return f"1 {verb[:-1]}ies" if verb.endswith("y") else f"1 {verb}s"


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
