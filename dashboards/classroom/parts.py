"""What is seen by whom, in parts: everybody's, a seat's own, and the control desk's.

A page holds the parts it has been sent; when one changes it is sent again as a whole, so that a page that was
away needs nothing but the present parts. Secret instructions are in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.classroom.cards import against
from dashboards.classroom.questionnaire import moment
from dashboards.classroom.room import Draft, Room, Trade
from dashboards.classroom.store import Claim

LINES = 12
TALKS = 60  # last offers and notes that a page shows, beside offers that wait for an answer
Parts = dict[str, Any]


def shared(room: Room, there: Mapping[str, int]) -> Parts:
    """What everybody sees. `there` is how many people are connected at each seat."""
    return {
        "programme": _programme(room),
        "seats": {
            key: {"name": seat.name, "played": seat.played, "there": there.get(key, 0), "muted": seat.muted}
            for key, seat in room.seats.items()
        },
        "support": {text: _support(room, text) for text in room.drafts},
        "drafts": {text: _draft(draft) for text, draft in room.drafts.items()},
        "floor": {"speaking": room.speaking, "waiting": list(room.floor)},
        "silence": _silence(room),
        "votes": {text: _vote(vote) for text, vote in room.votes.items()},
        "lines": [[line.number, line.clock, line.seat, line.words] for line in room.lines[-LINES:]],
    }


def own(room: Room, seat: str) -> Parts:
    """What a seat alone sees: offers to it and from it, notes, and what was said in its blocs' rooms."""
    return {
        "trades": _offers(room.offers.get(seat, [])),
        "notes": [vars(one) for one in room.letters.get(seat, [])[-TALKS:]],
        "against": _against(room, seat),
    }


def _offers(trades: list[Trade]) -> list[Parts]:
    """The last offers, and all that wait for an answer."""
    late = len(trades) - TALKS
    return [vars(one) for place, one in enumerate(trades) if place >= late or not one.answer]


def _against(room: Room, seat: str) -> Parts:
    """By text, article and wording what it is to a delegation; worked out once for each wording's places."""
    version, told = room.told.get(seat, (-1, {}))
    if version != room.reworded:
        told = {
            text: {
                number: {
                    key: _told(room, seat, {} if one.delete else one.places)
                    for key, one in article.wordings.items()
                }
                for number, article in draft.articles.items()
            }
            for text, draft in room.drafts.items()
        }
        room.told[seat] = (room.reworded, told)
    return told


def _told(room: Room, seat: str, places: dict[str, float]) -> str:
    key = (seat, *sorted(places.items()))
    if key not in room.judged:
        room.judged[key] = against(room.scenario, seat, places)
    return room.judged[key]


def desks(room: Room, claims: list[Claim], idle: Mapping[str, float], code: str) -> Parts:
    """What the control desk sees beside that. `idle` is for how many seconds a seat has done nothing."""
    return {
        "desk": {
            "code": code,
            "locked": room.locked,
            "muted": room.muted,
            "advice": room.advice,
            "asks": room.asks,
            "spotlight": room.spotlight,
            "round": room.round,
            "happened": list(room.happened),
            "undone": sorted(room.undone),
            "last": room.last,
        },
        "people": [[one.seat, one.place, one.name] for one in claims],
        "idle": {seat: round(seconds) for seat, seconds in idle.items()},
        "trades": _offers(room.trades),
        "notes": [vars(one) for one in room.notes[-TALKS:]],
    }


def _programme(room: Room) -> Parts:
    part = room.now
    return {
        "part": room.part,
        "name": part.name if part else "",
        "title": part.title if part else "The lesson has not begun",
        "task": part.task if part else "Take a seat and read your card.",
        "ends": room.ends,
        "paused": room.paused,
        "spotlight": room.spotlight,
        "advice": room.advice,
        "muted": room.muted,
        "locked": room.locked,
        "asks": moment(room),
        "parts": [[one.title, one.minutes] for one in room.programme],
    }


def _support(room: Room, text: str) -> Parts:
    stands = room.stands[text]
    return {
        stance: [[seat, one.reason] for seat, one in stands.items() if one.stance == stance]
        for stance in ("endorse", "study", "oppose")
    }


def _draft(draft: Draft) -> Parts:
    return {
        "title": draft.title,
        "sponsors": list(draft.sponsors),
        "byChair": draft.by_chair,
        "outcome": draft.outcome,
        "articles": {
            number: {
                "title": article.title,
                "standing": article.standing,
                "agreed": article.agreed,
                "wordings": {
                    key: {
                        "words": one.words,
                        "by": list(one.by),
                        "status": one.status,
                        "delete": one.delete,
                        "places": one.places,
                    }
                    for key, one in article.wordings.items()
                },
                "replies": article.replies,
            }
            for number, article in draft.articles.items()
        },
    }


def _silence(room: Room) -> Parts | None:
    one = room.silence
    if one is None:
        return None
    return {"text": one.text, "ends": one.ends, "objections": one.objections, "over": one.over}


def _vote(vote: Any) -> Parts:
    return {
        "open": vote.open,
        "ballots": vote.ballots,
        "explanations": vote.explanations,
        "carried": vote.carried,
    }
