"""An act in words: a sentence of ours, and apart from it the words that somebody typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from dashboards.classroom.act import Act
from dashboards.classroom.room import Room, Trade

TYPED = ("words", "reason", "gives", "asks")  # what comes with an act as words that people typed
STANCES = {"endorse": "endorses", "study": "is studying", "oppose": "opposes"}
BALLOTS = {"yes": "votes yes", "no": "votes no", "abstain": "abstains"}
REPLIES = {
    "accept": "accepts",
    "ad referendum": "accepts ad referendum",
    "reserve": "reserves its position on",
    "against": "is against",
}


class Told(NamedTuple):
    """An act in words: its number, seconds on the room's clock, the sentence, and what was typed with it."""

    number: int
    clock: float
    sentence: str
    typed: str

    @property
    def when(self) -> str:
        """Minutes and seconds on the room's clock."""
        return f"{int(self.clock) // 60}:{int(self.clock) % 60:02}"


def told(room: Room, act: Act) -> Told:
    """An act in words; `room` is the state after it, or any later one."""
    say = SENTENCES.get(act.kind)
    sentence = say(room, act) if say else f"{room.name(act.seat)}: {act.kind.replace('-', ' ')}."
    return Told(act.number, act.clock, sentence, typed(act.payload))


def typed(payload: dict[str, Any]) -> str:
    """The words that people typed into an act; what is given and what is asked are told apart."""
    if "gives" in payload:
        return f"{payload['gives']}; in return: {payload['asks']}"
    return str(payload.get("words") or payload.get("reason") or "")


def trade_of(room: Room, number: int) -> Trade | None:
    """The offer with a number; none where the desk has undone it."""
    return next((one for one in room.trades if one.number == number), None)


def _text(room: Room, act: Act) -> str:
    return f"the {room.drafts[act.payload['text']].title}"


def _article(room: Room, act: Act) -> str:
    return f"{room.drafts[act.payload['text']].articles[act.payload['article']].title} of {_text(room, act)}"


def _wording(room: Room, act: Act) -> str:
    article = room.drafts[act.payload["text"]].articles[act.payload["article"]]
    one = article.wordings.get(act.payload["wording"])
    by = [room.seats[seat].name for seat in (one.by if one else ()) if seat in room.seats]
    whose = f"the wording of {' and '.join(by)}" if by else "a wording"
    return f"{whose} for {_article(room, act)}"


def _answered(room: Room, act: Act) -> str:
    found, does = trade_of(room, act.payload["number"]), "accepts" if act.payload["accept"] else "declines"
    return f"{room.name(act.seat)} {does} the offer of {room.name(found.giver) if found else 'somebody'}."


def _event(room: Room, act: Act) -> str:
    key = act.payload["event"]
    return (
        room.scenario.events[key].sentence if key in room.scenario.events else "The chair reports an event."
    )


def _to(room: Room, act: Act) -> str:
    to = act.payload["to"]
    bloc = room.scenario.blocs.get(to.removeprefix("bloc:"))
    return bloc.name if to.startswith("bloc:") and bloc else room.name(to)


def _part(room: Room, act: Act) -> str:
    return f"The programme: {room.programme[act.payload['part']].title}."


Say = Callable[[Room, Act], str]
SENTENCES: dict[str, Say] = {
    "stance": lambda room, act: f"{room.name(act.seat)} {STANCES[act.payload['stance']]} {_text(room, act)}.",
    "cosponsor": lambda room, act: f"{room.name(act.seat)} co-sponsors {_text(room, act)}.",
    "leave-sponsors": lambda room, act: f"{room.name(act.seat)} leaves the sponsors of {_text(room, act)}.",
    "propose": lambda room, act: f"{room.name(act.seat)} proposes words for {_article(room, act)}.",
    "reply": lambda room, act: (
        f"{room.name(act.seat)} {REPLIES[act.payload['reply']]} {_wording(room, act)}."
    ),
    "withdraw": lambda room, act: f"{room.name(act.seat)} withdraws its words for {_article(room, act)}.",
    "confirm": lambda room, act: f"The chair {_placed(act)} {_wording(room, act)}.",
    "stand": lambda room, act: f"The chair puts {_wording(room, act)} into the text.",
    "agree": lambda room, act: f"{_article(room, act)} is agreed.",
    "offer": lambda room, act: f"{room.name(act.seat)} makes {room.name(act.payload['to'])} an offer.",
    "answer": _answered,
    "take-back": lambda room, act: f"{room.name(act.seat)} takes an offer back.",
    "note": lambda room, act: f"{room.name(act.seat)} writes to {_to(room, act)}.",
    "ask-floor": lambda room, act: f"{room.name(act.seat)} asks for the floor.",
    "leave-floor": lambda room, act: f"{room.name(act.seat)} leaves the list of speakers.",
    "vote": lambda room, act: (
        f"{room.name(act.seat)} {BALLOTS[act.payload['ballot']]} on {_text(room, act)}."
    ),
    "explain": lambda room, act: f"{room.name(act.seat)} explains its vote on {_text(room, act)}.",
    "object": lambda room, act: f"{room.name(act.seat)} objects under the silence procedure.",
    "chair": lambda room, act: "The chair speaks.",
    "chair-text": lambda room, act: f"The chair proposes a text of its own for {_text(room, act)}.",
    "open-silence": lambda room, act: f"The chair puts {_text(room, act)} under silence.",
    "close-silence": lambda room, act: "The silence ends.",
    "call-vote": lambda room, act: f"The chair calls the vote on {_text(room, act)}.",
    "close-vote": lambda room, act: f"The vote on {_text(room, act)} is closed.",
    "event": _event,
    "part": _part,
}


def _placed(act: Act) -> str:
    return "places" if act.payload["accept"] else "refuses"
