"""Delegations, texts and the reversion point in the plane of the issue space, round by round."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.articles import coded_room
from simulation.analyses.space import Space, naming, project, space
from simulation.results import observing

Floats = NDArray[np.float64]
MOVED = 2.0  # points in the plane, from which on a delegation's way is drawn
WAYS = 40  # ways that are drawn, the longest
NAMES = 18  # delegations that are named
APART = (0.085, 0.04)  # between two names, as shares of the width: room for a code on a phone
ABOVE, CLEAR = 0.04, (0.08, 0.05)  # how far above its dot a name stands, and how far from a text


class Placed(NamedTuple):
    """Where everybody is in the first replicate: the plane; `delegations` (round, country, 2); `texts`
    (round, text, 2); `tabled` (round, text), whether a text lies on the table; the reversion point (2,)."""

    plane: Space
    delegations: Floats
    texts: Floats
    tabled: NDArray[np.bool_]
    reversion: Floats


def placed(results: Any) -> Placed:
    """Where delegations and texts lie in the plane in which coded positions differ most.

    The plane is that of the coded positions, weighted by mean salience, so that it is the same for every
    seed; observers do not shape it. Expressed positions and wordings are those of the first replicate.
    """
    data, room = results.data, coded_room(results.scenario)
    counting = ~observing(data)
    plane = space(room.positions[counting], room.salience[counting].mean(axis=0))
    begin = [text.tabled.isoformat() if text.tabled else "" for text in results.scenario.texts.values()]
    return Placed(
        plane,
        project(plane, data.position.values),
        project(plane, data.place.values[0]),
        np.array([[str(date) >= first for first in begin] for date in data.date.values]),
        project(plane, room.reversion),
    )


class Ends(NamedTuple):
    """What an axis of the plane means: the poles of the issues that name it, at its low and its high end, and
    the titles of these issues."""

    low: list[str]
    high: list[str]
    issues: list[str]


def ends(scenario: Any, plane: Space, axis: int) -> Ends:
    """An axis in the words of its issues: both poles of those that load most, largest loading first."""
    issues = list(scenario.issues.values())
    low, high, titles = [], [], []
    for place in naming(plane, axis):
        poles = _poles(issues[place])
        down, up = poles if plane.axes[axis, place] > 0 else poles[::-1]
        low.append(down)
        high.append(up)
        titles.append(issues[place].title)
    return Ends(low, high, titles)


def _poles(issue: Any) -> tuple[str, str]:
    """What an issue is called at both ends: its poles, or else its outermost anchors."""
    points = sorted(issue.anchors, key=float)
    low = issue.low_pole or (issue.anchors[points[0]] if points else f"less: {issue.title}")
    high = issue.high_pole or (issue.anchors[points[-1]] if points else f"more: {issue.title}")
    return low, high


def movers(found: Placed) -> NDArray[np.intp]:
    """Delegations that moved farthest from the opening to the end, farthest first."""
    moved = np.linalg.norm(found.delegations[-1] - found.delegations[0], axis=1)
    order = np.argsort(-moved, kind="stable")[:WAYS]
    return order[moved[order] >= MOVED]


def names_shown(found: Placed, weight: NDArray[np.floating]) -> NDArray[np.intp]:
    """The weightiest delegations whose names cover each other in no round, and no text at the end."""
    (left, right), _ = span(found)
    least = np.array(APART) * (right - left)
    taken: list[int] = []
    for row in np.argsort(-weight, kind="stable").tolist():
        way = found.delegations[:, row]
        others = [found.delegations[:, other] for other in taken]
        beside = np.abs(way[-1] + [0, ABOVE * (right - left)] - found.texts[-1])
        clear = (beside > np.array(CLEAR) * (right - left)).any(axis=1).all()
        if clear and all((np.abs(way - other) > least).any(axis=1).all() for other in others):
            taken.append(row)
        if len(taken) == NAMES:
            break
    return np.array(taken, dtype=np.intp)


def span(found: Placed) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ranges across and up that hold everything in every round."""
    every = np.concatenate(
        [found.delegations.reshape(-1, 2), found.texts.reshape(-1, 2), found.reversion[None]]
    )
    low, high = every.min(axis=0), every.max(axis=0)
    room = 0.06 * max(*(high - low), 10.0)
    return (float(low[0] - room), float(high[0] + room)), (float(low[1] - room), float(high[1] + room))
