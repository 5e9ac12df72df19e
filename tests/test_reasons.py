"""Reasons of a whole run: the account of every change of stance agrees with the engine."""

import numpy as np
import pytest

from scenarios import load
from simulation import run
from simulation.analyses.reasons import reasons
from tests.rooms import chamber_of


@pytest.fixture(scope="module")
def launch():
    return run(load("launch-2020"), replicates=2, seed=3)


def test_every_change_in_the_launch_is_explained_to_the_last_bit(launch):
    data = launch.data
    titles = data.text_title.values.tolist()
    names = data.name.values.tolist()
    told = reasons(launch)
    assert len(told) > 100
    for one in told:
        at = (one.round, names.index(one.country), titles.index(one.text))
        assert one.total == pytest.approx(one.margin, abs=1e-12)
        engine = float(data.appeal.values[at]) + float(data.chance.values[at])
        assert one.margin == pytest.approx(engine - one.cut, abs=1e-6)
        assert one.stance == data.stance.values[(0, *at)]


def test_a_change_without_a_red_line_goes_the_way_of_its_margin(launch):
    restrained = {line.delegation for line in launch.scenario.red_lines}
    keys = dict(zip(launch.data.name.values.tolist(), launch.data.country.values.tolist(), strict=True))
    plain = {
        name
        for name, key in keys.items()
        if key not in restrained and launch.scenario.delegations[key].strategy == "interest-driven"
    }
    told = [one for one in reasons(launch) if one.country in plain]
    assert told and all(one.direction * one.margin >= 0 for one in told)


def test_reasons_can_be_asked_for_one_delegation_one_text_and_any_replicate(launch):
    some = reasons(launch, country="IDN", text="un-text", replicate=1)
    stances = launch.data.stance.sel(country="IDN", text="un-text").values[1]
    assert [one.round for one in some] == (np.flatnonzero(np.diff(stances)) + 1).tolist()
    assert {one.country for one in some} <= {"Indonesia"}


def test_unknown_keys_are_named(launch):
    with pytest.raises(ValueError, match="XYZ is not among the delegations of launch-2020"):
        reasons(launch, country="XYZ")
    with pytest.raises(ValueError, match="magna-carta is not among the texts"):
        reasons(launch, text="magna-carta")


def test_a_neighbour_that_brings_another_on_board_is_named():
    # The second gains .08, short of the cut-point .10, until it has heard the first.
    results = run(
        chamber_of(
            [[90.0], [49.0]],
            texts=[[90.0]],
            ties=[[0, 0], [1, 0]],
            rounds=3,
            dynamics={"peer_weight": 0.05},
        ),
        replicates=1,
        seed=0,
    )
    first, second = reasons(results)
    assert (first.country, first.round) == ("D000", 1)
    assert (second.country, second.round) == ("D001", 2)
    assert second.peers_by_name == pytest.approx({"D000": 0.05})
    assert second.content_by_issue == pytest.approx({"issue-0": 0.08})
    assert "the stance of D000 (+0.050)" in second.sentences()[1]
