"""What each option in brackets would cost or bring.

How to read this: a row is an option that does not stand in the text as agreed. A bar to the right is the
expected number of endorsements that it would bring in place of what stands, a bar to the left the number that
it would cost, which is its price. Everything else is held as the run ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.deals_table import kept
from dashboards.figures._style import STANCES, calm, plain
from dashboards.prices_table import label
from dashboards.texts.layout import paragraphs
from dashboards.texts.revisions import at_the_end
from simulation.analyses.bracket_prices import Price, prices
from simulation.analyses.deals import agreed
from simulation.analyses.replies import replies

ROW_HEIGHT = 19  # pixels an option


def bracket_prices(results: Any, text: str | None = None, found: Sequence[Price] | None = None) -> go.Figure:
    """How expected support would change if an option stood in place of the one agreed, option by option.

    The text is the first one if none is named; `found` are the prices of its options, if known already.
    """
    scenario = results.scenario
    key = text or next(iter(scenario.texts))
    if found is None:
        found = prices(scenario, key, agreed(results, key), replies(at_the_end(results), key))
    shown = [one for one in found if not one.stands]
    figure = go.Figure()
    for word, mark, some in (
        ("would bring", STANCES[1], [one for one in shown if one.price <= 0]),
        ("would cost", STANCES[-1], [one for one in shown if one.price > 0]),
    ):
        figure.add_bar(
            x=[round(-one.price, 2) for one in some],
            y=[shown.index(one) for one in some],
            orientation="h",
            width=0.7,
            name=word,
            marker={"color": mark.colour, "pattern": {"shape": mark.pattern}},
            customdata=[
                [plain(label(scenario, key, one.article)), plain(one.option), kept(one.ambition)]
                for one in some
            ],
            hovertemplate="%{customdata[0]}, %{customdata[1]}: %{x:+.1f} endorsements,"
            " ambition then %{customdata[2]}<extra></extra>",
        )
    calm(figure, height=110 + ROW_HEIGHT * max(len(shown), 1))
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=_rows(scenario, key, shown),
        tickfont={"size": 11},
        range=[len(shown) - 0.5, -0.5],
        zeroline=False,
    )
    figure.update_xaxes(
        title={"text": "change in expected support", "font": {"size": 12}},
        zeroline=True,
    )
    figure.update_layout(margin={"l": 136, "b": 48}, barmode="overlay")
    return figure


def _rows(scenario: Any, text: str, shown: Sequence[Price]) -> list[str]:
    """What stands beside each row: the label of the article once, and its option."""
    labels = {one.key: one.label for one in paragraphs(scenario.texts[text])}
    found, before = [], ""
    for one in shown:
        lead = f"<b>{labels[one.article]}</b> " if one.article != before else ""
        found.append(f"{lead}{plain(one.option)}")
        before = one.article
    return found
