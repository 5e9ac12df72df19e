"""Article × country heat map of gain.

How to read this: a row is an article, a column a delegation; blue brings it nearer to what it wants than
having no rule would, orange takes it further away, white leaves it as it is. Gains are on the coded positions
and in gain units; the strip on top marks the coalitions.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from dashboards.figures._seriation import (
    coalition_of,
    coalition_strip,
    differences,
    fitting_names,
    seriate,
)
from dashboards.figures._style import FONT, INK, PAPER, QUIET, lines, plain
from simulation.analyses.articles import CodedRoom, coded_room, gain_by_article, wording_of

ROW_HEIGHT = 34  # pixels an article
STRIP = 16  # pixels of the strip of coalitions
SCALE = [(0, "#9c3d00"), (0.25, "#e8894a"), (0.5, "#ffffff"), (0.75, "#5aa3d0"), (1, "#00457a")]


class Gains(NamedTuple):
    """What articles bring: `gain` (country, article) in gain units; the titles of the articles; and for each
    the standing wording, its number and the share of replicates in which it stands at the end."""

    gain: NDArray[np.floating]
    titles: list[str]
    chosen: NDArray[np.int64]
    share: NDArray[np.float64]


def gains(results: Any, text: str | None = None, found: Gains | None = None) -> go.Figure:
    """What each article's standing wording brings each delegation against having no rule, in gain units.

    The effect of the article's wording instead of silence, on the coded positions and salience, without
    influence or chance; articles that speak to one issue share its gain (the mean over all orders of adding
    them), so that a delegation's articles add up to what the text brings it. Standing is the wording that
    most replicates end with. Delegations are sorted so that like stands beside like; the strip on top marks
    the coalitions. `found` is what `article_gains` gives, if known already.
    """
    data = results.data
    text = text or str(data.text.values[0])
    found = found or article_gains(results, text)
    order = seriate(differences(found.gain))
    shown = np.round(found.gain[order].T, 4).astype(np.float32)
    names = [plain(str(name)) for name in data.name.values[order]]
    most = float(np.abs(shown).max()) or 1.0
    height = ROW_HEIGHT * len(shown)
    figure = make_subplots(
        rows=2,
        cols=1,
        row_heights=[STRIP / (STRIP + height), height / (STRIP + height)],
        vertical_spacing=0.01,
    )
    strip, letters = coalition_strip(coalition_of(data)[order])
    figure.add_trace(strip, row=1, col=1)
    for mark in letters:
        figure.add_annotation(**mark, row=1, col=1)
    figure.add_heatmap(
        z=shown,
        zmin=-most,
        zmax=most,
        colorscale=SCALE,
        ygap=2,
        x=list(range(len(names))),
        customdata=[names] * len(shown),
        hovertemplate="%{customdata}, %{y}: %{z:+.3f}<extra></extra>",
        colorbar={
            "orientation": "h",
            "x": 0.5,
            "y": 0,
            "ypad": 34,
            "yanchor": "top",
            "len": 0.72,
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [-most, 0, most],
            "ticktext": [f"−{most:.2f}", "0", f"+{most:.2f}"],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": QUIET},
        },
        row=2,
        col=1,
    )
    rows, words = fitting_names(data, order)
    span = [-0.5, len(order) - 0.5]
    figure.update_xaxes(visible=False, range=span, row=1)
    figure.update_yaxes(visible=False, row=1)
    figure.update_xaxes(
        range=span, tickvals=rows, ticktext=words, tickangle=-90, tickfont={"size": 9, "color": QUIET}, row=2
    )
    figure.update_yaxes(
        range=[len(shown) - 0.5, -0.5],
        tickvals=list(range(len(shown))),
        ticktext=[lines(title, 20) for title in found.titles],
        tickfont={"size": 11},
        ticks="outside",
        ticklen=6,
        tickcolor=PAPER,
        row=2,
    )
    figure.update_xaxes(showgrid=False, zeroline=False)
    figure.update_yaxes(showgrid=False, zeroline=False)
    figure.update_layout(
        height=height + STRIP + 96,
        margin={"l": 132, "r": 6, "t": 6, "b": 88},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        dragmode=False,
    )
    return figure


def article_gains(results: Any, text: str, room: CodedRoom | None = None) -> Gains:
    """The numbers behind the heat map of a text."""
    scenario = results.scenario
    articles = scenario.texts[text].articles
    chosen, share = standing(results.data.wording.sel(text=text).isel(round=-1).values[:, : len(articles)])
    return Gains(
        gain_by_article(scenario, room or coded_room(scenario), wording_of(scenario, text), chosen),
        [f"{key} {one.title}".strip() for key, one in articles.items()],
        chosen,
        share,
    )


def standing(wordings: NDArray[np.int16]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The wording of each article that most replicates have (article,), and the share that has it, from the
    numbers of wordings (replicate, article); the lower number on a tie."""
    counts = np.stack([(wordings == option).sum(axis=0) for option in range(int(wordings.max()) + 1)])
    return counts.argmax(axis=0), counts.max(axis=0) / len(wordings)
