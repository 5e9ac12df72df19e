"""Who holds which bracket: the replies of the room, article by article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from dashboards.texts.html import called
from dashboards.texts.layout import paragraphs
from scenarios.schema import Scenario
from simulation.analyses.replies import Answer, Reply, reason
from simulation.analyses.wording import listing

ANSWERS: tuple[str, ...] = get_args(Answer)
NAMED = 8  # how many of those who ask for the same are named
HELD = ("alternative", "delete", "reserve")
REPLY_HEAD = ["text", "article", "iso3", "name", "reply", "prefers", "gain", "why"]


def replies_by_article(scenario: Scenario, text: str, found: Sequence[Reply]) -> list[dict[str, Any]]:
    """One entry an open article: its label and title, how many delegations give each answer, and for every
    answer that keeps the bracket open who gives it, the wording they ask for, most numerous first."""
    shown = {one.key: one for one in paragraphs(scenario.texts[text])}
    rows = []
    for article in dict.fromkeys(one.article for one in found):
        here = [one for one in found if one.article == article]
        rows.append(
            {
                "article": article,
                "label": shown[article].label,
                "title": shown[article].title,
                "counts": {answer: sum(one.answer == answer for one in here) for answer in ANSWERS},
                "held": _held(scenario, text, here),
            }
        )
    return rows


def _held(scenario: Scenario, text: str, here: Sequence[Reply]) -> list[dict[str, Any]]:
    """Who keeps a bracket open, by what they ask for."""
    groups: dict[tuple[str, str | None], list[str]] = {}
    for one in sorted(here, key=lambda one: -one.gain):
        if one.answer in HELD:
            wanted = one.prefers if one.answer == "alternative" else None
            groups.setdefault((one.answer, wanted), []).append(one.country)
    article = scenario.texts[text].articles[here[0].article]
    return [
        {
            "answer": answer,
            "option": wanted,
            "wording": None
            if wanted is None
            else article.wording
            if wanted == "tabled"
            else article.options[wanted].wording,
            "countries": countries,
            "names": listing([called(scenario, one) for one in countries], NAMED),
        }
        for (answer, wanted), countries in sorted(
            groups.items(), key=lambda group: (HELD.index(group[0][0]), -len(group[1]))
        )
    ]


def held_words(held: dict[str, Any]) -> str:
    """What a group of delegations asks for, in a few words."""
    return f"alternative “{held['wording']}”" if held["answer"] == "alternative" else str(held["answer"])


def all_replies(
    scenario: Scenario, found: Mapping[str, Sequence[Reply]]
) -> tuple[list[str], list[list[Any]]]:
    """The head and the rows of a table of the replies to every open bracket of every text."""
    rows = [row for text in scenario.texts for row in reply_rows(scenario, text, found[text])]
    return REPLY_HEAD, rows


def reply_rows(scenario: Scenario, text: str, found: Sequence[Reply]) -> list[list[Any]]:
    """One row a reply: text, article, delegation, name, answer, the option it would rather have, how much
    more that would bring it, and why."""
    return [
        [
            text,
            one.article,
            one.country,
            called(scenario, one.country),
            one.answer,
            one.prefers or "",
            round(one.gain, 6),
            reason(scenario, text, one),
        ]
        for one in found
    ]
