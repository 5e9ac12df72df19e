"""How the room got there: its log folded act by act, every change of a stance, and the turning points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from dashboards.classroom import pace
from dashboards.classroom.act import Act, By
from dashboards.classroom.debrief.telling import Told, told
from dashboards.classroom.room import Room, advance, opened
from scenarios.schema import Scenario

WINDOW = 180.0  # seconds after an act in which what changes is told beside it
MOST, LEAST = 6, 2  # turning points told, and how many stances must have changed
WORTH = {"oppose": -1, "study": 0, "endorse": 1}
OPENS = (  # kinds of acts that everybody may know of, so that others may answer by moving
    "propose", "stance", "cosponsor", "leave-sponsors", "event", "stand", "chair-text", "chair", "agree",
)  # fmt: skip


class Change(NamedTuple):
    """A stance that changed: by the act with `number`, at `clock` seconds, of which seat on which text."""

    number: int
    clock: float
    seat: str
    by: By
    text: str
    before: str
    after: str

    @property
    def step(self) -> int:
        """How far it moved towards the text, −2 to 2."""
        return WORTH[self.after] - WORTH[self.before]


class Course(NamedTuple):
    """The way of a room: its state at the end, all acts that count, the changes of stances, and by text the
    number that endorsed: points (share of the time for talks that was gone, endorsements)."""

    room: Room
    acts: Sequence[Act]
    changes: list[Change]
    endorsing: dict[str, list[tuple[float, int]]]


class Turning(NamedTuple):
    """An act, and the stances on one text that changed soon after it."""

    act: Told
    text: str
    changes: list[Change]


def course(scenario: Scenario, minutes: int, acts: Sequence[Act]) -> Course:
    """Fold a log act by act; acts that the desk has undone count for nothing."""
    room = opened(scenario, minutes)
    room.undone = {int(act.payload["number"]) for act in acts if act.kind == "undo"}
    changes: list[Change] = []
    endorsing = {text: [(0.0, _endorse(room, text))] for text in room.drafts}
    before = _stances(room)
    for act in acts:
        advance(room, act)
        now = _stances(room)
        if now == before:
            continue
        for (text, seat), stance in now.items():
            if stance != before[text, seat]:
                was = before[text, seat]
                changes.append(Change(act.number, act.clock, seat, act.by, text, was, stance))
                endorsing[text].append((pace.gone(room, act.clock), _endorse(room, text)))
        before = now
    return Course(room, [act for act in acts if act.number not in room.undone], changes, endorsing)


def turning_points(found: Course) -> list[Turning]:
    """The acts after which most stances changed, in order of time.

    What counts as after an act are the changes of other seats within three minutes, on the act's text if it
    has one. Every change is told once, with the act that most followed; after is not because of.
    """
    left = list(found.changes)
    points: list[Turning] = []
    opening = [act for act in found.acts if act.kind in OPENS]
    while len(points) < MOST:
        best = max(
            ((act, text, after) for act in opening for text, after in _after(act, left).items()),
            key=lambda one: (abs(sum(change.step for change in one[2])), one[0].number),
            default=None,
        )
        if best is None or len(best[2]) < LEAST:
            break
        act, text, after = best
        points.append(Turning(told(found.room, act), text, after))
        told_now = {change.number for change in after}
        left = [change for change in left if change.number not in told_now]
    return sorted(points, key=lambda one: one.act.number)


def _after(act: Act, changes: list[Change]) -> dict[str, list[Change]]:
    """By text what changed soon after an act."""
    about = act.payload.get("text", "")
    after: dict[str, list[Change]] = {}
    first = bisect_right(changes, act.number, key=lambda change: change.number)
    for change in takewhile(lambda change: change.clock <= act.clock + WINDOW, islice(changes, first, None)):
        if change.seat != act.seat and about in ("", change.text):
            after.setdefault(change.text, []).append(change)
    return after


def _stances(room: Room) -> dict[tuple[str, str], str]:
    return {(text, seat): one.stance for text, stands in room.stands.items() for seat, one in stands.items()}


def _endorse(room: Room, text: str) -> int:
    return sum(one.stance == "endorse" for one in room.stands[text].values())
