"""The fewest changes that would have turned the outcome."""

import numpy as np
import pytest

from scenarios import apply_patch, load
from simulation.analyses.alternatives import alternatives
from simulation.analyses.autopsy import autopsy
from simulation.compare import effect
from tests.rooms import chamber_of
from tests.test_cli import document, plenary

TWO_THIRDS = {"name": "endorsement-count", "quota": 0.6}
SURE = {"endorse_threshold": 0.05, "oppose_threshold": 0.05, "instruction_rate": 10.0}


def room(positions, options=None, **more):
    """A chamber without chance: the reversion point is 0, the text stands at 60."""
    places = [[position] for position in positions]
    return chamber_of(
        places, texts=[[60]], rounds=40, rule=TWO_THIRDS, dynamics=SURE, options=options, **more
    )


def test_a_wording_that_wins_the_missing_votes_is_found_alone():
    """Three stand at 60 and three at 25, to whom 60 brings nothing; at 30 all six gain."""
    stuck = room([60, 60, 60, 25, 25, 25], options=lambda text, issue: [{"issue-0": 30.0}])
    found = autopsy(stuck, "text-0", replicates=2)
    assert not found.adopted and found.held == 1
    (turn,) = found.smallest
    assert [one.kind for one in turn.changes] == ["wording"]
    assert turn.chance[1] == 1 and turn.turns


def test_an_event_that_made_it_fail_is_found_alone():
    shock = {
        "shock": {
            "date": "2020-09-08",
            "type": "position_change",
            "nature": "exogenous",
            "sentence": "Two think again.",
            "targets": ["D002", "D003"],
            "issue": "issue-0",
            "delta": -40,
        }
    }
    found = autopsy(room([60, 60, 60, 60, 0], events=shock), "text-0", replicates=2)
    assert not found.adopted
    assert [one.words for turn in found.smallest for one in turn.changes] == ["without shock"]


def test_what_carries_is_turned_away_from_the_text():
    found = autopsy(room([60, 60, 60, 60, 0]), "text-0", replicates=2)
    assert found.adopted
    by_rule = {turn.changes[0].words: turn.chance[1] for turn in found.singles}
    assert by_rule["decided by unanimity"] == 1


def test_two_blocs_that_fall_short_alone_do_it_together():
    """Four of twelve endorse and eight are needed: either bloc of three brings too few alone."""
    blocs = {
        name: {"name": name, "members": members}
        for name, members in {"One": ["D005", "D006", "D007"], "Other": ["D008", "D009", "D010"]}.items()
    }
    stuck = room([60] * 4 + [0] + [27] * 6 + [0], blocs=blocs)
    found = autopsy(stuck, "text-0", replicates=2)
    (turn,) = found.smallest
    assert {one.place for one in turn.changes} == {"blocs.One", "blocs.Other"} and turn.turns


def test_a_set_is_the_paired_effect_of_its_patches():
    scenario = load("bridge-builders")
    found = autopsy(scenario, "global-initiative", replicates=8, seed=2)
    turn = found.singles[0]
    here = effect(scenario, {"it": turn.changes[0].patch}, 8, 2).sel(variant="it", text="global-initiative")
    changed = float(here.changed.sel(measure="adopted"))
    assert turn.chance[1] == pytest.approx(1 - changed if found.adopted else changed)
    assert turn.endorsing == float(here.difference.sel(measure="endorsing"))


@pytest.mark.parametrize("towards", [True, False])
def test_every_alternative_is_a_legal_patch_that_changes_something(towards):
    scenario = load("asean-caucus")
    known = alternatives(scenario, "global-initiative", towards)
    assert {one.kind for one in known} == {"wording", "salience", "position", "voice", "rule"}
    for one in known:
        assert apply_patch(scenario, one.patch) != scenario, one.words
    assert len({one.words for one in known}) == len(known)


def test_trust_moves_towards_sponsors_or_away_from_them_and_stays_on_its_scale():
    scenario = load("launch-2020")
    for towards, sign in ((True, 1), (False, -1)):
        (one,) = [one for one in alternatives(scenario, "global-initiative", towards) if one.kind == "trust"]
        changed = apply_patch(scenario, one.patch)
        moved = [
            sign * (changed.delegations[key].trust["CHN"] - seat.trust["CHN"])
            for key, seat in scenario.delegations.items()
        ]
        assert np.all(np.array(moved) >= 0) and max(moved) == pytest.approx(0.3)


def test_the_command_takes_a_run_or_a_scenario(tmp_path):
    words = ("who-holds-the-pen", "--replicates", "3", "--seed", "5")
    assert plenary("run", *words, "--quiet", "--out", tmp_path / "run").exit_code == 0
    of_run = document("autopsy", tmp_path / "run", "--replicates", "2")
    assert of_run == document("autopsy", "who-holds-the-pen", "--replicates", "2", "--seed", "5")
    assert of_run["sets"][0]["changes"].startswith("as it was: ")
    shown = plenary("autopsy", "who-holds-the-pen", "--replicates", "2").stdout
    assert "not a prediction" in shown and "outcome turns" in shown
