"""What each option in brackets costs, as rows of words and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.deals_table import kept
from dashboards.texts.html import called
from dashboards.texts.layout import paragraphs
from dashboards.words import titled
from scenarios.schema import Scenario
from simulation.analyses.bracket_prices import Confirmed, Price
from simulation.analyses.brackets import said
from simulation.analyses.wording import listing

HEAD = ["article", "option", "support with it", "without it", "price", "ambition with it"]
HEAD += ["would rather have it", "would object", "a trade that makes up for it"]
SHORT_HEAD = ["", "option", "support", "price", "ambition", "want it", "object", "trade"]
CONFIRMED_HEAD = ["article", "option", "expected change", "change in a re-run", "95 % interval"]
NAMED = 2
ABOUT = (
    "The price of an option is the expected support without it less the support with it, the rest of the text"
    " as agreed and everything else as the run ended. Delegations then move each other too, so that in a"
    " negotiation the effect is usually larger."
)


def signed(value: float) -> str:
    """A change in endorsements with its sign.

    >>> signed(7.25), signed(-0.01)
    ('+7.2', '0.0')
    """
    rounded = round(value, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def label(scenario: Scenario, text: str, article: str) -> str:
    """An article as it is called on the page."""
    shown = {one.key: one for one in paragraphs(scenario.texts[text])}[article]
    return f"{shown.label} {shown.title}".strip()


def words(scenario: Scenario, text: str, article: str, option: str) -> str:
    """What an option says."""
    whole = scenario.texts[text].articles[article]
    return whole.wording if option == "tabled" else said(whole.options[option])


def short_rows(scenario: Scenario, text: str, prices: Sequence[Price]) -> list[list[str]]:
    """The same for a terminal, under `SHORT_HEAD`: delegations as counts, articles by their labels."""
    labels = {one.key: one.label for one in paragraphs(scenario.texts[text])}
    return [
        [
            labels[one.article],
            f"{one.option} *" if one.stands else one.option,
            f"{one.support:.1f}",
            signed(one.price),
            kept(one.ambition),
            str(len(one.asks)),
            str(len(one.objects)),
            f"{labels[one.trade.article]} {one.trade.option}" if one.trade else "",
        ]
        for one in prices
    ]


def rows(scenario: Scenario, text: str, prices: Sequence[Price]) -> list[list[str]]:
    """A row an option, article by article, under `HEAD`."""
    return [
        [
            label(scenario, text, one.article),
            f"{one.option} (stands)" if one.stands else one.option,
            f"{one.support:.1f}",
            f"{one.support_without:.1f}",
            signed(one.price),
            kept(one.ambition),
            _who(scenario, one.asks),
            _who(scenario, one.objects),
            _trade(scenario, text, one),
        ]
        for one in prices
    ]


def _who(scenario: Scenario, keys: Sequence[str]) -> str:
    """How many delegations, and the first of them by name."""
    if not keys:
        return "0"
    return f"{len(keys)}: {listing([called(scenario, key) for key in keys], NAMED)}"


def _trade(scenario: Scenario, text: str, one: Price) -> str:
    if one.trade is None:
        return "–" if one.stands or not one.lose else f"none; {one.lose} supporters lose"
    where = label(scenario, text, one.trade.article)
    return (
        f"{where}: {one.trade.option} ({one.trade.still_lose} of {one.lose} supporters still lose;"
        f" support {one.trade.support:.1f})"
    )


def sentences(scenario: Scenario, text: str, prices: Sequence[Price]) -> list[str]:
    """Which option costs most, and which would bring most, in a sentence each."""
    other = [one for one in prices if not one.stands]
    if not other:
        return []
    dear, cheap = max(other, key=lambda one: one.price), min(other, key=lambda one: one.price)
    title, found = scenario.texts[text].title, []
    if dear.price > 0:
        found.append(
            f"{title}: dearest is {_named(dear)} in {label(scenario, text, dear.article)}, which would"
            f" cost {dear.price:.1f} of {dear.support_without:.1f} expected endorsements."
        )
    if cheap.price < 0:
        found.append(
            f"{title}: most support would come from {_named(cheap)} in"
            f" {label(scenario, text, cheap.article)}, {cheap.support:.1f} instead of"
            f" {cheap.support_without:.1f}."
        )
    return found


def dearest(scenario: Scenario, text: str, prices: Sequence[Price]) -> str:
    """Which option costs most, in one short line."""
    other = [one for one in prices if not one.stands]
    dear = max(other, key=lambda one: one.price, default=None)
    title = titled(scenario.texts[text].title)
    if dear is None or dear.price <= 0:
        return f"No other option would cost {title} support"
    article = label(scenario, text, dear.article).split(" ")[0]
    return f"Dearest in {title} is an option in {article}: it would cost {dear.price:.1f} endorsements"


def _named(one: Price) -> str:
    return "the wording as tabled" if one.option == "tabled" else f"the option {one.option}"


def confirmed_rows(scenario: Scenario, text: str, found: Sequence[Confirmed]) -> list[list[str]]:
    """A row a price that was held against a re-run, under `CONFIRMED_HEAD`."""
    return [
        [
            label(scenario, text, one.article),
            one.option,
            signed(one.expected),
            signed(one.change),
            f"{signed(one.low)} to {signed(one.high)}" if one.high < float("inf") else "–",
        ]
        for one in found
    ]


def document(
    scenario: Scenario, text: str, prices: Sequence[Price], confirmed: Sequence[Confirmed]
) -> dict[str, Any]:
    """The prices of a text for JSON."""
    return {
        "prices": [
            {
                **one._asdict(),
                "price": one.price,
                "wording": words(scenario, text, one.article, one.option),
                "ambition": _known(one.ambition),
                "ambition_without": _known(one.ambition_without),
                "trade": None
                if one.trade is None
                else {**one.trade._asdict(), "ambition": _known(one.trade.ambition)},
            }
            for one in prices
        ],
        "confirmed": [
            {**one._asdict(), "low": _known(one.low), "high": _known(one.high)} for one in confirmed
        ],
    }


def _known(value: float) -> float | None:
    return value if abs(value) < float("inf") else None
