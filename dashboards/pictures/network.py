"""Pictures of the network: who stands near whom, at the end and round by round."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures._ties import WEAKEST
from dashboards.figures.network import (
    DOTS,
    LINES,
    SHOWN,
    Network,
    drawing,
    drawn,
    joined,
    joined_by_round,
    kinds_of,
    lines_of,
)
from dashboards.pictures._picture import Picture, picture, stepped
from dashboards.words import letter
from simulation.analyses.wording import day, listing, percent, spoken

HEAD = ["delegation", "coalition", "lines", "joined to"]


def network(results: Any) -> Picture:
    """Who is joined to whom by likeness at the end."""
    found = joined(results)
    figure, finding = figures.FIGURES["network"](results, found), _finding(found, "At the end")
    return picture(figure, finding, HEAD, _rows(results, found), _headline(found))


def network_by_round(results: Any) -> Picture:
    """The same with `steps`: coalitions and ties after every round, everybody in one place throughout.

    `meta` is what a script needs to draw the ties: the `pairs` of all rounds one after the other, the
    `weakest` tie there is and the one that is `shown` at first, in per cent, the traces of `lines` and `dots`
    and the letter of each coalition. Each step has the strength of the `ties` in per cent, 0 where there is
    none, and the `labels`, the number of each delegation's coalition.
    """
    rounds = joined_by_round(results)
    kinds = kinds_of(np.array([one.labels for one in rounds]))
    pairs, strengths = _strengths(rounds)
    figure = drawing(results, rounds[-1].places, kinds)
    for place, values in drawn(rounds[-1], kinds).items():
        figure.data[place].update(values)
    figure.data[LINES].update(lines_of(rounds[-1]))
    dates = [day(str(date)) for date in results.data.date.values]
    steps = [
        {
            "traces": drawn(one, kinds),
            "finding": _finding(one, f"On {date}"),
            "ties": strength,
            "labels": one.labels.tolist(),
        }
        for one, date, strength in zip(rounds, dates, strengths, strict=True)
    ]
    meta = {
        **{"pairs": pairs, "weakest": WEAKEST, "shown": SHOWN, "lines": LINES, "dots": DOTS},
        "letters": [letter(kind) for kind in range(max(kinds) + 1)],
    }
    found = picture(figure, str(steps[-1]["finding"]), HEAD, _rows(results, rounds[-1]))
    return {**stepped(found, steps), "meta": meta}


def _strengths(rounds: list[Network]) -> tuple[list[int], list[list[int]]]:
    """All pairs that are tied in some round, as rows one after the other, and how strongly in each round."""
    tied = [
        dict(zip(map(tuple, one.ties.pairs.tolist()), one.ties.weight.tolist(), strict=True))
        for one in rounds
    ]
    pairs = sorted(set(chain.from_iterable(tied)))
    return list(chain.from_iterable(pairs)), [[one.get(pair, 0) for pair in pairs] for one in tied]


def _headline(found: Network) -> str:
    """The share of lines inside coalitions in one short line."""
    lines, labels = found.lines, found.labels
    if not len(lines):
        return "No two delegations are tied closely enough for a line"
    inside = (labels[lines[:, 0]] == labels[lines[:, 1]]) & (labels[lines[:, 0]] >= 0)
    return f"{percent(float(inside.mean()))} of lines run inside a coalition"


def _finding(found: Network, when: str) -> str:
    """How many lines there are, and how many of them run inside a coalition."""
    lines, labels = found.lines, found.labels
    inside = (labels[lines[:, 0]] == labels[lines[:, 1]]) & (labels[lines[:, 0]] >= 0)
    lonely = len(labels) - len(np.unique(lines))
    told = f"{len(lines)} lines join" if len(lines) != 1 else "1 line joins"
    have = "1 delegation has" if lonely == 1 else f"{lonely or 'no'} delegations have"
    return (
        f"{when}, {told} the {len(labels)} delegations; "
        f"{percent(float(inside.mean()) if len(lines) else 0.0)} run inside a coalition, "
        f"and {have} no line at all."
    )


def _rows(results: Any, found: Network) -> list[list[str]]:
    """Each delegation with its coalition and those it is joined to."""
    names = results.data.name.values
    neighbours: list[list[int]] = [[] for _ in names]
    for one, other in found.lines.tolist():
        neighbours[one].append(other)
        neighbours[other].append(one)
    return [
        [str(name), letter(int(label)), str(len(near)), listing([spoken(str(names[row])) for row in near])]
        for name, label, near in zip(names, found.labels, neighbours, strict=True)
    ]
