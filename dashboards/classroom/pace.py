"""When the model's seats play: its rounds are spread evenly over the parts in which delegations talk."""

from __future__ import annotations

from dashboards.classroom.programme import ROUNDS
from dashboards.classroom.room import Room


def due(room: Room, clock: float, rounds: int) -> int:
    """How many of the model's `rounds` should have been played by now, on the room's clock.

    >>> from dashboards.classroom.room import opened
    >>> from scenarios import load
    >>> room = opened(load("launch-2020-class"))
    >>> room.part, room.ends = 1, 900.0  # opening statements: 15 of 50 minutes of talk
    >>> due(room, 0.0, 8), due(room, 450.0, 8), due(room, 900.0, 8)
    (0, 1, 2)
    """
    return min(rounds, int(rounds * gone(room, clock) + 1e-9))


def gone(room: Room, clock: float) -> float:
    """What share of the time for talks is gone, on the room's clock."""
    lengths = [60 * part.minutes if part.name in ROUNDS else 0.0 for part in room.programme]
    if room.part < 0 or not sum(lengths):
        return 0.0
    past = sum(lengths[: room.part])
    if room.part < len(lengths) and lengths[room.part]:
        left = room.ends if room.paused else room.ends - clock
        past += min(lengths[room.part], max(0.0, lengths[room.part] - left))
    return past / sum(lengths)
