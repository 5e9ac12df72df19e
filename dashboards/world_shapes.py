"""The shapes of the world that the map draws, and where each state lies on it; see assets/README.md."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

SHAPES = Path(__file__).parent / "assets" / "world_50m.json.gz"
SMALL = 30_000  # square kilometres; smaller states are too small to see on a page and are drawn as dots
NOTE = (
    "Shapes: UN Geodata and Natural Earth, by way of plotly.js. The boundaries and names shown do not imply "
    "any opinion. Grey are areas that are no delegation in this room, territories that the source lists "
    "apart, and disputed areas."
)


class Spot(NamedTuple):
    """Where a state lies (degrees), its size in square kilometres, and whether the shapes have it."""

    longitude: float
    latitude: float
    area: float
    shaped: bool

    @property
    def dot(self) -> bool:
        """Whether it is drawn as a dot: the shapes lack it, or it is too small to see."""
        return not self.shaped or self.area < SMALL


# Member states that the shapes lack.
LACKING = {"SMR": Spot(12.46, 43.94, 61, shaped=False)}


@cache
def shapes_json() -> str:
    """The shapes as compact TopoJSON, for `PlotlyGeoAssets.topojson.world_50m`."""
    return gzip.decompress(SHAPES.read_bytes()).decode("utf-8")


@cache
def spots() -> dict[str, Spot]:
    """Where every area lies, by its code: ISO 3166-1 alpha-3 for states."""
    found = dict(LACKING)
    for area in json.loads(shapes_json())["objects"]["countries"]["geometries"]:
        longitude, latitude = area["properties"]["ct"]
        found[area["id"]] = Spot(longitude, latitude, area["properties"]["area"], shaped=True)
    return found
