"""Everything that the pages of the look back show, worked out from one log."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dashboards.classroom.clerk import Open
from dashboards.classroom.debrief.course import Course, Turning, course, turning_points
from dashboards.classroom.debrief.deals import Deal, Moved, deals, moved
from dashboards.classroom.debrief.ensemble import Ensemble, Ensembles
from dashboards.classroom.debrief.missed import Missed, missed_deals
from dashboards.classroom.debrief.outcome import Outcome, outcome
from dashboards.classroom.debrief.questions import questions
from dashboards.classroom.debrief.scoring import percentile
from dashboards.classroom.debrief.under_rules import UnderRule, under_rules
from dashboards.classroom.room import Room
from dashboards.classroom.store import Store


@dataclass
class Look:
    """The look back on one state of a room; each thing is worked out when it is first asked for."""

    course: Course
    told: dict[bool, dict[str, Any]] = field(default_factory=dict)  # kept by `answers`

    @property
    def room(self) -> Room:
        """The room at the end of its log."""
        return self.course.room

    @cached_property
    def outcome(self) -> Outcome:
        """What the class ended with."""
        return outcome(self.room)

    @cached_property
    def turnings(self) -> list[Turning]:
        """The turning points."""
        return turning_points(self.course)

    @cached_property
    def deals(self) -> list[Deal]:
        """The accepted offers."""
        return deals(self.course)

    @cached_property
    def moved(self) -> list[Moved]:
        """Who moved whom."""
        return moved(self.course)

    @cached_property
    def missed(self) -> list[Missed]:
        """The missed deals."""
        return missed_deals(self.room, self.outcome)

    @cached_property
    def rules(self) -> dict[str, list[UnderRule]]:
        """By text, the same ballots under every rule."""
        return {
            text: under_rules(self.room.scenario, one.ballots) for text, one in self.outcome.texts.items()
        }

    @cached_property
    def questions(self) -> list[str]:
        """Questions that this room asks."""
        return questions(
            self.room, self.outcome, self.turnings, self.deals, self.moved, self.missed, self.rules
        )

    def settled(self) -> Look:
        """Itself, with everything worked out, so that many who ask at once do not work it out each."""
        _ = self.outcome, self.questions
        return self

    def percentile(self, model: Ensemble, seat: str) -> float:
        """Where a seat's score lies in the model's distribution for that seat, 0–100."""
        column = self.outcome.marks.seats.index(seat)
        own = float(self.outcome.marks.score[0, column])
        return percentile(model.marks.score[:, column], own)


class Looks:
    """The looks back on the rooms in use: what was worked out is kept until the log goes on."""

    def __init__(self) -> None:
        self.ensembles = Ensembles()
        self.kept: dict[str, tuple[int, Look]] = {}
        self.lock = threading.Lock()

    def of(self, store: Store, place: Open) -> Look:
        """The look back on a room as its log stands."""
        code = place.row.code
        with self.lock:
            known = self.kept.get(code)
            if known is None or known[0] != place.room.last:
                acts = store.acts(code)
                found = course(place.room.scenario, place.row.programme, acts)
                known = self.kept[code] = (found.room.last, Look(found).settled())
            return known[1]


def begun(room: Room) -> bool:
    """Whether the part of the programme in which secrets are revealed has begun."""
    names = [part.name for part in room.programme]
    return "debrief" in names and room.part >= names.index("debrief")
