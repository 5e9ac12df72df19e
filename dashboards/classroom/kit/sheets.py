"""What stands on the sheets of a kit, worked out from a scenario alone."""

from __future__ import annotations

from typing import NamedTuple

import segno

from dashboards.classroom.cards import Card, card
from dashboards.classroom.programme import MINUTES, TITLES, Name
from dashboards.words import prose
from scenarios.schema import Scenario
from scenarios.schema_texts import Article

CAUTION = "A model for teaching, no prediction."
QUESTIONS = (
    "What did your capital want, and how much of it stands in the text now?",
    "Which words closed a bracket, and who gave something for them?",
    "Whom did you need for a majority, and what did you offer?",
    "Did silence mean agreement, or did nobody want to be the first to object?",
    "Which rule would have led to another result with the same votes?",
    "Which of your instructions were invented, and what did they make you say?",
    "What did this room do that the model’s rooms seldom do? Why?",
)


class Seat(NamedTuple):
    """A seat's role card, and the address that leads to the seat with a picture of it for phones; both are
    empty where no address is known."""

    card: Card
    address: str
    picture: str


class Step(NamedTuple):
    """A part of the programme: title, task, and by length of lesson when it begins and ends in minutes; none
    where a lesson of this length leaves it out."""

    title: str
    task: str
    when: list[tuple[float, float] | None]


class Provision(NamedTuple):
    """An article as it is tabled: number, title, words, other words in brackets, and whether it is agreed."""

    number: str
    title: str
    words: str
    brackets: list[str]
    agreed: bool


class Draft(NamedTuple):
    """A text as it is tabled: title, who sponsors it in words, and its articles."""

    title: str
    sponsors: str
    articles: list[Provision]


class Happening(NamedTuple):
    """An event that the chair can let happen: its day in words, and its sentence."""

    day: str
    sentence: str


class Kit(NamedTuple):
    """Everything that is printed for a lesson. `lengths` are the lessons that the programme is for, and
    `chosen` is that of this one; `code` is the room's, or empty."""

    scenario: Scenario
    code: str
    chosen: int
    lengths: list[int]
    steps: list[Step]
    seats: list[Seat]
    drafts: list[Draft]
    events: list[Happening]
    questions: list[str]


def kit(scenario: Scenario, minutes: int, code: str = "", origin: str = "") -> Kit:
    """The kit for a lesson of some minutes, seats in the order of their names.

    `origin` (http://HOST:PORT) and `code` lead to the room; without them cards have no picture for phones.
    """
    keys = [key for key, one in scenario.delegations.items() if not one.observer]
    keys.sort(key=lambda key: scenario.delegations[key].name)
    return Kit(
        scenario,
        code,
        minutes,
        list(MINUTES),
        [Step(*TITLES[name], [_span(length, name) for length in MINUTES]) for name in TITLES],
        [_seat(scenario, key, code, origin) for key in keys],
        [_draft(scenario, key) for key in scenario.texts],
        [
            Happening(f"{one.date.day} {one.date:%B %Y}", one.sentence)
            for one in sorted(scenario.events.values(), key=lambda one: one.date)
            if one.nature == "exogenous"
        ],
        [*QUESTIONS, *prose(scenario.look_for)],
    )


def seat_address(origin: str, code: str, seat: str) -> str:
    """Where somebody takes a seat.

    >>> seat_address("http://192.0.2.7:8020", "BCDF2", "KEN")
    'http://192.0.2.7:8020/join/BCDF2?seat=KEN'
    """
    return f"{origin}/join/{code}?seat={seat}"


def _seat(scenario: Scenario, key: str, code: str, origin: str) -> Seat:
    if not (code and origin):
        return Seat(card(scenario, key), "", "")
    address = seat_address(origin, code, key)
    return Seat(card(scenario, key), address, segno.make(address, error="m").svg_data_uri(border=2))


def _span(length: int, name: Name) -> tuple[float, float] | None:
    """When a part begins and ends in a lesson; none where it has no such part."""
    begin = 0.0
    for part, minutes in MINUTES[length].items():
        if part == name:
            return begin, begin + minutes
        begin += minutes
    return None


def _draft(scenario: Scenario, key: str) -> Draft:
    text = scenario.texts[key]
    known = {key: one.name for key, one in scenario.blocs.items()}
    known |= {key: one.name for key, one in scenario.delegations.items()}
    names = [known.get(name, name) for name in text.sponsors]
    sponsors = f"Sponsors: {', '.join(names)}." if names else "A text of the chair."
    return Draft(text.title, sponsors, [_provision(number, one) for number, one in text.articles.items()])


def _provision(number: str, article: Article) -> Provision:
    words = {"tabled": article.wording} | {
        key: "leave this article out" if one.delete else one.wording for key, one in article.options.items()
    }
    standing = words.pop(article.chosen)
    return Provision(
        number, article.title or f"Article {number}", standing, list(words.values()), article.agreed
    )
