"""Life lines of coalitions.

How to read this: each bar is a coalition on a day, its height the number of its members; each band carries
the delegations that went from one to the next. Above a bar, "from B" is a coalition that split from B since
the day before and "new" one that has formed; below it, "into A" is one that merges by the next day and
"ends" one that dissolves. First replicate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._style import FONT, INK, PAPER, QUIET, group_colour, plain, transparent
from dashboards.groups import labels_by_round
from dashboards.words import letter
from simulation.analyses.lives import events
from simulation.analyses.wording import day, listing

COLUMNS = 7  # days that fit beside each other on a phone
GAP = 0.05  # of the room, between coalitions: space for a word
WIDTH = 0.17  # of the way to the next day, for a bar
NAMED = 12
LEGIBLE, COUNTED = 32, 14  # a bar that is a smaller part of the room has no letter, or no number


class Stay(NamedTuple):
    """A coalition on a day: its label, its members, and where its bar begins (delegations from the top)."""

    label: int
    members: NDArray[np.intp]
    start: float


def life_lines(results: Any) -> go.Figure:
    """Coalitions from the opening to the end of the first replicate, as bands between days.

    Shown are the opening, the last round and those rounds in between in which most delegations had moved
    since the day shown before. A bar's height is the number of members; a band's width is the number of
    delegations that go from one coalition to another, or stay. Letters and colours are those of all coalition
    pictures; delegations that stand alone are at the bottom.
    """
    data = results.data
    labels = labels_by_round(data)
    shown = telling_rounds(labels)
    names = np.array([plain(str(name)) for name in data.name.values])
    columns = [stays(labels[index]) for index in shown]
    figure = go.Figure()
    for place, (before, after) in enumerate(zip(columns, columns[1:], strict=False)):
        _bands(figure, before, after, place, names)
    for place, column in enumerate(columns):
        for stay in column:
            _bar(figure, stay, place, names)
    figure.layout.annotations = [
        _mark(stay, place, len(names))
        for place, column in enumerate(columns)
        for stay in column
        if len(stay.members) * LEGIBLE >= len(names)
    ]
    figure.layout.annotations += tuple(_turns(labels[shown], columns))
    words = [_tick(str(data.date.values[index]), index) for index in shown]
    figure.update_xaxes(
        range=[-0.3, len(shown) - 1 + 0.3],
        tickvals=list(range(len(shown))),
        ticktext=words,
        showgrid=False,
        zeroline=False,
        tickfont={"size": 10},
        tickangle=0,
    )
    total = data.sizes["country"]
    most = max(len(column) for column in columns)
    figure.update_yaxes(visible=False, range=[total * (1 + GAP * most), -1])
    figure.update_layout(
        height=420,
        margin={"l": 8, "r": 8, "t": 10, "b": 44},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        showlegend=False,
        dragmode=False,
    )
    return figure


def telling_rounds(labels: NDArray[np.integer], columns: int = COLUMNS) -> list[int]:
    """The opening, the last round, and the rounds that tell most of what happened in between.

    One after the other, the round is added whose coalitions differ most, in delegations placed otherwise,
    from those of the nearest rounds already shown; rounds in which nothing changes are left out.
    """
    shown = [0, len(labels) - 1] if len(labels) > 1 else [0]
    while len(shown) < columns:
        news = []
        for index in range(len(labels)):
            before = max((one for one in shown if one <= index), default=0)
            after = min((one for one in shown if one >= index), default=len(labels) - 1)
            moved = [int((labels[index] != labels[other]).sum()) for other in (before, after)]
            news.append(min(moved))
        best = int(np.argmax(news))
        if not news[best]:
            break
        shown = sorted([*shown, best])
    return shown


def stays(labels: NDArray[np.integer]) -> list[Stay]:
    """The coalitions of a round from top to bottom, in the order of their letters; those alone come last."""
    kinds = sorted({int(label) for label in labels}, key=lambda label: (label < 0, label))
    gap, start, found = GAP * len(labels), 0.0, []
    for label in kinds:
        members = np.flatnonzero(labels == label)
        found.append(Stay(label, members, start))
        start += len(members) + gap
    return found


def _bands(figure: go.Figure, before: list[Stay], after: list[Stay], place: int, names: NDArray) -> None:
    """Bands from the bars of one day to those of the next, in the colour of where they come from."""
    taken = {stay.label: stay.start for stay in after}
    curve = (1 - np.cos(np.linspace(0, np.pi, 17))) / 2
    along = place + WIDTH + (1 - 2 * WIDTH) * np.linspace(0, 1, 17)
    for one in before:
        left = one.start
        for other in after:
            going = np.intersect1d(one.members, other.members)
            if not len(going):
                continue
            right = taken[other.label]
            top = left + (right - left) * curve
            bottom = top + len(going)
            figure.add_scatter(
                x=np.concatenate([along, along[::-1]]).round(3).tolist(),
                y=np.concatenate([top, bottom[::-1]]).round(2).tolist(),
                mode="lines",
                fill="toself",
                fillcolor=transparent(_colour(one.label), 0.28 if one.label == other.label else 0.5),
                line={"width": 0},
                hoveron="fills",
                hoverinfo="text",
                text=f"{_called(one.label)} to {_called(other.label)}: {_named(names[going])}",
            )
            left += len(going)
            taken[other.label] += len(going)


def _bar(figure: go.Figure, stay: Stay, place: int, names: NDArray) -> None:
    alone = stay.label < 0
    end = stay.start + len(stay.members)
    sides = [place - WIDTH, place + WIDTH]
    figure.add_scatter(
        x=[sides[0], sides[1], sides[1], sides[0]],
        y=[stay.start, stay.start, end, end],
        mode="lines",
        fill="toself",
        fillcolor=PAPER if alone else _colour(stay.label),
        line={"width": 1, "color": _colour(stay.label)},
        hoveron="fills",
        hoverinfo="text",
        text=f"{_called(stay.label)}, {len(stay.members)}: {_named(names[stay.members])}",
    )


def _mark(stay: Stay, place: int, room: int) -> dict[str, Any]:
    """The letter on a bar, and the number of members where that fits too, in a room of so many."""
    count = f"<br>{len(stay.members)}" if len(stay.members) * COUNTED >= room else ""
    return {
        "x": place,
        "y": (stay.start + (stay.start + len(stay.members))) / 2,
        "text": f"<b>{letter(stay.label)}</b>{count}",
        "showarrow": False,
        "font": {"color": QUIET if stay.label < 0 else PAPER, "size": 10},
    }


def _turns(labels: NDArray[np.integer], columns: list[list[Stay]]) -> Iterator[dict[str, Any]]:
    """Words above the bars of coalitions that are born or split off, and below those that merge or end."""
    for event in events(labels):
        other = letter(event.other) if event.other is not None else ""
        word = {"born": "new", "split": f"from {other}", "merged": f"into {other}", "died": "ends"}.get(
            event.kind
        )
        if word is None or event.round == 0:
            continue
        begins = event.kind in ("born", "split")
        place = event.round if begins else event.round - 1
        stay = next(stay for stay in columns[place] if stay.label == event.coalition)
        yield {
            "x": place,
            "y": stay.start if begins else stay.start + len(stay.members),
            "text": word,
            "showarrow": False,
            "yanchor": "bottom" if begins else "top",
            "yshift": -3 if begins else 3,
            "font": {"color": INK, "size": 9},
        }


def _named(names: NDArray) -> str:
    return listing(names.tolist(), NAMED)


def _tick(date: str, index: int) -> str:
    """A day under its bars, or the opening."""
    one, month, year = day(date).split()
    return "opening" if index == 0 else f"{one} {month[:3]}<br>{year}"


def _colour(label: int) -> str:
    return group_colour(label) if label >= 0 else QUIET


def _called(label: int) -> str:
    return f"coalition {letter(label)}" if label >= 0 else "on their own"
