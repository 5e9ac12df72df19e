"""The pages: start, join, a delegation's, the projector's and the control desk's."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from dashboards.classroom.access import GUESTS
from dashboards.classroom.asking import at_desk, place_of, seated
from dashboards.classroom.cards import card
from dashboards.classroom.clerk import Open
from dashboards.classroom.questionnaire import ASKED
from dashboards.templating import environment

HOME = Path(__file__).parent
TEMPLATES = environment(HOME / "templates")
KINDS = {".js": "text/javascript", ".css": "text/css"}


def page(template: str, status: int = 200, **words: Any) -> HTMLResponse:
    """A page made from a template."""
    return HTMLResponse(TEMPLATES.get_template(template).render(**words), status_code=status)


def message(words: str, status: int) -> HTMLResponse:
    """A page with one clear message."""
    return page("message.html.j2", status, words=words)


def start(_: Request) -> HTMLResponse:
    """Where somebody types the code of a room."""
    return page("start.html.j2")


def join(request: Request) -> Response:
    """The seats of a room."""
    place = place_of(request)
    if seated(request, place) is not None:
        return RedirectResponse(f"/room/{place.row.code}/", 303)
    taken = [claim.seat for claim in request.app.state.store.claims(place.row.code)]
    seats = [(key, seat.name, taken.count(key)) for key, seat in place.room.seats.items()]
    seats.sort(key=lambda one: one[1])
    asked = next((one for one in seats if one[0] == request.query_params.get("seat")), None)
    return page("join.html.j2", **_room(place), seats=seats, guests=GUESTS, asked=asked)


def delegate(request: Request) -> Response:
    """The page of a delegation."""
    place = place_of(request)
    claim = seated(request, place)
    if claim is None:
        return RedirectResponse(f"/join/{place.row.code}", 303)
    names = {key: seat.name for key, seat in place.room.seats.items()}
    guest, scenario = claim.seat in GUESTS, place.room.scenario
    facts = {
        "seat": claim.seat,
        "guest": guest,
        "names": names,
        "code": place.row.code,
        "live": f"/room/{place.row.code}/live",
        "questions": ASKED,
        "blocs": {
            f"bloc:{key}": bloc.name for key, bloc in scenario.blocs.items() if claim.seat in bloc.members
        },
        "issues": issues(place),
    }
    own = None if guest else card(scenario, claim.seat)
    name = names.get(claim.seat, claim.seat.capitalize())
    return page("delegate.html.j2", **_room(place), name=name, guest=guest, card=own, facts=facts)


def screen(request: Request) -> HTMLResponse:
    """The page for the projector."""
    place = place_of(request)
    names = {key: seat.name for key, seat in place.room.seats.items()}
    address = f"{request.url.scheme}://{request.headers['host']}/join/{place.row.code}"
    facts = {"names": names, "live": f"/screen/{place.row.code}/live"}
    return page(
        "screen.html.j2", **_room(place), address=address, code_picture=_picture(address), facts=facts
    )


def desk(request: Request) -> HTMLResponse:
    """The control desk, or the question for its key."""
    place = place_of(request)
    if not at_desk(request, place):
        return page("key.html.j2", **_room(place))
    names = {key: seat.name for key, seat in place.room.seats.items()}
    facts = {
        "names": names,
        "live": f"/desk/{place.row.code}/live",
        "code": place.row.code,
        "issues": issues(place),
        "questions": ASKED,
    }
    events = {key: one.sentence for key, one in place.room.scenario.events.items()}
    return page("desk.html.j2", **_room(place), facts=facts, events=events)


def asset(request: Request) -> Response:
    """A script or a style."""
    name = request.path_params["name"]
    if name not in _names():
        return PlainTextResponse("There is no such file.", status_code=404)
    content, headers = _packed(name), {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        content = gzip.decompress(content)
        del headers["Content-Encoding"]
    return Response(content, media_type=KINDS[Path(name).suffix], headers=headers)


@cache
def _names() -> frozenset[str]:
    return frozenset(file.name for file in (HOME / "static").iterdir() if file.suffix in KINDS)


@cache
def _packed(name: str) -> bytes:
    return gzip.compress((HOME / "static" / name).read_bytes())


def issues(place: Open) -> dict[str, Any]:
    """What places on the issues mean."""
    return {
        key: {"title": one.title, "anchors": one.anchors} for key, one in place.room.scenario.issues.items()
    }


def _room(place: Open) -> dict[str, Any]:
    return {"code": place.row.code, "scenario": place.room.scenario, "room": place.room, "speed": place.speed}


@cache
def _picture(address: str) -> str:
    """A picture that phones read as an address, as an image in the page itself."""
    return str(segno.make(address, error="m").svg_data_uri(scale=8, border=2))
