"""The state of a room: what a fold of its log gives, and nothing that is not in the log."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from dashboards.classroom import kinds
from dashboards.classroom.act import DESK, Act
from dashboards.classroom.programme import DEFAULT, Part, programme
from scenarios.schema import Scenario

SHOWN = 40  # last lines that pages show


@dataclass
class Wording:
    """One wording of an article: its words, its places by issue, who proposed it, and whether it is open.

    "awaiting" waits for the chair to confirm where it lies; "withdrawn" and "refused" are off the table.
    """

    words: str
    places: dict[str, float]
    by: tuple[str, ...] = ()
    status: Literal["open", "awaiting", "withdrawn", "refused"] = "open"
    delete: bool = False


@dataclass
class Article:
    """An article of a draft: the key of the wording that stands, all wordings by key, and by wording what
    delegations replied to it (accept, accept ad referendum, reserve, against)."""

    title: str
    standing: str
    wordings: dict[str, Wording]
    replies: dict[str, dict[str, str]] = field(default_factory=dict)
    agreed: bool = False


@dataclass
class Draft:
    """A text on the table: its title, its sponsors, its articles, and what became of it."""

    title: str
    sponsors: list[str]
    articles: dict[str, Article]
    by_chair: bool = False
    outcome: Literal["", "adopted", "not adopted", "withdrawn"] = ""


@dataclass
class Stand:
    """Where a delegation stands on a text in public, why in its own words, and who decided that."""

    stance: Literal["endorse", "study", "oppose"] = "study"
    reason: str = ""
    by: str = "model"


@dataclass
class Trade:
    """An offer from one delegation to another: what it gives, what it asks, and what became of it."""

    number: int
    giver: str
    taker: str
    gives: str
    asks: str
    answer: Literal["", "accepted", "declined", "withdrawn"] = ""


@dataclass
class Note:
    """Words to one delegation, or to a bloc, and to nobody else."""

    number: int
    sender: str
    to: str
    words: str


@dataclass
class Silence:
    """A silence procedure: the text, until when on the room's clock, and who objected with which words."""

    text: str
    ends: float
    objections: dict[str, str] = field(default_factory=dict)
    over: bool = False


@dataclass
class Vote:
    """A vote on a text: whether it is open, ballots by delegation, explanations, and the result."""

    text: str
    open: bool = True
    ballots: dict[str, str] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    carried: bool | None = None


@dataclass
class Seat:
    """A delegation's seat: who plays it, and whether the desk has muted it."""

    name: str
    played: Literal["people", "model"] = "model"
    muted: bool = False


@dataclass
class Line:
    """A line for the last acts: when on the room's clock, whose, and the words."""

    number: int
    clock: float
    seat: str
    words: str


class Snapshot(NamedTuple):
    """Where everybody stood and how the texts read when a round was played: by text, stances by delegation,
    and the keys of the standing wordings by article."""

    stances: dict[str, dict[str, str]]
    standing: dict[str, dict[str, str]]


@dataclass
class Room:
    """Everything about a room that its log tells.

    `part` is −1 before the lesson starts. `ends` is when the present part ends on the room's clock; while the
    room is `paused` it is how many seconds are left. `round` counts the rounds that the model's seats have
    played, `snapshots` what each began with; `happened` tells in which round events were called.
    """

    scenario: Scenario
    programme: tuple[Part, ...]
    seats: dict[str, Seat]
    drafts: dict[str, Draft]
    stands: dict[str, dict[str, Stand]]
    part: int = -1
    ends: float = 0.0
    paused: bool = False
    round: int = 0
    trades: list[Trade] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    offers: dict[str, list[Trade]] = field(default_factory=dict)  # by whose they are, from both sides
    letters: dict[str, list[Note]] = field(default_factory=dict)  # by who reads them
    floor: list[str] = field(default_factory=list)
    speaking: str = ""
    silence: Silence | None = None
    votes: dict[str, Vote] = field(default_factory=dict)
    spotlight: str = ""
    advice: bool = False
    asks: bool = False  # whether the questionnaire is shown
    locked: bool = False
    muted: bool = False
    happened: dict[str, int] = field(default_factory=dict)
    snapshots: list[Snapshot] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    reworded: int = 0  # how often wordings were added or placed
    told: dict[str, Any] = field(default_factory=dict)  # kept by `parts`, with the next one
    judged: dict[tuple[Any, ...], str] = field(default_factory=dict)
    last: int = 0

    @property
    def now(self) -> Part | None:
        """The present part of the programme; none before it starts."""
        return self.programme[self.part] if 0 <= self.part < len(self.programme) else None

    def name(self, seat: str) -> str:
        """What a seat is called."""
        return "The chair" if seat == DESK else self.seats[seat].name

    def snapshot(self) -> Snapshot:
        """Where everybody stands and how the texts read now."""
        return Snapshot(
            {
                text: {seat: one.stance for seat, one in stands.items()}
                for text, stands in self.stands.items()
            },
            {
                text: {number: article.standing for number, article in draft.articles.items()}
                for text, draft in self.drafts.items()
            },
        )

    def still(self) -> Room:
        """A copy of what the model reads, in which nothing moves while the room goes on."""
        return replace(
            self,
            seats={key: replace(one) for key, one in self.seats.items()},
            drafts=copy.deepcopy(self.drafts),
            stands=copy.deepcopy(self.stands),
            snapshots=list(self.snapshots),
            happened=dict(self.happened),
        )

    def say(self, act: Act, words: str) -> None:
        """Add a line to the last acts."""
        self.lines.append(Line(act.number, act.clock, act.seat, words))
        del self.lines[:-SHOWN]


def opened(scenario: Scenario, minutes: int = DEFAULT) -> Room:
    """A room before anything has happened in it."""
    counted = {key: one for key, one in scenario.delegations.items() if not one.observer}
    return Room(
        scenario=scenario,
        programme=programme(minutes),
        seats={key: Seat(one.name) for key, one in counted.items()},
        drafts={key: _draft(scenario, key) for key in scenario.texts},
        stands={key: {seat: _opening(scenario, key, seat) for seat in counted} for key in scenario.texts},
    )


def folded(scenario: Scenario, minutes: int, acts: Iterable[Act]) -> Room:
    """The room that a log leads to; acts that the desk has undone count for nothing."""
    acts = list(acts)
    undone = {int(act.payload["number"]) for act in acts if act.kind == "undo"}
    room = opened(scenario, minutes)
    room.undone = undone
    for act in acts:
        advance(room, act)
    return room


def advance(room: Room, act: Act) -> None:
    """Take one act into the state."""
    room.last = act.number
    if act.number not in room.undone:
        kinds.KINDS[act.kind].apply(room, act)


def _opening(scenario: Scenario, text: str, seat: str) -> Stand:
    """Where a delegation stands before anybody has spoken: sponsors endorse, the others as coded."""
    if seat in scenario.texts[text].sponsors:
        return Stand("endorse")
    coded = scenario.delegations[seat].stance
    return Stand("endorse" if coded > 0 else "oppose" if coded < 0 else "study")


def _draft(scenario: Scenario, key: str) -> Draft:
    text = scenario.texts[key]
    return Draft(
        text.title,
        [name for name in text.sponsors if name in scenario.delegations],
        {number: _article(number, one) for number, one in text.articles.items()},
        by_chair=not text.sponsors,
    )


def _article(number: str, one: Any) -> Article:
    wordings = {"tabled": Wording(one.wording, dict(one.places))}
    for key, option in one.options.items():
        wordings[key] = Wording(option.wording, dict(option.places), option.proposed_by, delete=option.delete)
    return Article(one.title or f"Article {number}", one.chosen, wordings, agreed=one.agreed)
