"""Results: reproducible to the bit, saved without loss, damaged folders told in words, counts that add up."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import apply_patch, load
from simulation import RunError, open_run, replay, run, save
from simulation.dataset import starting_point
from simulation.ensemble import run as run_ensemble
from simulation.opening import open_room
from simulation.results import result_hash
from tests.generators import lively_room, rooms


@pytest.fixture(scope="module")
def launch():
    return run(load("launch-2020"), replicates=70, seed=1)


def test_the_launch_has_the_same_hash_again_in_other_batches_and_with_two_workers(launch):
    scenario = load("launch-2020")
    assert run(scenario, replicates=70, seed=1, batch=31, workers=2).hash == launch.hash
    assert run(scenario, replicates=70, seed=2).hash != launch.hash


def test_starting_point_matches_the_counts_of_the_coded_data(launch):
    """Leaning favourable, undecided, unfavourable on the coded data, before influence and without chance."""
    expected = {
        "global-initiative": (51, 26, 34, 0.51),
        "clean-network": (20, 40, 51, 0.18),
        "rights-based": (30, 62, 19, 0.39),
        "un-text": (82, 25, 4, 0.90),
    }
    lean, gain = launch.data["start_lean"], launch.data["start_gain"]
    for text, (favourable, undecided, unfavourable, gaining) in expected.items():
        here = lean.sel(text=text).values
        assert [(here == value).sum() for value in (1, 0, -1)] == [favourable, undecided, unfavourable]
        assert (gain.sel(text=text).values > 0).mean() == pytest.approx(gaining, abs=0.005)
    start = (launch.data["start_gain"] + launch.data["start_trust"]).sel(text="global-initiative")
    named = {"CHN": 0.31, "CUB": 0.27, "JPN": -0.19, "GBR": -0.23, "AUS": -0.24, "USA": -0.29}
    assert {iso3: round(float(start.sel(country=iso3)), 2) for iso3 in named} == named


def test_a_starting_point_ignores_uncertainty_and_influence():
    room = open_room(lively_room(3))
    still = open_room(lively_room(3, uncertainty={}, dynamics={"trust_weight": 0.1}))
    for one, other in zip(starting_point(room)[:2], starting_point(still)[:2], strict=True):
        assert np.array_equal(one, other)


def test_saving_and_opening_is_the_identity(launch, tmp_path):
    again = open_run(save(launch, tmp_path / "run"))
    assert result_hash(again.data) == launch.hash == again.hash
    assert again.scenario == launch.scenario
    assert again.data.identical(launch.data) or again.data.equals(launch.data)


@settings(max_examples=5, deadline=None)
@given(scenario=rooms())
def test_saving_and_opening_is_the_identity_for_any_room(scenario, tmp_path_factory):
    results = run(scenario, replicates=3, seed=11)
    again = open_run(save(results, tmp_path_factory.mktemp("any")))
    assert result_hash(again.data) == results.hash
    assert again.scenario == results.scenario


def test_a_replay_from_the_manifest_is_identical_and_a_changed_manifest_is_found_out(tmp_path):
    folder = save(run(lively_room(1), replicates=5, seed=3), tmp_path)
    assert replay(folder)[0]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["seed"] = 4
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert not replay(folder)[0]


@settings(max_examples=10, deadline=None)
@given(scenario=rooms(texts=3))
def test_counts_add_up_and_first_endorsements_are_first(scenario):
    data = run(scenario, replicates=4, seed=1).data
    assert (data.endorsing + data.studying + data.opposing == data.sizes["country"]).all()
    stance, first = data.stance.values, data.first_endorsed.values
    for replicate, country, text in np.ndindex(first.shape):
        path = stance[replicate, :, country, text]
        when = first[replicate, country, text]
        assert (when == -1 and not (path == 1).any()) or (path[when] == 1 and not (path[:when] == 1).any())
    assert (data.endorsing_by_capability <= 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json: missing"),
        (lambda folder: (folder / "results.nc").unlink(), "results.nc: missing"),
        (lambda folder: (folder / "results.nc").write_bytes(b"not a data set"), "results.nc: cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "not a manifest"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "not a manifest"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "lacks"),
        (lambda folder: (folder / "unfinished").write_text(""), "not written to its end"),
    ],
)
def test_a_damaged_run_folder_is_told_in_words(damage, message, tmp_path):
    folder = save(run(lively_room(1), replicates=2, seed=3), tmp_path)
    damage(folder)
    with pytest.raises(RunError, match=message):
        open_run(folder)


@pytest.mark.parametrize("wrong", [{"replicates": 0}, {"batch": 0}, {"workers": -1}, {"seed": -3}])
def test_numbers_out_of_range_are_refused_in_words(wrong):
    with pytest.raises(ValueError, match="give a whole number"):
        run(lively_room(1), **wrong)


def test_an_interrupted_run_keeps_the_batches_that_are_done():
    def stop_after_the_second_batch(done: int, total: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    partial = run_ensemble(
        lively_room(1), replicates=50, seed=1, batch=10, progress=stop_after_the_second_batch
    )
    assert partial.replicates == 20
    assert partial.manifest["complete"] is False
    assert partial.hash == run(lively_room(1), replicates=20, seed=1).hash


def test_explained_replicates_are_the_same_negotiations(launch):
    """The parts kept for the first replicate add up to its appeals where no bloc mixes them in."""
    data = launch.data
    own = data.part_of_appeal.sum("part", skipna=False)
    room = open_room(launch.scenario)
    line = room.lines[room.line_of_text[0]].dense
    alone = [row for row in range(len(room.countries)) if line[row, row] == 1]
    assert alone
    for row in alone:
        np.testing.assert_allclose(data.appeal.values[1:, row, 0], own.values[1:, row, 0], atol=1e-6)
    moved = data.stance.values[0, 1:] != data.stance.values[0, :-1]
    tabled_today = np.isin(np.arange(111), room.sponsoring.any(axis=1).nonzero()[0])
    assert (data.instructed.values[1:, :, None] | ~moved | tabled_today[None, :, None]).all()


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000))
def test_a_single_replicate_has_the_stances_it_has_in_an_ensemble(seed):
    scenario = lively_room(8)
    one, many = run(scenario, replicates=1, seed=seed), run(scenario, replicates=9, seed=seed)
    assert np.array_equal(one.data.stance.values[0], many.data.stance.values[0])
    for name in ("appeal", "part_of_appeal", "coalition_by_round"):
        assert np.array_equal(one.data[name].values, many.data[name].values, equal_nan=True)


def test_drafting_adds_support_and_costs_ambition_in_the_launch(launch):
    low, high = launch.data["drafting_adds_low"], launch.data["drafting_adds_high"]
    clean = {"text": "clean-network"}
    assert float(low.sel(measure="endorsing", **clean)) > 0
    assert float(high.sel(measure="ambition", **clean)) < 0
    off = apply_patch(launch.scenario, {"dynamics": {"drafting": "off"}})
    without = run(off, replicates=64, seed=1).data
    gain = launch.data.endorsing.values[:64, -1].mean(axis=0) - without.endorsing.values[:, -1].mean(axis=0)
    added = launch.data["drafting_adds"].sel(measure="endorsing").values
    assert added == pytest.approx(gain)
    assert not np.nan_to_num(without["drafting_adds"].values).any()


def test_revisions_retell_the_wordings_of_every_explained_replicate(launch):
    data = launch.data
    wording = data.wording.values[:64].copy()
    retold = np.repeat(wording[:, :1], wording.shape[1], axis=1)
    names = ("replicate", "round", "text", "article", "from", "to", "asked_by")
    acts = np.stack([data[f"revision_{name}"].values for name in names], axis=1)
    assert len(acts) > 100
    for replicate, when, text, article, before, after, asked_by in acts:
        assert retold[replicate, when, text, article] == before != after
        retold[replicate, when:, text, article] = after
        assert 0 <= asked_by < 111
    assert np.array_equal(retold, wording)
