"""How well the equation of a vote predicts recorded votes, beside simple rules.

How to read this: a row is a simple rule, the mark how much lower or higher Plenary's mean score is than the
rule's. Lower scores are better, so marks left of the line are in Plenary's favour. The line runs from the
lowest to the highest end of the 95 % intervals over countries, blocs and roll calls: a difference is claimed,
with a filled mark, only where all of it lies on one side. The mark says the same as the legend.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.backtest_tables import TITLES
from dashboards.figures._style import INK, QUIET, calm, lines
from simulation.backtest.shipped_scores import SCORES, kept

# By verdict: word, shape, colour.
LOOKS = {
    "better": ("Plenary is better", "circle", "#0072B2"),
    "worse": ("the rule is better", "x", "#D55E00"),
    "open": ("no claim: the line includes 0", "circle-open", QUIET),
    "few": ("no claim: too few roll calls", "square-open", QUIET),
}
WORDS = {"rps": "ranked probability score", "log": "log score"}
ROW_HEIGHT, NAME = 28, 20  # pixels a rule; characters of its name in a line


def skill(results: Any, group: str = "all") -> go.Figure:
    """Plenary's scores minus those of every baseline on the shipped roll calls, with their intervals.

    `group` is "all", "new_contested" or "repeats". The figure is the same for all `results`: what is tested
    is the model's equation of a vote on recorded votes.
    """
    found = kept()["groups"][group]["differences"]
    by_score = {score: [one for one in found if one["score"] == score] for score in SCORES}
    order = [one["baseline"] for one in sorted(by_score["rps"], key=lambda one: one["value"])]
    titles = [lines(TITLES[name], NAME) for name in order]
    figure = make_subplots(rows=len(SCORES), cols=1, vertical_spacing=0.2)
    for row, score in enumerate(SCORES, 1):
        for verdict, (word, form, colour) in LOOKS.items():
            some = [one for one in by_score[score] if one["verdict"] == verdict]
            if some:
                figure.add_scatter(
                    **_marks(some),
                    name=word,
                    legendgroup=verdict,
                    showlegend=not any(trace.legendgroup == verdict for trace in figure.data),
                    mode="markers",
                    marker={
                        "symbol": form,
                        "size": 10,
                        "color": colour,
                        "line": {"width": 2, "color": colour},
                    },
                    row=row,
                    col=1,
                )
        figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below", row=row, col=1)
        figure.update_xaxes(
            title={"text": f"{WORDS[score]}<br>← better for Plenary", "font": {"size": 12}},
            row=row,
            col=1,
        )
    calm(figure, height=230 + len(SCORES) * ROW_HEIGHT * len(order))
    figure.update_yaxes(
        categoryorder="array", categoryarray=titles, range=[-0.6, len(order) - 0.4], tickfont={"size": 11}
    )
    figure.update_xaxes(tickformat="+.2~f", nticks=5, tickangle=0, zeroline=False)
    figure.update_layout(margin={"l": 134, "b": 60, "t": 62})
    return figure


def _marks(some: list[dict[str, Any]]) -> dict[str, Any]:
    """Places, lines and words of some differences."""
    ends = [reach(one) for one in some]
    return {
        "x": [one["value"] for one in some],
        "y": [lines(TITLES[one["baseline"]], NAME) for one in some],
        "error_x": {
            "array": [round(high - one["value"], 4) for one, (_, high) in zip(some, ends, strict=True)],
            "arrayminus": [round(one["value"] - low, 4) for one, (low, _) in zip(some, ends, strict=True)],
            "thickness": 1.5,
            "width": 4,
        },
        "customdata": [list(pair) for pair in ends],
        "hovertemplate": "%{y}: %{x:+.3f}, %{customdata[0]:+.3f} to %{customdata[1]:+.3f}<extra></extra>",
    }


def reach(one: dict[str, Any]) -> tuple[float, float]:
    """The lowest and the highest end of the intervals of a difference."""
    lows, highs = zip(*one["intervals"].values(), strict=True)
    return min(lows), max(highs)
