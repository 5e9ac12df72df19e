"""Blocs against coalitions.

How to read this: each row is a declared bloc; the parts of its bar are the shares of its members that stand
in each coalition over all replicates. The diamond says how often two of its members end in one coalition: at
the right edge a bloc stays together whatever happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.coalitions import Bloc, blocs_in, found_in
from dashboards.figures._style import INK, PAPER, QUIET, calm, group_colour, lines
from dashboards.words import letter

ROWS = 16  # blocs, so that the picture stays one
LEAST_MEMBERS = 3  # of a bloc with a row
LEGIBLE = 0.08  # a shorter part of a bar has no letter
ROW_HEIGHT = 30  # pixels a bloc


def blocs(results: Any, rows: Sequence[Bloc] | None = None) -> go.Figure:
    """Where the members of each bloc stand at the end, coalition by coalition, and how often two together.

    Blocs of three members or more, the sixteen whose members follow them most; sorted by the coalition most
    of their members stand in and by their share there. `rows` are all blocs, if known already.
    """
    shown = rows_shown(blocs_in(results, found_in(results)) if rows is None else rows)
    words = [lines(f"{one.name} ({int(one.members.sum())})", 24) for one in shown]
    figure = go.Figure()
    known = sorted({number for one in shown for number, share in one.shares.items() if share})
    parts = [
        (letter(number), group_colour(number), [one.shares[number] for one in shown]) for number in known
    ]
    parts.append(("alone", PAPER, [one.alone for one in shown]))
    for word, colour, values in parts:
        if not any(values):
            continue
        figure.add_bar(
            orientation="h",
            x=[round(100 * value, 1) for value in values],
            y=words,
            name=word if word == "alone" else f"coalition {word}",
            marker={"color": colour, "line": {"color": QUIET if word == "alone" else PAPER, "width": 1}},
            text=[word if value >= LEGIBLE else "" for value in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": INK if word == "alone" else PAPER, "size": 11},
            hovertemplate="%{y}: %{x:.0f} % "
            + (word if word == "alone" else f"in {word}")
            + "<extra></extra>",
        )
    figure.add_scatter(
        x=[round(100 * one.together, 1) for one in shown],
        y=words,
        mode="markers",
        name="two members end together",
        marker={"symbol": "diamond", "size": 9, "color": INK, "line": {"color": PAPER, "width": 1.5}},
        hovertemplate="%{y}: two members end together in %{x:.0f} % of replicates<extra></extra>",
    )
    calm(figure, height=110 + ROW_HEIGHT * max(len(shown), 1))
    figure.update_yaxes(categoryorder="array", categoryarray=words[::-1], tickfont={"size": 11})
    figure.update_xaxes(range=[0, 102], ticksuffix=" %", nticks=5, zeroline=False, tickangle=0)
    figure.update_layout(barmode="stack", bargap=0.3, margin={"l": 150}, legend={"traceorder": "normal"})
    return figure


def rows_shown(found: Sequence[Bloc]) -> list[Bloc]:
    """The blocs with a row, in their order."""
    large = [one for one in found if one.members.sum() >= LEAST_MEMBERS]
    followed = sorted(large, key=lambda one: -one.discipline)[:ROWS]
    return sorted(followed, key=lambda one: (_seat(one), -one.shares.get(_seat(one), 0.0)))


def _seat(bloc: Bloc) -> int:
    """The number of the coalition in which most members stand, the earlier letter on a tie."""
    return max(bloc.shares, key=lambda number: (bloc.shares[number], -number), default=-1)
