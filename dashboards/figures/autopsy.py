"""What would have turned the outcome?

How to read this: a row is a change, or several together, and the mark is how often the outcome would then
have been another one, with its 95 % interval, under the same luck. Right of the line it turns in most
replicates. A diamond marks sets that leave the decision rule as it is.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.figures._style import INK, calm, lines
from simulation.analyses.autopsy import Autopsy, Turn
from simulation.analyses.autopsy import autopsy as made_autopsy

RULE, OTHER = "#6b7280", "#0072B2"
ROW_HEIGHT = 42  # pixels a set


def autopsy(results: Any, text: str | None = None, found: Autopsy | None = None) -> go.Figure:
    """The chance that the outcome turns with each set of changes that was run in full.

    `found` is the search if it has been made already; without it the scenario of the results is negotiated
    again.
    """
    text = text or str(results.data.text.values[0])
    if found is None:
        found = made_autopsy(
            results.scenario, text, results.data.sizes["replicate"], results.manifest["seed"]
        )
    sets = shown(found)
    figure = go.Figure()
    for word, form, colour, of_rule in (
        ("another rule", "circle-open", RULE, True),
        ("the same rule", "diamond", OTHER, False),
    ):
        mine = [turn for turn in sets if any(one.kind == "rule" for one in turn.changes) == of_rule]
        figure.add_scatter(
            x=[round(turn.chance[1], 4) for turn in mine],
            y=[label(turn) for turn in mine],
            mode="markers",
            name=word,
            marker={"symbol": form, "size": 10, "color": colour, "line": {"color": colour, "width": 2}},
            error_x={
                "array": [round(turn.chance[2] - turn.chance[1], 4) for turn in mine],
                "arrayminus": [round(turn.chance[1] - turn.chance[0], 4) for turn in mine],
                "thickness": 1,
            },
            hovertemplate="%{y}: %{x:.0%}<extra></extra>",
        )
    figure.add_vline(x=0.5, line={"color": INK, "width": 1, "dash": "dash"}, layer="below")
    calm(figure, height=110 + ROW_HEIGHT * max(len(sets), 1))
    figure.update_yaxes(
        categoryorder="array", categoryarray=[label(turn) for turn in sets][::-1], tickfont={"size": 11}
    )
    figure.update_xaxes(
        title={"text": "how often the outcome turns", "font": {"size": 12}},
        tickformat=".0%",
        range=[-0.03, 1.03],
        tickvals=[0, 0.5, 1],
        zeroline=False,
    )
    figure.update_layout(margin={"l": 170, "b": 48, "r": 24})
    return figure


def shown(found: Autopsy) -> list[Turn]:
    """The sets that have a row: those without another rule first, each by its chance."""
    return [*found.smallest, *(turn for turn in found.singles if turn not in found.smallest)]


def label(turn: Turn) -> str:
    """The words of a set, in lines."""
    words = "; ".join(one.words for one in turn.changes)
    return lines(words[:1].upper() + words[1:], 28)
