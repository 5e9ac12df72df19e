"""What stands on the scales beside the delegations: where the texts lie as they are now."""

from __future__ import annotations

from statistics import fmean

from scenarios.schema import Scenario, Text
from simulation.wording import places_of


def marks(scenario: Scenario) -> dict[str, dict[str, float]]:
    """By issue and text, the place of each text that speaks to it, with its chosen wordings (0–100)."""
    return {
        issue: {
            key: round(place, 2)
            for key, text in scenario.texts.items()
            if (place := _place(scenario, text, issue)) is not None
        }
        for issue in scenario.issues
    }


def _place(scenario: Scenario, text: Text, issue: str) -> float | None:
    """The mean over the articles that speak to the issue."""
    said = [places_of(scenario, article, article.chosen) for article in text.articles.values()]
    places = [one[issue] for one in said if issue in one]
    return fmean(places) if places else None
