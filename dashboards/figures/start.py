"""The starting point against the end: what trust and influence add to the texts' own merits.

How to read this: three bars a text: what each delegation would make of the words alone, the same with its
trust in the sponsors, and where it leans after the last round (mean over the replicates). F leans favourable,
U undecided, N unfavourable; a lean is an inclination, not a public stance.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.figures._style import INK, LEANS, PAPER, calm, lines
from simulation.results import counted

STEPS = ("text alone", "with trust", "at the end")


def start(results: Any) -> go.Figure:
    """For each text, how many delegations lean favourable (F), are undecided (U) or lean unfavourable (N).

    Three bars a text: by what the text says alone, with trust in its sponsors added (both before the first
    round, from the coded data, without influence or chance), and after the last round (mean over replicates).
    """
    counts = leanings(results)
    titles = [lines(str(title), 36) for title in results.data.text_title.values]
    figure = make_subplots(
        rows=len(titles), cols=1, shared_xaxes=True, subplot_titles=titles, vertical_spacing=0.09
    )
    for row in range(len(titles)):
        for lean, mark in LEANS.items():
            values = [float(counts[step][lean][row]) for step in STEPS]
            figure.add_bar(
                orientation="h",
                x=values,
                y=list(STEPS),
                name=f"{mark.letter} {mark.word}",
                showlegend=row == 0,
                legendgroup=mark.word,
                marker={
                    "color": mark.colour,
                    "pattern": {"shape": mark.pattern, "fgcolor": "rgba(255,255,255,0.35)", "size": 7},
                    "line": {"color": PAPER, "width": 1},
                },
                text=[f"{mark.letter} {value:.0f}" if value >= 0.5 else "" for value in values],
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": INK if lean == 0 else PAPER, "size": 12},
                hovertemplate="%{x:.1f} " + mark.word + "<extra></extra>",
                row=row + 1,
                col=1,
            )
    calm(figure, height=70 + 160 * len(titles))
    figure.update_layout(barmode="stack", bargap=0.25, margin={"l": 84, "t": 60}, legend={"y": 1.06})
    figure.update_annotations(x=0, xanchor="left", align="left", font={"size": 13, "color": INK})
    figure.update_xaxes(range=[0, counted(results.data).sizes["country"]])
    figure.update_yaxes(autorange="reversed")
    return figure


def leanings(results: Any) -> dict[str, dict[int, np.ndarray]]:
    """Counts a text for each step of `STEPS` and each lean (1 favourable, 0 undecided, −1 unfavourable)."""
    data = counted(results.data)
    band = results.scenario.dynamics.lean_band
    gain = data.start_gain.values
    alone = (gain > band).astype(int) - (gain < -band).astype(int)
    with_trust = data.start_lean.values
    last = data.lean.isel(round=-1)
    at_end = {lean: (last == lean).sum("country").mean("replicate").values for lean in LEANS}
    coded = [{lean: (leans == lean).sum(axis=0) for lean in LEANS} for leans in (alone, with_trust)]
    return dict(zip(STEPS, [*coded, at_end], strict=True))
