"""An act: one thing that somebody did in a room, as it stands in the room's log."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

By = Literal["people", "model", "desk"]
DESK = "desk"  # the seat of the control desk


class Act(NamedTuple):
    """One row of a room's log.

    `number` counts from 1 in each room; `clock` is how many seconds the room had been in use; `at` the time
    of day, for the record alone. `seat` is a delegation's key or "desk"; `by` says whether people, the model
    or the control desk acted (the desk also for a delegation: what that handed in on paper); `kind` and
    `payload` what was done; `key` makes a repeated question the same act.
    """

    number: int
    clock: float
    at: str
    seat: str
    by: By
    kind: str
    payload: dict[str, Any]
    key: str
