"""A page without a screen: sits down, acts and listens by the addresses that the pages use."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable
from typing import Any

import websockets

from dashboards.classroom.asking import NO_SEAT
from dashboards.classroom.changes import merged

PATIENCE = 20.0  # seconds that an answer may take
LONGEST_WAIT = 1.0  # seconds between two tries to connect again
LARGEST = 8 * 1024 * 1024  # bytes of a message

Heard = Callable[[dict[str, Any]], None]


class Declined(Exception):
    """What a server does not take, with its status and its reason in words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Visitor:
    """Somebody at a seat (or at the control desk, with its key) of a room on this machine.

    `parts` is what its page shows; `last` the number of the last act it has heard of, `clock` and `speed`
    what came with that. Nothing is shown anywhere.
    """

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code = port, code
        self.cookie, self.seat = "", ""
        self.parts: dict[str, Any] = {}
        self.last, self.clock, self.speed = 0, 0.0, 1.0
        self.heard = 0.0
        self.connected = False

    def now(self) -> float:
        """Seconds on the room's clock."""
        return self.clock + self.speed * (time.monotonic() - self.heard)

    @property
    def origin(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        """Where its page lives."""
        return f"/desk/{self.code}" if self.seat == "desk" else f"/room/{self.code}"

    async def sit(self, seat: str, name: str = "") -> None:
        """Take a seat. Raises Declined."""
        found, self.cookie = await self._asked(f"/join/{self.code}", {"seat": seat, "name": name})
        self.seat = str(found["seat"])

    async def unlock(self, key: str) -> None:
        """Take the control desk. Raises Declined."""
        _, self.cookie = await self._asked(f"/desk/{self.code}/key", {"key": key})
        self.seat = "desk"

    async def act(self, kind: str, payload: dict[str, Any] | None = None, key: str = "") -> int:
        """Do something; its number once it is on the server's disk. Raises Declined, and OSError or
        TimeoutError where the server does not answer."""
        asked = {"kind": kind, "payload": payload or {}, "key": key or secrets.token_hex(16)}
        found, _ = await self._asked(f"{self.place}/act", asked)
        return int(found["number"])

    async def listen(self, heard: Heard | None = None) -> None:
        """Keep `parts` as the room's pages have them, and connect again when the connection is lost, until
        cancelled or without a seat."""
        wait = 0.2
        while True:
            try:
                async with websockets.connect(
                    f"ws://127.0.0.1:{self.port}{self.place}/live",
                    origin=websockets.Origin(self.origin),
                    additional_headers={"Cookie": self.cookie},
                    compression=None,
                    max_size=LARGEST,
                    open_timeout=PATIENCE,
                    ping_interval=None,
                ) as line:
                    self.connected, wait = True, 0.2
                    async for message in line:
                        self.take(json.loads(message), heard)
                if line.close_code == NO_SEAT:
                    return
            except (OSError, TimeoutError, websockets.WebSocketException):
                pass
            finally:
                self.connected = False
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 1.6)

    def take(self, message: dict[str, Any], heard: Heard | None = None) -> None:
        """Take a message of the server in."""
        self.parts |= message["parts"]
        for name, change in message.get("changes", {}).items():
            self.parts[name] = merged(self.parts[name], change)
        self.last, self.clock, self.speed = message["last"], message["clock"], message["speed"]
        self.heard = time.monotonic()
        if heard:
            heard(self.parts)

    async def _asked(self, path: str, document: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The answer to a POST of a page, and the cookie that came with it."""
        async with asyncio.timeout(PATIENCE):
            reading, writing = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                content = json.dumps(document).encode("utf-8")
                writing.write(self._head(path, len(content)).encode("ascii") + content)
                await writing.drain()
                answer = await reading.read()
            finally:
                writing.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        fields = [(name.lower(), words) for name, _, words in (line.partition(": ") for line in lines)]
        if not status or len(body) < int(dict(fields).get("content-length", "0")):
            raise ConnectionResetError("the answer broke off")
        cookies = [words for name, words in fields if name == "set-cookie"]
        number = int(status.split()[1])
        found = _read(body)
        if number != 200:
            raise Declined(number, str(found.get("problem", "")))
        return found, cookies[0].partition(";")[0] if cookies else ""

    def _head(self, path: str, length: int) -> str:
        lines = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": self.origin,
            "X-Plenary": "1",
            "Content-Type": "application/json",
            "Content-Length": str(length),
            "Cookie": self.cookie,
            "Connection": "close",
        }
        return (
            f"POST {path} HTTP/1.1\r\n"
            + "".join(f"{name}: {one}\r\n" for name, one in lines.items())
            + "\r\n"
        )


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {"problem": body.decode("utf-8", "replace")}
    return found if isinstance(found, dict) else {}
