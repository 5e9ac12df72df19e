"""One negotiation under every decision rule.

How to read this: a row is a decision rule, the scenario's own in bold. From left to right: how often the text
is adopted, how many endorse it, and how much of its ambition is kept, each after a negotiation in which
delegations draft and answer with that rule in mind. The dashed lines mark the scenario's own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.figures._style import INK, QUIET, calm
from simulation.analyses.rule_swap import rule_swap

if TYPE_CHECKING:
    import xarray as xr

PANELS = (("adopted", "adopted"), ("endorsing", "endorse"), ("ambition", "ambition"))
OWN, OTHER = "#0072B2", "#6b7280"
ROW_HEIGHT = 26  # pixels a rule


def rules(results: Any, text: str | None = None, found: xr.Dataset | None = None) -> go.Figure:
    """Chance of adoption, endorsements and ambition at the end under each decision rule.

    `found` is the comparison if it has been made already; without it the scenario of the results is
    negotiated again under every rule.
    """
    text = text or str(results.data.text.values[0])
    if found is None:
        found = rule_swap(results.scenario, results.data.sizes["replicate"], results.manifest["seed"])
    here = found.sel(text=text)
    own = results.scenario.rule.name
    names = by_support(here)
    figure = make_subplots(
        rows=1, cols=3, shared_yaxes=True, horizontal_spacing=0.06, column_titles=[word for _, word in PANELS]
    )
    for column, (measure, word) in enumerate(PANELS, start=1):
        base = float(here.base.sel(measure=measure))
        changed = here.changed.sel(measure=measure)
        values = [base if name == own else float(changed.sel(variant=name)) for name in [own, *names]]
        labels = [f"<b>{own}</b>", *names]
        shown = [0.0 if value != value else round(value, 3) for value in values]
        figure.add_bar(
            x=shown,
            y=labels,
            orientation="h",
            marker={"color": [OWN, *[OTHER] * len(names)], "pattern": {"shape": ["", *["/"] * len(names)]}},
            hovertemplate="%{y}, " + word + ": %{x}<extra></extra>",
            showlegend=False,
            row=1,
            col=column,
        )
        if base == base:
            figure.add_vline(x=base, line={"color": INK, "width": 1, "dash": "dash"}, row=1, col=column)
    calm(figure, height=110 + ROW_HEIGHT * (len(names) + 1))
    figure.update_yaxes(autorange="reversed", tickfont={"size": 11})
    figure.update_xaxes(rangemode="tozero", nticks=3, tickangle=0, tickfont={"size": 11})
    figure.update_xaxes(tickformat=".0%", tickvals=[0, 0.5, 1], row=1, col=1)
    figure.update_xaxes(tickformat=".0%", tickvals=[0, 0.5, 1], row=1, col=3)
    figure.update_annotations(font={"size": 12, "color": QUIET})
    figure.update_layout(margin={"l": 130, "r": 22}, bargap=0.35)
    return figure


def by_support(here: xr.Dataset) -> list[str]:
    """The other rules, those under which most endorse one text first."""
    support = here.changed.sel(measure="endorsing").values
    return [str(name) for name in here.variant.values[(-support).argsort(kind="stable")]]
