"""What strategies ask of a scenario beyond what everybody needs: weights, conditions, the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.strategies import UNSAID, Strategy
from scenarios.schema import Scenario
from simulation.calendar import Round, round_of
from simulation.wording import Wording

Floats = NDArray[np.floating]
ON_THE_LADDER = {"opposes in public": -1, "welcomes": 1, "supports": 1, "co-sponsors": 1}


class Condition(NamedTuple):
    """What a delegation asks of one article of a text, all by number: `allowed` (option,) may stand there."""

    text: int
    article: int
    allowed: NDArray[np.bool_]


def conditions(scenario: Scenario, wordings: Sequence[Wording]) -> dict[int, tuple[Condition, ...]]:
    """What each delegation asks of the wording, by its row; only those that ask for something."""
    found = {}
    for row, delegation in enumerate(scenario.delegations.values()):
        asked = []
        for key, articles in delegation.conditions.items():
            text = list(scenario.texts).index(key)
            wording = wordings[text]
            for name, options in articles.items():
                article = wording.articles.index(name)
                asked.append(Condition(text, article, np.isin(wording.options[article], options)))
        if asked:
            found[row] = tuple(asked)
    return found


def script(scenario: Scenario, all_rounds: Sequence[Round]) -> NDArray[np.int8]:
    """The stances that recorded statements have delegations take by each round (round, country, text).

    From the round of its date on a statement holds until the next one; `UNSAID` before the first. A statement
    on behalf of a bloc binds none of its members.
    """
    countries, texts = list(scenario.delegations), list(scenario.texts)
    found = np.full((len(all_rounds), len(countries), len(texts)), UNSAID, dtype=np.int8)
    for event in sorted(scenario.events.values(), key=lambda event: event.date):
        if event.type != "statement" or event.nature != "outcome" or event.on_behalf_of:
            continue
        when = round_of(event.date, all_rounds)
        if when is None or event.wording is None or event.text not in texts:
            continue
        spoke = set(event.targets or (event.speaker,))
        for key, bloc in scenario.blocs.items():
            spoke |= set(bloc.members) if f"bloc:{key}" in spoke else set()
        rows = [row for row, iso3 in enumerate(countries) if iso3 in spoke or "all" in spoke]
        found[when:, rows, texts.index(event.text)] = ON_THE_LADDER.get(event.wording, 0)
    return found


def emphasis(
    strategy_of: Sequence[Strategy], issues: Sequence[str], dtype: type[np.floating]
) -> Floats | None:
    """How many times as much each issue weighs for each delegation as coded (country, issue).

    None if all weigh as coded.
    """
    factors = [[one.salience_factors.get(issue, 1.0) for issue in issues] for one in strategy_of]
    found = np.array(factors, dtype=dtype)
    return None if (found == 1).all() else found
