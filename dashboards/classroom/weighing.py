"""What a text is to a delegation, issue by issue: the arguments of a role card, and why it votes as it does.

The gain on an issue is the delegation's share of salience there times how much nearer the text lies to its
position than the reversion point does, as in a run (docs/model.md, E1). Trust in sponsors has no part here:
pages for people say nothing of trust between named states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from agents.preferences import loss, unit
from scenarios.schema import Issue, Scenario

LEAST = 0.005  # gain units; smaller ones are no argument


def anchor(issue: Issue, place: float) -> str:
    """What a place on an issue means: the words of the nearest described point, without a full stop."""
    if not issue.anchors:
        return f"{place:g} of 100 ({issue.low_pole or 'low'} to {issue.high_pole or 'high'})"
    nearest = min(issue.anchors, key=lambda point: (abs(float(point) - place), float(point)))
    return issue.anchors[nearest].rstrip(".")


class Weighed(NamedTuple):
    """An issue in a text: its title, what the text would bring the delegation there in gain units, and where
    it leads from the reversion point, in words."""

    title: str
    gain: float
    words: str


def placed(standing: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Where a text lies on the issues that its standing wordings speak to: the mean of their places."""
    said: dict[str, list[float]] = {}
    for places in standing:
        for issue, place in places.items():
            said.setdefault(issue, []).append(place)
    return {issue: sum(places) / len(places) for issue, places in said.items()}


def weighed(scenario: Scenario, seat: str, places: Mapping[str, float]) -> list[Weighed]:
    """What a text with these places brings a delegation, issue by issue, the weightiest first."""
    one, exponent = scenario.delegations[seat], scenario.dynamics.loss_exponent
    care = {issue: one.salience.get(issue) or 0.0 for issue in scenario.issues}
    total = sum(care.values()) or 1.0
    found = []
    for issue, place in places.items():
        position = one.positions.get(issue)
        if position is None:
            continue
        about = scenario.issues[issue]
        before, after = loss(np.full(2, float(position)), np.array([about.reversion, place]), exponent)
        gain = care[issue] / total * float(before - after) / unit(exponent)
        if abs(gain) >= LEAST:
            found.append(Weighed(about.title, gain, _led(about, place)))
    return sorted(found, key=lambda one: -abs(one.gain))


def _led(about: Issue, place: float) -> str:
    """Where a place leads from the reversion point, in words."""
    before, after = anchor(about, about.reversion), anchor(about, place)
    if before != after:
        return f"“{after}” instead of “{before}”"
    pole = about.high_pole if place > about.reversion else about.low_pole
    return f"a little further towards “{pole}”" if pole else f"{place:g} instead of {about.reversion:g}"


def arguments(scenario: Scenario, seat: str, text: str) -> tuple[Weighed | None, Weighed | None]:
    """The strongest argument for a text as tabled, and the strongest against it, of one delegation."""
    articles = scenario.texts[text].articles.values()
    found = weighed(scenario, seat, placed(article.places for article in articles))
    gains = [one for one in found if one.gain > 0]
    losses = [one for one in found if one.gain < 0]
    return (gains[0] if gains else None, losses[0] if losses else None)
