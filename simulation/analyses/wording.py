"""Names of states and lists of them in running English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

WITH_ARTICLE = {
    "Bahamas",
    "Central African Republic",
    "Comoros",
    "Congo",
    "Democratic People's Republic of Korea",
    "Democratic Republic of the Congo",
    "Dominican Republic",
    "European Union",
    "Gambia",
    "Holy See",
    "Lao People's Democratic Republic",
    "Maldives",
    "Marshall Islands",
    "Niger",
    "Philippines",
    "Republic of Korea",
    "Republic of Moldova",
    "Russian Federation",
    "Solomon Islands",
    "State of Palestine",
    "Sudan",
    "Syrian Arab Republic",
    "United Arab Emirates",
    "United Kingdom",
    "United Republic of Tanzania",
    "United States",
}
# Names that carry their long form in brackets or at the end are said without it.
SPOKEN = {
    "Bolivia (Plurinational State of)": "the Plurinational State of Bolivia",
    "Iran (Islamic Republic of)": "the Islamic Republic of Iran",
    "Micronesia (Federated States of)": "the Federated States of Micronesia",
    "Netherlands (Kingdom of the)": "the Kingdom of the Netherlands",
    "United Kingdom of Great Britain and Northern Ireland": "the United Kingdom",
    "United States of America": "the United States",
    "Venezuela (Bolivarian Republic of)": "the Bolivarian Republic of Venezuela",
}
OBSERVER = " (observer)"
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def spoken(name: str) -> str:
    """A state's United Nations short name as it stands inside a sentence, with its article if it has one.

    >>> spoken("Russian Federation"), spoken("Pakistan"), spoken("Iran (Islamic Republic of)")
    ('the Russian Federation', 'Pakistan', 'the Islamic Republic of Iran')
    """
    if name.endswith(OBSERVER):
        return f"{spoken(name.removesuffix(OBSERVER))}{OBSERVER}"
    if name in SPOKEN:
        return SPOKEN[name]
    return f"the {name}" if name in WITH_ARTICLE else name


def sentence_case(text: str) -> str:
    """The text with a capital first letter, the rest untouched.

    >>> sentence_case("the Sudan joined.")
    'The Sudan joined.'
    """
    return text[:1].upper() + text[1:]


def listing(items: Sequence[str], most: int | None = None) -> str:
    """Items as an English enumeration, cut after `most`.

    >>> listing(["China", "Cuba", "the Sudan"])
    'China, Cuba and the Sudan'
    >>> listing(["China", "Cuba", "the Sudan", "Egypt"], most=2)
    'China, Cuba and two more'
    """
    shown = list(items)
    if most is not None and len(shown) > most:
        shown = [*shown[:most], f"{number(len(shown) - most)} more"]
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + f" and {shown[-1]}"


def number(count: int) -> str:
    """A count as people write it: in words below ten.

    >>> number(0), number(3), number(41)
    ('no', 'three', '41')
    """
    return SMALL[count] if 0 <= count < len(SMALL) else str(count)


def percent(share: float) -> str:
    """A share as a whole percentage that never rounds to certainty.

    >>> percent(0.5), percent(0.998), percent(0.002), percent(1.0)
    ('50 %', 'over 99 %', 'under 1 %', '100 %')
    """
    if 0.995 <= share < 1:
        return "over 99 %"
    if 0 < share < 0.005:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def day(date: str) -> str:
    """An ISO date as people write it.

    >>> day("2020-09-08")
    '8 September 2020'
    """
    when = dt.date.fromisoformat(date[:10])
    return f"{when.day} {when:%B %Y}"
