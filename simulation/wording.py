"""A text's articles and bracketed options as arrays: which wording stands, and where that puts the text.

Wordings are numbered within an article, 0 for the one that was tabled. A text's place on an issue is the mean
of the places that its articles' standing wordings have there; where none speaks, the text is silent and the
reversion point holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Text
from simulation.contraction import total
from simulation.streams import key_number

Floats = NDArray[np.floating]
Chosen = NDArray[np.integer]


@dataclass(frozen=True)
class Wording:
    """`articles` and the `options` of each by key; `speaks` and `place` (article, option, issue): whether an
    option speaks to an issue, and where it stands (0 where it does not speak); `exists` (article, option);
    `code` (article, option): fixed numbers whose exclusive or identifies a whole wording; `start` (article,):
    the wording that stands when the text is tabled."""

    articles: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    speaks: NDArray[np.bool_]
    place: Floats
    exists: NDArray[np.bool_]
    code: NDArray[np.uint64]
    start: NDArray[np.int16]

    @cached_property
    def alternatives(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """What could stand instead: every article that has brackets, once for each of its other options, and
        a number of the alternative, counting from 0 without the option that stands."""
        options = self.exists.sum(axis=1)
        article = np.repeat(np.arange(len(options)), np.maximum(options - 1, 0))
        first = np.searchsorted(article, article)
        return article, np.arange(len(article)) - first

    @cached_property
    def moves(self) -> NDArray[np.bool_]:
        """Which issues an article may move (article, issue): those that any of its wordings speaks to."""
        return np.logical_or.reduce(self.speaks, axis=1)


def tabulate(key: str, text: Text, issues: Sequence[str], dtype: type[np.floating]) -> Wording:
    """The wording of a text as arrays over the given issues."""
    options = tuple(("tabled", *article.options) for article in text.articles.values())
    most = max(map(len, options))
    shape = (len(options), most, len(issues))
    speaks, place = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=dtype)
    exists, code = np.zeros(shape[:2], dtype=bool), np.zeros(shape[:2], dtype=np.uint64)
    for a, (name, article) in enumerate(text.articles.items()):
        places = [article.places, *(option.places for option in article.options.values())]
        for o, (option, on_issues) in enumerate(zip(options[a], places, strict=True)):
            exists[a, o] = True
            code[a, o] = key_number(f"{key}/{name}/{option}")
            for issue, value in on_issues.items():
                speaks[a, o, issues.index(issue)] = True
                place[a, o, issues.index(issue)] = value
    start = [options[a].index(article.chosen) for a, article in enumerate(text.articles.values())]
    return Wording(
        articles=tuple(text.articles),
        options=options,
        speaks=speaks,
        place=place,
        exists=exists,
        code=code,
        start=np.array(start, dtype=np.int16),
    )


def places(
    wording: Wording, chosen: Chosen, reversion: Floats, kept: NDArray[np.bool_] | None = None
) -> tuple[Floats, NDArray[np.bool_]]:
    """Where a text stands with the chosen wordings, and where it is silent: two arrays (issue, …).

    `chosen` (article, …) numbers the standing wording of each article; `reversion` (issue,); `kept` (article,
    …) leaves out the articles that are not, all are there without it.
    """
    article = np.arange(len(wording.articles)).reshape(-1, *[1] * (chosen.ndim - 1))
    place, speaks = wording.place[article, chosen], wording.speaks[article, chosen]
    if kept is not None:
        place, speaks = place * kept[..., None], speaks & kept[..., None]
    sums = total(place)
    voices = total(speaks.astype(sums.dtype))
    silent = voices == 0
    mean = np.where(silent, reversion, sums / np.where(silent, 1, voices))
    return np.moveaxis(mean, -1, 0), np.moveaxis(silent, -1, 0)


def codes(wording: Wording, chosen: Chosen) -> NDArray[np.uint64]:
    """A number that identifies each whole wording: chosen (article, …) to (…)."""
    found = np.zeros(chosen.shape[1:], dtype=np.uint64)
    for article in range(len(wording.articles)):
        found ^= wording.code[article, chosen[article]]
    return found
