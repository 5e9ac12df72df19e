"""What changes did to each text: differences at the end with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboards.figures._style import INK, STANCES, calm, lines

if TYPE_CHECKING:
    import xarray as xr

HOW = (
    "A row is a text; the marks are the changes in the numbers of delegations that endorse it (round) and "
    "oppose it (a cross) at the end, with 95 % intervals. An interval that touches the line may be chance."
)
MARKS = ((1, "endorsing", "circle", 0.14), (-1, "opposing", "x", -0.14))
ROW_HEIGHT = 64  # pixels a text
WIDTH = 22  # characters of a title in a line


def differences(found: xr.Dataset) -> go.Figure:
    """Changes in endorsements and opposition by text, from one variant of what `simulation.compare` gives."""
    titles = [lines(title, WIDTH) for title in found.text_title.values.tolist()][::-1]
    figure = go.Figure()
    for stance, measure, form, offset in MARKS:
        here = found.sel(measure=measure)
        middle, low, high = (here[name].values[::-1] for name in ("difference", "low", "high"))
        figure.add_scatter(
            x=middle.round(2).tolist(),
            y=[place + offset for place in range(len(titles))],
            mode="markers",
            name=f"change in {STANCES[stance].word}",
            marker={"symbol": form, "size": 10, "color": STANCES[stance].colour},
            error_x={"array": ((high - low) / 2).round(2).tolist(), "color": STANCES[stance].colour},
            hovertemplate=f"%{{x:+.1f}} {STANCES[stance].word}<extra></extra>",
        )
    wide = max(
        [
            5.0,
            *(
                1.08 * float(abs(found[name].sel(measure=measure)).max())
                for _, measure, *_ in MARKS
                for name in ("low", "high")
            ),
        ]
    )
    return lined_up(figure, titles, wide, height=120 + ROW_HEIGHT * len(titles), left=140)


def lined_up(figure: go.Figure, labels: list[str], wide: float, height: int, left: int) -> go.Figure:
    """A row a label, changes from −`wide` to `wide` across, and a line where nothing changes."""
    figure.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")
    calm(figure, height=height)
    figure.update_yaxes(
        tickvals=list(range(len(labels))),
        ticktext=labels,
        range=[-0.6, len(labels) - 0.4],
        tickfont={"size": 11},
    )
    figure.update_xaxes(
        title={"text": "change in delegations", "font": {"size": 12}},
        range=[-wide, wide],
        tickformat="+.0f",
        nticks=6,
        zeroline=False,
    )
    figure.update_layout(margin={"l": left, "b": 48})
    return figure
