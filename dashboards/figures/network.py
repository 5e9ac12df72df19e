"""Coalition network.

How to read this: each dot is a delegation, each line joins two that stand close to each other;
colour, letter and form tell the coalition, size the weight in bargaining. Hollow dots stand alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._layout import layout, named
from dashboards.figures._seriation import coalition_of
from dashboards.figures._style import FONT, GROUPS, INK, PAPER, QUIET, plain
from dashboards.figures._ties import Ties, mean_likeness, ties
from dashboards.groups import lettered
from dashboards.words import letter
from simulation.analyses.coalitions import modularity_coalitions

FORMS = (0, 1, 2, 5, 13, 14, 17, 3)  # circle, square, diamond, triangle, pentagon, hexagon, star, cross
OPEN = 100  # added to a form, it is drawn hollow
SHOWN = 70  # per cent of likeness, for a line
LINES, DOTS, LEGEND = 0, 1, 2  # places of the traces; from the last one on, one a coalition


class Network(NamedTuple):
    """Where delegations lie (country, 2), the ties between them, and their coalitions (country,)."""

    places: NDArray[np.float64]
    ties: Ties
    labels: NDArray[np.int64]

    @property
    def lines(self) -> NDArray[np.int64]:
        """The ties that are drawn (line, 2), as rows."""
        return self.ties.pairs[self.ties.weight >= SHOWN]


def network(results: Any, found: Network | None = None) -> go.Figure:
    """Who stands near whom after the last round, over the replicates.

    Likeness is half the cosine of stances on all texts and half that of coded positions, as the coalitions
    are found by, averaged over the replicates (32 at most). A line joins a delegation with those most like
    it, five at most, from a likeness of 0.7 on (1 is the same); like lies beside like. Colour, letter and
    form tell the coalition over all replicates, size the weight in bargaining; the weightiest are named.
    Hollow dots stand alone. `found` is what `joined` gives, if known already.
    """
    found = found or joined(results)
    figure = drawing(results, found.places, kinds_of(found.labels))
    for place, values in drawn(found, kinds_of(found.labels)).items():
        figure.data[place].update(values)
    figure.data[LINES].update(lines_of(found))
    return figure


def joined(results: Any) -> Network:
    """Likeness at the end, the ties it makes, and a layout without chance."""
    data = results.data
    (alike,) = mean_likeness(results, [-1])
    return Network(layout(alike, data.capability.values), ties(alike), coalition_of(data))


def joined_by_round(results: Any) -> list[Network]:
    """The network after every round, the opening first: likeness and ties as they are then, everybody where
    the last one puts it.

    Coalitions at the end are those over all replicates. Before, they are found by modularity on the mean
    likeness, as there is one network a round, and tracked back from those at the end.
    """
    data = results.data
    alike = mean_likeness(results, range(data.sizes["round"]))
    before = modularity_coalitions(alike[:-1].astype(np.float32))[0]
    labels = lettered(data, np.vstack([before, data.consensus_coalition.values]))
    places = layout(alike[-1], data.capability.values)
    return [Network(places, ties(one), label) for one, label in zip(alike, labels, strict=True)]


def kinds_of(labels: NDArray[np.int64]) -> list[int]:
    """The coalitions among labels, those on their own last."""
    return sorted({int(one) for one in labels.ravel()}, key=lambda one: (one < 0, one))


def drawing(results: Any, places: NDArray[np.float64], kinds: list[int]) -> go.Figure:
    """The picture with everything that does not depend on the round: places, sizes, names, legend."""
    data = results.data
    weight = data.capability.values.astype(float)
    sizes = 6 + 16 * np.sqrt(weight / max(weight.max(), 1))
    figure = go.Figure()
    figure.add_scatter(
        mode="lines",
        line={"color": QUIET, "width": 0.8},
        opacity=0.35,
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=places[:, 0].round(3).tolist(),
        y=places[:, 1].round(3).tolist(),
        mode="markers",
        marker={
            "size": sizes.round(1).tolist(),
            "colorscale": [
                (edge / (len(GROUPS) + 1), colour)
                for place, colour in enumerate((QUIET, *GROUPS))
                for edge in (place, place + 1)
            ],
            "cmin": -1.5,
            "cmax": len(GROUPS) - 0.5,
            "line": {"color": PAPER, "width": 1},
        },
        text=[plain(str(name)) for name in data.name.values],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )
    for kind in kinds:
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"size": 10, "color": QUIET if kind < 0 else _colour(kind), "symbol": _form(kind)},
        )
    figure.layout.annotations = _names(data, places, weight, sizes)
    figure.update_xaxes(visible=False, range=[-1.08, 1.08])
    figure.update_yaxes(visible=False, range=[-1.1, 1.14])
    figure.update_layout(
        height=520,
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "itemsizing": "constant"},
        dragmode=False,
    )
    return figure


def drawn(found: Network, kinds: list[int]) -> dict[int, dict[str, Any]]:
    """What depends on the coalitions, by the place of the trace: colours, forms and the legend."""
    labels = found.labels.tolist()
    values: dict[int, dict[str, Any]] = {
        DOTS: {
            "marker.color": [label % len(GROUPS) if label >= 0 else -1 for label in labels],
            "marker.symbol": [_form(label) for label in labels],
        }
    }
    for place, kind in enumerate(kinds, LEGEND):
        size = labels.count(kind)
        words = "on their own" if kind < 0 else f"coalition {letter(kind)}"
        values[place] = {"name": f"{words}, {size}"}
    return values


def lines_of(found: Network) -> dict[str, Any]:
    """The lines as one trace, with a gap behind each."""
    ends = found.places[found.lines].round(3)
    gap = np.full((len(ends), 1), np.nan)
    x, y = (np.hstack([ends[:, :, axis], gap]).ravel().tolist() for axis in (0, 1))
    return {"x": x, "y": y}


def _form(label: int) -> int:
    return FORMS[label % len(FORMS)] if label >= 0 else OPEN


def _colour(label: int) -> str:
    return GROUPS[label % len(GROUPS)]


def _names(data: Any, places: NDArray, weight: NDArray, sizes: NDArray) -> list[dict[str, Any]]:
    """The codes of the weightiest delegations above their dots."""
    countries = data.country.values.tolist()
    return [
        {
            "x": float(places[row, 0]),
            "y": float(places[row, 1]),
            "text": plain(countries[row]),
            "showarrow": False,
            "yshift": float(sizes[row]) / 2 + 8,
            "font": {"size": 12, "color": INK},
            "bgcolor": "rgba(255,255,255,0.7)",
            "borderpad": 0,
        }
        for row in named(places, weight)
    ]
