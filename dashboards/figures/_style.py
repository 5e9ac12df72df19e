"""What all figures share: colours that colour-blind readers tell apart, calm axes, small margins.

The colours are those of Okabe and Ito (2008), "Color Universal Design". Whatever a colour says, a letter, a
dash or a pattern says too.
"""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import plotly.graph_objects as go

INK, QUIET, RULE_LINE, PAPER = "#1b1f24", "#5b6470", "#d9dde2", "#ffffff"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


class Mark(NamedTuple):
    """How one category is drawn: its word, its letter, its colour, its dash and its fill pattern."""

    word: str
    letter: str
    colour: str
    dash: str
    pattern: str


STANCES = {
    1: Mark("endorsing", "E", "#0072B2", "solid", ""),
    0: Mark("studying", "S", "#6b7280", "dot", "."),
    -1: Mark("opposing", "O", "#D55E00", "dash", "/"),
}
LEANS = {
    1: Mark("favourable", "F", "#0072B2", "solid", ""),
    0: Mark("undecided", "U", "#9aa3ad", "dot", "."),
    -1: Mark("unfavourable", "N", "#D55E00", "dash", "/"),
}
PARTS = {
    "content": Mark("what the text says", "C", "#0072B2", "solid", ""),
    "trust": Mark("trust in its sponsors", "T", "#E69F00", "solid", "/"),
    "inducements": Mark("offers", "I", "#009E73", "solid", "x"),
    "events": Mark("events", "V", "#CC79A7", "solid", "."),
    "peers": Mark("whom it listens to", "P", "#56B4E9", "solid", "\\"),
    "bloc": Mark("its blocs", "B", "#8a6d3b", "solid", "-"),
    "chance": Mark("chance", "?", "#b8bec6", "solid", "+"),
}
GROUPS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8a6d3b", "#6b7280")


def transparent(colour: str, share: float) -> str:
    """`colour` (#rrggbb) as an rgba colour with this opacity."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def filled(days: list, low: Any, high: Any, colour: str, share: float = 0.18) -> dict[str, Any]:
    """A trace that fills what lies between two curves over the same days or rounds."""
    return {
        "x": [*days, *days[::-1]],
        "y": [*low.tolist(), *high[::-1].tolist()],
        "fill": "toself",
        "fillcolor": transparent(colour, share),
        "line": {"width": 0},
        "mode": "lines",
        "hoverinfo": "skip",
    }


def lines(words: str, width: int = 42) -> str:
    """`words` as literal text for Plotly, broken into lines of at most `width` characters.

    >>> lines("a text with a long title", width=12)
    'a text with<br>a long title'
    """
    return "<br>".join(plain(line) for line in textwrap.wrap(words, width))


def plain(words: str) -> str:
    """`words` as literal text for Plotly, which reads tags in labels.

    >>> plain("a < b & c")
    'a &lt; b &amp; c'
    """
    return words.replace("&", "&amp;").replace("<", "&lt;")


def group_colour(label: int) -> str:
    """The colour of a coalition."""
    return GROUPS[label % len(GROUPS)] if label >= 0 else RULE_LINE


def calm(figure: go.Figure, height: int, y_title: str = "") -> go.Figure:
    """Give a figure the common look: white paper, thin lines, a legend above, margins fit for a phone."""
    figure.update_layout(
        height=height,
        margin={"l": 44, "r": 14, "t": 34, "b": 36},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 12}},
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
    )
    figure.update_xaxes(showgrid=False, linecolor=RULE_LINE, ticks="outside", tickcolor=RULE_LINE)
    figure.update_yaxes(gridcolor="#eceff2", zerolinecolor=RULE_LINE, linecolor=RULE_LINE)
    if y_title:
        figure.update_yaxes(title={"text": y_title, "font": {"size": 12}, "standoff": 6}, col=1)
    return figure
