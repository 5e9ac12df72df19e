"""Do 80 % bands hold 80 %?

How to read this: a row is a kind of data, a mark how often Plenary's 80 % band held the truth in drawn rooms,
with its 95 % interval; circles are numbers that endorse, diamonds yes votes, triangles places of the outcome.
Values that equal an end of the band count for their part. On the dashed line bands hold what they say, inside
the grey strip nearly; to its left they are too narrow. Hollow marks lie outside the strip.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.figures._style import GROUPS, INK, PAPER, calm, lines
from dashboards.recovery_tables import HIGH, LOW, REACHED, reached
from simulation.recovery.coverage import CASES, MEASURES
from simulation.recovery.document import frozen

FORMS = dict(zip(MEASURES, ("circle", "diamond", "triangle-up"), strict=True))
LANES = dict(zip(MEASURES, (-0.22, 0.0, 0.22), strict=True))  # of a row
ROW_HEIGHT = 84  # pixels a kind of data


def coverage(results: Any, found: dict[str, Any] | None = None) -> go.Figure:
    """How often the 80 % bands of Plenary held, by what was known of the positions and by measure.

    `found` is an answer of `plenary recovery`, by default the one that comes with Plenary; the figure is the
    same for all `results`, since its rooms are drawn.
    """
    rows = list(CASES)
    figure = go.Figure()
    figure.add_vrect(x0=LOW, x1=HIGH, fillcolor="#eceff2", line_width=0, layer="below")
    figure.add_vline(x=0.8, line={"color": INK, "width": 1, "dash": "dash"})
    for colour, (measure, word) in zip(GROUPS, MEASURES.items(), strict=False):
        some = [one for one in (found or frozen())["coverage"] if one["measure"] == measure]
        shares = [one["split"] for one in some]
        figure.add_scatter(
            x=shares,
            y=[rows.index(one["case"]) + LANES[measure] for one in some],
            mode="markers",
            name=word,
            marker={
                "symbol": FORMS[measure],
                "size": 12,
                "color": [colour if reached(one) == REACHED else PAPER for one in some],
                "line": {"color": colour, "width": 2},
            },
            error_x={
                "array": [one["split_interval"][1] - one["split"] for one in some],
                "arrayminus": [one["split"] - one["split_interval"][0] for one in some],
                "color": colour,
                "thickness": 1.5,
                "width": 4,
            },
            hovertemplate=word + ": held in %{x:.0%}<extra></extra>",
        )
    calm(figure, height=120 + ROW_HEIGHT * len(rows))
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[lines(CASES[case], 24) for case in rows],
        tickfont={"size": 11},
        range=[len(rows) - 0.5, -0.5],
        zeroline=False,
    )
    figure.update_xaxes(
        title={"text": "share of the rooms in which the band held", "font": {"size": 12}},
        range=[0.5, 1.0],
        tickformat=".0%",
        zeroline=False,
    )
    figure.update_layout(margin={"l": 158, "b": 48, "t": 48})
    return figure
