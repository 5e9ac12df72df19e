"""The programme of a lesson: its parts, how long each takes, and what delegations can do in it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Name = Literal["briefing", "statements", "informals", "chair", "decision", "debrief"]


class Part(NamedTuple):
    """A part of the programme: what it is called, what is asked of delegations, and its minutes."""

    name: Name
    title: str
    task: str
    minutes: float


TITLES: dict[Name, tuple[str, str]] = {
    "briefing": ("Read your brief", "What does your capital want, and what will it never accept?"),
    "statements": ("Opening statements", "Where do you stand on each text, and why?"),
    "informals": ("Informal consultations", "Which wording can you and the others live with?"),
    "chair": ("The chair’s text", "Can you live with what the chair proposes?"),
    "decision": ("The decision", "How do you vote, and how do you explain it?"),
    "debrief": ("Looking back", "What happened, and what could have happened?"),
}
MINUTES: dict[int, dict[Name, float]] = {
    50: {"briefing": 7, "statements": 8, "informals": 18, "decision": 7, "debrief": 10},
    60: {"briefing": 8, "statements": 12, "informals": 22, "decision": 8, "debrief": 10},
    75: {"briefing": 10, "statements": 15, "informals": 25, "chair": 10, "decision": 5, "debrief": 10},
    90: {"briefing": 12, "statements": 18, "informals": 30, "chair": 12, "decision": 8, "debrief": 10},
}
DEFAULT = 75
ROUNDS: tuple[Name, ...] = ("statements", "informals", "chair")  # the model's rounds fall into these parts


def programme(minutes: int) -> tuple[Part, ...]:
    """The programme of a lesson of 50, 60, 75 or 90 minutes. Raises KeyError for another length."""
    return tuple(Part(name, *TITLES[name], length) for name, length in MINUTES[minutes].items())
