"""Whether phones reach this computer: a tiny server with one page that reports what works on a device."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated, Any

import uvicorn
from pydantic import Field, ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboards.classroom import pages
from dashboards.classroom.access import new_token
from dashboards.classroom.app import missing, refused
from dashboards.classroom.asking import document
from dashboards.classroom.clerk import Refused
from dashboards.classroom.kinds._kind import Payload
from dashboards.explorer.guard import HOSTS, Guard

PATIENCE = 60.0  # seconds without any device before advice is given
ENDS = 30 * 60.0  # seconds after which the check ends by itself
LOOK = 0.5  # seconds between two looks
MOST = 500  # devices that are told apart
LATE = 60.0  # seconds by which a device's clock may differ
COOKIE = "plenary-check"
ADVICE = """\
Nothing has arrived yet. What usually is in the way:
  - The phone is in another network: a guest network, or mobile data. Take the same wireless network.
  - The network keeps devices apart (client isolation), as in many schools and universities.
  - A VPN is on, on the phone or on this computer. Switch it off.
  - The firewall of this computer: allow incoming connections for Python.
What helps: open a hotspot on a phone or on this computer and let everybody join it, or take paper mode:
`plenary classroom NAME --kit FOLDER` prints everything, and the desk has a page to enter what is on paper."""


class Report(Payload):
    """What a device found: whether a WebSocket worked, whether it may store something, and its time in
    milliseconds since 1970; `device` tells devices apart."""

    device: Annotated[str, Field(min_length=8, max_length=64)]
    websocket: bool
    storage: bool
    time: Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]


@dataclass
class Device:
    """What works on a device: WebSocket, storage, cookies; `ahead` is by how many seconds its clock is."""

    websocket: bool
    storage: bool
    cookies: bool
    ahead: float


@dataclass
class Found:
    """All that has arrived: how often the page was asked for, and what devices reported."""

    pages: int = 0
    devices: dict[str, Device] = field(default_factory=dict)


def application(found: Found, hosts: tuple[str, ...] = HOSTS) -> Starlette:
    """The server of the check, called by one of `hosts`; what arrives is written into `found`."""

    @asynccontextmanager
    async def working(_: Starlette) -> AsyncIterator[None]:
        yield

    app = Starlette(
        routes=[
            Route("/", page, methods=["GET"]),
            Route("/found", report, methods=["POST"]),
            WebSocketRoute("/echo", echo),
            Route("/static/{name}", pages.asset, methods=["GET"]),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={Refused: refused, 404: missing, 405: missing},
        lifespan=working,
    )
    app.state.found = found
    return app


def page(request: Request) -> Response:
    """The page that a phone opens."""
    request.app.state.found.pages += 1
    answer = pages.page("check.html.j2")
    answer.set_cookie(COOKIE, new_token(), max_age=600, path="/", httponly=True, samesite="strict")
    return answer


async def report(request: Request) -> Response:
    """Take what a device found."""
    found: Found = request.app.state.found
    try:
        given = Report.model_validate(await document(request))
    except ValidationError:
        raise Refused("This is no report of a device.", 422) from None
    cookies = COOKIE in request.cookies
    if given.device in found.devices or len(found.devices) < MOST:
        ahead = given.time / 1000 - time.time()
        found.devices[given.device] = Device(given.websocket, given.storage, cookies, ahead)
    return JSONResponse({"cookies": cookies})


async def echo(socket: WebSocket) -> None:
    """Send one message back."""
    await socket.accept()
    with suppress(WebSocketDisconnect, KeyError, TimeoutError):
        await socket.send_text((await asyncio.wait_for(socket.receive_text(), 10.0))[:64])
        await socket.close()


def told(device: Device) -> str:
    """What works on a device, in words.

    >>> told(Device(True, True, True, 2.0))
    'page reached, live connection works, storage allowed, cookies allowed, clock right'
    """
    words = [
        "page reached",
        "live connection works" if device.websocket else "no live connection: a proxy or a filter may be on",
        "storage allowed" if device.storage else "no storage: allow this page to keep data",
        "cookies allowed" if device.cookies else "no cookies: a seat cannot be kept; leave private browsing",
    ]
    if abs(device.ahead) <= LATE:
        return ", ".join([*words, "clock right"])
    how = "ahead" if device.ahead > 0 else "behind"
    return ", ".join([*words, f"clock {abs(device.ahead) / 60:.0f} min {how} (timers do not mind)"])


def works(device: Device) -> bool:
    """Whether a lesson works on a device."""
    return device.websocket and device.storage and device.cookies


async def watch(
    found: Found, say: Callable[[str], Any], patience: float = PATIENCE, ends: float = ENDS
) -> None:
    """Say what arrives, for `ends` seconds at most, and what may be in the way if nothing does."""
    begun, known, advised = time.monotonic(), dict[str, Device](), False
    while time.monotonic() - begun < ends:
        for key, device in found.devices.items():
            if known.get(key) != device:
                known[key] = device
                fine = sum(works(one) for one in known.values())
                number = list(known).index(key) + 1
                say(f"Device {number}: {told(device)}.")
                say(f"A lesson works on {fine} of {len(known)} device{'s' if len(known) > 1 else ''}.")
        if not known and not advised and time.monotonic() - begun >= patience:
            advised = True
            say(ADVICE if not found.pages else f"{ADVICE}\nThe page was opened, but nothing came back.")
        await asyncio.sleep(min(LOOK, patience / 2))


def check(port: int, say: Callable[[str], Any] = lambda words: print(words, flush=True)) -> None:
    """Serve the page until Ctrl-C or half an hour has passed. Raises OSError where the port is taken."""
    import segno

    from dashboards.classroom.server import lan_address
    from dashboards.explorer.server import listening

    host, listener = lan_address(), listening(port, "0.0.0.0")
    address = f"http://{host}:{listener.getsockname()[1]}/"
    if host in HOSTS:
        say("This computer is in no network; no phone can reach it.")
    say(f"Open this on a phone: {address}")
    segno.make(address, error="m").terminal(compact=True)
    say("Ctrl-C ends it.")
    found = Found()
    config = uvicorn.Config(
        application(found, (*HOSTS, host)),
        log_level="error",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=4096,
        timeout_graceful_shutdown=1,
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(uvicorn.Server(config), listener, found, say))


async def _serve(server: uvicorn.Server, listener: Any, found: Found, say: Callable[[str], Any]) -> None:
    """Serve and watch; whichever ends first ends both."""
    watching = asyncio.create_task(watch(found, say))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await asyncio.wait({watching, serving}, return_when=asyncio.FIRST_COMPLETED)
    watching.cancel()
    server.should_exit = True
    await serving
