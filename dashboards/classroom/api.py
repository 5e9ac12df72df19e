"""What delegations' pages send and receive."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from dashboards.classroom.access import GUESTS
from dashboards.classroom.asking import NO_SEAT, asked_act, document, entered, place_of, seated
from dashboards.classroom.clerk import Refused
from dashboards.classroom.hub import WATCHING
from dashboards.classroom.model_seats import advice
from dashboards.classroom.weighing import placed, weighed

REASONS = 4  # issues that a page names


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


async def why(request: Request) -> JSONResponse:
    """What a text as it stands is to one's own delegation; and what the model would say there, if the desk
    shows that."""
    place = place_of(request)
    claim = seated(request, place)
    if claim is None or claim.seat in GUESTS:
        raise Refused("Take a seat first.", 401)
    room, text = place.room, request.path_params["text"]
    if text not in room.drafts:
        raise Refused("There is no such text.", 404)
    if not request.app.state.buckets.take(f"{place.row.code}/{claim.seat}"):
        raise Refused("That is very fast; wait a moment.", 429)
    articles = room.drafts[text].articles.values()
    standing = [article.wordings[article.standing] for article in articles]
    found = weighed(room.scenario, claim.seat, placed(one.places for one in standing if not one.delete))
    advised = ""
    if room.advice:
        advised = (await run_in_threadpool(advice, room, place.row.seed, claim.seat))[text]
    told = [{"title": one.title, "gain": round(one.gain, 3), "words": one.words} for one in found[:REASONS]]
    return JSONResponse({"weighed": told, "advice": advised})


async def live(socket: WebSocket) -> None:
    """What a seat sees, as it changes."""
    place = await entered(socket)
    if place is None:
        return
    claim = seated(socket, place)
    if claim is None:
        await socket.close(NO_SEAT, "Take a seat first.")
        return
    await socket.app.state.hub.serve(socket, place, WATCHING if claim.seat in GUESTS else claim.seat)


async def watch(socket: WebSocket) -> None:
    """What everybody sees, as it changes."""
    place = await entered(socket)
    if place is None:
        return
    await socket.app.state.hub.serve(socket, place, WATCHING)
