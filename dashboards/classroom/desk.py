"""The control desk: its key, its acts, and what it sees."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

from dashboards.classroom import access
from dashboards.classroom.act import DESK
from dashboards.classroom.asking import DESK as COOKIE
from dashboards.classroom.asking import NO_SEAT, asked_act, at_desk, document, entered, place_of
from dashboards.classroom.clerk import Open, Refused

DAY = 60 * 60 * 24


async def unlock(request: Request) -> Response:
    """Take the control desk with its key, which the terminal shows."""
    place, found = place_of(request), await document(request)
    key = found.get("key")
    if not isinstance(key, str) or access.digest(key) != place.row.desk:
        request.app.state.failures.add(request.client.host if request.client else "")
        raise Refused("This is not the key of the control desk.", 403)
    answer = JSONResponse({})
    path = f"/desk/{place.row.code}/"
    answer.set_cookie(COOKIE, key, max_age=DAY, path=path, httponly=True, samesite="strict")
    return answer


def held(request: Request) -> Open:
    """The room whose control desk asks. Raises Refused where it is somebody else."""
    place = place_of(request)
    if not at_desk(request, place):
        raise Refused("Only the control desk can do this.", 403)
    return place


async def act(request: Request) -> JSONResponse:
    """Do something at the control desk, or there for a seat: what a delegation handed in on paper."""
    place, found = held(request), await document(request)
    seat = found.get("seat", DESK)
    if not isinstance(seat, str) or seat not in (DESK, *place.room.seats):
        raise Refused("There is no such delegation.", 422)
    kind, payload, key = asked_act(found, DESK)
    number = await request.app.state.clerk.act(place.row.code, seat, "desk", kind, payload, key)
    return JSONResponse({"number": number})


async def clear(request: Request) -> JSONResponse:
    """Take everybody off a seat, and let the model play it."""
    place, found = held(request), await document(request)
    seat, code = found.get("seat"), place.row.code
    if seat not in place.room.seats and seat not in access.GUESTS:
        raise Refused("There is no such delegation.", 422)
    await run_in_threadpool(request.app.state.store.clear, code, seat)
    if seat in place.room.seats:
        key = f"{DESK}/clear-{access.new_token()}"
        await request.app.state.clerk.act(code, DESK, "desk", "hand", {"seat": seat, "played": "model"}, key)
    request.app.state.hub.stir(code)
    return JSONResponse({})


async def live(socket: WebSocket) -> None:
    """What the control desk sees, as it changes."""
    place = await entered(socket)
    if place is None:
        return
    if not at_desk(socket, place):
        await socket.close(NO_SEAT, "This is not the control desk.")
        return
    await socket.app.state.hub.serve(socket, place, DESK)
