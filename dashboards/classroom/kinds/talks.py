"""Talks between delegations: offers, notes, bloc rooms, and the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from dashboards.classroom.act import Act
from dashboards.classroom.kinds._kind import DESK_ALONE, PEOPLE, Kind, Nothing, Payload, Said, Short, free

if TYPE_CHECKING:
    from dashboards.classroom.room import Room

WAITING = 20  # offers of a seat that nobody has answered
Number = Annotated[int, Field(ge=1, le=10**9)]


class Offer(Payload):
    """What is given and what is asked."""

    to: Short
    gives: Said
    asks: Said


class Answer(Payload):
    """Whether an offer is accepted."""

    number: Number
    accept: bool


class Numbered(Payload):
    """An offer by its number."""

    number: Number


class Words(Payload):
    """Words to a delegation, or to the members of a bloc (`bloc:KEY`)."""

    to: Short
    words: Said


class Floor(Payload):
    """Whose turn it is."""

    seat: Short


def readers(room: Room, to: str) -> set[str]:
    """Who reads what goes to a delegation or a bloc; nobody where there is none of the name."""
    if to.startswith("bloc:"):
        bloc = room.scenario.blocs.get(to.removeprefix("bloc:"))
        return {key for key in bloc.members if key in room.seats} if bloc else set()
    return {to} & set(room.seats)


def nobody_there(room: Room, act: Act) -> str:
    """Why words cannot be delivered."""
    to = act.payload["to"]
    there = readers(room, to)
    if to.startswith("bloc:") and act.seat not in there:
        return "You are not a member of this bloc."
    return "" if there - {act.seat} else "There is nobody of that name to talk to."


def not_a_delegation(room: Room, act: Act) -> str:
    """Why an offer cannot be made."""
    to = act.payload["to"]
    if to not in room.seats or to == act.seat:
        return "There is nobody of that name to make an offer to."
    waiting = [one for one in room.offers.get(act.seat, []) if one.giver == act.seat and not one.answer]
    if len(waiting) >= WAITING:
        return f"{WAITING} of your offers wait for an answer; take one back first."
    return ""


def offer(room: Room, act: Act) -> None:
    """Make an offer."""
    from dashboards.classroom.room import Trade

    to, gives, asks = (act.payload[name] for name in ("to", "gives", "asks"))
    made = Trade(act.number, act.seat, to, gives, asks)
    room.trades.append(made)
    for seat in (act.seat, to):
        room.offers.setdefault(seat, []).append(made)


def not_waiting(room: Room, act: Act) -> str:
    """Why an offer cannot be answered."""
    found = [one for one in room.trades if one.number == act.payload["number"]]
    if not found or found[0].taker != act.seat:
        return "There is no such offer to you."
    return "" if not found[0].answer else f"This offer is {found[0].answer} already."


def answer(room: Room, act: Act) -> None:
    """Accept or decline."""
    found = next(one for one in room.trades if one.number == act.payload["number"])
    found.answer = "accepted" if act.payload["accept"] else "declined"


def not_mine(room: Room, act: Act) -> str:
    """Why an offer cannot be taken back."""
    found = [one for one in room.trades if one.number == act.payload["number"] and one.giver == act.seat]
    if not found:
        return "You have made no such offer."
    return "" if not found[0].answer else f"This offer is {found[0].answer} already."


def take_back(room: Room, act: Act) -> None:
    """Take an offer back."""
    next(one for one in room.trades if one.number == act.payload["number"]).answer = "withdrawn"


def write(room: Room, act: Act) -> None:
    """Send words."""
    from dashboards.classroom.room import Note

    written = Note(act.number, act.seat, act.payload["to"], act.payload["words"])
    room.notes.append(written)
    for seat in {act.seat, *readers(room, written.to)}:
        room.letters.setdefault(seat, []).append(written)


def between_two(room: Room, act: Act) -> set[str]:
    """The two sides of an offer."""
    if act.kind == "offer":
        return {act.seat, act.payload["to"]}
    return {
        side for one in room.trades if one.number == act.payload["number"] for side in (one.giver, one.taker)
    }


def queued(room: Room, act: Act) -> str:
    """Why somebody cannot ask for the floor."""
    return "You are on the list of speakers already." if act.seat in room.floor else ""


def ask_floor(room: Room, act: Act) -> None:
    """Ask for the floor."""
    room.floor.append(act.seat)


def leave_floor(room: Room, act: Act) -> None:
    """Leave the list of speakers."""
    if act.seat in room.floor:
        room.floor.remove(act.seat)


def not_seated(room: Room, act: Act) -> str:
    """Why the floor cannot be given."""
    return "" if act.payload["seat"] in ("", *room.seats) else "There is no such delegation."


def give_floor(room: Room, act: Act) -> None:
    """Give somebody the floor, or nobody."""
    room.speaking = act.payload["seat"]
    if room.speaking in room.floor:
        room.floor.remove(room.speaking)
    if room.speaking:
        room.say(act, f"{room.name(room.speaking)} has the floor.")


KINDS = {
    "offer": Kind(PEOPLE, Offer, not_a_delegation, offer, between_two),
    "answer": Kind(PEOPLE, Answer, not_waiting, answer, between_two),
    "take-back": Kind(PEOPLE, Numbered, not_mine, take_back, between_two),
    "note": Kind(
        PEOPLE,
        Words,
        nobody_there,
        write,
        lambda room, act: {act.seat, *readers(room, act.payload["to"])},
    ),
    "ask-floor": Kind(PEOPLE, Nothing, queued, ask_floor),
    "leave-floor": Kind(PEOPLE, Nothing, free, leave_floor),
    "give-floor": Kind(DESK_ALONE, Floor, not_seated, give_floor),
}
