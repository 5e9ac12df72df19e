"""On whom it turns: prices, who can stop a text, and single countries pushed and flipped."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import apply_patch, load
from simulation import run
from simulation.analyses.leverage import leverage, prices
from simulation.analyses.pivotal import EFFORT, MEASURES, candidates, pivotal
from simulation.compare import effect
from simulation.opening import open_room
from simulation.rules._carrying import needs
from simulation.rules._needs import carried
from tests.generators import lively_room
from tests.rooms import chamber_of
from tests.test_cli import document, plenary

TEXT = "text-0"


def five(**more):
    """Five on one scale, without chance: the text at 50 is worth 0.4, 0.3, 0.1, −0.2 and −0.4 to them; an
    endorsement takes 0.25, opposition −0.3."""
    dynamics = {"endorse_threshold": 0.25, "oppose_threshold": 0.3, "drafting": "off"}
    return chamber_of(
        [[45.0], [40.0], [30.0], [15.0], [5.0]],
        texts=[[50.0]],
        reversion=0.0,
        dynamics=dynamics,
        **more,
    )


def test_prices_are_what_is_missing_to_the_cut_points():
    results = run(five(), replicates=1, seed=1)
    to_yes, to_neither = prices(results.data, open_room(results.scenario), TEXT)
    np.testing.assert_allclose(to_yes, [0, 0, 0.15, 0.45, 0.65], atol=1e-6)
    np.testing.assert_allclose(to_neither, [0, 0, 0, 0, 0.1], atol=1e-6)


def test_the_cheapest_coalition_takes_the_nearest():
    """Three of five have to endorse, so one more: the third, for 0.15."""
    on = leverage(run(five(), replicates=1, seed=1)).by_text[TEXT]
    assert on.bargain.says.tolist()[:3] == [1, 1, 1]
    assert on.bargain.total == pytest.approx(0.15, abs=1e-6)
    assert on.opposed.tolist() == [False, False, False, True, True]
    assert on.block is None


def test_by_consensus_the_objector_is_brought_to_stand_aside_for_less_than_a_yes():
    """One no blocks: the fifth objects by 0.1 more than it takes, less what it costs to stand alone."""
    for cost, expected in ((0.0, 0.1), (0.06, 0.04), (0.2, 0.0)):
        scenario = apply_patch(five(), {"rule": {"name": "consensus"}, "dynamics": {"block_cost": cost}})
        found = leverage(run(scenario, replicates=1, seed=1))
        assert found.by_text[TEXT].bargain.total == pytest.approx(expected, abs=1e-6)
        assert found.alone.all() and found.fewest == 1
        assert found.by_text[TEXT].block.sum() == 1
        assert found.by_text[TEXT].block[4]


def test_a_broken_red_line_is_not_for_sale():
    line = {"delegation": "D002", "issue": "issue-0", "max": 40.0}
    for kind, aside in (("forbids", np.inf), ("requires", 0.0)):
        results = run(five(red_lines=[{**line, "kind": kind}]), replicates=1, seed=1)
        to_yes, to_neither = prices(results.data, open_room(results.scenario), TEXT)
        assert (to_yes[2], to_neither[2]) == (np.inf, aside)
        found = leverage(results).by_text[TEXT].bargain
        assert found.total == pytest.approx(0.45, abs=1e-6)
        assert found.says.tolist()[3] == 1


def test_delegations_that_never_move_have_no_price():
    fixed = [{}, {}, {"strategy": "fixed", "stance": 1}, {"strategy": "fixed"}, {}]
    results = run(five(delegations=fixed), replicates=1, seed=1)
    to_yes, to_neither = prices(results.data, open_room(results.scenario), TEXT)
    assert (to_yes[2], to_yes[3], to_neither[3]) == (0, np.inf, 0)
    assert leverage(results).by_text[TEXT].bargain.total == 0


def test_what_is_found_on_the_launch_is_what_the_rule_says(launch):
    found = leverage(launch)
    assert set(found.by_text) == set(launch.scenario.texts)
    assert found.power.shapley_shubik.sum() == pytest.approx(1)
    assert found.power.owen.sum() == pytest.approx(1)
    assert found.fewest == 56 and not found.alone.any()
    asked = needs(open_room(launch.scenario), launch.scenario.rule)
    for on in found.by_text.values():
        if on.bargain is not None:
            assert carried(asked, on.bargain.says == 1)
        assert on.block is None or not carried(asked, ~on.block)


def test_observers_decide_nothing_and_are_nobodys_coalition():
    """With the second as an observer two of four have to endorse: the first and, for 0.15, the third."""
    watching = [{}, {"observer": True}, {}, {}, {}]
    results = run(five(delegations=watching), replicates=2, seed=1)
    found = leverage(results)
    assert found.countries == ["D000", "D002", "D003", "D004"]
    assert found.power.shapley_shubik.tolist() == pytest.approx([0.25] * 4)
    assert found.by_text[TEXT].bargain.total == pytest.approx(0.15, abs=1e-6)
    assert "D001" not in candidates(results, TEXT)
    others = pivotal(results.scenario, TEXT, ["D000"], 2).sel(measure="others")
    assert others.base.values.tolist() == [0]


def test_veto_holders_can_stop_a_text_alone():
    patch = {"rule": {"name": "security-council", "quota": 0.6, "vetoes": ["D001", "D004"]}}
    found = leverage(run(apply_patch(five(), patch), replicates=1, seed=1))
    assert found.alone.tolist() == [False, True, False, False, True]
    assert found.power.shapley_shubik[1] == found.power.shapley_shubik.max()


def test_a_rule_that_hangs_on_one_turns_with_it():
    """Two endorse by themselves and two never do: the fifth decides, and a push brings it over."""
    room = chamber_of(
        [[50.0], [50.0], [30.0], [0.0], [0.0]],
        texts=[[50.0]],
        reversion=0.0,
        dynamics={"endorse_threshold": 0.15, "oppose_threshold": 0.6, "drafting": "off"},
    )
    found = pivotal(room, TEXT, ["D003", "D002"], replicates=3)
    assert found.country.values.tolist() == ["D002", "D003"]
    adopted = found.sel(measure="adopted")
    assert adopted.base.values.tolist() == [0, 0]
    assert adopted.push.values.tolist() == [1, 0]
    assert adopted.flip.values.tolist() == [1, 1]
    assert (found.sel(measure="others")[["push", "flip"]].to_array() == 0).all()


def test_a_flip_carries_those_who_listen():
    """The second and third hear only the first, and their own interest leaves the matter open."""
    ties = np.zeros((3, 3))
    ties[1:, 0] = 1
    room = chamber_of(
        [[50.0], [0.0], [0.0]],
        texts=[[50.0]],
        reversion=0.0,
        ties=ties,
        rounds=3,
        dynamics={"peer_weight": 1.0, "endorse_threshold": 0.4, "oppose_threshold": 0.9, "drafting": "off"},
    )
    found = pivotal(room, TEXT, ["D000"], replicates=2)
    assert found.flip.sel(measure="others").values.tolist() == [2]


def test_flips_and_pushes_are_paired_effects_of_patches():
    """The same numbers as by hand: the intervals are those of `compare`."""
    room = load("bridge-builders")
    text, country = next(iter(room.texts)), list(room.delegations)[3]
    found = pivotal(room, text, [country], 5, 2).sel(country=country)
    event = {
        "date": room.calendar[0].start,
        "type": "statement",
        "nature": "exogenous",
        "sentence": "A push.",
        "targets": [country],
        "text": text,
        "delta": EFFORT,
    }
    by_hand = effect(room, {"pushed": {"events": {"by-hand": event}}}, 5, 2).sel(text=text, variant="pushed")
    for measure in MEASURES[:2]:
        for name, part in (("push", "difference"), ("push_low", "low"), ("push_high", "high")):
            assert float(found[name].sel(measure=measure)) == float(by_hand[part].sel(measure=measure))
    assert (found.push_low <= found.push).all() and (found.push <= found.push_high).all()
    assert (found.flip_low <= found.flip).all() and (found.flip <= found.flip_high).all()


def test_sponsors_are_no_candidates_and_nobody_is_named_twice(launch):
    for text in launch.scenario.texts:
        some = candidates(launch, text)
        assert len(some) == len(set(some)) == 8
        assert not set(some) & set(launch.scenario.texts[text].sponsors)


def test_progress_reaches_its_end():
    seen = []
    room = lively_room(1)
    some = list(room.delegations)[:5]
    pivotal(room, next(iter(room.texts)), some, 2, 1, lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_the_command_says_it_in_words_and_tables():
    told = plenary("leverage", "bridge-builders", "--replicates", "2", "--top", "2", "--quiet").stdout
    assert "delegations can stop a text" in told or "a single delegation can stop" in told
    assert "push: others" in told and "not a prediction" in told


def test_the_document_holds_what_is_said():
    told = document("leverage", "universal", "--text", "global-initiative", "--replicates", "2", "--top", "2")
    assert told["rule"] == "consensus" and told["fewest_to_stop"] == 1
    assert sum(one["owen"] for one in told["delegations"].values()) == pytest.approx(1)
    assert len(told["countries"]) == 2


def test_an_unknown_text_is_named_with_the_nearest_one():
    done = plenary("leverage", "universal", "--text", "global-initative", "--replicates", "1")
    assert done.exit_code == 2
    assert "global-initiative" in done.stderr
