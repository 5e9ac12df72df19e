"""The same negotiation under every decision rule: what is decided, how it is worded, who gains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.reference import groups
from scenarios.schema import Rule, Scenario
from simulation import rules
from simulation.analyses.fairness import coded_gains, fairness
from simulation.compare import effect
from simulation.rules._carrying import carries

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Proceedings, Progress
    from simulation.room import Room

Floats = NDArray[np.floating]
NUMBERS = ("quota", "weight_quota", "parties", "days")


def rule_of(scenario: Scenario, name: str) -> Rule:
    """A rule as it would stand in this scenario: with its own quota and numbers, and the scenario's vetoes.

    The scenario's own rule stays as it is. A veto is held by those whom the scenario names, else by the
    permanent five members of the Security Council as far as they sit here. Who weighs how is the scenario's.
    """
    own = scenario.rule
    if name == own.name:
        return own
    holders = own.vetoes or tuple(
        key for key, seat in scenario.delegations.items() if key in groups()["P5"] and not seat.observer
    )
    kept = {"weight": own.weight, "quorum": own.quorum, "no_action": own.no_action}
    return Rule(name=name, vetoes=holders if name == "security-council" else (), **kept)


def patch_of(scenario: Scenario, name: str) -> dict[str, Any]:
    """The patch that puts a rule in the place of the scenario's own, in the rounds and in a vote at the end.

    What only a vote at the end has (amendments, order and the like) stays as it is there.
    """
    new = rule_of(scenario, name)
    patch: dict[str, Any] = {
        "rule": {**dict.fromkeys(NUMBERS), "name": name, "vetoes": list(new.vetoes), "by": "text"}
    }
    if scenario.final_vote is not None:
        patch["final_vote"] = patch["rule"]
    return patch


def rule_swap(
    scenario: Scenario, replicates: int = 100, seed: int = 1, progress: Progress | None = None
) -> xr.Dataset:
    """Every decision rule against the scenario's own, under the same luck.

    1. The data set of `effect` with the other rules as variants. Delegations draft towards the rule and are
       asked by it, so wording and stances change too.
    2. One more measure, `gaining`: the share of delegations that the text at the end brings more than none.
    3. `counted` (rule, text): the stances that the scenario's own negotiation ends with, counted by each rule
       instead; the share of replicates in which they would carry.
    4. `each_base` and `each_difference`: what a delegation can expect in gain units, its gain in replicates
       in which the text is adopted and 0 in the others.
    """
    import xarray as xr

    others = [name for name in rules.names() if name != scenario.rule.name]
    counted: dict[str, Floats] = {}

    def gaining(room: Room, done: Proceedings) -> Floats:
        if not counted:  # the scenario's own negotiation comes first
            counted.update(count_again(room, done))
        columns = [fairness(_gains(scenario, done, text)).gaining for text in range(len(room.texts))]
        return np.stack(columns, axis=1)

    def expected(room: Room, done: Proceedings) -> Floats:
        adopted = (done.adopted_round >= 0)[:, None]
        gains = [_gains(scenario, done, text) for text in range(len(room.texts))]
        return np.where(adopted, np.stack(gains, axis=2), 0.0)

    patches = {name: patch_of(scenario, name) for name in others}
    found = effect(
        scenario, patches, replicates, seed, progress, {"gaining": gaining}, {"expected": expected}
    )
    names = [scenario.rule.name, *others]
    shares = np.stack([counted[name] for name in names])
    return found.assign(counted=xr.DataArray(shares, dims=("rule", "text"), coords={"rule": names}))


def count_again(room: Room, done: Proceedings) -> dict[str, Floats]:
    """In what share of replicates the final stances of one negotiation would carry by each rule (text,).

    To study counts as abstaining, and every public objection blocks where one no does.
    """
    stances = np.ascontiguousarray(done.stance[:, -1].transpose(1, 2, 0))
    return {name: carries(room, rule_of(room.scenario, name), stances).mean(axis=1) for name in rules.names()}


def _gains(scenario: Scenario, done: Proceedings, text: int) -> Floats:
    return coded_gains(scenario, done.places[:, -1, text])
