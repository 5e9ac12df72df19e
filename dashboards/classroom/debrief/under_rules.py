"""The same ballots under every decision rule: carried or not, and how many votes would have turned it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from dashboards.classroom.counting import ABSENT, BALLOTS, deciding
from scenarios.schema import Rule, Scenario
from simulation import rules
from simulation.analyses.rule_swap import rule_of
from simulation.opening import open_room
from simulation.room import Room
from simulation.rules._carrying import carries


class UnderRule(NamedTuple):
    """Ballots under one rule: whether they carry, and the fewest votes that would have turned it, taken in
    order of weight, vetoes first; none where no votes turn it. `own` marks the rule of the room."""

    rule: str
    own: bool
    carried: bool
    turn: int | None


def under_rules(scenario: Scenario, ballots: Mapping[str, str]) -> list[UnderRule]:
    """Ballots by delegation under all rules, the room's own first; who casts none is absent."""
    room, own = open_room(scenario), deciding(scenario)
    found = [
        (name, own if name == own.name else rule_of(scenario, name), name == own.name)
        for name in rules.names()
    ]
    lines = [UnderRule(name, is_own, *_counted(room, rule, ballots)) for name, rule, is_own in found]
    return sorted(lines, key=lambda one: not one.own)


def _counted(room: Room, rule: Rule, ballots: Mapping[str, str]) -> tuple[bool, int | None]:
    cast = np.array([BALLOTS.get(ballots.get(key, ""), ABSENT) for key in room.countries], dtype=np.int8)
    carried = bool(_carries(room, rule, cast[:, None])[0])
    turned = _carries(room, rule, _turned(room, rule, cast, carried)) != carried
    return carried, int(turned.argmax()) if turned.any() else None


def _turned(room: Room, rule: Rule, cast: np.ndarray, carried: bool) -> np.ndarray:
    """The ballots with one vote more turned in each column (country, column), the first column as cast.

    To carry, no turns into yes first, then abstentions and the absent; to fail, yes into no.
    """
    weight = room.population if rule.weight == "population" else room.capability
    veto = np.isin(room.countries, rule.vetoes)
    order = np.lexsort((-weight, ~veto, np.where(cast == -1, 0, 1)))
    goal = -1 if carried else 1
    rows = [row for row in order if cast[row] != goal and not room.observing[row]]
    if carried:
        rows.sort(key=lambda row: cast[row] != 1)
    columns = np.repeat(cast[:, None], len(rows) + 1, axis=1)
    for column, row in enumerate(rows, start=1):
        columns[row, column:] = goal
    return columns


def _carries(room: Room, rule: Rule, columns: np.ndarray) -> np.ndarray:
    ballots = np.repeat(columns[:, None, :], len(room.texts), axis=1)
    return carries(room, rule, ballots)[0]
