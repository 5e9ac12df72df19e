"""The issue space in two dimensions.

How to read this: each dot is a delegation, and those who want the same lie close together; each diamond is a
text, with the way its wording went. The words at the edges tell what the two directions mean; thin lines lead
from where a delegation spoke at the opening. Dots and diamonds are as in the first replicate.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.figures._axis_words import axis_words
from dashboards.figures._placed import Floats, Placed, movers, names_shown, placed, span
from dashboards.figures._style import FONT, GROUPS, INK, PAPER, QUIET, RULE_LINE, STANCES, lines, plain
from dashboards.groups import labels_by_round
from dashboards.words import letter

CIRCLE, SQUARE, TRIANGLE = 0, 1, 6
FORMS = (0, 1, 2, 5, 13, 14, 17, 3)  # of coalitions, as in the network
STANCE_FORMS = {1: CIRCLE, 0: SQUARE, -1: TRIANGLE}
WAY, DOTS, LABELS, TEXT_WAY, TEXTS, REVERSION, LEGEND = range(7)  # places of the traces; the last of several
WAITING = "#8a929c"  # colour of a text that is not on the table
OPEN = 100  # added to a form, it is drawn hollow


class Kinds(NamedTuple):
    """What colour and form tell: the `label` of each delegation (round, country); for every label its words,
    colour and form."""

    label: NDArray[np.int64]
    looks: dict[int, tuple[str, str, int]]


def space(results: Any, text: str | None = None, found: Placed | None = None) -> go.Figure:
    """Delegations and texts after the last round, in the plane in which what delegations want differs most.

    The plane is fitted to the coded positions, weighted by mean salience (`analyses.space`), so one step is
    as long in every direction and means points of the scale; the upright and the level line cross at the
    average coded position. Colour and form tell the stance on a text, or the coalition where no text is
    named; size the weight in bargaining. Thin lines lead from where a delegation spoke at the opening, for
    those who moved two points or more, 40 at most; thick ones follow the texts.
    `found` is what `placed` gives, if known already.
    """
    found = found or placed(results)
    kinds = kinds_of(results, text)
    figure = go.Figure()
    drawn = drawn_at(results, found, kinds, len(found.delegations) - 1)
    for trace in _traces(results, found, kinds):
        figure.add_trace(trace)
    _legend(figure, results, kinds)
    for place, values in drawn.items():
        figure.data[place].update(values)
    _frame(figure, results, found)
    return figure


def kinds_of(results: Any, text: str | None) -> Kinds:
    """Stances on a text in the first replicate, or the coalitions of the first replicate without one."""
    data = results.data
    if text is not None:
        looks = {key: (mark.word, mark.colour, STANCE_FORMS[key]) for key, mark in STANCES.items()}
        return Kinds(data.stance.sel(text=text).values[0].astype(np.int64), looks)
    labels = labels_by_round(data)
    looks = {
        label: (f"coalition {letter(label)}", GROUPS[label % len(GROUPS)], FORMS[label % len(FORMS)])
        for label in sorted(set(labels.ravel().tolist()) - {-1})
    }
    return Kinds(labels, {**looks, -1: ("on their own", QUIET, CIRCLE + OPEN)})


def drawn_at(results: Any, found: Placed, kinds: Kinds, index: int) -> dict[int, dict[str, Any]]:
    """What the picture shows after a round: by the place of the trace, the values that depend on it."""
    here, label = found.delegations[index], kinds.label[index].tolist()
    codes = {key: place for place, key in enumerate(kinds.looks)}
    going = movers(found)
    named = names_shown(found, results.data.capability.values)
    present = {place: {"visible": key in label} for place, key in enumerate(kinds.looks, LEGEND)}
    ways = [_way(found.texts[: index + 1, place]) for place in range(found.texts.shape[1])]
    return {
        WAY: _line([np.array([found.delegations[0, row], here[row]]) for row in going]),
        DOTS: {
            **_xy(here),
            "marker.color": [codes[one] for one in label],
            "marker.symbol": [kinds.looks[one][2] for one in label],
        },
        LABELS: _xy(here[named]),
        TEXT_WAY: _line(ways),
        TEXTS: {
            **_xy(found.texts[index]),
            "marker.color": [INK if on else WAITING for on in found.tabled[index]],
        },
        **present,
    }


def _way(places: Floats) -> Floats:
    """The corners of a way, without standing still."""
    moved = (np.abs(np.diff(places, axis=0)) > 1e-6).any(axis=1)
    return places[np.concatenate([[True], moved])]


def _xy(places: Floats) -> dict[str, Any]:
    """Places as the lists that a trace draws."""
    x, y = (places.round(1) + 0.0).T.tolist() if len(places) else ([], [])
    return {"x": x, "y": y}


def _line(ways: list[Floats]) -> dict[str, Any]:
    """Ways as one trace of lines, with a gap behind each."""
    x: list[float | None] = []
    y: list[float | None] = []
    for way in ways:
        drawn = _xy(way)
        x += [*drawn["x"], None]
        y += [*drawn["y"], None]
    return {"x": x, "y": y}


def _traces(results: Any, found: Placed, kinds: Kinds) -> list[go.Scatter]:
    """The traces, without what depends on the round."""
    data, scenario = results.data, results.scenario
    weight = data.capability.values.astype(float)
    sizes, named = (6 + 14 * np.sqrt(weight / max(weight.max(), 1))).round(1), names_shown(found, weight)
    colours = [colour for _, colour, _ in kinds.looks.values()]
    titles = data.text_title.values.tolist()
    names = [plain(str(one)) for one in data.name.values]
    still = {"hoverinfo": "skip", "showlegend": False}
    told = "%{text}<extra></extra>"
    return [
        go.Scatter(mode="lines", line={"color": QUIET, "width": 1}, opacity=0.5, **still),
        go.Scatter(
            mode="markers",
            marker={
                "size": sizes.tolist(),
                "colorscale": [
                    (edge / len(colours), colour)
                    for place, colour in enumerate(colours)
                    for edge in (place, place + 1)
                ],
                "cmin": -0.5,
                "cmax": len(colours) - 0.5,
                "line": {"color": PAPER, "width": 1},
                "opacity": 0.9,
            },
            text=names,
            hovertemplate=told,
            showlegend=False,
        ),
        go.Scatter(
            mode="markers+text",
            marker={"size": sizes[named].tolist(), "opacity": 0},
            text=[plain(str(one)) for one in data.country.values[named]],
            textposition="top center",
            textfont={"size": 11, "color": INK},
            **still,
        ),
        go.Scatter(mode="lines", line={"color": INK, "width": 2.5}, **still),
        go.Scatter(
            mode="markers+text",
            marker={"symbol": "diamond", "size": 22, "line": {"color": PAPER, "width": 1}},
            text=[f"<b>{place}</b>" for place in range(1, len(titles) + 1)],
            textfont={"size": 11, "color": PAPER},
            hovertext=[f"{place}: {plain(title)}" for place, title in enumerate(titles, 1)],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        ),
        go.Scatter(
            **_xy(found.reversion[None]),
            mode="markers",
            marker={"symbol": "x-thin", "size": 13, "line": {"color": INK, "width": 3}},
            text=[plain(f"If nothing is agreed: {len(scenario.issues)} issues at their reversion points")],
            hovertemplate=told,
            name="if nothing is agreed",
            legendrank=1001,
        ),
    ]


def _legend(figure: go.Figure, results: Any, kinds: Kinds) -> None:
    """What colours and forms mean, and which number is which text."""
    for word, colour, form in kinds.looks.values():
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"color": colour, "symbol": form, "size": 10},
            name=word,
        )
    for place, title in enumerate(results.data.text_title.values.tolist(), 1):
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"color": INK, "symbol": "diamond", "size": 10},
            name=lines(f"{place} {title.split(' (')[0]}", 44),
        )


def _frame(figure: go.Figure, results: Any, found: Placed) -> None:
    """Axes with one scale, their words at the edges, and the look."""
    across, up = span(found)
    axis = {"showticklabels": False, "ticks": "", "showgrid": False, "zeroline": True, "showline": False}
    figure.update_xaxes(range=list(across), zerolinecolor=RULE_LINE, **axis)
    figure.update_yaxes(range=list(up), zerolinecolor=RULE_LINE, scaleanchor="x", **axis)
    figure.layout.annotations = axis_words(results.scenario, found.plane)
    figure.update_layout(
        height=640,
        margin={"l": 8, "r": 8, "t": 34, "b": 84},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "itemsizing": "constant"},
        dragmode=False,
    )
