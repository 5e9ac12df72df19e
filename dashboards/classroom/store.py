"""Where rooms live: one SQLite file, in which an act is on disk before anybody is told of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from dashboards.classroom.act import Act

SHARING = 3  # people who may share a seat
META = MetaData()
ROOMS = Table(
    "rooms",
    META,
    Column("code", String, primary_key=True),
    Column("desk", String, nullable=False, unique=True),  # a digest of the desk's token
    Column("scenario", Text, nullable=False),
    Column("where", String, nullable=False),
    Column("programme", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("made", String, nullable=False),
)
CLAIMS = Table(
    "claims",
    META,
    Column("digest", String, primary_key=True),
    Column("room", String, nullable=False),
    Column("seat", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("name", String, nullable=False),
    UniqueConstraint("room", "seat", "place"),
)
REHEARSALS = Table(
    "rehearsals",
    META,
    Column("room", String, primary_key=True),
    Column("speed", Float, nullable=False),  # how fast the room's clock runs
)
ACTS = Table(
    "acts",
    META,
    Column("room", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("clock", Float, nullable=False),
    Column("at", String, nullable=False),
    Column("seat", String, nullable=False),
    Column("by", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
    Column("key", String, nullable=False),
    UniqueConstraint("room", "key"),
)
ANSWERS = Table(  # of the questionnaire: of no seat and no name
    "answers",
    META,
    Column("room", String, primary_key=True),
    Column("person", String, primary_key=True),  # drawn by lot, and of no use elsewhere
    Column("moment", String, primary_key=True),
    Column("answers", Text, nullable=False),
)


class RoomRow(NamedTuple):
    """A room as it was opened: its code, a digest of the token of its control desk, its scenario as JSON,
    where that came from, the minutes of its programme, the seed of its model seats, and when it was made."""

    code: str
    desk: str
    scenario: str
    where: str
    programme: int
    seed: int
    made: str


class Claim(NamedTuple):
    """Somebody at a seat: the seat (a delegation, or one of `access.GUESTS`), which of its places, a name."""

    room: str
    seat: str
    place: int
    name: str


class Full(Exception):
    """A seat at which nobody else fits."""


class Store:
    """Rooms, who sits in them, and their logs, in one file.

    It is opened inside the running server and used by one process at a time. Every change is committed with
    `synchronous=FULL`, so that what was confirmed outlives a kill and a power cut.
    """

    def __init__(self, file: Path) -> None:
        """Open `file`, or make it. Raises OSError where its folder cannot be made."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(f"sqlite:///{file}")
        event.listen(self.engine, "connect", _set_up)
        META.create_all(self.engine)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def add_room(self, room: RoomRow) -> None:
        """Keep a new room."""
        with self.engine.begin() as line:
            line.execute(insert(ROOMS).values(**room._asdict()))

    def rooms(self) -> list[RoomRow]:
        """All rooms, the newest first."""
        with self.engine.connect() as line:
            return [RoomRow(*row) for row in line.execute(select(ROOMS).order_by(ROOMS.c.made.desc()))]

    def room(self, code: str) -> RoomRow | None:
        """A room by its code, if there is one."""
        with self.engine.connect() as line:
            row = line.execute(select(ROOMS).where(ROOMS.c.code == code)).first()
        return RoomRow(*row) if row else None

    def rehearse(self, code: str, speed: float) -> None:
        """Mark a new room as a rehearsal, whose clock runs `speed` times as fast as others."""
        with self.engine.begin() as line:
            line.execute(insert(REHEARSALS).values(room=code, speed=speed))

    def speed(self, code: str) -> float:
        """How fast a room's clock runs: 1 but in a rehearsal."""
        with self.engine.connect() as line:
            return float(line.scalar(select(REHEARSALS.c.speed).where(REHEARSALS.c.room == code)) or 1.0)

    def set_desk(self, code: str, digest: str) -> None:
        """Give a room another token for its control desk."""
        with self.engine.begin() as line:
            line.execute(update(ROOMS).where(ROOMS.c.code == code).values(desk=digest))

    def sit(self, digest: str, room: str, seat: str, name: str, sharing: int = SHARING) -> Claim:
        """Seat somebody at the first free place of a seat. Raises Full where there is none."""
        for _ in range(sharing):
            with self.engine.begin() as line:
                taken = set(
                    line.scalars(select(CLAIMS.c.place).where(CLAIMS.c.room == room, CLAIMS.c.seat == seat))
                )
                place = next((one for one in range(sharing) if one not in taken), None)
                if place is None:
                    raise Full
                try:
                    line.execute(
                        insert(CLAIMS).values(digest=digest, room=room, seat=seat, place=place, name=name)
                    )
                except IntegrityError:  # somebody was faster; look again
                    continue
            return Claim(room, seat, place, name)
        raise Full

    def claim(self, digest: str) -> Claim | None:
        """Who holds a token, if anybody."""
        columns = (CLAIMS.c.room, CLAIMS.c.seat, CLAIMS.c.place, CLAIMS.c.name)
        with self.engine.connect() as line:
            row = line.execute(select(*columns).where(CLAIMS.c.digest == digest)).first()
        return Claim(*row) if row else None

    def move(self, old: str, new: str) -> Claim | None:
        """Give somebody another token; none where the old one holds no seat."""
        with self.engine.begin() as line:
            line.execute(update(CLAIMS).where(CLAIMS.c.digest == old).values(digest=new))
        return self.claim(new)

    def claims(self, room: str) -> list[Claim]:
        """Everybody in a room."""
        columns = (CLAIMS.c.room, CLAIMS.c.seat, CLAIMS.c.place, CLAIMS.c.name)
        ordered = select(*columns).where(CLAIMS.c.room == room).order_by(CLAIMS.c.seat, CLAIMS.c.place)
        with self.engine.connect() as line:
            return [Claim(*row) for row in line.execute(ordered)]

    def clear(self, room: str, seat: str) -> None:
        """Take everybody off a seat."""
        with self.engine.begin() as line:
            line.execute(delete(CLAIMS).where(CLAIMS.c.room == room, CLAIMS.c.seat == seat))

    def append(self, acts: Iterable[tuple[str, Act]]) -> None:
        """Commit acts, each with the code of its room: all of them or none.

        Raises sqlalchemy.exc.OperationalError where the disk takes no more.
        """
        rows = [{"room": room, **act._asdict(), "payload": _written(act.payload)} for room, act in acts]
        with self.engine.begin() as line:
            line.execute(insert(ACTS), rows)

    def acts(self, room: str) -> Sequence[Act]:
        """The log of a room."""
        columns = [ACTS.c[name] for name in Act._fields]
        with self.engine.connect() as line:
            rows = line.execute(select(*columns).where(ACTS.c.room == room).order_by(ACTS.c.number)).all()
        return [Act(*row)._replace(payload=json.loads(row.payload)) for row in rows]

    def answer(self, room: str, person: str, moment: str, answers: dict[str, Any], most: int) -> bool:
        """Keep what somebody answered, in place of what the same person answered before; false where `most`
        have answered already."""
        key = {"room": room, "person": person, "moment": moment}
        one = (ANSWERS.c.room == room) & (ANSWERS.c.moment == moment)
        with self.engine.begin() as line:
            line.execute(delete(ANSWERS).where(one, ANSWERS.c.person == person))
            if int(line.scalar(select(func.count()).select_from(ANSWERS).where(one)) or 0) >= most:
                return False
            line.execute(insert(ANSWERS).values(**key, answers=_written(answers)))
        return True

    def answers(self, room: str, moment: str) -> list[dict[str, Any]]:
        """What people answered, without who."""
        asked = select(ANSWERS.c.answers).where(ANSWERS.c.room == room, ANSWERS.c.moment == moment)
        with self.engine.connect() as line:
            return [json.loads(answers) for answers in line.scalars(asked.order_by(ANSWERS.c.answers))]


def now() -> str:
    """The time of day in words that sort."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _written(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _set_up(line: Any, _: Any) -> None:
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        line.execute(f"PRAGMA {setting}")
