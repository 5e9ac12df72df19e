"""What ballots of a room come to under a decision rule: the rules of runs, for one replicate."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scenarios.schema import Rule, Scenario

BALLOTS = {"yes": 1, "abstain": 0, "no": -1}
ABSENT = -2


def carried(scenario: Scenario, rule: Rule, ballots: Mapping[str, str]) -> bool:
    """Whether ballots by delegation carry a text; who casts none is absent."""
    from simulation.opening import open_room
    from simulation.rules._carrying import carries

    room = open_room(scenario)
    cast = np.array([BALLOTS.get(ballots.get(key, ""), ABSENT) for key in room.countries], dtype=np.int8)
    column = np.repeat(cast[:, None, None], len(room.texts), axis=1)
    return bool(carries(room, rule, column)[0, 0])


def deciding(scenario: Scenario) -> Rule:
    """The rule by which a room votes: that of the final vote, else that of the scenario."""
    return scenario.final_vote or scenario.rule
