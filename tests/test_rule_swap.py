"""One negotiation under every decision rule."""

import numpy as np
import pytest

from scenarios import apply_patch, load
from simulation import rules, run
from simulation.analyses.fairness import coded_gains
from simulation.analyses.rule_swap import patch_of, rule_of, rule_swap
from simulation.compare import effect
from tests.rooms import chamber_of
from tests.test_cli import document, plenary


@pytest.fixture(scope="module")
def swapped():
    """A chamber of ten without chance or drafting: six gain from the text, four lose."""
    places = [[90]] * 6 + [[10]] * 4
    room = chamber_of(places, reversion=50, texts=[[90]], rounds=40, dynamics={"endorse_threshold": 0.05})
    return room, rule_swap(room, replicates=2, seed=1).sel(text="text-0")


def test_every_rule_but_the_own_one_is_a_variant(swapped):
    room, found = swapped
    assert {room.rule.name, *found.variant.values.tolist()} == set(rules.names())
    assert set(found.rule.values.tolist()) == set(rules.names())


def test_the_same_six_of_ten_carry_by_majorities_and_not_by_what_one_can_stop(swapped):
    _, found = swapped
    counted = {str(name): float(found.counted.sel(rule=name)) for name in found.rule.values}
    assert [counted[name] for name in ("simple-majority", "three-fifths", "absolute-majority")] == [1, 1, 1]
    assert [counted[name] for name in ("two-thirds", "consensus", "unanimity")] == [0, 0, 0]


def test_without_drafting_stances_are_those_of_the_own_rule(swapped):
    _, found = swapped
    assert (found.difference.sel(measure="endorsing") == 0).all()


def test_a_delegation_can_expect_its_gain_where_the_text_is_adopted_and_nothing_elsewhere(swapped):
    room, found = swapped
    gain = coded_gains(room, [[90]])[0]
    adopted = float(found.base.sel(measure="adopted"))
    np.testing.assert_allclose(found.each_base.sel(own="expected"), adopted * gain, atol=1e-6)
    lost = found.each_difference.sel(variant="unanimity", own="expected").values
    np.testing.assert_allclose(lost, -adopted * gain, atol=1e-6)


def test_each_variant_is_the_paired_effect_of_its_patch():
    room = load("bridge-builders")
    found = rule_swap(room, replicates=3, seed=2)
    alone = effect(room, {"consensus": patch_of(room, "consensus")}, 3, 2)
    for measure in ("endorsing", "adopted", "ambition"):
        np.testing.assert_array_equal(
            found.changed.sel(variant="consensus", measure=measure),
            alone.changed.sel(variant="consensus", measure=measure),
        )


def test_a_rule_brings_its_own_quota_and_vetoes_go_to_the_permanent_five():
    room = load("rival-networks")
    assert room.rule.quota == 0.6
    two_thirds = apply_patch(room, patch_of(room, "two-thirds"))
    assert two_thirds.rule.quota is None and two_thirds.final_vote.name == "two-thirds"
    assert two_thirds.final_vote.go_on == room.final_vote.go_on
    assert set(rule_of(room, "security-council").vetoes) == {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert rule_of(room, room.rule.name) == room.rule


def test_an_observer_holds_no_veto():
    assert rule_of(load("asean-caucus"), "security-council").vetoes == ()


def test_consensus_waters_down_what_a_majority_adopts():
    """The Initiative keeps most of its ambition by a majority and little by consensus."""
    told = document("rules", "universal", "--text", "global-initiative", "--replicates", "6")
    kept = {row["decision rule"]: int(row["ambition"].split()[0]) for row in told["rules"]}
    assert kept["simple-majority"] > 80 > 50 > kept["consensus"]


def test_the_command_says_it_in_words_and_a_table():
    shown = plenary("rules", "who-holds-the-pen", "--replicates", "2", "--quiet").stdout
    assert "endorsements" in shown and "silence-procedure" in shown and "not a prediction" in shown


def test_the_scenario_is_what_its_own_run_says():
    room = load("who-holds-the-pen")
    text = next(iter(room.texts))
    found = rule_swap(room, replicates=4, seed=1).sel(text=text)
    of_run = run(room, replicates=4, seed=1).data.sel(text=text)
    assert float(found.base.sel(measure="endorsing")) == float(of_run.endorsing[:, -1].mean())
