"""Co-membership matrix.

How to read this: delegations stand in the same order along both sides; the darker a cell, the more often the
two end in one coalition. Dark blocks are coalitions that hold, pale seams are where they may break.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from dashboards.figures._seriation import coalition_of, coalition_strip, fitting_names, seriate
from dashboards.figures._style import FONT, INK, PAPER, QUIET

SCALE = [(0, "#ffffff"), (0.5, "#b9d3e6"), (1, "#00304d")]
STRIP = 0.026  # of the height, for the strip of coalitions


def together(results: Any) -> go.Figure:
    """Share of replicates in which two delegations end in one coalition, as a square of pairs.

    Delegations are sorted so that those that stand together stand beside each other, coalition by coalition;
    the strip and the outlined squares mark the coalitions over all replicates, in which two members share a
    coalition in at least half of the replicates on the average.
    """
    data = results.data
    labels = coalition_of(data)
    order = block_order(data.together.values, labels)
    share = np.rint(100 * data.together.values[np.ix_(order, order)]).astype(np.uint8)
    codes = [str(one) for one in data.country.values[order]]
    figure = make_subplots(rows=2, cols=1, row_heights=[STRIP, 1 - STRIP], vertical_spacing=0.008)
    strip, letters = coalition_strip(labels[order])
    figure.add_trace(strip, row=1, col=1)
    for mark in letters:
        figure.add_annotation(**mark, row=1, col=1)
    figure.add_heatmap(
        z=share,
        zmin=0,
        zmax=100,
        colorscale=SCALE,
        x=codes,
        y=codes,
        hovertemplate="%{y} and %{x}: %{z} %<extra></extra>",
        colorbar={
            "orientation": "h",
            "x": 0.5,
            "y": 0,
            "ypad": 34,
            "yanchor": "top",
            "len": 0.72,
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [0, 50, 100],
            "ticktext": ["never", "half", "always"],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": QUIET},
        },
        row=2,
        col=1,
    )
    edges = [0, *(np.flatnonzero(np.diff(labels[order])) + 1).tolist(), len(order)]
    for start, stop in zip(edges, edges[1:], strict=False):
        if labels[order[start]] >= 0:
            figure.add_shape(
                type="rect",
                x0=start - 0.5,
                x1=stop - 0.5,
                y0=start - 0.5,
                y1=stop - 0.5,
                line={"color": INK, "width": 1.5},
                row=2,
                col=1,
            )
    _, shown = fitting_names(data, order)
    span = [-0.5, len(order) - 0.5]
    marks = {"type": "category", "tickvals": shown, "tickfont": {"size": 9, "color": QUIET}}
    figure.update_xaxes(visible=False, range=span, row=1)
    figure.update_yaxes(visible=False, row=1)
    figure.update_xaxes(range=span, tickangle=-90, **marks, row=2)
    figure.update_yaxes(range=span[::-1], **marks, row=2)
    figure.update_xaxes(showgrid=False, zeroline=False)
    figure.update_yaxes(showgrid=False, zeroline=False)
    figure.update_layout(
        height=680,
        meta={"square": True},
        margin={"l": 36, "r": 6, "t": 4, "b": 88},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        dragmode=False,
    )
    return figure


def block_order(share: NDArray[np.floating], labels: NDArray[np.int64]) -> NDArray[np.intp]:
    """Rows coalition by coalition, largest first and those alone last, seriated within each; every block is
    turned so that the end nearer to the block before it comes first."""
    blocks: list[NDArray[np.intp]] = []
    for label in sorted(set(labels.tolist()), key=lambda label: (label < 0, label)):
        rows = np.flatnonzero(labels == label)
        rows = rows[seriate(1 - share[np.ix_(rows, rows)])]
        if blocks and share[blocks[-1]][:, rows[-1]].mean() > share[blocks[-1]][:, rows[0]].mean():
            rows = rows[::-1]
        blocks.append(rows)
    return np.concatenate(blocks)
