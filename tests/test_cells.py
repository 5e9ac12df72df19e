"""Cells: the same numbers as a comparison, wherever they are worked out, and failures that stay alone."""

import numpy as np
import pytest
import xarray as xr

from scenarios import load
from simulation.cells import cells, measured
from simulation.compare import effect
from simulation.where import Here
from tests.generators import lively_room

PATCHES = [{"dynamics": {"peer_weight": weight}} for weight in (0.0, 0.05, 0.1, 0.15)]
BROKEN = {"dynamics": {"peer_weight": "much"}}


def test_a_cell_has_the_means_of_a_comparison():
    scenario = lively_room(2)
    found, failures = measured(scenario, PATCHES, replicates=70, seed=3)
    other = effect(scenario, {str(place): patch for place, patch in enumerate(PATCHES)}, 70, 3)
    expected = other.changed.transpose("variant", "text", "measure").values
    assert not failures
    np.testing.assert_allclose(found["mean"].values, expected, rtol=1e-12)


def test_cells_do_not_depend_on_workers_or_order():
    scenario = lively_room(2)
    alone, _ = measured(scenario, PATCHES, replicates=10)
    together, _ = measured(scenario, PATCHES, replicates=10, where=Here(workers=2))
    turned, _ = measured(scenario, PATCHES[::-1], replicates=10)
    assert xr.Dataset.identical(alone, together)
    assert turned["mean"].values[::-1].tobytes() == alone["mean"].values.tobytes()


def test_one_cell_that_fails_says_why_and_leaves_the_others_alone():
    scenario = lively_room(2)
    told = []
    found, failures = measured(
        scenario, [PATCHES[0], BROKEN, PATCHES[1]], replicates=5, progress=lambda *now: told.append(now)
    )
    fine, _ = measured(scenario, PATCHES[:2], replicates=5)
    assert list(failures) == [1] and "peer_weight" in failures[1]
    assert np.isnan(found["mean"].values[1]).all()
    assert found["mean"].values[[0, 2]].tobytes() == fine["mean"].values.tobytes()
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_replicates_in_several_blocks_are_the_replicates_of_one():
    scenario = lively_room(2)
    many, _ = measured(scenario, PATCHES[:1], replicates=600)
    other = effect(scenario, {"same": PATCHES[0]}, 600, 1).changed.sel(variant="same")
    np.testing.assert_allclose(many["mean"].values[0], other.transpose("text", "measure").values, rtol=1e-12)


def test_the_interval_holds_the_mean_and_a_chance_of_none_is_not_certain():
    out_of_reach = {"dynamics": {"endorse_threshold": 5.0}}
    found, _ = measured(lively_room(2), [*PATCHES[:2], out_of_reach], replicates=30)
    known = found.where(~np.isnan(found["mean"]), drop=False)
    assert (known.low.fillna(0) <= known["mean"].fillna(0) + 1e-12).all()
    assert (known["mean"].fillna(0) <= known.high.fillna(0) + 1e-12).all()
    chance = found.sel(measure="adopted")
    never = chance["mean"].values == 0
    assert never.any() and (chance.high.values[never] > 0.05).all()
    assert ((chance.low >= 0) & (chance.high <= 1)).all()


def test_a_single_replicate_has_a_mean_and_no_interval():
    found, _ = measured(lively_room(2), PATCHES[:1], replicates=1)
    one = found.sel(measure="endorsing")
    assert np.isfinite(one["mean"]).all() and np.isinf(one.high).all() and np.isnan(one.sd).all()


def test_a_text_that_a_cell_lacks_is_missing_there():
    scenario = load("launch-2020")
    gone = list(scenario.texts)[1]
    found, failures = measured(scenario, [{}, {"texts": {gone: None}}], replicates=2)
    assert not failures
    endorsing = found["mean"].sel(measure="endorsing", text=gone).values
    assert np.isfinite(endorsing[0]) and np.isnan(endorsing[1])


def test_cells_are_worked_out_one_by_one_and_not_before_they_are_asked_for():
    taken = []

    def patches():
        for place in range(1000):
            taken.append(place)
            yield place, PATCHES[0]

    stream = cells(lively_room(2), patches(), replicates=1)
    assert next(stream).place == 0 and len(taken) == 1
    stream.close()


def test_numbers_out_of_range_are_refused():
    with pytest.raises(ValueError, match="replicates"):
        measured(lively_room(2), PATCHES, replicates=0)
    with pytest.raises(ValueError, match="seed"):
        measured(lively_room(2), PATCHES, seed=-1)
