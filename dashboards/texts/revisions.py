"""The revisions of a text in a run: when its wording changed, and how it read then."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario, Text
from scenarios.schema_texts import Article
from simulation.results import Results, RunError

NAMED = 3  # how many of those who asked for a wording are named in its bracket


class Revision(NamedTuple):
    """How a text stands since some round: its number, 0 as the scenario has it; the round and its last day;
    which wording stands in each article, 0 for the one as tabled."""

    number: int
    round: int
    date: dt.date
    chosen: tuple[int, ...]


def revisions(results: Results, text: str, replicate: int | None = 0) -> list[Revision]:
    """Every wording that a text had in one replicate, in order, or, without a replicate, the wording that
    most replicates have, article by article. Raises RunError for a replicate that is not there."""
    count = len(results.scenario.texts[text].articles)
    paths = results.data.wording.sel(text=text).values[:, :, :count]
    if replicate is not None and not 0 <= replicate < len(paths):
        raise RunError(f"there is no replicate {replicate}; choose one from 0 to {len(paths) - 1}")
    path = _most_common(paths) if replicate is None else paths[replicate]
    tabled = results.scenario.texts[text].tabled
    days = [dt.date.fromisoformat(str(day)) for day in results.data.date.values]
    found = [Revision(0, 0, tabled or days[0], tuple(path[0].tolist()))]
    for index in range(1, len(path)):
        chosen = tuple(path[index].tolist())
        if chosen != found[-1].chosen:
            found.append(Revision(len(found), index, days[index], chosen))
    return found


def _most_common(paths: NDArray[np.integer]) -> NDArray[np.integer]:
    """The wording that most replicates have in each round and article (round, article); of equally common
    ones the first."""
    most = int(paths.max()) + 1
    return np.array([(paths == option).sum(axis=0) for option in range(most)]).argmax(axis=0)


def revised(results: Results, text: str, revision: Revision, replicate: int | None = 0) -> Text:
    """The text as it stands in a revision: the wordings chosen, in brackets what was open, with those who
    proposed it and, in this replicate or most often in all, asked for it until then."""
    tabled = results.scenario.texts[text]
    asked = _asked_for(results, text, revision.round, replicate)
    articles = {
        key: _revised(article, number, revision.chosen[number], asked)
        for number, (key, article) in enumerate(tabled.articles.items())
    }
    changes: dict[str, Any] = {"articles": articles}
    if revision.number:
        chair = (tabled.drafting or results.scenario.dynamics.drafting) == "chair"
        changes |= {
            "status": "chair's text" if chair else "rolling text",
            "revision": tabled.revision + revision.number,
        }
    return tabled.model_copy(update=changes)


def at_the_end(results: Results) -> Scenario:
    """The scenario with every text as most replicates end with it, article by article."""
    texts = {
        key: revised(results, key, revisions(results, key, None)[-1], None) for key in results.scenario.texts
    }
    return results.scenario.model_copy(update={"texts": texts})


def _revised(
    article: Article, number: int, chosen: int, asked: dict[tuple[int, int], Counter[str]]
) -> Article:
    names = ("tabled", *article.options)
    options = {}
    for place, (key, option) in enumerate(article.options.items(), start=1):
        askers = [who for who, _ in asked.get((number, place), Counter()).most_common(NAMED)]
        held_by = tuple(dict.fromkeys((*option.proposed_by, *askers)))
        options[key] = option.model_copy(update={"proposed_by": held_by})
    return article.model_copy(update={"chosen": names[chosen], "options": options})


def _asked_for(
    results: Results, text: str, until: int, replicate: int | None
) -> dict[tuple[int, int], Counter[str]]:
    """How often whose request brought a wording until some round, by article and number of the wording."""
    data = results.data
    names = ("replicate", "round", "text", "article", "to", "asked_by")
    columns = (data[f"revision_{name}"].values.tolist() for name in names)
    place, countries = data.text.values.tolist().index(text), data.country.values.tolist()
    found: dict[tuple[int, int], Counter[str]] = {}
    for which, when, on, article, option, who in zip(*columns, strict=True):
        if on == place and when <= until and who >= 0 and replicate in (None, which):
            found.setdefault((article, option), Counter())[countries[who]] += 1
    return found
