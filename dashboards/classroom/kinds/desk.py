"""What the control desk does: the programme and its timer, events, seats, and what the projector shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from dashboards.classroom.act import Act
from dashboards.classroom.kinds._kind import DESK_ALONE, Kind, Nothing, Payload, Said, Short, Words, free

if TYPE_CHECKING:
    from dashboards.classroom.room import Room


class Part(Payload):
    """A part of the programme by its place."""

    part: Annotated[int, Field(ge=0, le=20)]


class Minutes(Payload):
    """Minutes more, or fewer."""

    minutes: Annotated[float, Field(ge=-120, le=120, allow_inf_nan=False)]


class Speech(Payload):
    """Words of the chair."""

    words: Said


class Card(Payload):
    """An event: one of the scenario's by its key, or words."""

    event: Short = ""
    words: Words = ""


class Handed(Payload):
    """A seat, and who plays it."""

    seat: Short
    played: Literal["people", "model"]


class Muted(Payload):
    """A seat, or all of them where it is empty, and whether it is muted."""

    seat: Short = ""
    muted: bool


class Switch(Payload):
    """A switch."""

    on: bool


class Shown(Payload):
    """What the projector shows large: a part of its page, or nothing."""

    what: Short = ""


class Undone(Payload):
    """The number of an act."""

    number: Annotated[int, Field(ge=1, le=10**9)]


def no_part(room: Room, act: Act) -> str:
    """Why the programme cannot go there."""
    return "" if act.payload["part"] < len(room.programme) else "The programme has no such part."


def start_part(room: Room, act: Act) -> None:
    """Begin a part of the programme."""
    room.part, room.paused = act.payload["part"], False
    room.ends = act.clock + 60 * room.programme[room.part].minutes
    room.say(act, f"{room.programme[room.part].title}.")


def not_running(room: Room, _: Act) -> str:
    """Why the timer cannot be touched."""
    return "" if room.now else "The programme has not begun."


def pause(room: Room, act: Act) -> None:
    """Stop the timer."""
    if not room.paused:
        room.paused, room.ends = True, max(0.0, room.ends - act.clock)


def resume(room: Room, act: Act) -> None:
    """Let the timer go on."""
    if room.paused:
        room.paused, room.ends = False, act.clock + room.ends


def extend(room: Room, act: Act) -> None:
    """Give the part more time, or less."""
    room.ends += 60 * act.payload["minutes"]


def speak(room: Room, act: Act) -> None:
    """Speak as the chair."""
    room.say(act, f"The chair: {act.payload['words']}")


def no_event(room: Room, act: Act) -> str:
    """Why an event cannot happen."""
    event = act.payload["event"]
    if not event:
        return "" if act.payload["words"] else "Choose an event or write one."
    if event not in room.scenario.events:
        return "The scenario has no such event."
    return "This event has happened already." if event in room.happened else ""


def happen(room: Room, act: Act) -> None:
    """Let an event happen."""
    event = act.payload["event"]
    if event:
        room.happened[event] = room.round
    room.say(act, act.payload["words"] or room.scenario.events[event].sentence)


def no_seat(room: Room, act: Act) -> str:
    """Why a seat cannot be dealt with."""
    return "" if act.payload["seat"] in room.seats else "There is no such delegation."


def hand(room: Room, act: Act) -> None:
    """Hand a seat to the model, or to people."""
    room.seats[act.payload["seat"]].played = act.payload["played"]


def no_seat_or_all(room: Room, act: Act) -> str:
    """Why a seat cannot be muted."""
    return "" if not act.payload["seat"] else no_seat(room, act)


def mute(room: Room, act: Act) -> None:
    """Mute a seat, or everybody; they still read."""
    if act.payload["seat"]:
        room.seats[act.payload["seat"]].muted = act.payload["muted"]
    else:
        room.muted = act.payload["muted"]


def lock(room: Room, act: Act) -> None:
    """Let nobody else in, or open the room again."""
    room.locked = act.payload["on"]


def advise(room: Room, act: Act) -> None:
    """Show people what the model would do at their seat, or not."""
    room.advice = act.payload["on"]


def ask(room: Room, act: Act) -> None:
    """Ask people before and after the lesson, or not."""
    room.asks = act.payload["on"]


def show(room: Room, act: Act) -> None:
    """Put something large on the projector."""
    room.spotlight = act.payload["what"]


def not_undoable(room: Room, act: Act) -> str:
    """Why an act cannot be undone."""
    number = act.payload["number"]
    if number > room.last or number in room.undone:
        return "There is no such act, or it is undone already."
    return ""


def undo(_: Room, __: Act) -> None:
    """Nothing here: whoever folds the log leaves out what was undone."""


def next_round(room: Room, act: Act) -> None:
    """The model's seats have played another round."""
    room.round = act.payload["round"]
    room.snapshots.append(room.snapshot())


def settled(room: Room, act: Act) -> dict[str, Any]:
    """The number of the round that comes next."""
    return {"round": room.round + 1}


KINDS = {
    "part": Kind(DESK_ALONE, Part, no_part, start_part),
    "pause": Kind(DESK_ALONE, Nothing, not_running, pause),
    "resume": Kind(DESK_ALONE, Nothing, not_running, resume),
    "extend": Kind(DESK_ALONE, Minutes, not_running, extend),
    "chair": Kind(DESK_ALONE, Speech, free, speak),
    "event": Kind(DESK_ALONE, Card, no_event, happen),
    "hand": Kind(DESK_ALONE, Handed, no_seat, hand),
    "mute": Kind(DESK_ALONE, Muted, no_seat_or_all, mute),
    "lock": Kind(DESK_ALONE, Switch, free, lock),
    "advice": Kind(DESK_ALONE, Switch, free, advise),
    "spotlight": Kind(DESK_ALONE, Shown, free, show),
    "undo": Kind(DESK_ALONE, Undone, not_undoable, undo),
    "questionnaire": Kind(DESK_ALONE, Switch, free, ask),
    "round": Kind(DESK_ALONE, Nothing, free, next_round, settle=settled),
}
