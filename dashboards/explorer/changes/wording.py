"""The texts: who sponsors them, and which wordings stand in their articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.explorer.changes._control import Change, Choices, Chooser, Control, one_list
from dashboards.explorer.changes._names import delegations_and_blocs, name_of
from scenarios.patching import combine
from scenarios.schema import Scenario
from scenarios.schema_texts import Article
from simulation.analyses.wording import listing, sentence_case

TITLE, PLACE, ACTS = "The texts", 30, 20
SHORT = 90  # characters of a wording in a list


def controls(scenario: Scenario, where: str) -> list[Control]:
    """Sponsors by text, and options by article."""
    titles = tuple((key, text.title) for key, text in scenario.texts.items())
    sponsors = {key: _sponsor(scenario, key) for key in scenario.texts}
    as_it_is = (("", "as it is"),) if "" in sponsors.values() else ()
    found = [
        Control(
            "sponsor",
            "Sponsored by",
            (one_list("Text", titles),),
            options={"": (*as_it_is, *delegations_and_blocs(scenario))},
            base=dict(sponsors),
            note="Somebody else tables the same words.",
        )
    ]
    options = {
        f"{key}/{number}": _options(article)
        for key, text in scenario.texts.items()
        for number, article in text.articles.items()
        if article.options
    }
    if options:
        groups = tuple(
            (scenario.texts[key].title, tuple(_articles(scenario, key, options))) for key in scenario.texts
        )
        found.append(
            Control(
                "option",
                "Wording that stands",
                (Chooser("Article", tuple(one for one in groups if one[1])),),
                options=options,
                base={
                    choice: scenario.texts[choice.split("/")[0]].articles[choice.split("/")[1]].chosen
                    for choice in options
                },
                note="It is agreed by all: drafting leaves it alone.",
            )
        )
    return found


def patches(scenario: Scenario, where: str, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """One patch with all of them."""
    patch: dict[str, Any] = {}
    for change in changes:
        if change.name == "sponsor":
            own: dict[str, Any] = {"texts": {change.choice: {"sponsors": [change.value]}}}
        else:
            text, article = change.choice.split("/")
            stands = {"chosen": change.value, "agreed": True}
            own = {"texts": {text: {"articles": {article: stands}}}}
        patch = combine(patch, own)
    return [patch]


def words(scenario: Scenario, control: Control, change: Change) -> str:
    """Who sponsors a text, or what stands in an article."""
    if change.name == "sponsor":
        who = sentence_case(name_of(scenario, change.value))
        own = listing([name_of(scenario, one) for one in scenario.texts[change.choice].sponsors])
        return f"{who} sponsors the {scenario.texts[change.choice].title}" + (
            f" instead of {own}" if own else ""
        )
    text, number = change.choice.split("/")
    wording = dict(control.options[change.choice])[change.value]
    return f"{scenario.texts[text].title}, article {number}: “{wording}”"


def _sponsor(scenario: Scenario, text: str) -> str:
    sponsors = scenario.texts[text].sponsors
    return sponsors[0] if len(sponsors) == 1 else ""


def _articles(scenario: Scenario, text: str, options: dict[str, Choices]) -> list[tuple[str, str]]:
    return [
        (f"{text}/{number}", f"{number}: {_short(article.title or article.wording)}")
        for number, article in scenario.texts[text].articles.items()
        if f"{text}/{number}" in options
    ]


def _options(article: Article) -> Choices:
    wordings = {"tabled": article.wording, **{name: one.wording for name, one in article.options.items()}}
    return tuple((name, _short(wording) or "left out") for name, wording in wordings.items())


def _short(wording: str) -> str:
    return wording if len(wording) <= SHORT else f"{wording[:SHORT].rstrip()} …"
