"""Paired counterfactuals: no change, no difference; the same luck on both sides."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import ScenarioError, apply_patch, load
from simulation.compare import between, effect, started
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


def test_a_start_measured_before_gives_the_same_bits():
    scenario = load("launch-2020-class")
    patches = {"wary": {"dynamics": {"trust_weight": 0.2}}, "loud": {"dynamics": {"precision": 60.0}}}
    variants = {name: apply_patch(scenario, patch) for name, patch in patches.items()}
    start = started(scenario, replicates=20, seed=3)
    assert between(scenario, variants, 20, 3, start=start).identical(effect(scenario, patches, 20, 3))


def test_a_start_serves_rooms_with_other_members_too():
    scenario = lively_room(2, texts=3)
    document = scenario.model_dump()
    del document["texts"]["text-0"]
    smaller = type(scenario).model_validate(document)
    own = {"leaning": lambda room, done: done.lean[:, -1] == 1}
    apart = between(scenario, {"smaller": smaller}, 4, 1, each=own, course=True)
    start = started(scenario, 4, 1, each=own, course=True)
    assert between(scenario, {"smaller": smaller}, 4, 1, each=own, start=start, course=True).identical(apart)


def test_the_course_ends_where_the_ends_are():
    scenario = load("launch-2020-class")
    variants = {"same": scenario, "loud": apply_patch(scenario, {"dynamics": {"precision": 60.0}})}
    found = between(scenario, variants, 11, 1, course=True)
    assert (found.base_course == found.changed_course.sel(variant="same")).all()
    last = found.changed_course.isel(round=-1).sel(variant="loud", stance=1)
    mean = found.changed.sel(variant="loud", measure="endorsing")
    assert (last.sel(band=0.1) <= mean).all() and (mean <= last.sel(band=0.9)).all()
