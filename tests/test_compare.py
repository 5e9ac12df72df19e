"""Paired counterfactuals: no change, no difference; the same luck on both sides."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import ScenarioError, load
from simulation.compare import between, effect
from tests.generators import lively_room


def test_an_empty_patch_changes_exactly_nothing():
    found = effect(load("launch-2020"), {"nothing": {}}, replicates=10, seed=1)
    for name in ("difference", "low", "high"):
        sponsored = ~np.isnan(found.base.values)
        assert (found[name].values[:, sponsored] == 0).all(), name
    assert (found.country_difference.values == 0).all()
    assert np.array_equal(found.base.values, found.changed.sel(variant="nothing").values, equal_nan=True)


def test_more_trust_in_the_sponsor_brings_more_endorsements():
    scenario = lively_room(2)
    trusting = {"delegations": {name: {"trust": {"CHN": 1.0}} for name in scenario.delegations}}
    wary = {"delegations": {name: {"trust": {"CHN": -1.0}} for name in scenario.delegations}}
    found = effect(scenario, {"trusting": trusting, "wary": wary}, replicates=60, seed=1)
    change = found.difference.sel(measure="endorsing", text="text-0")
    assert float(change.sel(variant="trusting")) > 0 > float(change.sel(variant="wary"))
    known = found.sel(measure=[measure for measure in found.measure.values if measure != "ambition"])
    assert (known.low <= known.difference).all() and (known.difference <= known.high).all()


def test_common_luck_measures_a_small_change_far_better_than_independent_luck():
    scenario = lively_room(2)
    patch = {"delegations": {"EGY" if "EGY" in scenario.delegations else "PHL": {"silent": True}}}
    paired = effect(scenario, {"quiet": patch}, replicates=200, seed=1)
    width = float((paired.high - paired.low).sel(measure="endorsing", text="text-1", variant="quiet"))
    apart = [
        float(
            effect(scenario, {"none": {}}, replicates=200, seed=seed).base.sel(
                measure="endorsing", text="text-1"
            )
        )
        for seed in range(2, 8)
    ]
    assert width / 2 < 1.96 * np.std(apart, ddof=1) * np.sqrt(2) + 1e-12


def test_a_patch_that_breaks_the_scenario_is_told_in_words():
    with pytest.raises(ScenarioError):
        effect(lively_room(2), {"off": {"delegations": {"CHN": {"capability": 400}}}}, replicates=2, seed=1)


def test_rooms_with_other_members_compare_on_what_they_share():
    scenario = lively_room(2, texts=3)
    document = scenario.model_dump()
    del document["texts"]["text-2"]
    smaller = type(scenario).model_validate(document)
    found = between(scenario, {"smaller": smaller}, replicates=4, seed=1)
    assert found["text"].values.tolist() == ["text-0", "text-1"]


def test_one_replicate_tells_nothing_about_the_interval():
    found = effect(
        lively_room(2), {"quiet": {"delegations": {"PHL": {"silent": True}}}}, replicates=1, seed=1
    )
    assert np.isinf(found.high.sel(measure="endorsing").values).all()
    assert (found.low.sel(measure="endorsing").values == -np.inf).all()
