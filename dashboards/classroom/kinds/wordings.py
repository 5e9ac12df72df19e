"""Work on a text: proposals in brackets, replies to them, and what the chair confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from dashboards.classroom.act import Act
from dashboards.classroom.kinds._kind import (
    DESK_ALONE,
    PEOPLE,
    Kind,
    Payload,
    Said,
    Short,
    title,
    unknown_article,
    unknown_wording,
)

if TYPE_CHECKING:
    from dashboards.classroom.room import Room, Wording

MOST = 12  # wordings of an article
Place = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Proposal(Payload):
    """Words of one's own for an article, and where on its issues the proposer places them."""

    text: Short
    article: Short
    words: Said
    places: dict[Short, Place] = {}


class OnWording(Payload):
    """A wording of an article."""

    text: Short
    article: Short
    wording: Short


class Reply(OnWording):
    """What a delegation says to a wording."""

    reply: Literal["accept", "ad referendum", "reserve", "against"]


class Placed(OnWording):
    """Where the chair places a proposal, or that it refuses it."""

    places: dict[Short, Place] = {}
    accept: bool = True


def article_of(room: Room, act: Act):
    """The article that an act is about."""
    return room.drafts[act.payload["text"]].articles[act.payload["article"]]


def wording_of(room: Room, act: Act) -> Wording:
    """The wording that an act is about."""
    return article_of(room, act).wordings[act.payload["wording"]]


def no_room(room: Room, act: Act) -> str:
    """Why nothing more can be proposed."""
    if why := unknown_article(room, act):
        return why
    article = article_of(room, act)
    if len(article.wordings) >= MOST:
        return f"This article has {MOST} wordings already; withdraw one first."
    issues = {issue for one in article.wordings.values() for issue in one.places}
    if set(act.payload["places"]) - issues:
        return "This article does not speak to that issue."
    return ""


def propose(room: Room, act: Act) -> None:
    """Put words into brackets; the chair confirms where they lie."""
    from dashboards.classroom.room import Wording

    article = article_of(room, act)
    places = dict(article.wordings["tabled"].places) | act.payload["places"]
    room.reworded += 1
    article.wordings[f"proposal-{act.number}"] = Wording(
        act.payload["words"], places, (act.seat,), "awaiting"
    )
    room.say(
        act, f"{room.name(act.seat)} proposes other words for {article.title} of the {title(room, act)}."
    )


def not_open(room: Room, act: Act) -> str:
    """Why a wording cannot be replied to."""
    if why := unknown_wording(room, act):
        return why
    return "" if wording_of(room, act).status == "open" else "This wording is not open."


def reply(room: Room, act: Act) -> None:
    """Accept, reserve or be against a wording."""
    article_of(room, act).replies.setdefault(act.payload["wording"], {})[act.seat] = act.payload["reply"]


def not_own(room: Room, act: Act) -> str:
    """Why a proposal cannot be withdrawn."""
    if why := unknown_wording(room, act):
        return why
    own = act.seat in wording_of(room, act).by and act.payload["wording"] != "tabled"
    if act.payload["wording"] == article_of(room, act).standing:
        return "This wording stands; the chair has to put another one in its place first."
    return "" if own else "Only whoever proposed it can withdraw it."


def withdraw(room: Room, act: Act) -> None:
    """Take a proposal off the table."""
    wording_of(room, act).status = "withdrawn"
    where = f"{article_of(room, act).title} of the {title(room, act)}"
    room.say(act, f"{room.name(act.seat)} withdraws its words for {where}.")


def confirm(room: Room, act: Act) -> None:
    """The chair places a proposal, or refuses it."""
    room.reworded += 1
    wording = wording_of(room, act)
    wording.status = "open" if act.payload["accept"] else "refused"
    wording.places |= act.payload["places"]


def stand(room: Room, act: Act) -> None:
    """The chair puts a wording into the text."""
    article = article_of(room, act)
    article.standing = act.payload["wording"]
    room.say(act, f"{article.title} of the {title(room, act)} now reads otherwise.")


def agree(room: Room, act: Act) -> None:
    """The chair closes an article: what stands is agreed."""
    article = article_of(room, act)
    article.standing, article.agreed = act.payload["wording"], True
    room.say(act, f"{article.title} of the {title(room, act)} is agreed.")


KINDS = {
    "propose": Kind(PEOPLE, Proposal, no_room, propose),
    "reply": Kind(PEOPLE, Reply, not_open, reply),
    "withdraw": Kind(PEOPLE, OnWording, not_own, withdraw),
    "confirm": Kind(DESK_ALONE, Placed, unknown_wording, confirm),
    "stand": Kind(DESK_ALONE, OnWording, not_open, stand),
    "agree": Kind(DESK_ALONE, OnWording, not_open, agree),
}
