"""Tipping point: when support no longer needs its sponsors' effort.

How to read this: each mark stands for sponsors that stop working for the text after that round; its height is
how many endorsements that costs at the end, under the same luck, with the 95 % interval. Hollow marks lie
within one delegation, the shaded strip: from there on support carries itself. The upright line is the tipping
point. Rounds have equal width.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboards.again import again
from dashboards.figures._dates import round_ticks
from dashboards.figures._style import INK, QUIET, calm, transparent
from simulation.analyses.tipping import LEAST, Tipping
from simulation.analyses.tipping import tipping as find


def tipping(results: Any, text: str | None = None, found: Tipping | None = None) -> go.Figure:
    """What sponsors of a text that stop after some round lose at the end; `found` if it is known already.

    Without `found` the negotiation is run again some ten times, over at most 64 replicates. A text whose
    sponsors do nothing for it has an empty picture.
    """
    data = results.data
    text = text or str(data.text.values[0])
    found = found or tipping_of(results, text)
    figure = go.Figure()
    if found is not None:
        matters = (found.low <= -LEAST) | (found.high >= LEAST)
        figure.add_scatter(
            x=found.rounds.tolist(),
            y=found.change.round(2).tolist(),
            error_y={
                "type": "data",
                "symmetric": False,
                "array": (found.high - found.change).round(2).tolist(),
                "arrayminus": (found.change - found.low).round(2).tolist(),
                "thickness": 1.2,
            },
            mode="markers",
            marker={
                "symbol": np.where(matters, "circle", "circle-open").tolist(),
                "size": 9,
                "color": INK,
            },
            showlegend=False,
            hoverinfo="y",
        )
        if found.point is not None:
            figure.add_vline(x=found.point, line={"color": INK, "width": 1, "dash": "dash"}, layer="below")
    figure.add_hrect(y0=-LEAST, y1=LEAST, fillcolor=transparent(QUIET, 0.25), line_width=0, layer="below")
    calm(figure, height=340)
    dates = [str(date) for date in data.date.values]
    figure.update_xaxes(**round_ticks(dates), range=[-0.5, len(dates) - 0.5])
    figure.update_yaxes(title={"text": "endorsements at the end", "font": {"size": 12}})
    return figure


def tipping_of(results: Any, text: str) -> Tipping | None:
    """The tipping point of a text in a run, under the luck of its first replicates."""
    return find(results.scenario, text, again(results), results.manifest["seed"])
