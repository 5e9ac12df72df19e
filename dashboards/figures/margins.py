"""Margins of defection: how firm supporters, coalitions and blocs are.

How to read this: a row is a group, a mark one of its members; the further right, the more its appeal would
have to change before it left the line that most of the group take. A dot holds, a cross would leave if it
were asked again, a hollow triangle stands elsewhere in public already. Chance is left out; the table under
the picture lists every group, weakest members first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from dashboards.figures._style import INK, PAPER, QUIET, calm, plain
from dashboards.firmness import LINES, Firmness, firmness

BLOCS = 10  # rows for blocs, so that the picture stays one
LEAST_MEMBERS = 3  # of a bloc with a row
ROW_HEIGHT = 44  # pixels a group
LANES = (-0.12, -0.28, 0.04)  # of a row, taken in turn by members on the line; the weakest is in the first
ELSEWHERE = 0.24  # the lane of those who stand elsewhere, clear of names


class Look(NamedTuple):
    """How one kind of member is drawn."""

    word: str
    form: str
    colour: str


LOOKS = (
    Look("holds", "circle", "#0072B2"),
    Look("would leave", "x", "#D55E00"),
    Look("stands elsewhere already", "triangle-up-open", QUIET),
)


def margins(results: Any, text: str | None = None, firm: Firmness | None = None) -> go.Figure:
    """How far each member's appeal lies inside its group's line on a text, in gain units.

    The line of a group is the stance that most members take in public at the end of the first replicate: a
    member of one that endorses has the margin appeal − cut-point, and the other lines are measured alike. The
    member with the smallest margin among those on the line is named. Blocs are the ten of three members and
    more whose members follow them most. `firm` is how firm the groups are, if known already.
    """
    data = results.data
    text = text or str(data.text.values[0])
    firm = firm or firmness(results, text)
    rows = shown(results, firm)
    stance = data.stance.sel(text=text).values[0, -1]
    countries, words = data.country.values, [plain(name) for name in data.name.values.tolist()]
    sorted_members = [np.array(firm.found.weakest_first(place)) for place in rows]
    drawn_as = [kinds(firm, *each, stance) for each in zip(rows, sorted_members, strict=True)]
    figure = go.Figure()
    for kind, look in enumerate(LOOKS):
        x, y, names = [], [], []
        for height, (place, members, drawn) in enumerate(zip(rows, sorted_members, drawn_as, strict=True)):
            turn = np.cumsum(drawn < 2) - 1
            lanes = np.where(drawn < 2, np.array(LANES)[turn % len(LANES)], ELSEWHERE)
            mine = drawn == kind
            x += firm.found.margin[place, members[mine]].round(4).tolist()
            y += (height + lanes[mine]).round(2).tolist()
            names += [words[row] for row in members[mine].tolist()]
        figure.add_scatter(
            x=x,
            y=y,
            text=names,
            mode="markers",
            name=look.word,
            marker={
                "symbol": look.form,
                "size": 8,
                "color": look.colour,
                "line": {"color": look.colour if "open" in look.form else PAPER, "width": 1},
            },
            hovertemplate="%{text}: %{x:+.3f}, " + look.word + "<extra></extra>",
        )
    weakest = [members[drawn < 2][0] for members, drawn in zip(sorted_members, drawn_as, strict=True)]
    figure.layout.annotations = [
        {
            "x": float(firm.found.margin[place, row]),
            "y": height + LANES[0],
            "text": plain(str(countries[row])),
            "showarrow": False,
            "xanchor": "right",
            "xshift": -8,
            "font": {"size": 11, "color": INK},
            "bgcolor": "rgba(255,255,255,0.75)",
            "borderpad": 0,
        }
        for height, (place, row) in enumerate(zip(rows, weakest, strict=True))
    ]
    _frame(figure, [heading(firm, place) for place in rows])
    return figure


def shown(results: Any, firm: Firmness) -> list[int]:
    """The groups that have a row: supporters, coalitions, and the blocs whose members follow them most."""
    blocs = [
        place
        for place, circle in enumerate(firm.circles)
        if circle.kind == "bloc" and circle.members.sum() >= LEAST_MEMBERS
    ]
    discipline = {key: bloc.discipline for key, bloc in results.scenario.blocs.items()}
    blocs = sorted(blocs, key=lambda place: -discipline[firm.circles[place].key])[:BLOCS]
    return [place for place, circle in enumerate(firm.circles) if circle.kind != "bloc"] + blocs


def kinds(firm: Firmness, place: int, members: ArrayLike, stance: NDArray[np.int8]) -> NDArray[np.int64]:
    """Which of `LOOKS` each of these members of a group has, by number."""
    rows = np.asarray(members)
    elsewhere = stance[rows] != firm.found.line[place]
    return np.where(elsewhere, 2, firm.found.leaves[place, rows].astype(int))


def heading(firm: Firmness, place: int) -> str:
    """What stands beside a row: the group, its size and its line."""
    circle, line = firm.circles[place], LINES[int(firm.found.line[place])]
    size = int(circle.members.sum())
    if circle.kind == "supporters":
        return f"<b>All who endorse</b><br>{size}"
    name = circle.name if circle.kind == "coalition" else circle.key.replace("_", " ")
    return f"<b>{plain(name[:1].upper() + name[1:])}</b><br>{size}, {line}"


def _frame(figure: go.Figure, headings: list[str]) -> None:
    """Axes, the line at which members leave, and the common look."""
    figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")
    calm(figure, height=90 + ROW_HEIGHT * max(len(headings), 1))
    figure.update_yaxes(
        tickvals=list(range(len(headings))),
        ticktext=headings,
        tickfont={"size": 11},
        range=[len(headings) - 0.5, -0.5],
        zeroline=False,
    )
    figure.update_xaxes(
        title={"text": "margin in gain units: left of 0 it would leave", "font": {"size": 12}},
        tickformat="+.1f",
        zeroline=False,
    )
    figure.update_layout(margin={"l": 112, "b": 48})
