"""How does the outcome change with one, two or three settings?

How to read this: with one factor, the line (or the dots, where the levels are words) is the mean over the
replicates and the band its 95 % interval. With two, a square is one combination, the darker the more. With
three there is a panel for each level of the third. Further factors are averaged over, as the title says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.figures._style import FONT, GROUPS, calm, filled, lines, plain
from dashboards.words import OUTCOMES

if TYPE_CHECKING:
    import xarray as xr

OWN = GROUPS[0]
DRAWN = 3  # factors; the others are averaged over
PANELS = 3  # side by side
HEIGHT, ROW = 400, 300  # pixels: of one panel, and of each row of several
OWN_REPLICATES = 16  # at most, where the figure has to sweep by itself
OWN_FACTOR = "dynamics.peer_weight=0:0.15:4"
NOTE = "A model's output, not a prediction; means over replicates under the same luck."


def sweep(
    results: Any = None, text: str | None = None, found: xr.Dataset | None = None, measure: str = "endorsing"
) -> go.Figure:
    """The mean of one measure of one text over the levels of the first factors of a sweep.

    `found` is the data set of a sweep; without it the weight of peers is swept on the scenario of `results`.
    Cells that failed stay empty.
    """
    found = _own(results) if found is None else found
    text = text or str(found.text.values[0])
    names = list(found.attrs["factors"])
    here, rest = found.sel(text=text, measure=measure), names[DRAWN:]
    if rest:
        here = here.mean(rest)
    drawn = names[:DRAWN]
    figure = _curve(here, drawn[0]) if len(drawn) == 1 else _maps(here, drawn)
    told = f"{OUTCOMES[measure]}, {text}" + (f"; averaged over {', '.join(rest)}" if rest else "")
    title = f"{lines(told, 70)}<br><sup>{NOTE}</sup>"
    figure.update_layout(title={"text": title, "font": {"family": FONT, "size": 13}, "x": 0.02})
    figure.update_layout(margin={"t": 84, "l": 64, "b": 56})
    return figure


def _own(results: Any) -> xr.Dataset:
    """A small sweep for results that bring none."""
    from simulation.cells import measured
    from simulation.factors import patches, read_factor
    from simulation.sweep import unfolded

    factor = read_factor(OWN_FACTOR, None)
    replicates = min(int(results.replicates), OWN_REPLICATES)
    flat, _ = measured(results.scenario, list(patches([factor])), replicates, results.manifest["seed"])
    return unfolded(flat, [factor])


def _numbers(here: xr.Dataset, name: str) -> bool:
    return here[name].dtype.kind == "f"


def _labels(here: xr.Dataset, name: str) -> list[str]:
    """The levels of a factor as they are written at an axis."""
    values = here[name].values.tolist()
    return [f"{value:g}" if isinstance(value, float) else plain(value) for value in values]


def _curve(here: xr.Dataset, name: str) -> go.Figure:
    """One factor: a line with its band, or dots with their intervals."""
    figure = make_subplots(1, 1)
    if _numbers(here, name) and np.isfinite(here[name].values).all():
        here = here.sortby(name)
        levels = here[name].values.tolist()
        if np.isfinite(here.high.values).all():
            figure.add_scatter(**filled(levels, here.low.values, here.high.values, OWN), showlegend=False)
        mode, places, error = "lines+markers", levels, None
    else:
        mode, places = "markers", _labels(here, name)
        reach = (here.high - here["mean"]).values
        error = {"array": np.where(np.isfinite(reach), reach, 0).tolist(), "thickness": 1, "width": 4}
    figure.add_scatter(
        x=places,
        y=here["mean"].values.tolist(),
        mode=mode,
        error_y=error,
        line={"color": OWN, "width": 2.5},
        marker={"color": OWN, "size": 8},
        showlegend=False,
        hovertemplate=f"{plain(name)} %{{x}}: %{{y:.3g}}<extra></extra>",
    )
    calm(figure, HEIGHT)
    figure.update_xaxes(title={"text": plain(name), "font": {"size": 12}})
    return figure


def _maps(here: xr.Dataset, names: list[str]) -> go.Figure:
    """Two factors as a heat map, and one for each level of a third, all with the same colours."""
    across, up = names[0], names[1]
    third = names[2] if len(names) > 2 else None
    panels = _labels(here, third) if third else [""]
    rows = -(-len(panels) // PANELS)
    figure = make_subplots(
        rows,
        min(len(panels), PANELS),
        subplot_titles=[f"{plain(third)} {label}" for label in panels] if third else None,
        shared_yaxes=True,
        horizontal_spacing=0.04,
        vertical_spacing=0.3 / rows,
    )
    for place in range(len(panels)):
        one = here["mean"].isel({third: place}) if third else here["mean"]
        figure.add_heatmap(
            x=_labels(here, across),
            y=_labels(here, up),
            z=one.transpose(up, across).values.round(4).tolist(),
            coloraxis="coloraxis",
            xgap=1,
            ygap=1,
            texttemplate="%{z:.3g}" if one.size <= 60 else None,
            hovertemplate=f"{plain(across)} %{{x}}<br>{plain(up)} %{{y}}: %{{z:.3g}}<extra></extra>",
            row=place // PANELS + 1,
            col=place % PANELS + 1,
        )
    calm(figure, HEIGHT if rows == 1 else 80 + ROW * rows)
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(type="category", showgrid=False)
    figure.update_xaxes(title={"text": plain(across), "font": {"size": 12}}, row=rows)
    figure.update_yaxes(title={"text": plain(up), "font": {"size": 12}}, col=1)
    figure.update_layout(coloraxis={"colorscale": "Blues", "colorbar": {"thickness": 12, "outlinewidth": 0}})
    return figure
