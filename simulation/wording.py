"""A text's articles and bracketed options as arrays: which wording stands, and where that puts the text.

Wordings are numbered within an article, 0 for the one that was tabled. A text's place on an issue is the mean
of the places that its articles' standing wordings have there; where none speaks, the text is silent and the
reversion point holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from scenarios.schema_texts import Article, Option, Text
from simulation.contraction import total
from simulation.streams import key_number

Floats = NDArray[np.floating]
Chosen = NDArray[np.integer]
OVER = ("adopted", "lapsed", "withdrawn")  # the negotiation of such a text is over


@dataclass(frozen=True)
class Wording:
    """`articles` and the `options` of each by key; `speaks` and `place` (article, option, issue): whether an
    option speaks to an issue, and where it stands (0 where it does not speak); `exists` (article, option);
    `code` (article, option): fixed numbers whose exclusive or identifies a whole wording; `start` (article,):
    the wording that stands when the text is tabled; `open` (article,): whether another may take its place."""

    articles: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    speaks: NDArray[np.bool_]
    place: Floats
    exists: NDArray[np.bool_]
    funded: NDArray[np.bool_]
    code: NDArray[np.uint64]
    start: NDArray[np.int16]
    open: NDArray[np.bool_]

    @cached_property
    def alternatives(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """What could stand instead: every article with open brackets, once for each of its other options, and
        a number of the alternative, counting from 0 without the option that stands.

        Wordings that speak to no issue, as in most preambles, are left alone: to exchange them moves nothing.
        """
        options = np.where(self.open & self.moves.any(axis=1), self.exists.sum(axis=1), 1)
        article = np.repeat(np.arange(len(options)), np.maximum(options - 1, 0))
        return article, np.arange(len(article)) - np.searchsorted(article, article)

    @cached_property
    def moves(self) -> NDArray[np.bool_]:
        """Which issues an article may move (article, issue): those that any of its wordings speaks to."""
        return np.logical_or.reduce(self.speaks, axis=1)

    @cached_property
    def voice(self) -> Floats:
        """Whether an option speaks to an issue, 1 or 0 (article, option, issue)."""
        return self.speaks.astype(self.place.dtype)


def is_open(text: Text, article: Article) -> bool:
    """Whether an article's brackets are open: it has some, the text is still negotiated, and the article is
    not agreed ad referendum.

    Nothing is agreed until everything is agreed: in a text negotiated as a whole that has lapsed or was
    withdrawn, what was agreed is open again, for those who come back to it; drafting leaves such a text
    alone.
    """
    fell = text.as_a_whole and text.status in ("lapsed", "withdrawn")
    return bool(article.options) and text.status != "adopted" and (fell or not article.agreed)


def places_of(scenario: Scenario, article: Article, option: str) -> Mapping[str, float]:
    """Where a wording lies, as coded and, by its word of obligation, on the force issue unless it names a
    place there. An option has its article's word unless it has one of its own; a deletion says nothing."""
    part: Article | Option = article if option == "tabled" else article.options[option]
    if isinstance(part, Option) and part.delete:
        return {}
    word, force = part.strength or article.strength, scenario.force_issue
    if word is None or force is None:
        return part.places
    return {force: getattr(scenario.strength, word), **part.places}


def tabulate(scenario: Scenario, key: str, dtype: type[np.floating]) -> Wording:
    """The wording of a text as arrays over the issues of its scenario."""
    text, issues = scenario.texts[key], tuple(scenario.issues)
    options = tuple(("tabled", *article.options) for article in text.articles.values())
    most = max(map(len, options))
    shape = (len(options), most, len(issues))
    speaks, place = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=dtype)
    exists, code = np.zeros(shape[:2], dtype=bool), np.zeros(shape[:2], dtype=np.uint64)
    funded = np.zeros(shape[:2], dtype=bool)
    for a, (name, article) in enumerate(text.articles.items()):
        for o, option in enumerate(options[a]):
            exists[a, o] = True
            funded[a, o] = article.funded if option == "tabled" else article.options[option].funded
            code[a, o] = key_number(f"{key}/{name}/{option}")
            for issue, value in places_of(scenario, article, option).items():
                speaks[a, o, issues.index(issue)] = True
                place[a, o, issues.index(issue)] = value
    start = [options[a].index(article.chosen) for a, article in enumerate(text.articles.values())]
    return Wording(
        articles=tuple(text.articles),
        options=options,
        speaks=speaks,
        place=place,
        exists=exists,
        funded=funded,
        code=code,
        start=np.array(start, dtype=np.int16),
        open=np.array([text.status not in OVER and is_open(text, one) for one in text.articles.values()]),
    )


def placed(said: Floats | tuple[Floats, Floats], reversion: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Where wordings put a text, and where they are silent (…, issue); `said` (2, …, issue) is what articles
    say together, and how many speak."""
    sums, voices = said
    silent = voices == 0
    if not silent.any():
        return sums / voices, silent
    return np.where(silent, reversion, sums / np.maximum(voices, 1)), silent


def places(
    wording: Wording, chosen: Chosen, reversion: Floats, kept: NDArray[np.bool_] | None = None
) -> tuple[Floats, NDArray[np.bool_]]:
    """Where a text stands with the chosen wordings, and where it is silent: two arrays (issue, …).

    `chosen` (article, …) numbers the standing wording of each article; `reversion` (issue,); `kept` (article,
    …) leaves out the articles that are not, all are there without it.
    """
    article = np.arange(len(wording.articles)).reshape(-1, *[1] * (chosen.ndim - 1))
    _, options, issues = wording.place.shape
    row = article * options + chosen
    place, voice = (of.reshape(-1, issues).take(row, axis=0) for of in (wording.place, wording.voice))
    if kept is not None:
        place, voice = place * kept[..., None], voice * kept[..., None]
    mean, silent = placed((total(place), total(voice)), reversion)
    return np.moveaxis(mean, -1, 0), np.moveaxis(silent, -1, 0)


def codes(wording: Wording, chosen: Chosen) -> NDArray[np.uint64]:
    """A number that identifies each whole wording: chosen (article, …) to (…)."""
    found = np.zeros(chosen.shape[1:], dtype=np.uint64)
    for article in range(len(wording.articles)):
        found ^= wording.code[article, chosen[article]]
    return found
