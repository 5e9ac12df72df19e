"""Each picture of the report with the finding it shows, in words, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.figures.ambition import sponsored
from dashboards.figures.timeline import statements
from dashboards.firmness import Firmness
from dashboards.pictures import coalitions, course, firmness, network, outcome, space
from dashboards.pictures._picture import Picture


def pictures(results: Any, firm: Mapping[str, Firmness]) -> dict[str, dict[str, Picture]]:
    """Every picture by name, and for each of its choices (an empty word where there is none to make).

    `firm` is how firm the groups on each text are.
    """
    texts = results.data.text.values.tolist()
    made = {
        "support": {text: course.support(results, text) for text in texts},
        "gains": {text: outcome.gains(results, text) for text in texts},
        "space": {"": space.space(results)},
        "coalitions": {"": coalitions.coalitions(results)},
        "life-lines": {"": coalitions.life_lines(results)},
        "network": {"": network.network(results)},
        "together": {"": coalitions.together(results)},
        "margins": {text: firmness.margins(results, text, firm[text]) for text in texts},
        "start": {"": course.start(results)},
    }
    if sponsored(results.data):
        made["ambition"] = {"": outcome.ambition(results)}
    if statements(results):
        made["timeline"] = {"": course.timeline(results)}
    return made
