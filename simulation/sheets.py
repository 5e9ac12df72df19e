"""The room as drafters look at it: sheets (row, country), delegations side by side.

Drafting compares many wordings. A *row* is a text in a replicate, text after text; a *case* is one wording of
the text in a row. What it means to the delegations is one line of numbers, and lines of different rows stand
next to each other as needed, so that only wordings that could be proposed are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.influence import BlocLine
from simulation.contraction import contract_rows

Floats = NDArray[np.floating]
AT_ONCE = 100_000  # numbers worked on together: more would not fit the cache


class Sheets(NamedTuple):
    """Some delegations' positions and salience, one sheet an issue: `said` (issue, sheet row, country), and
    `care` the salience per unit of loss; where all replicates share it, its sheets have fewer rows."""

    said: Floats
    care: Floats


def sheet(planes: Floats) -> Floats:
    """Planes (country, …, replicate) as one sheet (row, country), rows in the order of the other axes."""
    return np.ascontiguousarray(np.ascontiguousarray(planes).reshape(len(planes), -1).T)


def sheets(positions: Floats, per_point: Floats) -> Sheets:
    """Positions and salience (country, issue, replicate) as sheets."""
    found = []
    for of in (positions, per_point):
        countries, issues, width = of.shape
        stack = np.empty((issues, width, countries), dtype=of.dtype)
        for issue in range(issues):
            stack[issue] = np.ascontiguousarray(of[:, issue]).T
        found.append(stack)
    return Sheets(*found)


def portions(cases: slice, countries: int) -> Iterator[slice]:
    """Cases a few at a time, so that what is worked on fits the cache."""
    at_once = AT_ONCE // max(countries, 1) + 1
    for first in range(cases.start, cases.stop, at_once):
        yield slice(first, min(first + at_once, cases.stop))


def mix_rows(line: BlocLine, own: Floats) -> Floats:
    """D·o for a sheet of own appeals (case, country)."""
    mixed = own * line.keep
    if len(line.line):
        mixed += contract_rows(contract_rows(own, line.line.T), line.follow.T)
    return mixed


def unmix_rows(line: BlocLine, appeal: Floats) -> Floats:
    """Dᵀ·a for a sheet: how much each delegation's own appeal moves a sum of appeals weighted by a."""
    if not len(line.line):
        return appeal
    return appeal * line.keep + contract_rows(contract_rows(appeal, line.follow), line.line)
