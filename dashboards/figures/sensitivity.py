"""Which assumptions does the outcome hang on, all varied together?

How to read this: a row is one assumption, the one that moves most on top; thin lines are 95 % intervals. With
Morris' method a bar is how far the outcome moves on average when this assumption alone goes through its
range, from many starting points; its side, colour and pattern say which way it goes as the assumption rises,
grey that it goes both ways or has no more and less. With Sobol's method the plain bar is the share of all
differences in which the assumption has a part, the hatched one what it does by itself. With PAWN a bar is how
far the distribution of outcomes moves, from 0 to 1. The dashed line is what other luck alone does: what does
not reach beyond it is not told from chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboards.assumption_words import direction, told
from dashboards.figures._style import FONT, GROUPS, INK, QUIET, calm, lines, plain
from dashboards.figures.sweep import NOTE
from dashboards.words import OUTCOMES

if TYPE_CHECKING:
    from simulation.sensitivity import Index, Sensitivity

MOST = 16  # rows
ROW = 30  # pixels
UP, DOWN, BOTH, FIRST = GROUPS[0], GROUPS[5], "#9aa3ad", GROUPS[1]
WAYS = (  # of an effect: which, colour, pattern, in words
    (1, UP, "", "rises with it"),
    (-1, DOWN, "/", "falls with it"),
    (0, BOTH, ".", "both ways"),
)
OWN = ("endorse_threshold", "trust_weight", "peer_weight", "precision", "openness")
OWN_SIZE, OWN_REPLICATES = 4, 4  # where the figure has to vary by itself
AXES = {
    "morris": "mean change over the whole range",
    "sobol": "share of the variance",
    "pawn": "distance between distributions",
}


def sensitivity(
    results: Any = None, text: str | None = None, found: Sensitivity | None = None, measure: str = "endorsing"
) -> go.Figure:
    """The indices of the assumptions that move one measure of one text most.

    `found` is what `simulation.sensitivity` gave; without it a few parameters are varied on the scenario of
    `results`, which needs SALib.
    """
    from simulation.sensitivity import dummy, ranked

    found = _own(results) if found is None else found
    text = text or found.text
    rows = found.indices(text, measure)
    shown = [one for one in ranked(rows) if one.value > 0][:MOST]
    kinds = {one.name: one for one in found.varied}
    figure = go.Figure()
    if found.method == "morris":
        for way, colour, pattern, word in WAYS:
            here = [one for one in shown if direction(one, kinds[one.name]) == way]
            _bars(figure, here, colour, word, pattern, way or 1)
    elif found.method == "sobol":
        alone = [one._replace(value=one.first, high=one.first_high) for one in shown]
        _bars(figure, shown, UP, "with others")
        _bars(figure, alone, FIRST, "by itself", "/")
    else:
        _bars(figure, shown, UP, "distance")
    names = [told(one.name) for one in shown]
    _frame(figure, names, found, f"{OUTCOMES[measure]}, {text}", dummy(rows).value)
    return figure


def _own(results: Any) -> Sensitivity:
    """A small screening for results that bring none."""
    from simulation.sensitivity import assumptions, sensitivity

    scenario = results.scenario
    some = [one for one in assumptions(scenario) if one.name.removeprefix("dynamics.") in OWN]
    replicates = min(int(results.replicates), OWN_REPLICATES)
    first = next(iter(scenario.texts))
    return sensitivity(scenario, some, first, "morris", OWN_SIZE, replicates, results.manifest["seed"])


def _bars(
    figure: go.Figure, shown: list[Index], colour: str, word: str, pattern: str = "", side: int = 1
) -> None:
    """Bars of one kind with their intervals, if there are any, to the right (`side` 1) or the left (−1)."""
    if not shown:
        return
    figure.add_bar(
        x=[round(one.value * side, 4) for one in shown],
        y=[plain(told(one.name)) for one in shown],
        orientation="h",
        name=word,
        marker={"color": colour, "pattern": {"shape": pattern}},
        error_x={
            "array": [round(one.high - one.value, 4) for one in shown],
            "color": INK,
            "thickness": 1,
            "width": 3,
        },
        hovertemplate="%{y}: %{x:.3g}<extra></extra>",
    )


def _frame(figure: go.Figure, names: list[str], found: Sensitivity, what: str, luck: float) -> None:
    """Axes, the lines of chance, and the common look."""
    pairs = found.method == "sobol"
    calm(figure, height=150 + (1 + pairs) * ROW * max(len(names), 1))
    sides = (luck, -luck) if found.method == "morris" else (luck,)
    for side in sides if luck > 0 else ():
        figure.add_vline(x=side, line={"color": QUIET, "width": 1, "dash": "dash"})
    figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=[plain(name) for name in names[::-1]],
        showgrid=False,
        automargin=True,
        tickfont={"size": 11},
    )
    figure.update_xaxes(title={"text": AXES[found.method], "font": {"size": 12}}, zeroline=False, nticks=7)
    title = f"{lines(what, 70)}<br><sup>{NOTE}</sup>"
    figure.update_layout(
        title={
            "text": title,
            "font": {"family": FONT, "size": 13},
            "x": 0.02,
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 24},
        }
    )
    figure.update_layout(margin={"l": 148, "t": 100, "b": 52}, barmode="group" if pairs else "overlay")
    figure.update_layout(bargap=0.35, legend={"traceorder": "normal"})
