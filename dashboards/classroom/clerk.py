"""The clerk: one writer, who checks every act, writes it down, and only then lets anybody know.

Acts that arrive while the disk is busy are written together, in one commit.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from dashboards.classroom import room as rooms
from dashboards.classroom.act import DESK, Act, By
from dashboards.classroom.kinds import KINDS
from dashboards.classroom.kinds._kind import Kind
from dashboards.classroom.room import Room
from dashboards.classroom.store import RoomRow, Store, now
from scenarios.schema import Scenario

PAUSE = 0.005  # seconds in which acts gather before they are written together
FULL = "The disk takes nothing more. All earlier acts are kept."
MOST = 500  # acts of one commit


class Refused(Exception):
    """An act that is not taken, with the reason in words and the status of the answer."""

    def __init__(self, why: str, status: int = 409) -> None:
        super().__init__(why)
        self.why, self.status = why, status


@dataclass
class Open:
    """A room that is in use: how it was opened, its state, its log's keys, the zero of its clock, and how
    fast that runs (1 but in a rehearsal)."""

    row: RoomRow
    room: Room
    numbers: dict[str, int]
    zero: float
    speed: float = 1.0

    def clock(self) -> float:
        """Seconds that the room has been in use, times its speed. It follows no change of the time of day,
        and stands still while the server does."""
        return round(self.speed * (time.monotonic() - self.zero), 3)


@dataclass
class Wish:
    """An act that somebody would like to do, and who waits for the answer."""

    code: str
    seat: str
    by: By
    kind: str
    payload: dict[str, Any]
    key: str
    answer: asyncio.Future[int]


class Clerk:
    """Keeps the rooms that are in use. `tell(code, acts)` is called after each commit."""

    def __init__(self, store: Store, tell: Callable[[str, list[Act]], None]) -> None:
        self.store, self.tell = store, tell
        self.open: dict[str, Open] = {}
        self.wishes: asyncio.Queue[Wish] = asyncio.Queue(maxsize=20_000)

    def enter(self, code: str) -> Open:
        """A room by its code, read from its log if it is not in use yet. Raises KeyError for no room."""
        if code not in self.open:
            row = self.store.room(code)
            if row is None:
                raise KeyError(code)
            self.open[code] = self._read(row)
        return self.open[code]

    def _read(self, row: RoomRow) -> Open:
        acts = self.store.acts(row.code)
        scenario = Scenario.model_validate(json.loads(row.scenario))
        clock, speed = acts[-1].clock if acts else 0.0, self.store.speed(row.code)
        return Open(
            row,
            rooms.folded(scenario, row.programme, acts),
            {act.key: act.number for act in acts},
            time.monotonic() - clock / speed,
            speed,
        )

    async def act(self, code: str, seat: str, by: By, kind: str, payload: dict[str, Any], key: str) -> int:
        """Do something in a room; returns the act's number once it is on disk. The same key again returns
        the number of the act that is there. Raises Refused."""
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.wishes.put_nowait(Wish(code, seat, by, kind, payload, key, answer))
        return await answer

    async def work(self) -> None:
        """Write down what is wished for, until cancelled."""
        while True:
            wishes = [await self.wishes.get()]
            await asyncio.sleep(PAUSE)
            while len(wishes) < MOST and not self.wishes.empty():
                wishes.append(self.wishes.get_nowait())
            await self._write(wishes)

    async def _write(self, wishes: list[Wish]) -> None:
        taken: list[tuple[Wish, Act]] = []
        again: list[tuple[Wish, int]] = []  # asked for a second time
        for wish in wishes:
            try:
                found = self._take(wish)
            except Refused as why:
                _answer(wish, why)
            except Exception as error:  # a mistake of ours must not stop the room
                _answer(wish, Refused("Plenary made a mistake with this; the terminal tells which.", 500))
                print(f"{type(error).__name__} in {wish.kind}: {error}", flush=True)
                self._reread({wish.code})
            else:
                if isinstance(found, int):
                    again.append((wish, found))
                else:
                    taken.append((wish, found))
        if taken and not await self._commit(taken):
            for wish, number in again:
                kept = self.open[wish.code].numbers.get(wish.key) == number
                _answer(wish, number if kept else Refused(FULL, 507))
            return
        for wish, number in again:
            _answer(wish, number)

    async def _commit(self, taken: list[tuple[Wish, Act]]) -> bool:
        """Bring acts to disk, and then to those who wait for them."""
        try:
            await asyncio.to_thread(self.store.append, [(wish.code, act) for wish, act in taken])
        except SQLAlchemyError:
            self._reread({wish.code for wish, _ in taken})
            for wish, _ in taken:
                _answer(wish, Refused(FULL, 507))
            return False
        told: dict[str, list[Act]] = {}
        for wish, act in taken:
            told.setdefault(wish.code, []).append(act)
            _answer(wish, act.number)
        for code, acts in told.items():
            if any(act.kind == "undo" for act in acts):
                self._reread({code})
            self.tell(code, acts)
        return True

    def _take(self, wish: Wish) -> Act | int:
        """Check a wish and take it into the state; its number where the same key has been taken already."""
        place = self.enter(wish.code)
        if wish.key in place.numbers:
            return place.numbers[wish.key]
        kind = KINDS.get(wish.kind)
        if kind is None:
            raise Refused("There is nothing of that kind to do.", 422)
        if not may(kind, wish.by, wish.seat):
            raise Refused(
                "This is for the control desk alone." if wish.by != "desk" else "Not for the desk.", 403
            )
        if wish.by == "people" and (place.room.muted or place.room.seats[wish.seat].muted):
            raise Refused("The chair asks for silence at the moment.")
        try:
            payload = kind.payload.model_validate(wish.payload).model_dump()
        except ValidationError as error:
            raise Refused(_first(error), 422) from None
        room = place.room
        act = Act(room.last + 1, place.clock(), now(), wish.seat, wish.by, wish.kind, payload, wish.key)
        if why := kind.refuse(room, act):
            raise Refused(why)
        if kind.settle is not None:
            act = act._replace(payload=payload | kind.settle(room, act))
        rooms.advance(room, act)
        place.numbers[wish.key] = act.number
        return act

    def _reread(self, codes: set[str]) -> None:
        """Go back to what is on disk."""
        for code in codes:
            if code in self.open:
                clock = self.open[code].zero
                self.open[code] = self._read(self.open[code].row)
                self.open[code].zero = min(clock, self.open[code].zero)


def may(kind: Kind, by: By, seat: str) -> bool:
    """Whether somebody may do a kind of act. The desk may do for a delegation what its people may do: paper
    that it hands in is written down as the delegation's act, by the desk."""
    return (by if by != "desk" or seat == DESK else "people") in kind.by


def _answer(wish: Wish, what: int | Refused) -> None:
    if wish.answer.done():
        return
    if isinstance(what, int):
        wish.answer.set_result(what)
    else:
        wish.answer.set_exception(what)


def _first(error: ValidationError) -> str:
    """The first thing that is wrong with what came, in words."""
    one = error.errors()[0]
    where = ".".join(str(part) for part in one["loc"])
    message = one["msg"].removeprefix("Value error, ")
    return f"{where}: {message}." if where else f"{message}."
