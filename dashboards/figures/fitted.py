"""What do recorded votes say of a scenario's own parameters?

How to read this: a row is a parameter, the disc its fitted value, the thick line its interval if votes of one
resolution were independent, the thin one its interval with resolutions drawn again. A diamond is the value
corrected for errors in positions, a cross what the scenario has. A cross outside the thin line is at odds
with these votes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._style import INK, calm, lines

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from simulation.calibrating.answer import Calibrated, Headline
    from simulation.calibrating.estimates import Estimate

FITTED, CORRECTED, HAS = "#0072B2", "#009E73", "#D55E00"
ROW_HEIGHT = 44
FURTHEST = 4.0  # intervals are drawn so many times as far out as the values lie


def fitted(results: Any, found: Calibrated | Headline | None = None) -> go.Figure:
    """Fitted parameters with intervals beside those of the scenario, precision in a panel of its own.

    `found` is the calibration if it has been made already; without it the scenario of the results is fitted.
    """
    from simulation.calibrating.answer import headline

    scenario = results.scenario
    return drawn(scenario, found or headline(scenario, results.manifest["seed"]))


def drawn(scenario: Scenario, found: Calibrated | Headline) -> go.Figure:
    """The same of a scenario that has not been run."""
    from plotly.subplots import make_subplots

    from simulation.calibrating.errors import CHOSEN

    figure = make_subplots(rows=2, cols=1, row_heights=[0.16, 0.84], vertical_spacing=0.16)
    corrected = found.corrected.corrected[CHOSEN]
    for row, part in ((1, slice(0, 1)), (2, slice(1, None))):
        _panel(figure, row, found.main[part], corrected[part], scenario)
    calm(figure, height=130 + ROW_HEIGHT * len(found.main))
    figure.update_yaxes(autorange="reversed", tickfont={"size": 11}, showgrid=False)
    figure.update_xaxes(title={"text": "precision, per gain unit", "font": {"size": 12}}, row=1)
    figure.update_xaxes(title={"text": "gain units", "font": {"size": 12}}, row=2)
    figure.update_xaxes(zeroline=True, zerolinecolor=INK, zerolinewidth=1, row=2)
    figure.update_layout(margin={"l": 150, "b": 48})
    return figure


def _panel(
    figure: go.Figure, row: int, some: Sequence[Estimate], corrected: np.ndarray, scenario: Scenario
) -> None:
    names = [_named(one) for one in some]
    furthest = FURTHEST * max(abs(one.value) for one in some)
    for word, ends, width in (
        ("resolutions drawn again", [(one.low_again, one.high_again) for one in some], 1.5),
        ("votes independent", [(one.low, one.high) for one in some], 5),
    ):
        clipped = np.clip(np.array(ends), -furthest, furthest)
        figure.add_scatter(
            x=[value for low, high in clipped.round(4).tolist() for value in (low, high, None)],
            y=[value for name in names for value in (name, name, None)],
            mode="lines+markers",
            marker={"symbol": "line-ns", "size": 9, "line": {"color": FITTED, "width": 1.5}},
            name=word,
            showlegend=row == 1,
            line={"color": FITTED, "width": width},
            hoverinfo="skip",
            row=row,
            col=1,
        )
    has = [getattr(scenario.dynamics, one.parameter.name) for one in some]
    for word, values, form, colour in (
        ("fitted", [one.value for one in some], "circle", FITTED),
        ("corrected", corrected.tolist(), "diamond-open", CORRECTED),
        ("the scenario's", has, "x-thin", HAS),
    ):
        figure.add_scatter(
            x=np.round(values, 4).tolist(),
            y=names,
            mode="markers",
            name=word,
            showlegend=row == 1,
            marker={"symbol": form, "size": 11, "color": colour, "line": {"color": colour, "width": 2}},
            hovertemplate=f"{word}: %{{x}}<extra></extra>",
            row=row,
            col=1,
        )


def _named(one: Estimate) -> str:
    words = one.parameter.name.replace("_", " ")
    return lines(f"{words}, {one.parameter.family}" if one.parameter.family else words, 22)
