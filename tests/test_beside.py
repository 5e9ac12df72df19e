"""Two runs side by side: paired where both are scenarios, else unpaired, on what both have."""

import json

import numpy as np
import pytest

from dashboards.explorer.shelf import REPLICATES
from scenarios import load
from simulation import run
from simulation.analyses.apart import MEASURES, apart
from simulation.compare import between
from tests.pages import ask, within


@pytest.fixture(scope="module")
def rooms():
    """Runs of the room of fifteen and of the room of twelve."""
    return run(load("launch-2020-class"), 30, 1), run(load("launch-2020-class-12"), 20, 1)


def test_a_run_differs_from_itself_by_nothing(rooms):
    found = apart(rooms[0], rooms[0])
    known = ~np.isnan(found.base.values)
    assert (found.difference.values[known] == 0).all() and (found.country_difference == 0).all()
    assert (found.low.values[known] <= 0).all() and (found.high.values[known] >= 0).all()


def test_the_two_ways_round_are_each_others_mirror(rooms):
    there, back = apart(*rooms), apart(*rooms[::-1]).sel(country=apart(*rooms).country)
    assert np.allclose(there.difference, -back.difference, equal_nan=True)
    assert np.allclose(there.low, -back.high, equal_nan=True)
    assert set(there.country.values) == set(rooms[0].data.country.values) & set(rooms[1].data.country.values)


def test_means_are_those_of_the_paired_comparison_and_its_interval_is_narrower():
    base = load("launch-2020-class")
    other = base.model_copy(update={"dynamics": base.dynamics.model_copy(update={"trust_weight": 0.15})})
    found = apart(run(base, 60, 1), run(other, 60, 1))
    paired = between(base, {"b": other}, 60, 1).sel(variant="b", measure=list(MEASURES))
    for name in ("base", "changed", "difference"):
        assert np.allclose(found[name], paired[name], equal_nan=True, atol=1e-6), name
    width = {
        kind: float((one.high - one.low).sel(measure="endorsing").max())
        for kind, one in (("apart", found), ("paired", paired))
    }
    assert width["paired"] < width["apart"]


def test_one_replicate_tells_nothing_of_the_interval(rooms):
    found = apart(rooms[0], run(load("launch-2020-class"), 1, 1))
    assert np.isinf(found.high.sel(measure="endorsing")).all()


def held(port, first, second, query=""):
    """What the page of two items gets, once both are there."""
    for key in (first, second):
        ask(port, f"/of/{key}")
        within(lambda key=key: json.loads(ask(port, f"/api/{key}/progress")[2])["state"] == "ready")
    status, _, words = ask(port, f"/api/{first}/beside/{second}{query}")
    return status, json.loads(words)


def test_two_scenarios_are_paired_on_the_texts_that_both_have(port):
    status, found = held(port, "launch-2020-class", "launch-2020-class-12")
    assert status == 200 and found["state"] == "ready" and "same luck" in found["how"]
    both = between(load("launch-2020-class"), {"b": load("launch-2020-class-12")}, REPLICATES, 1)
    gap = float(both.difference.sel(variant="b", measure="endorsing", text="global-initiative"))
    assert round(gap, 2) in found["effect"]["figure"]["data"][0]["x"]
    assert found["effect"]["table"]["head"][2:4] == ["launch-2020-class", "launch-2020-class-12"]
    assert found["text"] == "global-initiative" and len(found["texts"]) == 2


def test_a_run_is_held_against_a_scenario_unpaired(port):
    status, found = held(port, "launch", "launch-2020-class", "?text=un-text")
    assert status == 200 and "not paired (6 and 64 replicates)" in found["how"]
    assert found["text"] == "un-text" and found["course"]["table"]["rows"]
    assert "15 delegations sit in both." in found["how"]
    assert "launch counts 111 delegations and launch-2020-class 15" in found["how"]


def test_without_a_common_text_one_message_says_so(port):
    status, found = held(port, "launch-2020-class", "who-holds-the-pen")
    assert status == 422 and "no text in common" in found["problem"]


@pytest.mark.parametrize(
    "path", ["/api/launch/beside/nothing", "/api/nothing/beside/launch", "/api/nothing/others"]
)
def test_what_is_not_on_the_shelf_is_one_message(path, port):
    status, _, words = ask(port, path)
    assert status == 404 and "There is no scenario or run 'nothing'" in json.loads(words)["problem"]


def test_the_list_of_others_leaves_out_the_one_that_is_shown(port):
    keys = json.loads(ask(port, "/api/launch/others")[2])
    assert "launch" not in keys and "launch-2020-class" in keys
