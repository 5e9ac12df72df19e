"""Who meets apart? Bilateral consultations of a scenario as rows, shares and rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Event, Scenario
from simulation.calendar import Round, round_of

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


class Party(NamedTuple):
    """One side of a table: the `row` of who speaks, the `bloc` it speaks for (empty for itself), and the rows
    of those who learn of it with the share of it that reaches them."""

    row: int
    bloc: str
    learns: tuple[tuple[int, float], ...]


class Meeting(NamedTuple):
    """A consultation apart in one round; `last` if it ends there, perhaps with a joint statement."""

    key: str
    event: Event
    parties: tuple[Party, ...]
    last: bool


class Met(NamedTuple):
    """A meeting as it went: how far apart the parties stood `before` and `after`, in points on average over
    the issues (replicate,), and on which issues they then stood together, `shared` (issue, replicate)."""

    round: int
    meeting: Meeting
    before: Floats
    after: Floats
    shared: Flags


def meetings(scenario: Scenario, all_rounds: Sequence[Round]) -> tuple[tuple[Meeting, ...], ...]:
    """The meetings of each round, in the order of the events.

    A bloc sits there through its coordinator towards another party, or its coordinator in general; where
    neither is a member that is heard, its chair stays empty. Two chairs at least make a meeting.
    """
    by_round: list[list[Meeting]] = [[] for _ in all_rounds]
    for key, event in scenario.events.items():
        if event.type != "bilateral" or event.nature != "exogenous":
            continue
        first = round_of(event.date, all_rounds)
        last = round_of(event.until or event.date, all_rounds)
        parties = _parties(scenario, event.parties)
        if first is None or len(parties) < 2:
            continue
        end = len(all_rounds) - 1 if last is None else last
        for when in range(first, end + 1):
            by_round[when].append(Meeting(key, event, parties, when == end))
    return tuple(map(tuple, by_round))


def _parties(scenario: Scenario, names: Sequence[str]) -> tuple[Party, ...]:
    countries = list(scenario.delegations)
    found: list[Party] = []
    for name in names:
        bloc = name.removeprefix("bloc:")
        others = [other.removeprefix("bloc:") for other in names if other != name]
        speaker = name if bloc == name else _speaker(scenario, bloc, others)
        if speaker in countries:
            row = countries.index(speaker)
            found.append(Party(row, "" if bloc == name else bloc, ((row, 1.0),)))
    seated = {party.row for party in found}
    return tuple(
        party._replace(learns=(*party.learns, *_members(scenario, party.bloc, seated))) for party in found
    )


def _speaker(scenario: Scenario, bloc: str, others: Sequence[str]) -> str:
    """The delegation that speaks for a bloc towards others; empty if there is none."""
    declared = scenario.blocs[bloc]
    towards = (declared.coordinator_for[one] for one in others if one in declared.coordinator_for)
    name = next(towards, declared.coordinator) or ""
    heard = name in declared.members and not scenario.delegations[name].silent
    return name if heard else ""


def _members(scenario: Scenario, bloc: str, seated: set[int]) -> list[tuple[int, float]]:
    """The other members of a bloc, to whom its discipline passes on what was said."""
    if not bloc:
        return []
    countries, declared = list(scenario.delegations), scenario.blocs[bloc]
    rows = [countries.index(iso3) for iso3 in declared.members]
    return [(row, declared.discipline) for row in rows if row not in seated]
