"""Order of endorsement of the Global Initiative on Data Security, against the record.

How to read this: above, a row is a state that endorsed the Initiative in public, first on top; a diamond is
its statement, with a dotted line back where the day is not known, a dot the day by which the run has it
endorse in half of the replicates, a bar the middle 80 %. Below, how much of the recorded order the run and
three simple rankings have right: at one half no more than chance. Bars hold 95 % of draws over delegations
(thick), over blocs (thin) and, for the run, over replicates (dotted).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from dashboards.figures._dates import round_ticks
from dashboards.figures._style import INK, QUIET, RULE_LINE, calm, plain, transparent
from dashboards.order_table import SHORT, TITLES, in_turn
from simulation.backtest.endorsement_order import PLENARY
from simulation.backtest.scored_order import Order, order_of

RUN, RECORD = "#0072B2", "#D55E00"
ROW, RANKINGS = 30, 190  # pixels of a state, and of the rankings below
WIDTH = 20  # characters of a name beside its row; a state with a longer one goes by its code
NEVER = 1.5  # rounds after the last one at which those stand who do not endorse
BARS = {  # how an interval is drawn: width, dash, how far below its mark, opacity
    "delegations": (7, "solid", 0.0, 0.35),
    "blocs": (2, "solid", 0.24, 1.0),
    "replicates": (2, "dot", 0.42, 1.0),
}


def order_of_endorsement(results: Any, reading: str | None = None, order: Order | None = None) -> go.Figure:
    """When states endorsed and when the run expects them, by a reading of the record (by default the
    strictest that the run allows), and how well the run and three rankings have the order.

    `order` is what `order_of` found, if it is known already. A run without anything to score gives an empty
    figure.
    """
    order = order or order_of(results)
    if order is None:
        return calm(go.Figure(), height=120)
    reading = reading or next(iter(order.scored))
    rows = in_turn(order, reading)
    dates = [str(date) for date in results.data.date.values]
    tall = ROW * len(rows) + 30
    figure = make_subplots(
        rows=2, cols=1, row_heights=[tall, RANKINGS], vertical_spacing=84 / (tall + RANKINGS + 84)
    )
    _states(figure, order, reading, rows, np.cumsum(results.data.days.values))
    _rankings(figure, order, reading)
    calm(figure, height=tall + RANKINGS + 180)
    figure.update_yaxes(showgrid=False, tickfont={"size": 11}, zeroline=False)
    last = len(dates) - 1
    ticks = round_ticks(dates)
    figure.update_xaxes(**ticks, range=[-0.6, last + NEVER + 1.2], tickangle=0, zeroline=False, row=1, col=1)
    figure.add_vline(x=last + NEVER / 2, line={"color": RULE_LINE, "width": 1}, row=1, col=1)
    figure.add_annotation(
        x=last + NEVER + 1.2,
        y=-0.6,
        text="never",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"size": 11, "color": QUIET},
        row=1,
        col=1,
    )
    figure.update_xaxes(
        range=[0, 1.02],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        title={"text": "concordance with the record", "font": {"size": 12}},
        zeroline=False,
        row=2,
        col=1,
    )
    figure.add_vline(x=0.5, line={"color": QUIET, "width": 1, "dash": "dot"}, layer="below", row=2, col=1)
    figure.update_layout(margin={"l": 128, "t": 60, "b": 48})
    return figure


def _states(
    figure: go.Figure, order: Order, reading: str, rows: list[int], days: NDArray[np.integer]
) -> None:
    """A row for each state that spoke: its statement, and when the run expects it."""
    found, last = order.records[reading], len(days) - 1
    whole = [plain(order.names[row]) for row in rows]
    names = [
        name if len(name) <= WIDTH else plain(order.countries[row])
        for name, row in zip(whole, rows, strict=True)
    ]
    heights = list(range(len(rows)))

    def at(times: NDArray[np.floating]) -> NDArray[np.float64]:
        place = np.interp(np.minimum(times, days[-1]), days, np.arange(last + 1))
        return np.where(np.isinf(times), last + NEVER, place).round(2)

    low, middle, high = (at(order.expected.band[k][rows]) for k in range(3))
    said, since = at(found.latest[rows] + 1), at(np.maximum(found.earliest[rows], 0))
    figure.add_scatter(
        x=middle,
        y=heights,
        mode="markers",
        name="the run: median, middle 80 %",
        marker={"symbol": "circle", "size": 9, "color": RUN},
        error_x={
            "array": high - middle,
            "arrayminus": middle - low,
            "color": transparent(RUN, 0.35),
            "thickness": 6,
            "width": 0,
        },
        text=whole,
        hovertemplate="%{text}, the run<extra></extra>",
        row=1,
        col=1,
    )
    unsure = [place for place in heights if found.earliest[rows[place]] < found.latest[rows[place]]]
    figure.add_scatter(
        x=[value for place in unsure for value in (since[place], said[place], None)],
        y=[value for place in unsure for value in (place, place, None)],
        mode="lines",
        line={"color": RECORD, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
        row=1,
        col=1,
    )
    statements = [found.statement[row] for row in rows]
    figure.add_scatter(
        x=said,
        y=heights,
        mode="markers",
        name="the record",
        marker={"symbol": "diamond-open", "size": 11, "color": RECORD, "line": {"width": 2}},
        text=[
            plain(f"{order.names[row]}: {one.wording}, reported by {one.reported_by}")
            for row, one in zip(rows, statements, strict=True)
            if one is not None
        ],
        hovertemplate="%{text}<extra></extra>",
        row=1,
        col=1,
    )
    figure.update_yaxes(tickvals=heights, ticktext=names, range=[len(rows) - 0.4, -0.6], row=1, col=1)


def _rankings(figure: go.Figure, order: Order, reading: str) -> None:
    """The run and the baselines with their intervals, the run on top."""
    scores = order.scored[reading].scores
    for height, (name, score) in enumerate(scores.items()):
        colour = RUN if name == PLENARY else QUIET
        for kind, ends in score.intervals.items():
            thick, dash, shift, share = BARS[kind]
            figure.add_scatter(
                x=[round(value, 3) for value in ends],
                y=[height + shift] * 2,
                mode="lines",
                line={"color": transparent(colour, share), "width": thick, "dash": dash},
                hovertemplate=f"over {kind}: %{{x:.2f}}<extra></extra>",
                showlegend=False,
                row=2,
                col=1,
            )
        figure.add_scatter(
            x=[round(score.value, 4)],
            y=[height],
            mode="markers",
            marker={"symbol": "circle" if name == PLENARY else "square", "size": 9, "color": colour},
            hovertemplate=f"{TITLES[name]}: %{{x:.3f}}<extra></extra>",
            showlegend=False,
            row=2,
            col=1,
        )
    names = ["<b>this run</b>" if name == PLENARY else SHORT[name] for name in scores]
    figure.update_yaxes(
        tickvals=list(range(len(scores))),
        ticktext=names,
        range=[len(scores) - 0.4, -0.6],
        tickfont={"color": INK},
        row=2,
        col=1,
    )
