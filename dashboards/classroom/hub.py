"""Who is listening, and what they have been sent.

Each listener gets the parts that differ from what it was sent last, at most every `PAUSE` seconds, so a burst
of acts reaches everybody in a few messages, and one who is slow never holds up the others.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboards.classroom import parts, questionnaire
from dashboards.classroom.act import DESK, Act
from dashboards.classroom.clerk import Clerk, Open
from dashboards.classroom.store import Store

PAUSE = 0.1  # seconds between two messages to a listener
PATIENCE = 10.0  # seconds that a message may take
WATCHING = "watching"  # listeners without a seat: projector, observers, press


@dataclass(eq=False)
class Listener:
    """A page that listens: its room, its seat (or "desk", or "watching"), and what it was sent by part."""

    code: str
    seat: str
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    sent: dict[str, str] = field(default_factory=dict)


class Hub:
    """Everybody who listens, by room."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clerk: Clerk | None = None
        self.listeners: dict[str, set[Listener]] = {}
        self.last_act: dict[tuple[str, str], float] = {}
        self.written: dict[str, tuple[int, dict[str, dict[str, str]]]] = {}
        self.stamps: dict[str, int] = {}

    def tell(self, code: str, acts: list[Act]) -> None:
        """Something has happened in a room."""
        for act in acts:
            if act.by == "people":
                self.last_act[code, act.seat] = time.monotonic()
        self.stir(code)

    def stir(self, code: str) -> None:
        """Something that a room's pages show has changed."""
        self.stamps[code] = self.stamps.get(code, 0) + 1
        for one in self.listeners.get(code, ()):
            one.changed.set()

    def there(self, code: str) -> dict[str, int]:
        """How many pages are connected at each seat."""
        found: dict[str, int] = {}
        for one in self.listeners.get(code, ()):
            found[one.seat] = found.get(one.seat, 0) + 1
        return found

    async def serve(self, socket: WebSocket, place: Open, seat: str) -> None:
        """Send a page what it has to show, until it goes away."""
        code = place.row.code
        listener = Listener(code, seat)
        listener.changed.set()
        self.listeners.setdefault(code, set()).add(listener)
        self.stir(code)
        gone = asyncio.create_task(_until_gone(socket))
        try:
            while await _first(listener.changed, gone):
                listener.changed.clear()
                message = self._message(listener)
                if message:
                    await asyncio.wait_for(socket.send_text(message), PATIENCE)
                await asyncio.sleep(PAUSE)
        except (WebSocketDisconnect, TimeoutError, RuntimeError, OSError):
            pass
        finally:
            gone.cancel()
            self.listeners[code].discard(listener)
            self.stir(code)

    def _message(self, listener: Listener) -> str:
        """What differs from what a page was sent, with the room's clock; an empty word where nothing does."""
        assert self.clerk is not None
        place = self.clerk.enter(listener.code)
        now = self._now(place, listener.seat)
        changed = {name: written for name, written in now.items() if listener.sent.get(name) != written}
        if not changed:
            return ""
        listener.sent = now
        inside = ",".join(f"{json.dumps(name)}:{written}" for name, written in changed.items())
        return f'{{"clock":{place.clock()},"last":{place.room.last},"parts":{{{inside}}}}}'

    def _now(self, place: Open, seat: str) -> dict[str, str]:
        """All parts that a seat sees, written down; worked out once for all who see the same."""
        code = place.row.code
        stamp, known = self.written.get(code, (-1, {}))
        if stamp != self.stamps.get(code, 0):
            known = {}
            self.written[code] = (self.stamps.get(code, 0), known)
        if WATCHING not in known:
            known[WATCHING] = _written(parts.shared(place.room, self.there(code)))
        if seat not in known:
            more = self._more(place, seat)
            known[seat] = known[WATCHING] | _written(more)
        return known[seat]

    def _more(self, place: Open, seat: str) -> dict[str, Any]:
        code = place.row.code
        if seat == DESK:
            idle = {
                key: time.monotonic() - self.last_act[code, key]
                for key in place.room.seats
                if (code, key) in self.last_act
            }
            asked = {"answers": [one._asdict() for one in questionnaire.summary(self.store, code)]}
            return parts.desks(place.room, self.store.claims(code), idle, code) | asked
        return parts.own(place.room, seat) if seat in place.room.seats else {}


async def _first(changed: asyncio.Event, gone: asyncio.Task[None]) -> bool:
    """Wait for something new; false where the page went away before."""
    news = asyncio.create_task(changed.wait())
    await asyncio.wait({news, gone}, return_when=asyncio.FIRST_COMPLETED)
    news.cancel()
    return not gone.done()


async def _until_gone(socket: WebSocket) -> None:
    """Read until the page goes away; what it sends means nothing."""
    try:
        while True:
            await socket.receive_text()
    except (WebSocketDisconnect, RuntimeError, KeyError):
        return


def _written(what: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(one, ensure_ascii=False, separators=(",", ":")) for name, one in what.items()}
