"""The timeline: what was said on the record beside what the model computes without being told.

How to read this: above, the model’s endorsements of the text. Below, statements on the record, on the day
they were made and the rung of the language of support that they reached. The model is not told any of them;
the table says who reported each.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.figures._dates import column_of, dated_panels
from dashboards.figures._style import INK, QUIET, STANCES, calm, plain, transparent
from dashboards.summary import bands
from simulation.analyses.ladder import RUNGS
from simulation.analyses.wording import day


def timeline(results: Any, text: str | None = None) -> go.Figure:
    """Above, the model's curve of endorsements; below, recorded statements on the language ladder.

    A statement stands on the day it was made and the rung its wording reached, its speaker beside it; who
    reported it shows on pointing. The model is told none of them.
    """
    data = results.data
    text = text or str(data.text.values[0])
    dates = [str(date) for date in data.date.values]
    figure, parts = dated_panels(dates, rows=2, row_heights=[0.42, 0.58], vertical_spacing=0.08)
    low, middle, high = bands(data, "endorsing", text)
    mark = STANCES[1]
    for column, part in enumerate(parts, start=1):
        shown = dates[part]
        figure.add_scatter(
            x=[*shown, *shown[::-1]],
            y=[*low[part].tolist(), *high[part][::-1].tolist()],
            fill="toself",
            fillcolor=transparent(mark.colour, 0.18),
            line={"width": 0},
            hoverinfo="skip",
            showlegend=False,
            row=1,
            col=column,
        )
        figure.add_scatter(
            x=shown,
            y=middle[part].tolist(),
            mode="lines",
            line={"color": mark.colour, "width": 2.5},
            showlegend=False,
            hovertemplate="%{y:.0f} endorsing, %{x|%d %b %Y}<extra></extra>",
            row=1,
            col=column,
        )
    _statements(figure, results, text, dates, parts)
    calm(figure, height=540)
    figure.update_yaxes(title={"text": "endorsing (model)", "font": {"size": 12}}, row=1, col=1)
    figure.update_yaxes(range=[0, max(float(high.max()), 1.0) * 1.08], row=1)
    return figure


def statements(results: Any, text: str | None = None) -> list[dict[str, Any]]:
    """Recorded statements within the run's dates, oldest first, each with what the model says of its speaker.

    `model` is the share of replicates in which the speaker endorses the text on that day (none if the speaker
    is no delegation in the room).
    """
    data = results.data
    text = text or str(data.text.values[0])
    dates = [str(date) for date in data.date.values]
    rows = []
    for event in sorted(results.scenario.events.values(), key=lambda event: event.date):
        date = event.date.isoformat()
        if event.nature != "outcome" or event.text not in (None, text) or not dates[0] <= date <= dates[-1]:
            continue
        round_ = max(place for place, day in enumerate(dates) if day <= date)
        model = None
        if event.speaker in data.country.values:
            model = float((data.stance.sel(country=event.speaker, text=text)[:, round_] == 1).mean())
        rows.append(
            {
                "date": date,
                "speaker": event.speaker,
                "on_behalf_of": event.on_behalf_of,
                "sentence": event.sentence,
                "wording": event.wording,
                "reported_by": event.reported_by,
                "model": model,
            }
        )
    return rows


def speaker(row: dict[str, Any]) -> str:
    """Who spoke, short enough for a label: the bloc spoken for, and its speaker if that is a delegation."""
    if not row["on_behalf_of"]:
        return row["speaker"]
    return f"{row['speaker']} for {row['on_behalf_of']}" if len(row["speaker"]) == 3 else row["on_behalf_of"]


def _beside(label: str, column: int | None) -> str:
    """Where a label stands at its mark: keys above, longer ones to the side where there is room."""
    if len(label) <= 3:
        return "top center"
    return "middle right" if column == 1 else "middle left"


def _statements(figure: go.Figure, results: Any, text: str, dates: list[str], parts: list[slice]) -> None:
    said = [row for row in statements(results, text) if row["wording"]]
    rungs = [rung for rung in RUNGS if any(row["wording"] == rung for row in said)]
    for row in said:
        column = column_of(row["date"], dates, parts)
        figure.add_scatter(
            x=[row["date"]],
            y=[rungs.index(row["wording"])],
            mode="markers+text",
            text=[plain(speaker(row))],
            textposition=_beside(speaker(row), column),
            textfont={"size": 12, "color": INK},
            cliponaxis=False,
            marker={"symbol": "diamond", "size": 10, "color": INK},
            hovertext=plain(f"{day(row['date'])}: {row['sentence']} (reported by {row['reported_by']})"),
            hoverinfo="text",
            showlegend=False,
            row=2,
            col=column,
        )
    figure.update_yaxes(
        row=2,
        tickvals=list(range(len(rungs))),
        showticklabels=False,
        range=[-0.6, max(len(rungs), 1) - 0.2],
        zeroline=False,
    )
    for place, rung in enumerate(rungs):
        figure.add_annotation(
            x=0,
            xref="x3 domain" if len(parts) > 1 else "x2 domain",
            y=place,
            yref="y3" if len(parts) > 1 else "y2",
            text=f"<i>{rung}</i>",
            showarrow=False,
            xanchor="left",
            yshift=-13,
            font={"color": QUIET, "size": 11},
        )
