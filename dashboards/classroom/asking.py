"""What a request is: from which room, by whom, with what inside."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.websockets import WebSocket

from dashboards.classroom import access, patience
from dashboards.classroom.clerk import Clerk, Open, Refused
from dashboards.classroom.store import Claim, Store

LONGEST = 20_000  # bytes of a request
HEADER = "x-plenary"  # pages of others cannot send it without asking
NO_ROOM = "There is no room with this code. Look at the projector again."
NO_SEAT = 4401  # the code with which a connection ends that may not listen
SEAT, DESK = "plenary-seat", "plenary-desk"  # cookies


def place_of(line: HTTPConnection) -> Open:
    """The room of an address. Raises HTTPException for none, and after too many wrong codes.

    Whoever sits in the room comes in all the same: a class may sit behind one address.
    """
    failures, address = line.app.state.failures, line.client.host if line.client else ""
    if failures.too_many(address) and not _known(line):
        raise HTTPException(429, "Too many wrong codes; wait a minute.")
    clerk: Clerk = line.app.state.clerk
    try:
        return clerk.enter(access.as_code(line.path_params["code"]))
    except KeyError:
        failures.add(address)
        raise HTTPException(404, NO_ROOM) from None


def _known(line: HTTPConnection) -> bool:
    """Whether somebody sits in the room of an address, or at its control desk."""
    clerk: Clerk = line.app.state.clerk
    place = clerk.open.get(access.as_code(line.path_params["code"]))
    return place is not None and (seated(line, place) is not None or at_desk(line, place))


def seated(line: HTTPConnection, place: Open) -> Claim | None:
    """Who asks, by the cookie of a seat; none where there is no such seat in this room."""
    store: Store = line.app.state.store
    token = line.cookies.get(SEAT, "")
    found = store.claim(access.digest(token)) if token else None
    return found if found and found.room == place.row.code else None


def at_desk(line: HTTPConnection, place: Open) -> bool:
    """Whether the control desk of this room asks."""
    token = line.cookies.get(DESK, "")
    return bool(token) and access.digest(token) == place.row.desk


async def document(request: Request) -> dict[str, Any]:
    """What a request carries, a JSON object. Raises Refused for anything else and for too much."""
    if request.headers.get(HEADER) != "1":
        raise Refused("This does not come from a page of this room.", 403)
    content = b""
    try:
        async with asyncio.timeout(patience.BODY):
            async for part in request.stream():
                content += part
                if len(content) > LONGEST:
                    raise Refused("That is too long.", 413)
    except TimeoutError:
        raise Refused("That took too long to arrive.", 408) from None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused("This cannot be read.", 400) from None
    if not isinstance(found, dict):
        raise Refused("This cannot be read.", 400)
    return found


def asked_act(found: dict[str, Any], who: str) -> tuple[str, dict[str, Any], str]:
    """Kind, payload and key of an act. The key is the asker's own, so that no two seats can share one."""
    kind, payload, key = found.get("kind"), found.get("payload", {}), found.get("key")
    if not isinstance(kind, str) or not isinstance(payload, dict) or not isinstance(key, str):
        raise Refused("An act has a kind, a payload and a key.", 422)
    if not 8 <= len(key) <= 64 or not key.isascii():
        raise Refused("The key of an act has 8 to 64 letters.", 422)
    return kind, payload, f"{who}/{key}"


async def entered(socket: WebSocket) -> Open | None:
    """The room that a live connection is for; none where it was ended, in words, as there is no such room."""
    await socket.accept()
    try:
        return place_of(socket)
    except HTTPException as error:
        await socket.close(NO_SEAT, error.detail)
        return None
