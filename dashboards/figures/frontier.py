"""What could have been agreed: support against ambition over all wordings of a text.

How to read this: each grey dot stands for wordings of the text; further up more delegations are expected to
endorse it, further right it keeps more of what its sponsors first wanted. The line joins the wordings that no
other beats on both counts. Marks show where the text was tabled, what was agreed, the wording with most
support, and the wordings that four theories of bargaining would choose.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.deals_table import AGREED, BEST, TABLED, THEORIES, telling
from dashboards.figures._style import GROUPS, INK, PAPER, QUIET, calm, transparent
from simulation.analyses.deals import Deals, agreed, deals

CELLS = 24  # the cloud is thinned to one dot in each of so many by so many cells
FORMS = {
    TABLED: ("circle-open", INK),
    AGREED: ("circle", INK),
    BEST: ("star", GROUPS[0]),
    THEORIES["nash"]: ("diamond", GROUPS[1]),
    THEORIES["kalai-smorodinsky"]: ("square", GROUPS[2]),
    THEORIES["utilitarian"]: ("triangle-up", GROUPS[3]),
    THEORIES["egalitarian"]: ("pentagon", GROUPS[5]),
}


def frontier(results: Any, text: str | None = None, found: Deals | None = None) -> go.Figure:
    """Expected support of every wording of a text against its ambition, everything else as the run ended.

    The text is the first one that has an ambition if none is named; one without sponsors has none and leaves
    the picture empty. `found` is what could have been agreed, if known already.
    """
    if found is None:
        key = text or _first_with_sponsors(results)
        found = deals(results, agreed(results, key))
    figure, seen = go.Figure(), found.survey
    if seen is not None and len(seen.frontier):
        shown = thinned(100 * seen.ambition, seen.support)
        figure.add_scatter(
            x=np.round(100 * seen.ambition[shown], 1).tolist(),
            y=np.round(seen.support[shown], 1).tolist(),
            mode="markers",
            marker={"size": 5, "color": transparent(QUIET, 0.35)},
            name="other wordings",
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=np.round(100 * seen.ambition[seen.frontier], 1).tolist(),
            y=np.round(seen.support[seen.frontier], 1).tolist(),
            mode="lines+markers",
            line={"color": GROUPS[0], "width": 1.5},
            marker={"size": 4, "color": GROUPS[0]},
            name="frontier",
            hovertemplate="%{y:.1f} expected at ambition %{x:.0f} %<extra>frontier</extra>",
        )
    for one in telling(found):
        if one.name in FORMS and one.ambition is not None:
            form, colour = FORMS[one.name]
            figure.add_scatter(
                x=[round(100 * one.ambition, 1)],
                y=[round(one.support, 1)],
                mode="markers",
                marker={
                    "symbol": form,
                    "size": 12,
                    "color": colour,
                    "line": {"color": colour if "open" in form else PAPER, "width": 1.5},
                },
                name=one.name,
                hovertemplate=f"{one.name}: %{{y:.1f}} expected at ambition %{{x:.0f}} %<extra></extra>",
            )
    calm(figure, height=460)
    figure.update_yaxes(
        title={"text": "expected number that endorses", "font": {"size": 12}, "standoff": 6}, zeroline=False
    )
    figure.update_xaxes(
        title={"text": "ambition: share of the sponsors’ initial gain kept", "font": {"size": 12}},
        ticksuffix=" %",
        zeroline=False,
    )
    figure.update_layout(margin={"b": 52})
    return figure


def thinned(x: NDArray[np.floating], y: NDArray[np.floating], cells: int = CELLS) -> NDArray[np.intp]:
    """The first of the points in each cell of a grid over all of them."""
    column, row = (_cell(of, cells) for of in (x, y))
    _, first = np.unique(column * cells + row, return_index=True)
    return np.sort(first)


def _cell(values: NDArray[np.floating], cells: int) -> NDArray[np.int64]:
    low, width = values.min(), max(float(np.ptp(values)), 1e-9)
    return np.minimum((values - low) / width * cells, cells - 1).astype(np.int64)


def _first_with_sponsors(results: Any) -> str:
    texts = results.scenario.texts
    return next((key for key, one in texts.items() if one.sponsors), next(iter(texts)))
