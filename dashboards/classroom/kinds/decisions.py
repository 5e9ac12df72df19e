"""Decisions: the chair's text, the silence procedure, the vote and its explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from dashboards.classroom.act import Act
from dashboards.classroom.kinds._kind import (
    DESK_ALONE,
    PEOPLE,
    Kind,
    Payload,
    Said,
    Short,
    free,
    title,
    unknown_text,
)

if TYPE_CHECKING:
    from dashboards.classroom.room import Room

WORDS = {"yes": "votes yes", "no": "votes no", "abstain": "abstains"}


class OnText(Payload):
    """A text."""

    text: Short


class Proposed(Payload):
    """The chair's text: by article the wording that is to stand."""

    text: Short
    wordings: dict[Short, Short]


class Opened(Payload):
    """A text under silence, for some minutes."""

    text: Short
    minutes: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)]


class Objection(Payload):
    """An objection, with its reason."""

    words: Said


class Ballot(Payload):
    """A vote on a text."""

    text: Short
    ballot: Literal["yes", "no", "abstain"]


class Explained(Payload):
    """An explanation of vote."""

    text: Short
    words: Said


def not_all_there(room: Room, act: Act) -> str:
    """Why the chair cannot propose this."""
    if why := unknown_text(room, act):
        return why
    articles = room.drafts[act.payload["text"]].articles
    for number, wording in act.payload["wordings"].items():
        if number not in articles:
            return "There is no such article."
        if wording not in articles[number].wordings or articles[number].wordings[wording].status != "open":
            return f"{articles[number].title} has no such open wording."
    return ""


def propose(room: Room, act: Act) -> None:
    """The chair puts its own choice of wordings into the text."""
    draft = room.drafts[act.payload["text"]]
    for number, wording in act.payload["wordings"].items():
        draft.articles[number].standing = wording
    draft.by_chair = True
    room.say(act, f"The chair proposes a text of its own: {title(room, act)}.")


def silence_open(room: Room, act: Act) -> str:
    """Why no silence can be opened."""
    if room.silence and not room.silence.over:
        return "A text is under silence already."
    return unknown_text(room, act)


def until(room: Room, act: Act) -> dict[str, Any]:
    """When the silence ends on the room's clock."""
    return {"ends": act.clock + 60 * act.payload["minutes"]}


def open_silence(room: Room, act: Act) -> None:
    """Put a text under silence."""
    from dashboards.classroom.room import Silence

    room.silence = Silence(act.payload["text"], act.payload["ends"])
    room.say(act, f"The {title(room, act)} lies under silence.")


def no_silence(room: Room, act: Act) -> str:
    """Why nobody can object."""
    if room.silence is None or room.silence.over:
        return "No text lies under silence."
    return "You have objected already." if act.seat in room.silence.objections else ""


def object_(room: Room, act: Act) -> None:
    """Break the silence."""
    assert room.silence is not None
    room.silence.objections[act.seat] = act.payload["words"]
    room.say(act, f"{room.name(act.seat)} objects: silence is broken.")


def close_silence(room: Room, act: Act) -> None:
    """End the silence: without an objection the text is adopted."""
    if room.silence is None or room.silence.over:
        return
    room.silence.over = True
    draft = room.drafts[room.silence.text]
    if room.silence.objections:
        room.say(act, f"The {draft.title} is not adopted: silence was broken.")
    else:
        draft.outcome = "adopted"
        room.say(act, f"Nobody objected: the {draft.title} is adopted.")


def voted_on(room: Room, act: Act) -> str:
    """Why no vote can be called."""
    if why := unknown_text(room, act):
        return why
    open_now = [vote for vote in room.votes.values() if vote.open]
    return "A vote is open already; close it first." if open_now else ""


def call(room: Room, act: Act) -> None:
    """Open a vote."""
    from dashboards.classroom.room import Vote

    room.votes[act.payload["text"]] = Vote(act.payload["text"])
    room.say(act, f"The vote on the {title(room, act)} is open.")


def not_voting(room: Room, act: Act) -> str:
    """Why nobody can vote on it."""
    vote = room.votes.get(act.payload["text"])
    return "" if vote and vote.open else "There is no vote on this text now."


def cast(room: Room, act: Act) -> None:
    """Vote, or vote otherwise while the vote is open."""
    room.votes[act.payload["text"]].ballots[act.seat] = act.payload["ballot"]


def never_voted(room: Room, act: Act) -> str:
    """Why no vote can be explained."""
    vote = room.votes.get(act.payload["text"])
    return "" if vote and act.seat in vote.ballots else "You have not voted on this text."


def explain(room: Room, act: Act) -> None:
    """Explain a vote."""
    room.votes[act.payload["text"]].explanations[act.seat] = act.payload["words"]
    room.say(act, f"{room.name(act.seat)} explains its vote on the {title(room, act)}.")


def count(room: Room, act: Act) -> dict[str, Any]:
    """What the ballots come to."""
    from dashboards.classroom.counting import carried, deciding

    ballots = room.votes[act.payload["text"]].ballots
    return {"carried": carried(room.scenario, deciding(room.scenario), ballots)}


def close(room: Room, act: Act) -> None:
    """Close a vote and announce the result."""
    vote, draft = room.votes[act.payload["text"]], room.drafts[act.payload["text"]]
    vote.open, vote.carried = False, act.payload["carried"]
    draft.outcome = "adopted" if vote.carried else "not adopted"
    sums = [sum(one == word for one in vote.ballots.values()) for word in ("yes", "no", "abstain")]
    told = f"{sums[0]} yes, {sums[1]} no, {sums[2]} abstaining"
    room.say(act, f"The {draft.title} is {draft.outcome}: {told}.")


KINDS = {
    "chair-text": Kind(DESK_ALONE, Proposed, not_all_there, propose),
    "open-silence": Kind(DESK_ALONE, Opened, silence_open, open_silence, settle=until),
    "object": Kind(PEOPLE, Objection, no_silence, object_),
    "close-silence": Kind(DESK_ALONE, Payload, free, close_silence),
    "call-vote": Kind(DESK_ALONE, OnText, voted_on, call),
    "vote": Kind(PEOPLE, Ballot, not_voting, cast),
    "explain": Kind(PEOPLE, Explained, never_voted, explain),
    "close-vote": Kind(DESK_ALONE, OnText, not_voting, close, settle=count),
}
