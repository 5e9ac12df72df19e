"""What delegations' pages send and receive."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from dashboards.classroom.access import GUESTS
from dashboards.classroom.asking import asked_act, document, place_of, seated
from dashboards.classroom.clerk import Refused
from dashboards.classroom.hub import WATCHING

NO_SEAT = 4401  # the code with which a connection ends that has no seat


async def act(request: Request) -> JSONResponse:
    """Do something at one's seat."""
    place = place_of(request)
    claim = seated(request, place)
    if claim is None or claim.seat in GUESTS:
        raise Refused("Take a seat first.", 401)
    found = await document(request)
    code = place.row.code
    if not request.app.state.buckets.take(f"{code}/{claim.seat}"):
        raise Refused("That is very fast; wait a moment.", 429)
    kind, payload, key = asked_act(found, f"{claim.seat}")
    number = await request.app.state.clerk.act(code, claim.seat, "people", kind, payload, key)
    return JSONResponse({"number": number})


async def live(socket: WebSocket) -> None:
    """What a seat sees, as it changes."""
    await socket.accept()
    try:
        place = place_of(socket)
    except HTTPException as error:
        await socket.close(NO_SEAT, error.detail)
        return
    claim = seated(socket, place)
    if claim is None:
        await socket.close(NO_SEAT, "Take a seat first.")
        return
    await socket.app.state.hub.serve(socket, place, WATCHING if claim.seat in GUESTS else claim.seat)


async def watch(socket: WebSocket) -> None:
    """What everybody sees, as it changes."""
    await socket.accept()
    try:
        place = place_of(socket)
    except HTTPException as error:
        await socket.close(NO_SEAT, error.detail)
        return
    await socket.app.state.hub.serve(socket, place, WATCHING)
