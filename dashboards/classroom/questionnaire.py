"""A few questions before and after the lesson, for those who sit in the room, if the teacher wants it.

Answers are no acts: they are personal. They stand in a table of their own under an identity that is drawn by
lot and kept by the browser alone, so that nothing leads from an answer to a seat or a name. Nobody sees an
answer by person: counts are shown as soon as a few people have answered, and own words in alphabetical order.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, ValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboards.classroom import access
from dashboards.classroom.asking import document, place_of, seated
from dashboards.classroom.clerk import FULL, Refused
from dashboards.classroom.kinds._kind import Payload, Words
from dashboards.classroom.room import Room
from dashboards.classroom.store import Store

Moment = Literal["before", "after"]
MOMENTS: dict[Moment, str] = {"before": "Before the lesson", "after": "After the lesson"}
STATEMENTS = {
    "positions": "I can explain why delegations take different positions.",
    "brackets": "I can say what square brackets in a text mean, and how they are closed.",
    "silence": "I can explain how a silence procedure works, and how it ends.",
    "coalition": "I can count who is needed for a majority, and say how a coalition is built.",
}
MARKS = ("not at all", "a little", "partly", "mostly", "fully")
OPEN: dict[Moment, str] = {
    "before": "What do you expect to be the hardest?",
    "after": "What surprised you?",
}
ASKED: dict[str, Any] = {  # as pages read it
    "statements": list(STATEMENTS.items()),
    "marks": MARKS,
    "titles": MOMENTS,
    "open": OPEN,
}
WHEN: dict[str, Moment] = {"briefing": "before", "debrief": "after"}  # by part of the programme
FEWEST = 3  # answers before anything is counted in public
MOST = 1000  # people who may answer in one room
COOKIE, DAY = "plenary-answers", 60 * 60 * 24
Mark = Annotated[int, Field(ge=1, le=len(MARKS))]


class Answers(Payload):
    """What somebody answers: a mark from 1 (not at all) to 5 (fully) for each statement, and own words."""

    moment: Moment
    marks: dict[Literal["positions", "brackets", "silence", "coalition"], Mark]
    words: Words = ""


class Counted(NamedTuple):
    """A moment: how many answered, by statement how many gave each mark, and own words; the last two are
    empty until `FEWEST` have answered."""

    moment: Moment
    title: str
    answered: int
    counts: dict[str, list[int]]
    words: list[str]


def moment(room: Room) -> Moment | Literal[""]:
    """Which questions are asked now, if any."""
    if not room.asks:
        return ""
    return WHEN.get(room.now.name, "") if room.now else "before"


async def take(request: Request) -> Response:
    """Take what somebody who sits in the room answers."""
    place, found = place_of(request), await document(request)
    claim = seated(request, place)
    if claim is None:
        raise Refused("Take a seat first.", 401)
    try:
        given = Answers.model_validate(found)
    except ValidationError:
        raise Refused(
            "Each statement takes one of five marks, and your words up to 1000 letters.", 422
        ) from None
    if given.moment != moment(place.room):
        raise Refused("These questions are not asked now.")
    store: Store = request.app.state.store
    code = place.row.code
    if not request.app.state.buckets.take(f"{code}/{claim.seat}"):
        raise Refused("That is very fast; wait a moment.", 429)
    person = request.cookies.get(COOKIE, "") or access.new_token()
    answers = {"marks": given.marks, "words": given.words}
    try:
        kept = await run_in_threadpool(store.answer, code, person[:64], given.moment, answers, MOST)
    except SQLAlchemyError:
        raise Refused(FULL, 507) from None
    if not kept:
        raise Refused("No more answers are taken here.")
    request.app.state.hub.stir(code)
    answer = JSONResponse({})
    answer.set_cookie(COOKIE, person, max_age=DAY, path=f"/room/{code}/", httponly=True, samesite="strict")
    return answer


def summary(store: Store, code: str) -> list[Counted]:
    """What a room answered, in counts, before and after."""
    return [_counted(one, store.answers(code, one)) for one in MOMENTS]


def _counted(when: Moment, given: list[dict[str, Any]]) -> Counted:
    if len(given) < FEWEST:
        return Counted(when, MOMENTS[when], len(given), {}, [])
    marks = range(1, len(MARKS) + 1)
    counts = {
        key: [sum(one["marks"].get(key) == mark for one in given) for mark in marks] for key in STATEMENTS
    }
    return Counted(
        when, MOMENTS[when], len(given), counts, sorted(one["words"] for one in given if one["words"])
    )
