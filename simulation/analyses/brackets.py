"""What became of the options in brackets: which were chosen, and what each choice moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.articles import CodedRoom, coded_room, gain_by_issue, wording_of

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from scenarios.schema_texts import Option
    from simulation.results import Results

LEAST = 1e-9  # gain units; a smaller change is none


class Choice(NamedTuple):
    """One wording of an article, the one as tabled or an option in brackets.

    `chosen` counts the replicates in which it stands at the end. `nearer` and `further` count the delegations
    that it would bring nearer to what they want, or take further away, in place of the first wording and with
    the rest of the text as tabled (on the coded positions; both 0 for the first wording itself).
    `ambition_step` is the median change of ambition at the revisions that brought this wording and nothing
    else, none where there were no such revisions. `support` and `ambition` are medians at the end over the
    replicates in which it stands, `support_otherwise` and `ambition_otherwise` over the others; none where
    there are no such replicates, or no sponsors.
    """

    key: str
    wording: str
    chosen: int
    nearer: int
    further: int
    ambition_step: float | None
    support: float | None
    support_otherwise: float | None
    ambition: float | None
    ambition_otherwise: float | None


class Bracketed(NamedTuple):
    """An article with its wordings, the first one as the scenario tables it; `standing` is the place among
    them of the one that most replicates end with."""

    key: str
    title: str
    choices: tuple[Choice, ...]
    standing: int


def brackets(results: Results, text: str) -> list[Bracketed]:
    """The articles of a text with their options in brackets, and what became of them."""
    scenario, here = results.scenario, results.data.sel(text=text)
    table, room = wording_of(scenario, text), coded_room(scenario)
    paths = here.wording.values[:, :, : len(table.articles)]
    endorsing, ambition = here.endorsing.values[:, -1], here.ambition.values.astype(float)
    found = []
    for a, (key, article) in enumerate(scenario.texts[text].articles.items()):
        wordings = {"tabled": article.wording, **{o: said(one) for o, one in article.options.items()}}
        last = paths[:, -1, a]
        choices = []
        for number, (option, words) in enumerate(wordings.items()):
            nearer, further = _moved(scenario, text, room, a, number)
            choices.append(
                Choice(
                    option,
                    words,
                    int((last == number).sum()),
                    nearer,
                    further,
                    _median(_steps(paths, ambition, a, number)),
                    _median(endorsing[last == number]),
                    _median(endorsing[last != number]),
                    _median(ambition[last == number, -1]),
                    _median(ambition[last != number, -1]),
                )
            )
        standing = int(np.argmax([choice.chosen for choice in choices]))
        found.append(Bracketed(key, article.title, tuple(choices), standing))
    return found


def said(option: Option) -> str:
    """What an option says: its wording, or that the article falls away."""
    return "delete" if option.delete else option.wording


def _moved(scenario: Scenario, text: str, room: CodedRoom, article: int, option: int) -> tuple[int, int]:
    """How many delegations gain and lose if the option stands in place of the first wording."""
    table = wording_of(scenario, text)
    changed = table.start.copy()
    changed[article] = option
    before, after = (gain_by_issue(scenario, room, table, one).sum(axis=1) for one in (table.start, changed))
    return int((after > before + LEAST).sum()), int((after < before - LEAST).sum())


def _steps(
    paths: NDArray[np.integer], ambition: NDArray[np.floating], article: int, option: int
) -> NDArray[np.floating]:
    """Changes of ambition at the revisions in which the article, alone, came to have the option."""
    changed = paths[:, 1:] != paths[:, :-1]
    alone = changed[:, :, article] & (changed.sum(axis=2) == 1) & (paths[:, 1:, article] == option)
    return np.diff(ambition, axis=1)[alone]


def _median(values: NDArray) -> float | None:
    """The median of what is known, none if nothing is."""
    known = values[~np.isnan(values.astype(float))]
    return float(np.median(known)) if len(known) else None
