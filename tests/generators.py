"""Hypothesis generators, all in one place: lively chambers in which every mechanism is at work."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import numpy as np
from hypothesis import strategies as st

from scenarios.schema import Scenario, Text
from scenarios.schema_texts import Status
from tests.rooms import chamber_of

LIVELY = {
    "openness": 0.3,
    "precision": 25.0,
    "peer_weight": 0.12,
    "trust_weight": 0.1,
    "commitment": 0.05,
    "instruction_rate": 0.5,
    "endorse_threshold": 0.06,
    "oppose_threshold": 0.06,
    "redraft_days": 1,
    "min_improvement": 0.005,
}
STATES = ["CHN", "USA", "RUS", "DEU", "IDN", "PHL", "BRA", "IND", "KEN", "EGY", "JPN", "SGP"]


def lively_room(
    seed: int, countries: int = 8, issues: int = 3, texts: int = 2, rounds: int = 5, **more
) -> Scenario:
    """A chamber of states with drawn positions, salience, ties, trust, two blocs and uncertainty."""
    generator = np.random.default_rng(seed)
    names = STATES[:countries]
    ties = generator.random((countries, countries)) * (generator.random((countries, countries)) < 0.6)
    np.fill_diagonal(ties, 0)
    tempers = ["interest-driven"] * 5 + ["bandwagon", "hedger", "bloc-loyalist"]
    delegations = [
        {
            "capability": float(generator.uniform(5, 100)),
            "trust": {names[0]: float(generator.uniform(-1, 1))},
            "strategy": tempers[int(generator.integers(len(tempers)))],
            "absence": 0.1,
        }
        for _ in range(countries)
    ]

    def alternatives(text: int, issue: int) -> list[dict[str, float]]:
        other = f"issue-{(issue + 1) % issues}"
        return [
            {f"issue-{issue}": float(generator.uniform(0, 100))},
            {f"issue-{issue}": float(generator.uniform(0, 100)), other: float(generator.uniform(0, 100))},
        ]

    settings = {
        "blocs": {
            "NORTH": {
                "name": "North",
                "members": names[: countries // 2],
                "coordinator": names[1],
                "discipline": 0.5,
                "discipline_vote": 0.4,
                "speaks_first": True,
            },
            "SOUTH": {"name": "South", "members": names[countries // 3 :], "discipline": 0.3},
        },
        "red_lines": [{"delegation": names[2], "issue": "issue-0", "min": 0, "max": 90, "kind": "forbids"}],
        "uncertainty": {"position_sd": 8, "salience_sd": 5, "bloc_correlation": 0.3},
        "dynamics": LIVELY,
        "final_vote": {"name": "simple-majority"},
    }
    scenario = chamber_of(
        generator.uniform(0, 100, (countries, issues)),
        texts=generator.uniform(0, 100, (texts, issues)),
        reversion=generator.uniform(20, 80, issues),
        salience=generator.uniform(5, 100, (countries, issues)),
        ties=ties,
        names=names,
        rounds=rounds,
        delegations=delegations,
        options=alternatives,
        **{**settings, **more},
    )
    sponsored = scenario.texts["text-0"].model_copy(update={"sponsors": (names[0],)})
    return scenario.model_copy(update={"texts": {**scenario.texts, "text-0": sponsored}})


def observed(scenario: Scenario, *names: str) -> Scenario:
    """The same room with some delegations as observers."""
    seats = {
        key: one.model_copy(update={"observer": key in names}) for key, one in scenario.delegations.items()
    }
    return scenario.model_copy(update={"delegations": seats})


def rooms(**fixed) -> st.SearchStrategy[Scenario]:
    """Lively chambers by their seed; keyword arguments go to `lively_room`."""
    return st.integers(0, 2**31).map(lambda seed: lively_room(seed, **fixed))


def written_texts(issues: list[str], holders: list[str]) -> st.SearchStrategy[Text]:
    """Legal texts with any words whatever on these issues, their options held by any of these holders."""
    words = st.text(max_size=12) | st.text(alphabet="ab \n\\[]*:.,#-&;<>~1del", max_size=24)
    shared = st.sampled_from(["", "States shall ", "Recalling the "])
    key = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,5}", fullmatch=True).filter(lambda one: one != "tabled")
    places = st.dictionaries(st.sampled_from(issues), st.floats(0, 100), max_size=2)
    held = st.lists(st.sampled_from(holders), unique=True, max_size=3)
    strength = st.sampled_from([None, "shall", "should", "may"])
    wording = st.builds(lambda first, rest: first + rest, shared, words)
    alternative = st.fixed_dictionaries(
        {"wording": wording, "places": places, "proposed_by": held, "strength": strength, "provenance": words}
    )
    deletion = st.fixed_dictionaries({"delete": st.just(True), "proposed_by": held, "provenance": words})

    @st.composite
    def articles(draw: st.DrawFn) -> dict:
        options = draw(st.dictionaries(key, alternative | deletion, max_size=3))
        return {
            "part": draw(st.sampled_from(["preambular", "operative"])),
            "title": draw(words),
            "wording": draw(wording),
            "places": draw(places),
            "strength": draw(strength),
            "options": options,
            "chosen": draw(st.sampled_from(["tabled", *options])),
            "agreed": draw(st.booleans()),
            "provenance": draw(words),
        }

    return st.fixed_dictionaries(
        {
            "title": words,
            "sponsors": held,
            "sponsorship": st.floats(0, 1),
            "budget": st.floats(0, 9),
            "status": st.sampled_from(get_args(Status)),
            "revision": st.integers(0, 999),
            "as_a_whole": st.booleans(),
            "tabled": st.none() | st.dates(dt.date(2020, 9, 8), dt.date(2020, 9, 8)),
            "pursued_until": st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31)),
            "articles": st.dictionaries(key, articles(), min_size=1, max_size=4),
            "provenance": words,
        }
    ).map(Text.model_validate)
