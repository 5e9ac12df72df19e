"""The room as drafters look at it: sheets (replicate, country) or (case, country), delegations side by side.

Drafting compares many wordings of one text. Each wording in each replicate is a *case*; what it means to the
delegations is one row. Rows of different replicates stand next to each other as needed, so that only wordings
that could be proposed are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import preferences
from agents.influence import BlocLine
from simulation.contraction import contract_rows
from simulation.room import Room

Floats = NDArray[np.floating]
AT_ONCE = 25_000  # numbers worked on together: more would not fit the cache


class Sheets(NamedTuple):
    """Some delegations' positions and salience, one sheet an issue: `said` (issue, replicate, country), and
    `care` the salience per unit of loss, the same or (issue, 1, country) where all replicates share it."""

    said: Floats
    care: Floats


def sheet(plane: Floats) -> Floats:
    """A plane (country, replicate) as a sheet (replicate, country)."""
    return np.ascontiguousarray(np.ascontiguousarray(plane).T)


def sheets(positions: Floats, per_point: Floats) -> Sheets:
    """Positions and salience (country, issue, replicate) as sheets."""
    return Sheets(*(np.stack([sheet(of[:, k]) for k in range(of.shape[1])]) for of in (positions, per_point)))


def portions(cases: int, countries: int) -> Iterator[slice]:
    """Cases a few at a time, so that what is worked on fits the cache."""
    at_once = AT_ONCE // max(countries, 1) + 1
    for start in range(0, cases, at_once):
        yield slice(start, start + at_once)


def losses(room: Room, some: Sheets, places: Floats) -> Floats:
    """How far a wording lies from delegations (issue, replicate, country); `places` (replicate, issue)."""
    exponent = room.dynamics.loss_exponent
    return preferences.loss(some.said, places.T[:, :, None], exponent)


def gains(room: Room, some: Sheets, places: Floats) -> tuple[Floats, Floats]:
    """What wordings bring by content, before legal force, and by procedure: two sheets (replicate, country).

    `places` (replicate, issue).
    """
    at_reversion = preferences.loss(some.said, room.reversion[:, None, None], room.dynamics.loss_exponent)
    nearer = (at_reversion - losses(room, some, places)) * some.care
    nothing = np.zeros_like(nearer[0])
    content, procedure = (sum((nearer[issue] for issue in kind), start=nothing) for kind in room.kinds)
    return content, procedure


def mix_rows(line: BlocLine, own: Floats) -> Floats:
    """D·o for sheets of own appeals (case, country); where no bloc binds anybody, o itself."""
    if not len(line.line):
        return own
    mixed = contract_rows(contract_rows(own, line.line.T), line.follow.T)
    mixed += own * line.keep
    return mixed


def unmix_rows(line: BlocLine, appeal: Floats) -> Floats:
    """Dᵀ·a for sheets: how much each delegation's own appeal moves a sum of appeals weighted by a."""
    if not len(line.line):
        return appeal
    return appeal * line.keep + contract_rows(contract_rows(appeal, line.follow), line.line)
