"""Hypothesis generators, all in one place: lively chambers in which every mechanism is at work."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from scenarios.schema import Scenario
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
        "uncertainty": {"position_sd": 8, "salience_sd": 5},
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


def rooms(**fixed) -> st.SearchStrategy[Scenario]:
    """Lively chambers by their seed; keyword arguments go to `lively_room`."""
    return st.integers(0, 2**31).map(lambda seed: lively_room(seed, **fixed))
