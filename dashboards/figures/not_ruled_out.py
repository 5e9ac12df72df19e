"""Which settings does the recorded spread of support not rule out?

How to read this: a mark is one setting that was tried, at its threshold for endorsing and, panel by panel,
its other parameters. Discs are not ruled out by any recorded number, crosses are. Where discs and crosses
part from left to right the record tells the threshold; where they lie mixed from bottom to top it tells
nothing of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboards.figures._style import calm

if TYPE_CHECKING:
    from simulation.calibrating.spread import Matched

LEFT, OUT, OWN = "#0072B2", "#9aa3ad", "#D55E00"
POINTS, REPLICATES = 64, 4  # where the picture has to try the settings itself
PANEL_HEIGHT = 190
TICKS = [step * 10.0**power for power in range(-3, 3) for step in (1, 2, 5)]


def not_ruled_out(results: Any, found: Matched | None = None) -> go.Figure:
    """Settings tried, by the threshold for endorsing and each other parameter; the scenario's own stands out.

    `found` is the matching if it has been made already; without it a few settings are tried on the scenario
    of the results.
    """
    from simulation.calibrating.spread import match

    return drawn(found or match(results.scenario, results.manifest["seed"], POINTS, REPLICATES))


def drawn(found: Matched) -> go.Figure:
    """The same of a matching that has been made."""
    from plotly.subplots import make_subplots

    from simulation.calibrating.spread import BY_FACTORS, CUT, SOUGHT

    first, *others = SOUGHT
    figure = make_subplots(rows=len(others), cols=1, shared_xaxes=True, vertical_spacing=0.05)
    worst = found.implausibility.max(axis=1)
    own = [getattr(found.scenario.dynamics, name) for name in SOUGHT]
    word = "the scenario's, ruled out" if found.own.max() > CUT else "the scenario's, not ruled out"
    for row, name in enumerate(others, start=1):
        for title, there, form, colour in (
            ("not ruled out", found.left, "circle", LEFT),
            ("ruled out", ~found.left, "x-thin", OUT),
        ):
            figure.add_scatter(
                x=found.settings[there, 0].round(4).tolist(),
                y=found.settings[there, row].round(4).tolist(),
                mode="markers",
                name=title,
                showlegend=row == 1,
                marker={"symbol": form, "size": 7, "color": colour, "line": {"color": colour, "width": 1.5}},
                customdata=worst[there].round(1).tolist(),
                hovertemplate="%{x}, %{y}: implausibility %{customdata}<extra></extra>",
                row=row,
                col=1,
            )
        figure.add_scatter(
            x=[own[0]],
            y=[own[row]],
            mode="markers",
            name=word,
            showlegend=row == 1,
            marker={"symbol": "star", "size": 13, "color": OWN},
            hovertemplate=f"{word}<extra></extra>",
            row=row,
            col=1,
        )
        figure.update_yaxes(
            title={"text": name.replace("_", " "), "font": {"size": 12}},
            **({"type": "log", "tickvals": TICKS} if name in BY_FACTORS else {}),
            row=row,
        )
    calm(figure, height=80 + PANEL_HEIGHT * len(others))
    figure.update_xaxes(title={"text": first.replace("_", " "), "font": {"size": 12}}, row=len(others))
    figure.update_layout(margin={"l": 64, "b": 48})
    return figure
