"""An issue as a picture: every delegation a mark on the worded scale, with the texts and the reversion point.

Places across are shares of the width and sizes are in units of the mark, so that a picture is drawn once and
fits a phone, a screen and paper.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dashboards.briefs.brief import Brief, Positions
from dashboards.briefs.groups import Group
from scenarios.schema import Scenario
from simulation.analyses.wording import listing, sentence_case, spoken

STEP = 2  # points of the scale that share a stack of marks
LINE = 1.35  # marks from one named line to the next
TALLEST = 22  # marks in a stack before they overlap
NAMED = 16  # delegations up to which each has a line with its name
LONG = 20  # letters of a name that still fits beside its mark
APART = 6  # points that two letters under the scale need between them


class Dot(NamedTuple):
    """A delegation's mark: its place (0–100) across, how high it lies in marks, its shape, what it says."""

    place: float
    up: float
    shape: int
    words: str
    label: str


class Sign(NamedTuple):
    """A letter under the scale: a text's, or R for the reversion point; `row` counts downwards."""

    place: float
    row: int
    letter: str
    words: str


def scale(brief: Brief, one: Positions, groups: list[Group]) -> dict[str, Any]:
    """Everything that the template draws and says of an issue."""
    shapes = {name: group.shape for group in groups for name in group.members}
    few = len(brief.scenario.delegations) <= NAMED
    dots = lined(brief.scenario, one, shapes) if few else stacked(brief.scenario, one, shapes)
    signs = _signs(brief, one)
    return {
        "key": one.key,
        "issue": one.issue,
        "few": few,
        "dots": dots,
        "height": max((dot.up for dot in dots), default=0) + 1,
        "signs": signs,
        "rows": max(sign.row for sign in signs) + 1,
        "finding": finding(brief.scenario, one),
        "unknown": one.unknown,
        "silent": listing([line.letter for line in brief.texts if line.key not in one.texts]),
    }


def stacked(scenario: Scenario, one: Positions, shapes: dict[str, int]) -> list[Dot]:
    """Delegations in stacks, each as wide as two points; tall stacks overlap. Like shapes lie together."""
    stacks: dict[int, list[str]] = {}
    for name, position in one.held.items():
        stacks.setdefault(STEP * int(position / STEP + 0.5), []).append(name)
    tallest = max(map(len, stacks.values()), default=1)
    rise = min(1.0, TALLEST / tallest)
    dots = []
    for place, names in sorted(stacks.items()):
        for level, name in enumerate(sorted(names, key=lambda each: (shapes[each], each))):
            words = f"{scenario.delegations[name].name} ({name}): {one.held[name]:g}"
            dots.append(Dot(place, round(rise * level, 3), shapes[name], words, ""))
    return dots


def lined(scenario: Scenario, one: Positions, shapes: dict[str, int]) -> list[Dot]:
    """Delegations one above the other by position, each with its name."""
    dots = []
    for level, (name, position) in enumerate(one.held.items()):
        full = scenario.delegations[name].name
        label = full if len(full) <= LONG else name
        dots.append(Dot(position, LINE * level, shapes[name], f"{full} ({name}): {position:g}", label))
    return dots


def finding(scenario: Scenario, one: Positions) -> str:
    """What the picture shows, in a sentence."""
    held = list(one.held.items())
    if not held:
        return "No position is known."
    (first, low), (last, high) = held[0], held[-1]
    lowest, highest = (spoken(scenario.delegations[name].name) for name in (first, last))
    quarter, half, most = (
        f"{one:.0f}" for one in np.quantile([value for _, value in held], (0.25, 0.5, 0.75))
    )
    return (
        f"{sentence_case(lowest)} stands lowest at {low:g}, {highest} highest at {high:g}; "
        f"the middle half lies between {quarter} and {most}, the median is {half}."
    )


def _signs(brief: Brief, one: Positions) -> list[Sign]:
    """The letters under the scale in rows, so that none lies on another."""
    marked = [(one.issue.reversion, "R", f"reversion point {one.issue.reversion:g}")]
    for line in brief.texts:
        if line.key in one.texts:
            place = one.texts[line.key]
            marked.append((place, line.letter, f"{line.text.title}: {round(place, 1):g}"))
    ends: list[float] = []
    signs = []
    for place, letter, words in sorted(marked):
        row = next((row for row, end in enumerate(ends) if place - end >= APART), len(ends))
        ends[row : row + 1] = [place]
        signs.append(Sign(place, row, letter, words))
    return signs
