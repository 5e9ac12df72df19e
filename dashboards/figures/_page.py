"""A figure as a page that opens offline, maps included."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import plotly.graph_objects as go

GEO = ("choropleth", "scattergeo")
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A figure of Plenary</title>'
BODY = '<body style="margin: 0">'
SETTINGS = {"displayModeBar": False, "responsive": True}

CAUTION_HEIGHT = 32  # pixels, with its margins
CAUTION = (
    '<p style="font: 13px sans-serif; margin: 8px">'
    "A model's output, not a prediction of any state's policy.</p>"
)


@dataclass(frozen=True)
class Page:
    """A whole page in `html` that needs no network; `height` is what it takes in pixels. A notebook
    shows it in place."""

    html: str = field(repr=False)
    height: int

    def write(self, path: Path | str) -> Path:
        """Write the page to a file and return where it is."""
        Path(path).write_text(self.html, encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        """The page in a frame of its own, as notebooks ask for it."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="A figure of Plenary" width="100%"'
            f' height="{self.height + 16}" style="border: 0"></iframe>'
        )


def page(figure: go.Figure) -> Page:
    """A figure as a page with all that it needs inside.

    Plotly itself fetches the shapes of a map from the network when it draws one, so that offline `show` and
    `write_html` leave it blank; here they are part of the page.
    """
    drawn = figure.to_html(full_html=False, include_plotlyjs=True, config=SETTINGS)
    height = int(figure.layout.height or 450) + CAUTION_HEIGHT
    return Page(f"{HEAD}{BODY}{_shapes(figure)}{drawn}{CAUTION}</body></html>", height)


def _shapes(figure: go.Figure) -> str:
    """The shapes of the world where a figure has a map, ready before Plotly's script looks for them."""
    if not any(trace.type in GEO for trace in figure.data):
        return ""
    from dashboards.world_shapes import shapes_json

    shapes = shapes_json().replace("<", "\\u003c")
    return f"<script>window.PlotlyGeoAssets = {{topojson: {{world_50m: {shapes}}}}};</script>"
