"""Paths to yes: what single changes would do to the chance that a hold-out endorses.

How to read this: a row is a single change, under the name of the delegation it is for. The hatched bar is the
chance to endorse as things are, the full bar the chance with the change; whiskers are 95 % intervals. A full
bar beyond the line in the middle means that the change suffices: the delegation endorses in half of the
replicates or more. Model output under the same luck with and without the change.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import plotly.graph_objects as go

from dashboards.again import again, fewer
from dashboards.figures._style import INK, Mark, calm, lines
from dashboards.paths_table import size
from simulation.analyses.paths import Path, Paths, holdouts, paths_of
from simulation.analyses.wording import sentence_case
from simulation.ending import ending

BEFORE = Mark("as it is", "B", "#9aa3ad", "", "/")
AFTER = Mark("with the change", "A", "#0072B2", "", "")
HOLDOUTS = 5  # that are looked at, fewer in large rooms
EACH = 2  # changes for a delegation
ROW_HEIGHT = 58  # pixels


class Nearest(NamedTuple):
    """The hold-outs nearest to yes on a `text` with their paths, from so many `replicates`."""

    text: str
    replicates: int
    holdouts: tuple[Paths, ...]


def nearest(results: Any) -> Nearest | None:
    """The paths of the five hold-outs nearest to yes, fewer in large rooms, on the first text with sponsors
    that lies on the table.

    None if there is none at the end. Runs the talks again.
    """
    scenario = results.scenario
    replicates, seed = again(results), results.manifest["seed"]
    for text in (key for key, one in scenario.texts.items() if one.sponsors):
        try:
            end = ending(scenario, text, replicates, seed)
        except ValueError:
            continue
        return Nearest(
            text, replicates, tuple(paths_of(end, holdouts(end, fewer(results, HOLDOUTS)), seed, EACH))
        )
    return None


def paths(results: Any, near: Nearest | None = None) -> go.Figure:
    """The chance to endorse before and after single changes, for the hold-outs nearest to yes.

    `near` are their paths, if known already: they come from paired re-runs.
    """
    near = near or nearest(results)
    each = [(one, path) for one in near.holdouts for path in one.paths] if near else []
    labels = [_label(one, path) for one, path in each]
    figure = go.Figure()
    for mark, which in ((BEFORE, "before"), (AFTER, "after")):
        bands = [getattr(path.outcome, which) for _, path in each]
        figure.add_bar(
            orientation="h",
            name=mark.word,
            x=[round(100 * middle, 1) for _, middle, _ in bands],
            y=labels,
            marker={
                "color": mark.colour,
                "pattern": {"shape": mark.pattern, "fgcolor": "rgba(255,255,255,0.6)", "size": 6},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [round(100 * (high - middle), 1) for _, middle, high in bands],
                "arrayminus": [round(100 * (middle - low), 1) for low, middle, _ in bands],
                "color": INK,
                "thickness": 1.2,
                "width": 3,
            },
            hovertemplate="%{x:.0f} %, " + mark.word + "<extra></extra>",
        )
    figure.add_vline(x=50, line={"color": INK, "width": 1, "dash": "dot"}, layer="below")
    calm(figure, height=100 + ROW_HEIGHT * max(len(labels), 1))
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 11})
    figure.update_xaxes(
        range=[0, 100], ticksuffix=" %", title={"text": "chance to endorse", "font": {"size": 12}}
    )
    figure.update_layout(margin={"l": 190, "b": 48}, bargap=0.3, bargroupgap=0.05)
    return figure


def _label(one: Paths, path: Path) -> str:
    """What stands beside a row: whom the change is for, what it is, and how large."""
    what = _cut(f"{path.change.lever.words}, {size(path.change)}")
    return f"<b>{lines(sentence_case(one.target.name), 30)}</b><br>{lines(what, 34)}"


def _cut(words: str, most: int = 96) -> str:
    """Words that fit into three short lines."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
