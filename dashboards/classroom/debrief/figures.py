"""The pictures of the look back: the class in the band of the model, and as a dot in its cloud."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dashboards.classroom.debrief.course import Course
from dashboards.classroom.debrief.ensemble import Ensemble
from dashboards.classroom.debrief.outcome import Outcome
from dashboards.figures._style import INK, PAPER, QUIET, STANCES, calm, filled, transparent

CLASS = "#b3004b"
LARGEST = 26  # pixels of the largest dot


def band(found: Course, model: Ensemble, text: str) -> go.Figure:
    """Endorsements of a text over the rounds: the model's median and middle 80 %, and the class's curve over
    the time for talks, which is as long as the rounds."""
    counts = model.endorsing[text]
    low, middle, high = np.percentile(counts, (10, 50, 90), axis=0)
    rounds, blue = list(range(counts.shape[1])), STANCES[1].colour
    figure = go.Figure()
    figure.add_scatter(**filled(rounds, low, high, blue), name="middle 80 % of the model")
    figure.add_scatter(
        x=rounds,
        y=middle.tolist(),
        mode="lines",
        line={"color": blue, "width": 2, "dash": "dash"},
        name="the model’s median",
        hovertemplate="round %{x}: %{y:.0f} endorse<extra>the model</extra>",
    )
    points = found.endorsing[text]
    last = rounds[-1]
    figure.add_scatter(
        x=[round(gone * last, 2) for gone, _ in points] + [last],
        y=[count for _, count in points] + [points[-1][1]],
        mode="lines",
        line={"color": CLASS, "width": 3, "shape": "hv"},
        name="this class",
        hovertemplate="%{y} endorse<extra>this class</extra>",
    )
    words = "rounds of the model; the class’s time for talks laid over them"
    return _framed(figure, len(found.room.seats), words, "delegations that endorse")


def cloud(found: Outcome, model: Ensemble, text: str) -> go.Figure | None:
    """Support against ambition at the end: the model's repetitions as dots, the class as a star; none for
    a text without sponsors, which has no ambition."""
    own = found.texts[text]
    if own.ambition is None:
        return None
    ends = np.column_stack([np.round(100 * model.ambition[text]), model.endorsing[text][:, -1]])
    places, count = np.unique(ends[~np.isnan(ends).any(axis=1)], axis=0, return_counts=True)
    figure = go.Figure()
    figure.add_scatter(
        x=places[:, 0].tolist(),
        y=places[:, 1].tolist(),
        mode="markers",
        marker={
            "size": (5 + (LARGEST - 5) * np.sqrt(count / count.max())).round(1).tolist(),
            "color": transparent(STANCES[1].colour, 0.45),
            "line": {"color": STANCES[1].colour, "width": 1},
        },
        customdata=count.tolist(),
        name="the model, larger where more repetitions end",
        hovertemplate="%{customdata} repetitions: %{y:.0f} endorse, ambition %{x:.0f} %<extra></extra>",
    )
    figure.add_scatter(
        x=[round(100 * own.ambition, 1)],
        y=[own.support["endorse"]],
        mode="markers+text",
        text=["our class"],
        textposition="middle left" if own.ambition > 0.5 else "middle right",
        textfont={"color": CLASS, "size": 15},
        marker={"symbol": "star", "size": 20, "color": CLASS, "line": {"color": PAPER, "width": 1.5}},
        name="this class",
        hovertemplate="%{y} endorse at ambition %{x:.0f} %<extra>this class</extra>",
    )
    figure.add_vline(x=100, line={"color": QUIET, "width": 1, "dash": "dash"}, layer="below")
    figure.update_xaxes(ticksuffix=" %", zeroline=False)
    words = "ambition: share of the sponsors’ first gain that is kept"
    return _framed(figure, len(found.marks.seats), words, "delegations that endorse at the end")


def _framed(figure: go.Figure, seats: int, x_title: str, y_title: str) -> go.Figure:
    """The common look, with room for every seat."""
    calm(figure, height=360)
    title = {"size": 12, "color": INK}
    figure.update_yaxes(title={"text": y_title, "font": title, "standoff": 6}, zeroline=False)
    figure.update_yaxes(range=[-0.05 * seats, 1.06 * seats])
    figure.update_xaxes(title={"text": x_title, "font": title})
    figure.update_layout(margin={"b": 52})
    return figure
