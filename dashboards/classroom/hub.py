"""Who is listening, and what they have been sent.

What everybody sees is worked out once for all, at most every `PAUSE` seconds and less often in a full room;
each listener gets what has changed since it was last told. So a burst of acts reaches everybody in a few
small messages, and one who is slow never holds up the others.
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
from dashboards.classroom.channel import Channel, written
from dashboards.classroom.clerk import Clerk, Open
from dashboards.classroom.store import Claim, Store

PAUSE = 0.1  # seconds between two messages to a listener
EACH = 0.001  # seconds more for every listener in the room
PATIENCE = 10.0  # seconds that a message may take
WATCHING = "watching"  # listeners without a seat: projector, observers, press
PAGES, WATCHERS = 12, 300  # pages that may be open at one seat, and without a seat
FEW = 20  # messages that a page may send: pages send none
TOO_MANY, TOO_MUCH = 4408, 1008  # codes with which a connection ends
ELSEWHERE = "This seat is open on too many pages; this one has stopped."


@dataclass(eq=False)
class Listener:
    """A page that listens: its seat (or "desk", or "watching"), how far it has been told what everybody sees,
    and its own parts as they were sent."""

    seat: str
    told: int = 0
    sent: dict[str, str] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    leaves: bool = False


class Hub:
    """Everybody who listens, by room."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clerk: Clerk | None = None
        self.channels: dict[str, Channel] = {}
        self.listeners: dict[str, dict[Listener, None]] = {}
        self.last_act: dict[tuple[str, str], float] = {}
        self.people: dict[str, list[Claim]] = {}
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.due: dict[str, asyncio.TimerHandle] = {}

    def tell(self, code: str, acts: list[Act]) -> None:
        """Something has happened in a room."""
        for act in acts:
            if act.by == "people":
                self.last_act[code, act.seat] = time.monotonic()
        self._soon(code)

    def stir(self, code: str) -> None:
        """Who sits in a room, or what they answered to questions, has changed."""
        self.people.pop(code, None)
        self._soon(code)

    def there(self, code: str) -> dict[str, int]:
        """How many pages are connected at each seat."""
        found: dict[str, int] = {}
        for one in self.listeners.get(code, ()):
            found[one.seat] = found.get(one.seat, 0) + 1
        return found

    async def serve(self, socket: WebSocket, place: Open, seat: str) -> None:
        """Send a page what it has to show, until it goes away."""
        code = place.row.code
        listeners = self.listeners.setdefault(code, {})
        if not self._make_way(code, seat):
            await socket.close(TOO_MANY, "Too many pages watch this room.")
            return
        listener = Listener(seat)
        listeners[listener] = None
        self._catch_up(code)
        self._soon(code)
        listener.changed.set()
        gone = asyncio.create_task(_until_gone(socket))
        try:
            while await _first(listener.changed, gone):
                listener.changed.clear()
                if listener.leaves:
                    await socket.close(TOO_MANY, ELSEWHERE)
                    break
                if message := self._message(listener, code):
                    await asyncio.wait_for(socket.send_text(message), PATIENCE)
            if gone.done() and gone.result():
                await socket.close(TOO_MUCH, "Pages of this room send nothing here.")
        except (WebSocketDisconnect, TimeoutError, RuntimeError, OSError):
            pass
        finally:
            gone.cancel()
            listeners.pop(listener, None)
            self._soon(code)

    def _make_way(self, code: str, seat: str) -> bool:
        """Whether a seat may have one page more. The oldest page of a seat gives way, so that a phone that
        has lost its network is not kept out by its own dead connections; without a seat, the newest stays
        out."""
        here = [one for one in self.listeners[code] if one.seat == seat and not one.leaves]
        if seat == WATCHING:
            return len(here) < WATCHERS
        for one in here[: max(0, len(here) + 1 - PAGES)]:
            one.leaves = True
            one.changed.set()
        return True

    def _soon(self, code: str) -> None:
        """Tell everybody in a room, after a pause."""
        listeners = self.listeners.get(code)
        if listeners and code not in self.due:
            since = time.monotonic() - self._channel(code).when
            pause = PAUSE + EACH * len(listeners) - since
            self.due[code] = asyncio.get_running_loop().call_later(max(0.0, pause), self._tick, code)

    def _catch_up(self, code: str) -> None:
        """Tell everybody at once where something has happened that nobody was told, for somebody new."""
        if not self._channel(code).knows(self._place(code).room.last):
            self._tick(code)

    def _tick(self, code: str) -> None:
        if timer := self.due.pop(code, None):
            timer.cancel()
        place = self._place(code)
        self._channel(code).take(
            parts.shared(place.room, self.there(code)), place.room.last, time.monotonic()
        )
        for one in self.listeners.get(code, ()):
            one.changed.set()

    def _message(self, listener: Listener, code: str) -> str:
        """What differs from what a page was sent, with the room's clock; an empty word where nothing does."""
        place, channel = self._place(code), self._channel(code)
        own = written(self._own(place, listener.seat))
        more = {name: words for name, words in own.items() if listener.sent.get(name) != words}
        whole, changes = channel.since(listener.told)
        listener.told, listener.sent = channel.version, own
        if not (more or whole or changes):
            return ""
        inside = ",".join(
            [*([whole] if whole else []), *(f"{json.dumps(key)}:{one}" for key, one in more.items())]
        )
        return (
            f'{{"clock":{place.clock()},"speed":{place.speed:g},"last":{channel.last},'
            f'"parts":{{{inside}}},"changes":{{{changes}}}}}'
        )

    def _own(self, place: Open, seat: str) -> dict[str, Any]:
        """What a seat, or the desk, sees beside what everybody sees."""
        code = place.row.code
        if seat == DESK:
            if code not in self.people:
                self.people[code] = self.store.claims(code)
                self.answers[code] = [one._asdict() for one in questionnaire.summary(self.store, code)]
            idle = {
                key: time.monotonic() - self.last_act[code, key]
                for key in place.room.seats
                if (code, key) in self.last_act
            }
            return parts.desks(place.room, self.people[code], idle, code) | {"answers": self.answers[code]}
        return parts.own(place.room, seat) if seat in place.room.seats else {}

    def _place(self, code: str) -> Open:
        assert self.clerk is not None
        return self.clerk.enter(code)

    def _channel(self, code: str) -> Channel:
        return self.channels.setdefault(code, Channel())


async def _first(changed: asyncio.Event, gone: asyncio.Task[bool]) -> bool:
    """Wait for something new; false where the page went away before."""
    news = asyncio.create_task(changed.wait())
    await asyncio.wait({news, gone}, return_when=asyncio.FIRST_COMPLETED)
    news.cancel()
    return not gone.done()


async def _until_gone(socket: WebSocket) -> bool:
    """Wait until the page goes away. What it sends means nothing; true where it sends too much."""
    try:
        for _ in range(FEW):
            if (await socket.receive())["type"] == "websocket.disconnect":
                return False
    except RuntimeError:
        return False
    return True
