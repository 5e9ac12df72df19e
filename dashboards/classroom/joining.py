"""Coming in: taking a seat, sharing one, and moving to another device."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboards.classroom import access
from dashboards.classroom.asking import SEAT, document, place_of, seated
from dashboards.classroom.clerk import Open, Refused
from dashboards.classroom.kinds._kind import clean
from dashboards.classroom.store import Full

NAME = 40  # letters of a display name
MANY = 60  # observers, or people of the press, in one room
YEAR = 60 * 60 * 24 * 365
LASTS = 300.0  # seconds for which a seat code can be used


class Move(NamedTuple):
    """A seat code: which token it moves, and until when."""

    digest: str
    until: float


async def take_seat(request: Request) -> Response:
    """Take a seat, or share one; the next free seat where none is named."""
    place, found = place_of(request), await document(request)
    if place.room.locked:
        raise Refused("The room is locked; ask the chair.", 423)
    held = seated(request, place)
    if held is not None:
        return JSONResponse({"seat": held.seat})
    name = found.get("name", "")
    if not isinstance(name, str) or len(name) > NAME:
        raise Refused(f"A name has at most {NAME} letters.", 422)
    seat = _seat(request, place, found.get("seat", ""))
    token, code = access.new_token(), place.row.code
    sharing = MANY if seat in access.GUESTS else 3
    try:
        await run_in_threadpool(
            request.app.state.store.sit, access.digest(token), code, seat, clean(name), sharing
        )
    except Full:
        raise Refused("This seat is taken by three people already; choose another.") from None
    if seat not in access.GUESTS and place.room.seats[seat].played == "model":
        key = f"desk/joined-{access.new_token()}"
        await request.app.state.clerk.act(
            code, "desk", "desk", "hand", {"seat": seat, "played": "people"}, key
        )
    request.app.state.hub.stir(code)
    return _with_cookie(JSONResponse({"seat": seat}), token, code)


def _seat(request: Request, place: Open, asked: Any) -> str:
    """The seat that somebody gets. Raises Refused for one that there is not."""
    if asked in place.room.seats or asked in access.GUESTS:
        return str(asked)
    if asked:
        raise Refused("There is no such delegation.", 422)
    taken: dict[str, int] = dict.fromkeys(place.room.seats, 0)
    for claim in request.app.state.store.claims(place.row.code):
        if claim.seat in taken:
            taken[claim.seat] += 1
    return min(taken, key=lambda seat: taken[seat])


async def move(request: Request) -> Response:
    """A code with which one's seat can be taken on another device, for five minutes."""
    place = place_of(request)
    await document(request)
    if seated(request, place) is None:
        raise Refused("Take a seat first.", 401)
    code = access.new_code() + access.new_code()
    moves: dict[str, Move] = request.app.state.moves
    mine, now = access.digest(request.cookies[SEAT]), time.monotonic()
    for old in [one for one, move in moves.items() if move.until < now or move.digest == mine]:
        del moves[old]
    moves[code] = Move(mine, now + LASTS)
    return JSONResponse({"code": code})


async def move_here(request: Request) -> Response:
    """Take the seat of another device, which loses it."""
    place, found = place_of(request), await document(request)
    moves: dict[str, Move] = request.app.state.moves
    asked = moves.pop(access.as_code(str(found.get("code", ""))), None)
    address = request.client.host if request.client else ""
    if asked is None or asked.until < time.monotonic():
        request.app.state.failures.add(address)
        raise Refused("This seat code is not known, or too old. Ask for a new one on the other device.", 404)
    token = access.new_token()
    claim = await run_in_threadpool(request.app.state.store.move, asked.digest, access.digest(token))
    if claim is None or claim.room != place.row.code:
        raise Refused("That seat is no longer held there.", 404)
    return _with_cookie(JSONResponse({"seat": claim.seat}), token, place.row.code)


def _with_cookie(answer: Response, token: str, code: str) -> Response:
    answer.set_cookie(SEAT, token, max_age=YEAR, path=f"/room/{code}/", httponly=True, samesite="strict")
    answer.set_cookie(SEAT, token, max_age=YEAR, path=f"/join/{code}", httponly=True, samesite="strict")
    return answer
