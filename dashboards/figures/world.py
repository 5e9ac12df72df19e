"""World map by public stance.

How to read this: colour and letter tell the public stance that a state takes in most replicates, the shade in
how many of them. Small states are dots whose form tells the stance: round endorsing, square studying,
triangular opposing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._style import FONT, INK, PAPER, QUIET, STANCES, plain
from dashboards.world_shapes import Spot, spots
from scenarios.reference import states

ORDER = (-1, 0, 1)  # stances along the colour scale
FORMS = {1: "circle", 0: "square", -1: "triangle-up"}
WIDE = 420  # pixels of height for the shapes on a page
LARGE = 120_000  # square kilometres; smaller states have a smaller letter
STEPS = 101  # whole percentages a stance has on the colour scale
LIGHT_FROM = 75  # per cent; letters are light on a shade as full as this
LIGHTEST = {1: "#cfe5f3", 0: "#ced3db", -1: "#f9ddcb"}
FULL = {1: "#005a91", 0: "#6f7782", -1: "#b84a00"}
NOBODY = "#efeeea"  # land that is no delegation in the room


def world(results: Any, text: str | None = None, round: int = -1) -> go.Figure:
    """The world by public stance on a text after a round: endorsing (E), studying (S), opposing (O).

    Colour and letter are the stance taken in most replicates, the shade says in how many. States under
    30,000 square kilometres, and those that the shapes lack, are dots: round endorsing, square studying,
    triangular opposing. Grey areas are no delegation in the room. `text` is a key, by default the scenario's
    first; `round` counts from 0, the opening, and −1 is the last.
    """
    data = results.data
    text = text or str(data.text.values[0])
    countries, names = placed(results)
    rows = np.flatnonzero(np.isin(data.country.values, countries))
    codes = stance_codes(data.stance.sel(text=text).isel(round=[round]).values)[0, rows]
    stances, shares = np.array(ORDER)[codes // STEPS], codes % STEPS
    words = [
        f"{plain(name)}: {STANCES[int(stance)].word} in {share} % of replicates"
        for name, stance, share in zip(names, stances, shares, strict=True)
    ]
    spot = [spots()[country] for country in countries]
    shaped = [place for place, one in enumerate(spot) if not one.dot]
    dots = [place for place, one in enumerate(spot) if one.dot]
    letter_sizes = [9 if spot[place].area >= LARGE else 7 for place in shaped]
    figure = go.Figure()
    figure.add_choropleth(
        locations=[countries[place] for place in shaped],
        z=codes[shaped].tolist(),
        text=[words[place] for place in shaped],
        hoverinfo="text",
        coloraxis="coloraxis",
        marker={"line": {"color": PAPER, "width": 0.5}},
        meta={"part": "shapes", "rows": shaped},
    )
    figure.add_scattergeo(
        lon=[spot[place].longitude for place in shaped],
        lat=[spot[place].latitude for place in shaped],
        text=[STANCES[int(stances[place])].letter for place in shaped],
        mode="text",
        textfont={
            "size": letter_sizes,
            "color": [_ink(int(codes[place])) for place in shaped],
            "family": FONT,
        },
        hoverinfo="skip",
        showlegend=False,
        meta={"part": "letters", "rows": shaped, "area": [spot[place].area for place in shaped]},
    )
    figure.add_scattergeo(
        lon=[spot[place].longitude for place in dots],
        lat=[spot[place].latitude for place in dots],
        text=[words[place] for place in dots],
        hoverinfo="text",
        mode="markers",
        marker={
            "size": 8,
            "color": codes[dots].tolist(),
            "coloraxis": "coloraxis",
            "symbol": [FORMS[int(stances[place])] for place in dots],
            "line": {"color": INK, "width": 0.8},
        },
        showlegend=False,
        meta={"part": "dots", "rows": dots},
    )
    figure.update_layout(
        height=WIDE + 46,
        margin={"l": 0, "r": 0, "t": 0, "b": 46},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        dragmode=False,
        coloraxis=_colours(),
        geo={
            "resolution": 50,
            "projection": {"type": "equal earth"},
            "projection_rotation": {"lon": 11},
            "lataxis": {"range": [-56, 83]},
            "showland": True,
            "landcolor": NOBODY,
            "showcountries": True,
            "countrycolor": "#c9cdd3",
            "countrywidth": 0.5,
            "showcoastlines": False,
            "showlakes": False,
            "showframe": False,
            "bgcolor": PAPER,
        },
    )
    return figure


def placed(results: Any, known: Mapping[str, Spot] | None = None) -> tuple[list[str], list[str]]:
    """Keys and names of the delegations that lie on the map, in the order of the data.

    `known` are the places of states, by default those of the shapes.

    Raises `LookupError` where the shapes lack a member state, rather than let it vanish.
    """
    data, known = results.data, spots() if known is None else known
    lost = sorted(set(data.country.values.tolist()) & set(states()) - set(known))
    if lost:
        raise LookupError(
            f"the map has no place for {', '.join(lost)}; add one to LACKING in dashboards/world_shapes.py"
        )
    pairs = zip(data.country.values.tolist(), data.name.values.tolist(), strict=True)
    here = [(country, name) for country, name in pairs if country in known]
    return [country for country, _ in here], [name for _, name in here]


def not_placed(results: Any) -> list[str]:
    """Names of the delegations that have no place on the map, such as invented actors."""
    data, known = results.data, spots()
    pairs = zip(data.country.values.tolist(), data.name.values.tolist(), strict=True)
    return [name for country, name in pairs if country not in known]


def stance_codes(stances: NDArray[np.int8]) -> NDArray[np.int64]:
    """Stance and share in one whole number (round, country), from stances (replicate, round, country).

    The stance is the one taken in most replicates (on a tie the one nearer to studying, then endorsing); its
    place in `ORDER` times 101, plus its share of the replicates in whole per cent.
    """
    counts = np.stack([(stances == stance).sum(axis=0) for stance in (0, 1, -1)])
    most = counts.argmax(axis=0)
    percent = np.rint(100 * counts.max(axis=0) / len(stances)).astype(np.int64)
    return np.array([ORDER.index(stance) for stance in (0, 1, -1)])[most] * STEPS + percent


def _ink(code: int) -> str:
    """The colour of a letter: dark on light shades, light on full ones."""
    return PAPER if code % STEPS >= LIGHT_FROM else INK


def _colours() -> dict[str, Any]:
    """The colour scale: three stretches, one a stance, each from light to full with the share."""
    width = len(ORDER) * STEPS - 1
    scale: list[tuple[float, str]] = []
    for place, stance in enumerate(ORDER):
        start = place * STEPS
        # No stance is the most frequent with less than a third, so the shade starts there.
        scale += [
            (start / width, LIGHTEST[stance]),
            ((start + 33) / width, LIGHTEST[stance]),
            ((start + 100) / width, FULL[stance]),
        ]
    return {
        "cmin": 0,
        "cmax": width,
        "colorscale": scale,
        "colorbar": {
            "orientation": "h",
            "x": 0.5,
            "y": 0,
            "yanchor": "top",
            "len": 0.72,
            "thickness": 10,
            "outlinewidth": 0,
            "ticks": "",
            "tickvals": [place * STEPS + 50 for place in range(len(ORDER))],
            "ticktext": [f"{STANCES[stance].letter} {STANCES[stance].word}" for stance in ORDER],
            "tickfont": {"size": 12, "color": QUIET},
        },
    }
