"""What a kind of act is, and what several of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dashboards.classroom.act import Act, By

if TYPE_CHECKING:
    from dashboards.classroom.room import Room

# Control characters, and those that turn the direction of what follows, have no place in words for others.
UNSEEN = {
    *range(0x00, 0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
}


def clean(words: str) -> str:
    """Words without characters that nobody sees.

    >>> clean("yes\\u202e\\x00 ")
    'yes'
    """
    return words.translate(dict.fromkeys(UNSEEN)).strip()


def _said(words: str) -> str:
    if not words:
        raise ValueError("write something")
    return words


Words = Annotated[str, Field(max_length=1000), AfterValidator(clean)]
Said = Annotated[str, Field(max_length=1000), AfterValidator(clean), AfterValidator(_said)]
Short = Annotated[str, Field(max_length=80)]


class Payload(BaseModel):
    """What comes with an act; nothing more is taken."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Nothing(Payload):
    """Nothing comes with it."""


class Kind(NamedTuple):
    """A kind of act. `by`: who may do it. `payload`: its form. `refuse(room, act)`: why not now, in words, or
    an empty word. `apply(room, act)`: what it changes. `sees(room, act)`: the seats that learn of it beside
    the desk; all where it is absent. `settle(room, act)`: what the server adds before it is written down, so
    that reading the log again works nothing out (the result of a vote, when a part ends)."""

    by: frozenset[By]
    payload: type[Payload]
    refuse: Callable[[Room, Act], str]
    apply: Callable[[Room, Act], None]
    sees: Callable[[Room, Act], set[str]] | None = None
    settle: Callable[[Room, Act], dict[str, Any]] | None = None


PEOPLE: frozenset[By] = frozenset({"people", "model"})
DESK_ALONE: frozenset[By] = frozenset({"desk"})


def unknown_text(room: Room, act: Act) -> str:
    """Why the text of an act cannot be dealt with."""
    text = act.payload.get("text", "")
    if text not in room.drafts:
        return "There is no such text."
    return "This text is no longer on the table." if room.drafts[text].outcome else ""


def unknown_article(room: Room, act: Act) -> str:
    """Why the article of an act cannot be dealt with."""
    if why := unknown_text(room, act):
        return why
    article = room.drafts[act.payload["text"]].articles.get(act.payload.get("article", ""))
    if article is None:
        return "There is no such article."
    return "This article is agreed." if article.agreed else ""


def unknown_wording(room: Room, act: Act) -> str:
    """Why the wording of an act cannot be dealt with."""
    if why := unknown_article(room, act):
        return why
    wordings = room.drafts[act.payload["text"]].articles[act.payload["article"]].wordings
    return "" if act.payload.get("wording", "") in wordings else "There is no such wording."


def free(_: Room, __: Act) -> str:
    """Never refused."""
    return ""


def refused_together(*checks: Callable[[Room, Act], str]) -> Callable[[Room, Act], str]:
    """The first reason that any of the checks gives."""

    def refuse(room: Room, act: Act) -> str:
        return next((why for check in checks if (why := check(room, act))), "")

    return refuse


def title(room: Room, act: Act) -> str:
    """The title of the text that an act is about."""
    return room.drafts[act.payload["text"]].title


def fields(act: Act, *names: str) -> tuple[Any, ...]:
    """Some of what comes with an act."""
    return tuple(act.payload[name] for name in names)
