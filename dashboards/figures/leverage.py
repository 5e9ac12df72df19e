"""Who is nearest to being for a text, and how much power the rule gives them.

How to read this: on the left, a row is a delegation that is not yet for the text, nearest first; the bar is
what it would have to be conceded, full where it belongs to the cheapest coalition that carries, hatched where
it does not. On the right, the share of votes that would turn on it: hollow if everybody decides alone, full
if blocs act as one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboards.figures._power import add_power, two_panels
from dashboards.figures._style import lines
from simulation.analyses.leverage import Leverage
from simulation.analyses.leverage import leverage as worked_out

INSIDE, NEXT = "#0072B2", "#b8bec6"
ROWS = 15


def leverage(results: Any, text: str | None = None, found: Leverage | None = None) -> go.Figure:
    """What those nearest to a text would have to be conceded to be for it, beside their power under the rule.

    Concessions are in gain units, at the end of the first replicate and without chance. `found` is the
    leverage of the run, if known already.
    """
    text = text or str(results.data.text.values[0])
    found = found or worked_out(results)
    rows = nearest(found, text)
    names = [lines(found.names[row], 24) for row in rows]
    figure = two_panels()
    on = found.by_text.get(text)
    inside = [on is not None and on.bargain is not None and on.bargain.says[row] == 1 for row in rows]
    for word, colour, pattern, mine in (
        ("in the cheapest coalition", INSIDE, "", True),
        ("not needed for it", NEXT, "/", False),
    ):
        shown = [
            (round(float(on.to_yes[row]), 4), name)
            for row, name, one in zip(rows, names, inside, strict=True)
            if on is not None and one == mine
        ]
        figure.add_bar(
            x=[price for price, _ in shown],
            y=[name for _, name in shown],
            orientation="h",
            name=word,
            marker={"color": colour, "pattern": {"shape": pattern}},
            hovertemplate="%{y}: %{x:.3f}, " + word + "<extra></extra>",
            row=1,
            col=1,
        )
    add_power(figure, found.power, rows, names, "concession,<br>gain units")
    return figure


def nearest(found: Leverage, text: str, most: int = ROWS) -> list[int]:
    """The rows of delegations that are not for a text without a concession, the nearest first."""
    if text not in found.by_text:
        return []
    price = found.by_text[text].to_yes
    order = np.argsort(price, kind="stable")
    return order[(price[order] > 0) & np.isfinite(price[order])][:most].tolist()
