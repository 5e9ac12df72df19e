"""Amendments at the vote, the order of texts, and divisions that are opposed."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import ScenarioError, apply_patch, load
from simulation import run
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from simulation.phases.amendments import ADOPTED, AMENDED, FELL, NOT_MOVED, REJECTED
from simulation.phases.floor import order_of, put_to_vote
from tests.generators import lively_room
from tests.rooms import chamber_of

FINAL = {"name": "simple-majority", "amendments": 10, "cosponsors": 1}


def at(*places: float):
    """Options at these places of every article's issue."""
    return lambda text, issue: [{f"issue-{issue}": place} for place in places]


def voted(scenario) -> NegotiationModel:
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    return model


def outcomes(model: NegotiationModel, text: int = 0, article: int = 0) -> list[int]:
    return model.record.amendments.outcome[text, article, :, 0].tolist()


def room(positions, places, final=FINAL, texts=((50.0,),), **more):
    dynamics = {"drafting": "off"}
    return chamber_of(
        positions, texts=texts, options=at(*places), final_vote=final, dynamics=dynamics, **more
    )


def test_the_furthest_removed_amendment_is_voted_on_first():
    """All want 100: the amendment to 90 is put first and carries, and the one to 60 falls with it."""
    model = voted(room([[100.0]] * 3, (60.0, 90.0)))
    assert outcomes(model) == [NOT_MOVED, FELL, ADOPTED]
    assert model.record.at_vote[0, 0, 0] == 2


def test_an_amendment_that_fails_leaves_room_for_a_nearer_one():
    """Two of three stand at 60: going to 90 is rejected, going to 60 carries."""
    model = voted(room([[60.0], [60.0], [100.0]], (60.0, 90.0)))
    assert outcomes(model) == [NOT_MOVED, ADOPTED, REJECTED]


def test_an_amendment_to_an_amendment_comes_before_it():
    """Option 90 is the amendment, 75 one to it: the room prefers 75 to 90, then adopts it."""
    scenario = room([[75.0]] * 3, (90.0, 75.0))
    model = voted(
        apply_patch(
            scenario,
            {"texts": {"text-0": {"articles": {"0": {"options": {"option-1": {"amends": "option-0"}}}}}}},
        )
    )
    assert outcomes(model) == [NOT_MOVED, AMENDED, ADOPTED]


def test_pending_amendments_are_weighed_against_the_text_as_amended():
    """Two articles on one issue at 50; either at 70 brings the text to everybody's 60, both past it."""
    document = room([[60.0]] * 3, (70.0,)).model_dump()
    article = document["texts"]["text-0"]["articles"]["0"]
    document["texts"]["text-0"]["articles"] = {"1": article, "2": article}
    model = voted(type(room([[60.0]], (70.0,))).model_validate(document))
    assert outcomes(model, article=0) == [NOT_MOVED, ADOPTED]
    assert outcomes(model, article=1) == [NOT_MOVED, REJECTED]


def test_an_amendment_needs_enough_behind_it_and_sponsors_do_not_count():
    positions = [[100.0], [100.0], [50.0], [50.0]]
    alone = {**FINAL, "cosponsors": 3}
    assert outcomes(voted(room(positions, (90.0,), alone))) == [NOT_MOVED, NOT_MOVED]
    two = {**FINAL, "cosponsors": 2}
    assert outcomes(voted(room(positions, (90.0,), two)))[1] == REJECTED
    sponsored = apply_patch(room(positions, (90.0,), two), {"texts": {"text-0": {"sponsors": ["D000"]}}})
    assert outcomes(voted(sponsored))[1] == NOT_MOVED


def test_those_who_proposed_an_option_move_it_whoever_stands_behind_it():
    scenario = room([[100.0], [50.0], [50.0]], (90.0,), {**FINAL, "cosponsors": 3})
    options = {"option-0": {"proposed_by": ["D001"]}}
    moved = voted(apply_patch(scenario, {"texts": {"text-0": {"articles": {"0": {"options": options}}}}}))
    assert outcomes(moved)[1] == REJECTED
    assert moved.record.amendments.mover[0, 0, 1, 0] == 1


def test_no_more_amendments_are_put_than_the_rule_allows():
    model = voted(room([[100.0]] * 3, (60.0, 70.0, 80.0), {**FINAL, "amendments": 1}))
    assert outcomes(model).count(NOT_MOVED) == 3


def test_texts_are_voted_on_in_the_order_tabled_unless_the_rule_says_otherwise():
    """General Assembly, rule 91."""
    scenario = load("launch-2020")
    last = {"tabled": "2020-09-20"}
    moved = apply_patch(scenario, {"texts": {"global-initiative": last}})
    keys = list(moved.texts)
    assert keys[order_of(NegotiationModel(moved))[-1]] == "global-initiative"
    first = apply_patch(moved, {"final_vote": {"order": ["global-initiative"]}})
    assert keys[order_of(NegotiationModel(first))[0]] == "global-initiative"


def test_once_a_text_has_carried_a_worse_one_is_not_put_to_the_vote():
    both = {**FINAL, "amendments": 0}
    scenario = room([[80.0]] * 3, (), both, texts=((80.0,), (70.0,)), reversion=20.0)
    assert voted(scenario).ballots[:, 1, 0].tolist() == [1, 1, 1]
    stopped = voted(apply_patch(scenario, {"final_vote": {"go_on": "if wanted"}}))
    assert stopped.ballots[:, :, 0].T.tolist() == [[1, 1, 1], [0, 0, 0]]
    better = apply_patch(scenario, {"final_vote": {"go_on": "if wanted", "order": ["text-1"]}})
    assert voted(better).ballots[:, 0, 0].tolist() == [1, 1, 1]


@pytest.mark.parametrize(("friends", "kept"), [(1, [True, False]), (3, [True, True])])
def test_a_division_that_is_opposed_needs_a_majority(friends, kept):
    """General Assembly, rule 89. Those who like every article are against dividing the text."""
    positions = [[80.0, 0.0]] * 2 + [[80.0, 100.0]] * friends
    final = {"name": "simple-majority", "by": "article", "division": "opposed"}
    scenario = chamber_of(positions, texts=[[60.0, 100.0]], reversion=[20.0, 20.0], final_vote=final)
    model = voted(scenario)
    assert put_to_vote(model).kept[0, :, 0].tolist() == kept


def test_amendments_have_the_same_bits_in_every_batch_and_draw_no_luck():
    document = lively_room(3).model_dump()
    document["final_vote"] = {"name": "simple-majority", "amendments": 3, "cosponsors": 2}
    scenario = type(lively_room(3)).model_validate(document)
    small, large = (run(scenario, 31, seed=4, batch=batch).data for batch in (2, 64))
    assert (large.amendment.values >= 0).any()
    for name in ("amendment", "amendment_moved_by", "wording_at_vote", "vote"):
        assert np.array_equal(small[name].values, large[name].values)
    plain = run(lively_room(3), 31, seed=4).data
    assert np.array_equal(plain.stance.values, large.stance.values)


def test_an_amendment_amends_another_option_of_its_article():
    with pytest.raises(ScenarioError, match="no other option"):
        options = {"alternative-1": {"amends": "alternative-1"}}
        texts = {"global-initiative": {"articles": {"1": {"options": options}}}}
        apply_patch(load("launch-2020"), {"texts": texts})


def test_what_is_for_the_vote_at_the_end_is_refused_in_the_rounds():
    with pytest.raises(ScenarioError, match="put it under final_vote"):
        apply_patch(load("launch-2020"), {"rule": {"amendments": 2}})


def test_every_amendment_is_told_once_with_what_became_of_it():
    document = load("launch-2020")
    final = {"final_vote": {"name": "simple-majority", "amendments": 3, "cosponsors": 10}}
    scenario = apply_patch(document, final)
    model = NegotiationModel(scenario, [0], 1)
    model.run_model()
    told = [act for act in minutes(scenario, 1) if act.kind == "moved"]
    outcome = model.record.amendments.outcome[..., 0]
    assert len(told) == int((outcome >= 0).sum()) > 0
    assert sum("was adopted." in act.sentence and "fell" not in act.sentence for act in told) == int(
        (outcome == ADOPTED).sum()
    )


def test_who_stands_apart_is_told_by_article():
    scenario = apply_patch(load("launch-2020"), {"final_vote": {"name": "consensus"}})
    told = [act for act in minutes(scenario, 1) if act.kind == "stood apart"]
    assert told and all("let the" in act.sentence and "article" in act.sentence for act in told)
