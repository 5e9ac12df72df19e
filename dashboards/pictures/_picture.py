"""A picture as the report's script reads it: its figure, its finding in words, its numbers as a table."""

from __future__ import annotations

import json
from typing import Any

from dashboards.words import headed, signed

__all__ = ["Picture", "picture", "signed"]
Picture = dict[str, Any]


def picture(figure: Any, finding: str, head: list[str], rows: list[list], headline: str = "") -> Picture:
    """The picture as plain data. `finding` states in words what the figure shows; `rows` are cells of words
    under the headings `head`; `headline` is the finding in one short line, by default itself if short."""
    return {
        "figure": json.loads(figure.to_json()),
        "headline": headed(headline, finding),
        "finding": finding,
        "table": {"head": head, "rows": rows},
    }


def stepped(found: Picture, steps: list[dict[str, Any]]) -> Picture:
    """The picture with a step for every round: {"traces": {place: {name: value}}, "finding": words, …}.

    A name with a dot leads into a trace ("marker.color"). What no round changes is left out of the steps, as
    the picture itself shows it.
    """
    places = {place for step in steps for place in step["traces"]}
    changing = {
        place: [
            name
            for name, value in steps[-1]["traces"][place].items()
            if any(step["traces"][place][name] != value for step in steps)
        ]
        for place in sorted(places)
    }
    kept = [
        {
            **step,
            "traces": {
                str(place): {name: step["traces"][place][name] for name in names}
                for place, names in changing.items()
                if names
            },
        }
        for step in steps
    ]
    return {**found, "steps": kept}
