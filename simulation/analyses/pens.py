"""Who holds the pen? The same negotiation with its text redrafted by sponsors, by the floor, by the chair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.analyses.articles import wording_of
from simulation.analyses.fairness import Fairness, of_places
from simulation.analyses.replies import replies
from simulation.compare import Measure, effect

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Proceedings, Progress
    from simulation.room import Room

Floats = NDArray[np.floating]
PENS = ("sponsor-led", "line-by-line", "chair")
HOLDS = ("alternative", "delete", "reserve")  # replies that keep a bracket open


class Open(NamedTuple):
    """What is still in dispute: how many brackets somebody holds open, how many of them more than half of the
    delegations, and how many delegations hold one, bracket by bracket and added up."""

    brackets: int
    by_most: int
    holders: int


def pens(
    scenario: Scenario,
    text: str | None = None,
    replicates: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
) -> xr.Dataset:
    """How a text (the first one by default) ends under each pen, against the text as tabled, same luck.

    The data set of `effect` for that text alone, with the modes of drafting as variants and the scenario with
    drafting off as the base. Beside its measures: `open`, `open_by_most` and `holders`, see `still_open`;
    `gaining`, `smallest`, `gini` and `nash`, see `fairness`; and for every wording of an article with
    brackets, named `article/option`, whether it stands at the end.
    """
    key = next(iter(scenario.texts)) if text is None else text
    patches = {mode: {"dynamics": {"drafting": mode}} for mode in PENS}
    as_tabled = apply_patch(scenario, {"dynamics": {"drafting": "off"}})
    found = effect(as_tabled, patches, replicates, seed, progress, ending_measures(scenario, key))
    return found.sel(text=key)


def ending_measures(scenario: Scenario, text: str) -> dict[str, Measure]:
    """Measures for `effect` of how one text ends; they are unknown for other texts."""
    table = wording_of(scenario, text)
    known: dict[tuple[int, ...], Open] = {}

    def last(room: Room, done: Proceedings) -> NDArray[np.int16]:
        return done.chosen[:, -1, room.texts.index(text), : len(table.articles)]

    def disputed(what: Callable[[Open], int]) -> Measure:
        def of(room: Room, done: Proceedings) -> Floats:
            values = []
            for row in map(tuple, last(room, done).tolist()):
                if row not in known:
                    known[row] = still_open(scenario, text, row)
                values.append(what(known[row]))
            return only(room, text, np.array(values))

        return of

    def spread(what: Callable[[Fairness], Floats]) -> Measure:
        def of(room: Room, done: Proceedings) -> Floats:
            places = done.places[:, -1, room.texts.index(text)]
            return only(room, text, what(of_places(scenario, places)))

        return of

    def stands(article: int, option: int) -> Measure:
        return lambda room, done: only(room, text, last(room, done)[:, article] == option)

    return {
        "open": disputed(lambda one: one.brackets),
        "open_by_most": disputed(lambda one: one.by_most),
        "holders": disputed(lambda one: one.holders),
        "gaining": spread(lambda one: one.gaining),
        "smallest": spread(lambda one: one.smallest),
        "gini": spread(lambda one: one.gini),
        "nash": spread(lambda one: one.nash),
        **{
            f"{article}/{name}": stands(a, o)
            for a, article in enumerate(table.articles)
            if len(table.options[a]) > 1
            for o, name in enumerate(table.options[a])
        },
    }


def still_open(scenario: Scenario, text: str, chosen: tuple[int, ...]) -> Open:
    """What delegations still hold open where these wordings stand, by the number of each article's option.

    A bracket is open if somebody would rather have an alternative on the list or no article, or makes a
    reservation (`replies`); who accepts, be it ad referendum, or seeks instructions holds nothing open.
    """
    table = wording_of(scenario, text)
    articles = {
        article: {"chosen": table.options[a][option]}
        for a, (article, option) in enumerate(zip(table.articles, chosen, strict=True))
    }
    here = apply_patch(scenario, {"texts": {text: {"articles": articles}}})
    held = Counter(one.article for one in replies(here, text) if one.answer in HOLDS)
    counted = sum(not one.observer for one in scenario.delegations.values())
    most = sum(2 * count > counted for count in held.values())
    return Open(len(held), most, held.total())


def only(room: Room, text: str, values: NDArray) -> Floats:
    """Values of one text (replicate,) as a measure of all texts (replicate, text), unknown for the others."""
    out = np.full((len(values), len(room.texts)), np.nan)
    out[:, room.texts.index(text)] = values
    return out
