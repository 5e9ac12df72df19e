"""Paragraphs by themselves: silences over them, dissociations and reservations, money, and circulation."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from scenarios import ScenarioError, apply_patch, load
from scenarios.schema import Scenario
from simulation import run
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from simulation.phases.floor import put_to_vote
from simulation.rules._carrying import carries
from tests.rooms import chamber_of

DAYS = [{"start": dt.date(2020, 9, 1), "length": "day", "rounds": 6}]
SILENCE = {"name": "silence-procedure", "days": 3}
CONSENSUS = {"name": "consensus"}


def ended(scenario: Scenario) -> NegotiationModel:
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    return model


def before_silence(positions, by: str, block_cost: float = 0.1) -> NegotiationModel:
    """Two articles at 60 on issues of their own; nothing holds without them. The first wants both."""
    return ended(
        chamber_of(
            [[60.0, 60.0], *positions],
            texts=[[60.0, 60.0]],
            reversion=0.0,
            calendar=DAYS,
            rule={**SILENCE, "by": by},
            dynamics={"block_cost": block_cost, "oppose_threshold": 0.15},
        )
    )


def test_what_nobody_breaks_paragraph_by_paragraph_is_adopted_when_the_last_silence_ends():
    model = before_silence([[60.0, 60.0]], "article")
    assert model.chamber.adopted_round[0, 0] == 3


def test_an_objection_to_one_paragraph_is_enough():
    """The second gains by the text as a whole, and loses .3 by its second article."""
    positions = [[60.0, 0.0]]
    assert before_silence(positions, "text").chamber.adopted_round[0, 0] == 3
    assert before_silence(positions, "article").chamber.adopted_round[0, 0] == -1


def test_who_loses_a_little_by_every_paragraph_breaks_no_silence_over_paragraphs():
    """It loses .6 by the whole, which is worth standing alone, and .3 by either article, which is not."""
    whole = before_silence([[0.0, 0.0]], "text", block_cost=0.35)
    parts = before_silence([[0.0, 0.0]], "article", block_cost=0.35)
    assert whole.chamber.adopted_round[0, 0] == -1
    assert parts.chamber.adopted_round[0, 0] == 3


def test_another_wording_starts_the_silence_of_its_paragraph_anew():
    scenario = chamber_of(
        [[60.0, 60.0]] * 2,
        texts=[[60.0, 40.0]],
        reversion=0.0,
        calendar=DAYS,
        rule={**SILENCE, "by": "article"},
        options=lambda text, issue: [{f"issue-{issue}": 60.0}] if issue else [],
        dynamics={"drafting": "chair", "redraft_days": 2, "min_improvement": 0.0},
    )
    model = ended(scenario)
    [revision] = model.record.revisions
    assert model.chamber.adopted_round[0, 0] == revision.round + 3


def passing(**more) -> NegotiationModel:
    """The second gains .3 by the first article and loses .03 by the second; the text passes by consensus."""
    return ended(
        chamber_of(
            [[60.0, 60.0], [60.0, 27.0]],
            texts=[[60.0, 60.0]],
            reversion=0.0,
            final_vote=CONSENSUS,
            dynamics={"vote_yes_threshold": 0.0},
            **more,
        )
    )


def test_who_lets_a_text_pass_dissociates_itself_from_what_costs_it():
    model = passing()
    assert model.ballots[:, 0, 0].tolist() == [1, 1]
    assert model.record.dissociated[:, 0, :, 0].tolist() == [[0, 0], [0, 1]]


def test_what_crosses_a_red_line_is_reserved():
    lines = [{"delegation": "D001", "issue": "issue-1", "max": 50, "kind": "requires"}]
    model = passing(red_lines=lines)
    assert model.ballots[:, 0, 0].tolist() == [1, 0]
    assert model.record.dissociated[1, 0, :, 0].tolist() == [0, 2]


def test_a_no_is_no_dissociation():
    model = ended(
        chamber_of([[60.0], [0.0]], texts=[[60.0]], final_vote=CONSENSUS, dynamics={"block_cost": 0.0})
    )
    assert model.ballots[:, 0, 0].tolist() == [1, -1]
    assert not model.record.dissociated.any()


def test_dissociations_are_in_the_results_of_a_text_that_passes_unless_somebody_objects():
    scenario = apply_patch(load("launch-2020"), {"final_vote": {"name": "consensus"}})
    data = run(scenario, 4, seed=1).data
    assert data.dissociated.dims == ("replicate", "country", "text", "article")
    voted_no = (data.vote == -1).values[..., None] & (data.dissociated > 0).values
    assert (data.dissociated > 0).any() and not voted_no.any()


@pytest.mark.parametrize(
    ("by", "statement", "kept"),
    [
        ("text", None, []),
        ("text", "2020-09-04", [0, 1]),
        ("article", None, [0]),
        ("article", "2020-09-04", [0, 1]),
    ],
)
def test_what_costs_money_needs_a_statement_before_it_is_put_to_the_vote(by, statement, kept):
    """General Assembly, rule 153."""
    scenario = chamber_of(
        [[60.0, 60.0]] * 2,
        texts=[[60.0, 60.0]],
        calendar=DAYS,
        final_vote={"name": "simple-majority", "by": by},
    )
    text = {"articles": {"1": {"funded": True}}, "budget_statement": statement}
    model = ended(apply_patch(scenario, {"texts": {"text-0": text}}))
    floor = put_to_vote(model)
    found = np.flatnonzero(floor.kept[0, :, 0] & floor.open[0, 0]).tolist()
    assert found == kept
    assert (model.ballots == 1).all() == bool(kept)


@pytest.mark.parametrize(("tabled", "voted"), [("2020-09-05", True), ("2020-09-06", False)])
def test_a_text_is_circulated_the_day_before_it_is_voted_on(tabled, voted):
    """General Assembly, rule 78."""
    scenario = chamber_of([[60.0]] * 2, texts=[[60.0]], calendar=DAYS, final_vote={"name": "simple-majority"})
    model = ended(apply_patch(scenario, {"texts": {"text-0": {"tabled": tabled}}}))
    assert (model.ballots == 1).all() == voted


def test_articles_are_decided_one_by_one_in_the_rounds_under_silence_alone():
    launch = load("launch-2020")
    apply_patch(launch, {"rule": {"name": "silence-procedure", "by": "article"}})
    with pytest.raises(ScenarioError, match="put it under final_vote"):
        apply_patch(launch, {"rule": {"name": "consensus", "by": "article"}})


@pytest.mark.parametrize(
    ("otherwise", "ballots", "passed"),
    [
        (None, [1, 1, 1, 0, -1], False),
        ("two-thirds", [1, 1, 1, -1, -1], False),
        ("simple-majority", [1, 1, 1, -1, -1], True),
    ],
)
def test_where_somebody_objects_anyone_may_ask_for_a_vote(otherwise, ballots, passed):
    """The fifth objects. The fourth would let the text pass, but votes against it once there is a vote."""
    final = {"name": "consensus", "otherwise": otherwise}
    scenario = chamber_of(
        [[60.0], [60.0], [60.0], [25.0], [0.0]],
        texts=[[60.0]],
        reversion=10.0,
        final_vote=final,
        dynamics={"block_cost": 0.3, "vote_oppose_threshold": 0.0, "oppose_threshold": 0.0},
    )
    model = ended(scenario)
    assert model.ballots[:, 0, 0].tolist() == ballots
    assert bool(carries(model.room, scenario.final_vote, model.ballots)[0, 0]) == passed


def test_what_nobody_objects_to_needs_no_vote():
    final = {"name": "consensus", "otherwise": "unanimity"}
    model = ended(chamber_of([[60.0], [60.0], [30.0]], texts=[[60.0]], reversion=10.0, final_vote=final))
    assert model.ballots[:, 0, 0].tolist() == [1, 1, 0]
    assert carries(model.room, model.room.scenario.final_vote, model.ballots).all()


def test_a_vote_that_was_asked_for_is_explained_as_a_vote():
    final = {"final_vote": {"name": "consensus", "otherwise": "simple-majority"}}
    told = [act for act in minutes(apply_patch(load("launch-2020"), final), 1) if act.kind == "voted"]
    assert any("voted against" in act.sentence for act in told)
    for act in told:
        if act.choice == "no" and act.margin is not None:
            assert sum(act.parts.values()) == pytest.approx(act.margin, abs=1e-6)
