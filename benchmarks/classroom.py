"""How a room with 193 seats and 200 clients holds out: acts at random times, and all acts at one instant.

`python -m benchmarks.classroom [CLIENTS SECONDS]` starts a server in a process of its own, seats the clients,
and prints how long acts take, how long it takes until everybody has heard of them, and how much was sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websockets

from dashboards.classroom.server import open_room
from dashboards.classroom.store import Store
from dashboards.classroom.visitor import Declined, Visitor
from dashboards.explorer.server import listening
from scenarios import load
from scenarios.schema import Scenario

ROOM = "launch-2020-world"
RATE = 40  # acts a second
PATIENCE = 60.0
LOG = "server.log"
COMMAND = "from dashboards.cli import main; main()"
ENOUGH = 0.05  # of the acts may be declined: an article takes twelve wordings and no more
REPLIES = ("accept", "ad referendum", "reserve", "against")
WORDS = "We can live with this if article 10 keeps the fund."


@dataclass
class Client:
    """A visitor that only notes the last act it has heard of, and how much came."""

    visitor: Visitor
    last: int = 0
    size: int = 0
    when: dict[int, float] = field(default_factory=dict)

    async def listen(self) -> None:
        """Listen, and connect again when the connection is lost, until cancelled."""
        one = self.visitor
        while True:
            with contextlib.suppress(OSError, TimeoutError, websockets.WebSocketException):
                async with websockets.connect(
                    f"ws://127.0.0.1:{one.port}{one.place}/live",
                    origin=websockets.Origin(one.origin),
                    additional_headers={"Cookie": one.cookie},
                    compression=None,
                    max_size=None,
                    open_timeout=PATIENCE,
                    ping_interval=None,
                ) as line:
                    one.connected = True
                    async for message in line:
                        self._note(message)
            one.connected = False
            await asyncio.sleep(0.2)

    def _note(self, message: str | bytes) -> None:
        self.size += len(message)
        head = message[:200] if isinstance(message, str) else message[:200].decode("utf-8", "replace")
        self.last = int(head.partition('"last":')[2].partition(",")[0])


@dataclass
class Measured:
    """Seconds: of acts that were confirmed one by one, until all of a burst were confirmed, until everybody
    had heard of them; and the bytes sent to a client in a second of acts at random times."""

    acts: list[float]
    confirmed: float
    heard: float
    sent: float

    def within(self, share: float) -> float:
        """The seconds within which a share of the acts was confirmed."""
        return sorted(self.acts)[min(len(self.acts) - 1, int(share * len(self.acts)))]


@contextlib.contextmanager
def serving(folder: Path, code: str, port: int = 0) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server in a process of its own with a room that is there; its port and the process."""
    port = port or free_port()
    process = started(folder, code, port=port)
    try:
        yield port, process
    finally:
        process.kill()
        process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody listens on."""
    with listening() as free:
        return int(free.getsockname()[1])


def started(folder: Path, *arguments: str, port: int) -> subprocess.Popen[bytes]:
    """A server started by `plenary classroom`, once it answers; what it says lands in `server.log`."""
    with open(folder / LOG, "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "classroom", *arguments, "--port", str(port), "--no-open"],
            env=os.environ | {"PLENARY_DATA": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    until_then = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until_then:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE):
            return process
        time.sleep(0.02)
    process.kill()
    raise RuntimeError((folder / LOG).read_text("utf-8"))


async def seated(port: int, code: str, seats: Sequence[str], clients: int) -> list[Client]:
    """Clients at seats, in turn, all connected."""
    gate = asyncio.Semaphore(20)

    async def sit(number: int) -> Client:
        async with gate:
            one = Visitor(port, code)
            await one.sit(seats[number % len(seats)], f"client {number}")
            return Client(one)

    return list(await asyncio.gather(*(sit(number) for number in range(clients))))


def some_act(luck: random.Random, scenario: Scenario, seat: str) -> tuple[str, dict[str, Any]]:
    """A kind of act and what comes with it: stances and replies above all, notes, offers and proposals."""
    text = luck.choice(list(scenario.texts))
    open_ = [key for key, one in scenario.texts[text].articles.items() if not one.agreed]
    article, other = luck.choice(open_), luck.choice([one for one in scenario.delegations if one != seat])
    made: dict[str, dict[str, Any]] = {
        "stance": {"text": text, "stance": luck.choice(["endorse", "study", "oppose"]), "reason": WORDS},
        "reply": {"text": text, "article": article, "wording": "tabled", "reply": luck.choice(REPLIES)},
        "note": {"to": other, "words": WORDS},
        "offer": {"to": other, "gives": WORDS, "asks": WORDS},
        "propose": {"text": text, "article": article, "words": WORDS},
    }
    kind = luck.choices(list(made), (45, 35, 10, 7, 3))[0]
    return kind, made[kind]


async def at_random(clients: Sequence[Client], seconds: float, scenario: Scenario) -> list[float]:
    """Seconds that acts at random times took."""
    luck = random.Random(1)
    took: list[float] = []
    declined: list[str] = []

    async def one(client: Client, kind: str, payload: dict[str, Any], after: float) -> None:
        await asyncio.sleep(after)
        begun = time.monotonic()
        try:
            await client.visitor.act(kind, payload)
        except Declined as why:
            declined.append(str(why))
        else:
            took.append(time.monotonic() - begun)

    chosen = [luck.choice(list(clients)) for _ in range(int(RATE * seconds))]
    wishes = [(who, *some_act(luck, scenario, who.visitor.seat)) for who in chosen]
    await asyncio.gather(*(one(*wish, luck.uniform(0, seconds)) for wish in wishes))
    if len(declined) > ENOUGH * len(wishes):
        raise RuntimeError(f"{len(declined)} acts were declined: {declined[0]}")
    return took


async def at_once(clients: Sequence[Client], text: str) -> tuple[float, float]:
    """Seconds until an act of every client is confirmed, and until every client has heard of all."""
    begun = time.monotonic()
    numbers = await asyncio.gather(
        *(one.visitor.act("stance", {"text": text, "stance": "study", "reason": "Once."}) for one in clients)
    )
    confirmed, last = time.monotonic() - begun, max(numbers)
    await until(lambda: all(one.last >= last for one in clients))
    return confirmed, time.monotonic() - begun


def slack() -> float:
    """How much longer things may take on this machine now: 1, and more where more processes want to run than
    it has processors."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


async def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened."""
    async with asyncio.timeout(PATIENCE):
        while not happened():
            await asyncio.sleep(0.005)


async def measured(port: int, code: str, scenario: Scenario, count: int, seconds: float) -> Measured:
    """What a room holds out."""
    seats = [key for key, one in scenario.delegations.items() if not one.observer]
    clients = await seated(port, code, seats, count)
    hearing = [asyncio.create_task(one.listen()) for one in clients]
    try:
        await until(lambda: all(one.last or one.size for one in clients))
        await asyncio.sleep(1)
        before = sum(one.size for one in clients)
        acts = await at_random(clients, seconds, scenario)
        await asyncio.sleep(1)
        sent = (sum(one.size for one in clients) - before) / count / seconds
        confirmed, heard = await at_once(clients, next(iter(scenario.texts)))
        return Measured(acts, confirmed, heard, sent)
    finally:
        for task in hearing:
            task.cancel()


def measure(folder: Path, clients: int = 200, seconds: float = 10.0, room: str = ROOM) -> Measured:
    """What a new room in a server of its own holds out."""
    store = Store(folder / "classroom.sqlite")
    code, _ = open_room(store, room)
    store.close()
    with serving(folder, code) as (port, _):
        return asyncio.run(measured(port, code, load(room), clients, seconds))


def main() -> None:
    """Measure and print."""
    clients, seconds = (int(sys.argv[1]), float(sys.argv[2])) if len(sys.argv) > 2 else (200, 10.0)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), clients, seconds)
    print(f"{clients} clients, {RATE} acts a second for {seconds:g} s, load {os.getloadavg()[0]:.1f}")
    half, most = 1000 * found.within(0.5), 1000 * found.within(0.95)
    print(f"an act: half within {half:.0f} ms, 95 % within {most:.0f} ms")
    print(f"sent to a client: {found.sent / 1000:.0f} KB a second")
    print(f"all at one instant: confirmed in {found.confirmed:.2f} s, seen by all in {found.heard:.2f} s")


if __name__ == "__main__":
    main()
