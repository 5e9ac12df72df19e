"""What the two directions of the issue space mean, written at the edges of the picture."""

from __future__ import annotations

from typing import Any

from dashboards.figures._placed import ends
from dashboards.figures._style import INK, QUIET, lines, plain
from simulation.analyses.space import Space
from simulation.analyses.wording import percent

NARROW, WIDE = 24, 48  # characters a line: across two ends share the width of a phone
FIXED = "\N{NO-BREAK SPACE}"


def axis_words(scenario: Any, plane: Space) -> list[dict[str, Any]]:
    """The words at the ends of both axes, and what share each axis tells, as annotations."""
    (left, right), (down, up) = (
        (found.low, found.high) for found in (ends(scenario, plane, axis) for axis in (0, 1))
    )
    below = {"y": 0, "yanchor": "top", "yshift": -24}
    middle = {"x": 0.5, "xanchor": "center"}
    found = [
        (_stacked(left, "← ", ""), {"x": 0, "xanchor": "left", "align": "left", **below}),
        (_stacked(right, "", " →"), {"x": 1, "xanchor": "right", "align": "right", **below}),
        (_joined(up, "↑ "), {"y": 1, "yanchor": "top", **middle}),
        (_joined(down, "↓ "), {"y": 0, "yanchor": "bottom", **middle}),
        (
            _share(plane),
            {"y": 0, "yanchor": "top", "yshift": -4, "font": {"size": 12, "color": QUIET}, **middle},
        ),
    ]
    return [
        {
            "text": words,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "bgcolor": "rgba(255,255,255,0.8)",
            "font": {"size": 12, "color": INK},
            **spot,
        }
        for words, spot in found
        if words
    ]


def _stacked(poles: list[str], before: str, behind: str) -> str:
    """Poles one below the other, with an arrow at the first."""
    marked = [before + pole + behind if place == 0 else pole for place, pole in enumerate(poles)]
    return "<br>".join(lines(pole, NARROW) for pole in marked)


def _joined(poles: list[str], arrow: str) -> str:
    """Poles beside each other, broken between them."""
    whole = [pole.replace(" ", FIXED) for pole in poles]
    return lines(arrow.replace(" ", FIXED) + f"{FIXED}· ".join(whole), WIDE) if poles else ""


def _share(plane: Space) -> str:
    """How much of the differences both axes tell."""
    told = [
        f"{word} {percent(float(share))}"
        for word, share in zip(("across", "up"), plane.share, strict=True)
        if share > 0
    ]
    return plain(f"{' and '.join(told)} of what divides the delegations") if told else ""
