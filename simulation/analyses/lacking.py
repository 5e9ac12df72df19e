"""What is lacking for a yes, what makes up the appeal as it is, and which red lines stand in the way?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from agents import preferences
from simulation.analyses.citing import article_name
from simulation.analyses.levers import Target
from simulation.ending import Ending

PARTS = ("content", "trust", "offers", "events", "peers")


class Line(NamedTuple):
    """A red line of a delegation that the text crosses in a `share` of the replicates: on which `issue` (its
    title), whether it `forbids`, its range from `low` to `high`, where the text lies in the median, and the
    `articles` that speak to the issue."""

    issue: str
    forbids: bool
    low: float
    high: float
    place: float
    share: float
    articles: tuple[str, ...]


def lacking(end: Ending, target: Target) -> float:
    """What lacks in the median replicate for the target to say yes, chance included, in gain units: of the
    member whose yes makes the quorum, if it is a bloc."""
    needed = np.sort(end.lacking[list(target.rows)], axis=0)[target.quorum - 1]
    return float(np.median(needed))


def red_lines(end: Ending, target: Target) -> tuple[Line, ...]:
    """The red lines of a single delegation that the text crosses in any replicate, most often first."""
    if len(target.rows) != 1:
        return ()
    room, wording = end.room, end.room.wordings[end.text]
    text, iso3 = end.scenario.texts[end.key], room.countries[target.rows[0]]
    place, silent = end.chamber.places[end.text], end.chamber.silent[end.text]
    crossed = preferences.outside(place.T, silent.T, room.red_lines).mean(axis=0)
    found = []
    for line, share in zip(end.scenario.red_lines, crossed.tolist(), strict=True):
        if line.delegation == iso3 and share > 0:
            issue = room.issues.index(line.issue)
            speak = tuple(article_name(text, a) for a in np.flatnonzero(wording.moves[:, issue]).tolist())
            title = end.scenario.issues[line.issue].title
            middle = float(np.median(place[issue]))
            found.append(Line(title, line.kind == "forbids", line.min, line.max, middle, share, speak))
    return tuple(sorted(found, key=lambda line: -line.share))


def parts_of(end: Ending, target: Target) -> dict[str, float]:
    """The mean appeal of a target's delegations, taken apart in gain units; what their blocs add is what they
    would not think by themselves."""
    rows = list(target.rows)
    own = end.line.diagonal()[rows, None] * end.parts[:, rows]
    parts = dict(zip(PARTS, own.mean(axis=(1, 2)).tolist(), strict=True))
    return {**parts, "blocs": float(end.appeal[rows].mean()) - sum(parts.values())}
