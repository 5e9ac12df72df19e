"""What single countries change when they are pushed or flipped, and how much power the rule gives them.

How to read this: a row is a country, the most telling first. On the left, dots tell what a push of 0.10 gain
units on it changes, diamonds what changes if it endorses throughout instead of opposing throughout; lines
are 95 % intervals, and one that crosses the middle tells nothing. On the right, the share of votes that would
turn on it: hollow if everybody decides alone, full if blocs act as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._power import add_power, two_panels
from dashboards.figures._style import QUIET, lines
from simulation.analyses.leverage import Leverage, leverage
from simulation.analyses.pivotal import candidates
from simulation.analyses.pivotal import pivotal as tried

if TYPE_CHECKING:
    import xarray as xr

PUSHED, FLIPPED = "#0072B2", "#D55E00"
FEW = 3  # countries tried where nothing is known yet
AXES = {
    "adopted": "chance of adoption,<br>change in points",
    "vote_passed": "chance that a vote passes,<br>change in points",
    "others": "others that endorse,<br>change",
}


def pivotal(
    results: Any, text: str | None = None, found: xr.Dataset | None = None, known: Leverage | None = None
) -> go.Figure:
    """What pushes and flips of single countries change, with 95 % intervals, beside their power.

    Shown is the first of three measures that anybody changes: the chance of adoption, the chance that a vote
    passes, how many others endorse. `found` is what `pivotal` found for these countries on the text; without
    it a few are tried now. `known` is the leverage of the run, if known already.
    """
    text = text or str(results.data.text.values[0])
    if found is None:
        some = candidates(results, text, FEW)
        found = tried(results.scenario, text, some, results.replicates, results.manifest.get("seed", 1))
    known = known or leverage(results)
    rows = [known.countries.index(key) for key in found.country.values]
    names = [lines(known.names[row], 24) for row in rows]
    figure, measure = two_panels(), telling(found)
    for act, word, colour, form in (
        ("push", "a push", PUSHED, "circle"),
        ("flip", "for instead of against", FLIPPED, "diamond-open"),
    ):
        _add(figure, found.sel(measure=measure), act, word, names, colour, form)
    figure.add_vline(x=0, line={"color": QUIET, "width": 1}, layer="below", row=1, col=1)
    add_power(figure, known.power, rows, names, AXES[measure])
    return figure


def telling(found: xr.Dataset) -> str:
    """The first measure that any push or flip changes: adoption, the vote, or what others do."""
    for measure in found.measure.values.tolist():
        here = found.sel(measure=measure)
        if (here.push != 0).any() or (here.flip != 0).any():
            return str(measure)
    return "others"


def _add(figure: go.Figure, here: Any, act: str, word: str, names: list[str], colour: str, form: str) -> None:
    """Marks with their intervals on the left, chances in percentage points."""
    scale = 1 if here.measure.item() == "others" else 100
    value, low, high = (scale * here[key].values for key in (act, f"{act}_low", f"{act}_high"))
    known = np.isfinite(high)
    figure.add_scatter(
        x=value.round(3).tolist(),
        y=names,
        mode="markers",
        name=word,
        marker={"symbol": form, "size": 9, "color": colour, "line": {"color": colour, "width": 1.5}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.where(known, high - value, 0).round(3).tolist(),
            "arrayminus": np.where(known, value - low, 0).round(3).tolist(),
            "color": colour,
            "thickness": 1,
            "width": 3,
        },
        hovertemplate="%{y}, " + word + ": %{x:+.2f}<extra></extra>",
        row=1,
        col=1,
    )
