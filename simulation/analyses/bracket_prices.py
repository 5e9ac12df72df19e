"""What does each option in brackets cost in support, who holds it, and which trade would lift the bracket?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.analyses.articles import coded_room, gain_by_issue
from simulation.analyses.deals import Agreed
from simulation.analyses.replies import BAND, Reply
from simulation.compare import effect

if TYPE_CHECKING:
    from simulation.proceedings import Progress

Floats = NDArray[np.floating]
Numbers = NDArray[np.integer]


class Trade(NamedTuple):
    """An option of another article that makes up for an option: support and ambition with both, and how many
    of those who lose by the option still do."""

    article: str
    option: str
    support: float
    ambition: float
    still_lose: int


class Price(NamedTuple):
    """An option of an article with open brackets, `tabled` for the first wording, and whether it `stands`.

    `support` and `ambition` with it and without it, the rest of the text as agreed. Without an option that
    stands is with the other one that has most support; without any other one is the text as agreed.
    `asks` are the delegations that would rather have it than all else, `objects` those for whom the text is
    worse with it than without it by more than `BAND`, both by key and on coded positions. `lose` counts the
    supporters and sponsors among those who object, and `trade` is what would make up for it to most of them.
    """

    article: str
    option: str
    stands: bool
    support: float
    support_without: float
    ambition: float
    ambition_without: float
    asks: tuple[str, ...]
    objects: tuple[str, ...]
    lose: int
    trade: Trade | None

    @property
    def price(self) -> float:
        """How many endorsements the option costs: expected support without it less support with it."""
        return self.support_without - self.support


class Confirmed(NamedTuple):
    """A price held against the negotiation itself: the change in endorsements at the end if the option is in
    the text from the start, drafting off, with its 95 % interval; `expected` is minus the price."""

    article: str
    option: str
    expected: float
    change: float
    low: float
    high: float


def prices(scenario: Scenario, text: str, found: Agreed, replies: Sequence[Reply]) -> list[Price]:
    """The price of every option of every article with open brackets, article by article.

    `found` is how the text ended, `replies` how delegations reply to the wording agreed. The
    trade is the change of another article after which the fewest of those who lose by the option are worse
    off than by the text as agreed, and of equal ones the one with most support; none if it helps nobody.
    """
    places, table = found.prospects.places, found.prospects.places.table
    singles = _singles(found)
    support, ambition = found.prospects.support(singles), found.prospects.ambition(singles)
    coded = _coded(scenario, singles, found)
    countries = np.array(found.prospects.countries)
    concerned = found.supporters | found.sponsors
    prices = []
    for article in places.free.tolist():
        here = np.flatnonzero(
            (np.delete(singles, article, 1) == np.delete(found.wording, article)).all(axis=1)
        )
        rows = {int(singles[row, article]): int(row) for row in here}
        stands = int(found.wording[article])
        others = [row for option, row in rows.items() if option != stands]
        instead = max(others, key=lambda row: support[row])
        for option, row in sorted(rows.items()):
            without = instead if option == stands else rows[stands]
            objects = coded[row] < coded[without] - BAND
            lose = objects & concerned
            key = table.options[article][option]
            prices.append(
                Price(
                    table.articles[article],
                    key,
                    option == stands,
                    float(support[row]),
                    float(support[without]),
                    float(ambition[row]),
                    float(ambition[without]),
                    _asking(replies, table.articles[article], key),
                    tuple(countries[objects].tolist()),
                    int(lose.sum()),
                    None if option == stands else _trade(scenario, found, article, option, lose),
                )
            )
    return prices


def _singles(found: Agreed) -> Numbers:
    """The wording agreed and every one that differs from it in one article (wording, article)."""
    near = [found.wording]
    for article, size in zip(found.prospects.places.free, found.prospects.places.sizes, strict=True):
        for option in range(size):
            if option != found.wording[article]:
                other = found.wording.copy()
                other[article] = option
                near.append(other)
    return np.stack(near)


def _coded(scenario: Scenario, wordings: Numbers, found: Agreed) -> Floats:
    """What wordings bring each delegation that counts on its coded position (wording, country)."""
    room, table = coded_room(scenario), found.prospects.places.table
    counted = np.isin(list(scenario.delegations), found.prospects.countries)
    return np.stack([gain_by_issue(scenario, room, table, one).sum(axis=1)[counted] for one in wordings])


def _asking(replies: Sequence[Reply], article: str, option: str) -> tuple[str, ...]:
    """Who would rather have an option than all else, most concerned first."""
    asked = [one for one in replies if one.article == article and one.prefers == option]
    return tuple(one.country for one in sorted(asked, key=lambda one: -one.gain))


def _trade(
    scenario: Scenario, found: Agreed, article: int, option: int, lose: NDArray[np.bool_]
) -> Trade | None:
    """The change of another article that makes up for an option to most of those who lose by it."""
    both = _singles(found)[1:]
    both = both[both[:, article] == found.wording[article]]
    if not lose.any() or not len(both):
        return None
    both[:, article] = option
    gained = _coded(scenario, np.vstack([found.wording, both]), found)
    still = (gained[1:, lose] < gained[0, lose] - BAND).sum(axis=1)
    if still.min() >= lose.sum():
        return None
    support = found.prospects.support(both)
    best = int(np.lexsort((-support, still))[0])
    table, changed = found.prospects.places.table, both[best]
    other = next(int(one) for one in np.flatnonzero(changed != found.wording) if one != article)
    return Trade(
        table.articles[other],
        table.options[other][changed[other]],
        float(support[best]),
        float(found.prospects.ambition(changed[None])[0]),
        int(still[best]),
    )


def dearest(prices: Sequence[Price], count: int) -> list[Price]:
    """The options that do not stand and that would move support most, the largest move first."""
    return sorted((one for one in prices if not one.stands), key=lambda one: -abs(one.price))[:count]


def confirm(
    scenario: Scenario,
    text: str,
    found: Agreed,
    some: Sequence[Price],
    replicates: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
) -> list[Confirmed]:
    """Hold some prices against the negotiation itself: the text as agreed with each option in its place
    against the text as agreed, with drafting off and the same luck."""
    table = found.prospects.places.table
    agreed = {
        article: {"chosen": table.options[a][found.wording[a]]} for a, article in enumerate(table.articles)
    }
    fixed = {key: {"drafting": "off"} for key, one in scenario.texts.items() if one.drafting is not None}
    texts: Mapping = {**fixed, text: {**fixed.get(text, {}), "articles": agreed}}
    base = apply_patch(scenario, {"dynamics": {"drafting": "off"}, "texts": texts})
    patches = {
        f"{one.article}/{one.option}": {"texts": {text: {"articles": {one.article: {"chosen": one.option}}}}}
        for one in some
    }
    if not patches:
        return []
    moved = effect(base, patches, replicates, seed, progress).sel(measure="endorsing", text=text)
    return [
        Confirmed(
            one.article,
            one.option,
            -one.price,
            *(float(moved[name].values[row]) for name in ("difference", "low", "high")),
        )
        for row, one in enumerate(some)
    ]
