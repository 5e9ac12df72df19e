"""Who moved whom: offers that were accepted and what each side did afterwards, and moves towards somebody."""

from __future__ import annotations

from typing import NamedTuple

from dashboards.classroom.act import Act
from dashboards.classroom.debrief.course import Change, Course
from dashboards.classroom.debrief.telling import trade_of
from dashboards.classroom.room import Room, Trade

SOON = 600.0  # seconds after a deal or a reply in which a move is told beside it
RULE = (
    "Nothing here reads the words of an offer. A deal counts as kept by the side that accepted it if, on a "
    "text that the other side endorsed when they agreed, it endorsed at the end and did not vote no; as "
    "broken if on each such text it opposed at the end or voted no; as open otherwise. Whether this is what "
    "had been promised is for the two to say."
)


class Deal(NamedTuple):
    """An accepted offer: when, between whom, in which words, what the taker's side came to ("kept", "broken"
    or "open"), and by text what each side did afterwards, in words."""

    clock: float
    trade: Trade
    verdict: str
    afterwards: list[str]


class Moved(NamedTuple):
    """Somebody moved towards a text soon after accepting something of another delegation, the `mover`: its
    words for an `article`, by its title, or an offer where that is empty."""

    change: Change
    mover: str
    article: str

    def accepted(self, mover: str) -> str:
        """What had been accepted, with the mover as it is called in a sentence."""
        return f"the words of {mover} for {self.article}" if self.article else f"the offer of {mover}"


def deals(found: Course) -> list[Deal]:
    """Every accepted offer with what came of it."""
    return [
        _deal(found, trade, act.clock, act.number)
        for act in found.acts
        if act.kind == "answer" and act.payload["accept"]
        if (trade := trade_of(found.room, act.payload["number"]))
    ]


def moved(found: Course) -> list[Moved]:
    """Moves of people's seats towards a text within ten minutes after they accepted an offer of a delegation
    that endorsed it, or accepted its words for the text; the last such act counts."""
    accepted: dict[str, list[Act]] = {}
    for act in found.acts:
        if act.kind in ("answer", "reply"):
            accepted.setdefault(act.seat, []).append(act)
    return [
        Moved(change, *mover)
        for change in found.changes
        if change.by != "model" and change.step > 0
        if (mover := _last_mover(found, accepted.get(change.seat, []), change))
    ]


def _last_mover(found: Course, acts: list[Act], change: Change) -> tuple[str, str] | None:
    """The last delegation of which something was accepted soon before a change."""
    soon = [act for act in acts if act.number < change.number and change.clock - act.clock <= SOON]
    movers = (_mover(found, act, change) for act in reversed(soon))
    return next((one for one in movers if one), None)


def _mover(found: Course, act: Act, change: Change) -> tuple[str, str] | None:
    if act.kind == "answer" and act.payload["accept"]:
        trade = trade_of(found.room, act.payload["number"])
        if trade and _stance_at(found, trade.giver, change.text, change.number) == "endorse":
            return trade.giver, ""
    if act.kind == "reply" and act.payload["text"] == change.text and act.payload["reply"] == "accept":
        article = found.room.drafts[change.text].articles[act.payload["article"]]
        wording = article.wordings.get(act.payload["wording"])
        if wording and wording.by and wording.by[0] in found.room.seats and wording.by[0] != act.seat:
            return wording.by[0], article.title
    return None


def _deal(found: Course, trade: Trade, clock: float, number: int) -> Deal:
    room = found.room
    backed = [text for text in room.drafts if _stance_at(found, trade.giver, text, number) == "endorse"]
    kept = [_kept(room, trade.taker, text) for text in backed]
    broken = bool(kept) and all(one is False for one in kept)
    verdict = "kept" if any(kept) else "broken" if broken else "open"
    afterwards = [
        f"{room.name(seat)} on the {draft.title}: {_did(room, seat, text)}."
        for text, draft in room.drafts.items()
        for seat in (trade.giver, trade.taker)
    ]
    return Deal(clock, trade, verdict, afterwards)


def _kept(room: Room, seat: str, text: str) -> bool | None:
    stance, ballot = room.stands[text][seat].stance, _ballot(room, seat, text)
    if stance == "oppose" or ballot == "no":
        return False
    return True if stance == "endorse" else None


def _did(room: Room, seat: str, text: str) -> str:
    ended = {"endorse": "endorses", "study": "studies", "oppose": "opposes"}[room.stands[text][seat].stance]
    ballot = _ballot(room, seat, text)
    return f"{ended} it at the end" + (f", votes {ballot}" if ballot else "")


def _ballot(room: Room, seat: str, text: str) -> str:
    return room.votes[text].ballots.get(seat, "") if text in room.votes else ""


def _stance_at(found: Course, seat: str, text: str, number: int) -> str:
    """Where a seat stood on a text just before an act."""
    its = [one for one in found.changes if (one.seat, one.text) == (seat, text)]
    later = next((one for one in its if one.number >= number), None)
    return later.before if later else found.room.stands[text][seat].stance
