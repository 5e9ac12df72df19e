"""Pictures of the issue space: who wants what, where the texts stand, and how both moved."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures._placed import MOVED, Placed, ends, placed
from dashboards.figures.space import Kinds, drawn_at, kinds_of
from dashboards.pictures._picture import Picture, picture, stepped
from dashboards.words import signed
from simulation.analyses.space import Space, distance
from simulation.analyses.wording import day, listing, percent, spoken
from simulation.results import counted

SIDES = (("left", "right"), ("bottom", "top"))
HEAD = ["delegation or text", "across at the opening", "at the end", "up at the opening", "at the end", "is"]


def space(results: Any, text: str | None = None) -> Picture:
    """Where delegations and texts are at the end, with what the axes mean; coalitions without a text."""
    found, kinds = placed(results), kinds_of(results, text)
    last = len(found.delegations) - 1
    axes = axes_told(results, found.plane)
    share = percent(float(found.plane.share[0]))
    return picture(
        figures.FIGURES["space"](results, text, found),
        " ".join([*axes, *_nearest(results, found, last)]),
        HEAD,
        _rows(results, found, kinds),
        f"One axis, from left to right, holds {share} of what divides the delegations" if axes else "",
    )


def space_by_round(results: Any, text: str | None = None) -> Picture:
    """The same with `steps`: where everybody is after every round, and what colours tell then."""
    found, kinds = placed(results), kinds_of(results, text)
    steps = [
        {"traces": drawn_at(results, found, kinds, index), "finding": _finding(results, found, index)}
        for index in range(len(found.delegations))
    ]
    figure = figures.FIGURES["space"](results, text, found)
    return stepped(picture(figure, str(steps[-1]["finding"]), HEAD, _rows(results, found, kinds)), steps)


def axes_told(results: Any, plane: Space) -> list[str]:
    """What each axis means, in a sentence: the share it tells, and the poles of the issues that name it."""
    told = []
    for axis, name in enumerate(("Across", "Up")):
        named = ends(results.scenario, plane, axis)
        if not named.issues:
            continue
        first, last = SIDES[axis]
        poles = [
            f"{title} from “{low}” to “{high}”"
            for title, low, high in zip(named.issues, named.low, named.high, strict=True)
        ]
        share = percent(float(plane.share[axis]))
        told.append(f"{name}, from {first} to {last} ({share} of what divides them): {listing(poles)}.")
    return told


def loadings(results: Any) -> dict[str, list]:
    """How much each issue has a part in both axes, as a table, the heaviest first."""
    plane, issues = placed(results).plane, list(results.scenario.issues.values())
    order = np.argsort(-(plane.axes**2 * plane.share[:, None]).sum(axis=0), kind="stable").tolist()
    rows = [
        [
            issues[place].title,
            percent(float(plane.stretch[place] ** 2)),
            *(signed(float(axis[place]), 2) for axis in plane.axes),
        ]
        for place in order
    ]
    return {"head": ["issue", "share of mean salience", "loading across", "loading up"], "rows": rows}


def _finding(results: Any, found: Placed, index: int) -> str:
    """What a round has moved, and which text lies nearest then."""
    when = f"On {day(str(results.data.date.values[index]))}, in the first replicate: "
    return " ".join([when + _moved(results, found, index), *_nearest(results, found, index)])


def _moved(results: Any, found: Placed, index: int) -> str:
    """Who has moved since the opening."""
    moved = np.linalg.norm(found.delegations[index] - found.delegations[0], axis=1)
    farthest, movers = int(moved.argmax()), int((moved >= MOVED).sum())
    if not movers:
        return f"nobody has moved {MOVED:.0f} points since the opening."
    have = "1 delegation has" if movers == 1 else f"{movers} delegations have"
    name = spoken(str(results.data.name.values[farthest]))
    return (
        f"{have} moved {MOVED:.0f} points or more since the opening, "
        f"{name} farthest ({moved[farthest]:.1f} points)."
    )


def _nearest(results: Any, found: Placed, index: int) -> list[str]:
    """Which text on the table lies nearest to the average of what delegations ask for, if there are two."""
    data, tabled = results.data, np.flatnonzero(found.tabled[index])
    if len(tabled) < 2:
        return []
    average = counted(data).position.values[index].mean(axis=0)
    apart = distance(found.plane, data.place.values[0, index, tabled], average)
    near, far = tabled[apart.argmin()], tabled[apart.argmax()]
    titles = [str(title).split(" (")[0] for title in data.text_title.values]
    return [
        f"On all issues, the average of what delegations ask for is nearest to the {titles[near]} "
        f"({apart.min():.1f} points) and farthest from the {titles[far]} ({apart.max():.1f} points)."
    ]


def _rows(results: Any, found: Placed, kinds: Kinds) -> list[list[str]]:
    """Everything in the picture with its places, and what colours tell of it at the end."""
    data = results.data
    last = kinds.label[-1].tolist()
    rows = [
        [str(name), *_places(way), kinds.looks[label][0]]
        for name, way, label in zip(data.name.values, found.delegations.swapaxes(0, 1), last, strict=True)
    ]
    texts = [
        [f"{place} {title}", *_places(way), "text"]
        for place, (title, way) in enumerate(
            zip(data.text_title.values, found.texts.swapaxes(0, 1), strict=True), 1
        )
    ]
    still = np.broadcast_to(found.reversion, (1, 2))
    return [*rows, *texts, ["if nothing is agreed", *_places(still), "reversion point"]]


def _places(way: Any) -> list[str]:
    """Across at first and at last, then up, in points from the average coded position."""
    return [signed(float(way[index, axis]) + 0.0) for axis in (0, 1) for index in (0, -1)]
