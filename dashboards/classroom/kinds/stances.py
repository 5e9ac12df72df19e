"""Where delegations stand in public: endorse, study or oppose, co-sponsor, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dashboards.classroom.act import Act
from dashboards.classroom.kinds._kind import PEOPLE, Kind, Payload, Short, Words, title, unknown_text

if TYPE_CHECKING:
    from dashboards.classroom.room import Room

VERBS = {"endorse": "endorses", "study": "is studying", "oppose": "opposes"}


class Stance(Payload):
    """A stance on a text, with a reason."""

    text: Short
    stance: Literal["endorse", "study", "oppose"]
    reason: Words = ""


class OnText(Payload):
    """A text."""

    text: Short


def take(room: Room, act: Act) -> None:
    """Stand somewhere; a sponsor that no longer endorses leaves the sponsors."""
    stand, stance = room.stands[act.payload["text"]][act.seat], act.payload["stance"]
    changed = stand.stance != stance
    stand.stance, stand.reason, stand.by = stance, act.payload["reason"], act.by
    sponsors = room.drafts[act.payload["text"]].sponsors
    if stance != "endorse" and act.seat in sponsors:
        sponsors.remove(act.seat)
    if changed:
        room.say(act, f"{room.name(act.seat)} {VERBS[stance]} the {title(room, act)}.")


def sponsors_already(room: Room, act: Act) -> str:
    """Why it cannot join the sponsors."""
    if why := unknown_text(room, act):
        return why
    return "You sponsor this text already." if act.seat in room.drafts[act.payload["text"]].sponsors else ""


def join(room: Room, act: Act) -> None:
    """Join the sponsors, and so endorse."""
    room.drafts[act.payload["text"]].sponsors.append(act.seat)
    stand = room.stands[act.payload["text"]][act.seat]
    stand.stance, stand.by = "endorse", act.by
    room.say(act, f"{room.name(act.seat)} co-sponsors the {title(room, act)}.")


def no_sponsor(room: Room, act: Act) -> str:
    """Why it cannot leave the sponsors."""
    if why := unknown_text(room, act):
        return why
    return "" if act.seat in room.drafts[act.payload["text"]].sponsors else "You do not sponsor this text."


def leave(room: Room, act: Act) -> None:
    """Leave the sponsors; the stance stays."""
    room.drafts[act.payload["text"]].sponsors.remove(act.seat)
    room.say(act, f"{room.name(act.seat)} withdraws its sponsorship of the {title(room, act)}.")


KINDS = {
    "stance": Kind(PEOPLE, Stance, unknown_text, take),
    "cosponsor": Kind(PEOPLE, OnText, sponsors_already, join),
    "leave-sponsors": Kind(PEOPLE, OnText, no_sponsor, leave),
}
