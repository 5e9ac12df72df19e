"""Delegations that meet apart move towards each other, tell their blocs, and may state what they share."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given

from scenarios import ScenarioError, apply_patch, load
from scenarios.schema import Scenario
from simulation import run
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from tests.generators import lively_room, rooms
from tests.rooms import chamber_of

BLOC = {"name": "Bloc", "members": ["D001", "D002", "D003"], "coordinator": "D001", "discipline": 0.5}


def meeting(*parties: str, **more) -> dict:
    told = {"date": dt.date(2020, 9, 8), "type": "bilateral", "nature": "exogenous", "sentence": "They meet."}
    return {**told, "parties": list(parties), "weight": 1.0, **more}


def room_with(positions, rounds: int = 1, openness: float = 0.5, **more) -> Scenario:
    events = {f"meeting-{n}": one for n, one in enumerate(more.pop("meetings", []))}
    dynamics = {"openness": openness, "salience_exponent": 0.0, **more.pop("dynamics", {})}
    return chamber_of(
        np.array(positions, dtype=float)[:, None],
        texts=[[50.0]],
        reversion=50.0,
        rounds=rounds,
        events=events,
        dynamics=dynamics,
        **more,
    )


def positions(scenario: Scenario) -> list[float]:
    model = NegotiationModel(scenario, dtype=np.float64)
    model.step()
    return model.chamber.position[:, 0, 0].tolist()


def test_two_move_towards_each_other_by_their_openness():
    """φ = 0.5 and nothing but the meeting: each goes half of the way to what the other has said."""
    scenario = room_with([20.0, 60.0, 90.0], meetings=[meeting("D000", "D001")])
    assert positions(scenario) == pytest.approx([40, 40, 90])


def test_the_weight_is_the_share_of_its_listening_that_a_delegation_gives_the_meeting():
    """The same as a row of ties (1 − w)·W + w·P, worked out by hand."""
    ties = [[0, 0, 1], [0, 0, 1], [0, 1, 0]]
    scenario = room_with([20.0, 60.0, 90.0], ties=ties, meetings=[meeting("D000", "D001", weight=0.4)])
    assert positions(scenario) == pytest.approx(
        [0.5 * 20 + 0.5 * (0.6 * 90 + 0.4 * 60), 0.5 * 60 + 0.5 * (0.6 * 90 + 0.4 * 20), 75]
    )


def test_three_hear_the_mean_of_the_other_two():
    scenario = room_with([20.0, 60.0, 90.0], meetings=[meeting("D000", "D001", "D002")])
    assert positions(scenario) == pytest.approx([47.5, 57.5, 65])


def test_a_bloc_sits_there_through_its_coordinator_and_passes_on_by_its_discipline():
    scenario = room_with(
        [20.0, 60.0, 70.0, 30.0], blocs={"BLOC": BLOC}, meetings=[meeting("D000", "bloc:BLOC")]
    )
    assert positions(scenario) == pytest.approx([40, 40, 70 - 0.5 * 25, 30 - 0.5 * 5])


def test_who_speaks_for_a_bloc_goes_by_the_other_party():
    towards = {**BLOC, "coordinator_for": {"D000": "D002"}}
    scenario = room_with(
        [20.0, 60.0, 70.0, 30.0], blocs={"BLOC": towards}, meetings=[meeting("D000", "bloc:BLOC")]
    )
    assert positions(scenario)[0] == pytest.approx(45)


def test_who_holds_fast_is_not_moved():
    assert positions(room_with([20.0, 60.0], openness=0.0, meetings=[meeting("D000", "D001")])) == [20, 60]


def test_members_of_a_bloc_keep_their_own_stance():
    """The coordinator welcomes; the member has a line of its own, and its public stance stays."""
    bloc = {**BLOC, "members": ["D001", "D002"]}
    event = meeting(
        "D000", "bloc:BLOC", text="text-0", wording="welcomes", delta=0.3, targets=["D001"], within=100
    )
    scenario = room_with(
        [50.0, 50.0, 50.0], rounds=2, blocs={"BLOC": {**bloc, "discipline": 0.0}}, meetings=[event]
    )
    model = NegotiationModel(scenario)
    model.run_model()
    assert model.chamber.stance[:, 0, 0].tolist() == [0, 1, 0]


def test_a_joint_statement_comes_at_the_end_if_they_share_an_issue():
    until = dt.date(2020, 9, 10)
    near = meeting("D000", "D001", until=until, text="text-0", wording="supports", delta=0.3, within=15)
    scenario = room_with([45.0, 55.0, 50.0], rounds=4, meetings=[near])
    model = NegotiationModel(scenario, in_full=True)
    model.run_model()
    assert [met.round for met in model.record.meetings] == [1, 2, 3]
    assert model.record.part[3, 1:, 2, 0, 0].tolist() == pytest.approx([0, 0, 0.3, 0.3])
    acts = [act for act in minutes(scenario, 0) if act.kind in ("met", "joint statement")]
    assert [act.kind for act in acts] == ["met", "met", "met", "joint statement"]
    assert acts[0].sentence == "D000 and D001 met apart: they stand 0 points apart on average, 10 before."
    assert acts[3].sentence == (
        "D000 and D001 issued a joint statement: they support the Text 0 and stand within 15 points of each "
        "other on issue-0."
    )
    far = apply_patch(
        scenario, {"delegations": {"D001": {"positions": {"issue-0": 95}}}, "dynamics": {"openness": 0.1}}
    )
    model = NegotiationModel(far)
    model.run_model()
    assert not model.chamber.joint.any()
    told = [act.sentence for act in minutes(far, 0) if act.kind == "met"]
    assert told[-1].endswith("; there is no joint statement, as on no issue do they stand within 15 points.")


def test_an_outcome_moves_nobody():
    scenario = room_with([20.0, 60.0], meetings=[meeting("D000", "D001", nature="outcome")])
    assert positions(scenario) == [20, 60]


@given(scenario=rooms(rounds=3))
def test_a_meeting_of_no_weight_changes_no_bit_and_any_meeting_no_draw(scenario):
    names = list(scenario.delegations)
    day = scenario.calendar[0].start
    silent = meeting(names[0], names[1], date=day, weight=0.0)
    one = NegotiationModel(scenario, range(3), 1)
    other = NegotiationModel(apply_patch(scenario, {"events": {"meeting": silent}}), range(3), 1)
    one.run_model(), other.run_model()
    assert (one.chamber.position == other.chamber.position).all()
    assert (one.record.stance == other.record.stance).all()
    assert (one.draws.chance == other.draws.chance).all()


def test_meetings_have_the_same_bits_in_every_batch():
    plain = lively_room(7, rounds=5)
    names = list(plain.delegations)
    day = plain.calendar[0].start
    event = meeting(
        names[0], "bloc:NORTH", names[5], date=day, until=day + dt.timedelta(3), text="text-0", delta=0.05
    )
    scenario = apply_patch(plain, {"events": {"meeting": event}})
    many = NegotiationModel(scenario, range(70), 3)
    many.run_model()
    assert (many.chamber.joint[0, 0] > 0).any()
    for replicate in (0, 37, 69):
        alone = NegotiationModel(scenario, [replicate], 3)
        alone.run_model()
        assert (alone.chamber.position[..., 0] == many.chamber.position[..., replicate]).all()
        assert (alone.record.stance[..., 0] == many.record.stance[..., replicate]).all()


def test_china_meets_asean_through_the_philippines():
    event = meeting("CHN", "bloc:ASEAN", weight=0.5, text="global-initiative")
    scenario = load("launch-2020", [{"events": {"asean-china": event}}])
    acts = [act for act in minutes(scenario, seed=1) if act.kind == "met"]
    assert acts[0].actor == "CHN, PHL"
    assert run(scenario, replicates=1, seed=1).data.sizes["country"] == 111


BAD = {
    "one": ({"parties": ["D000"]}, "parties: it takes two to meet"),
    "none": ({"parties": []}, "parties: it takes two to meet"),
    "who": ({"parties": ["D000", "D009"]}, "parties.1: there is no delegation D009"),
    "bloc": ({"parties": ["D000", "bloc:BLOK"]}, "parties.1: there is no bloc BLOK; did you mean BLOC?"),
    "twice": ({"parties": ["D000", "D000"]}, "parties.1: D000 is listed twice"),
    "speaker": ({"parties": ["D000", "bloc:MUTE"]}, "parties.1: nobody speaks for MUTE there"),
    "before": ({"until": "2020-09-01"}, "until: it ends before it begins"),
    "after": ({"until": "2021-09-01"}, "until: 2021-09-01 is outside the calendar"),
    "type": ({"type": "note", "until": None}, "parties: only an event of type bilateral has parties"),
    "weight": ({"weight": 2}, "weight: 2 is not possible here; give a number from 0 to 1"),
}


@pytest.mark.parametrize("changes, message", BAD.values(), ids=BAD)
def test_a_meeting_that_does_not_fit_is_told_in_one_message(changes, message):
    mute = {"name": "Mute", "members": ["D001", "D002"]}
    scenario = room_with(
        [20.0, 60.0, 70.0, 30.0],
        rounds=9,
        blocs={"BLOC": BLOC, "MUTE": mute},
        meetings=[meeting("D000", "D001")],
    )
    with pytest.raises(ScenarioError) as caught:
        apply_patch(scenario, {"events": {"meeting-0": changes}})
    assert len(caught.value.problems) == 1
    assert f"patch, events.meeting-0.{message}" in str(caught.value)


def test_a_meeting_that_lost_its_speaker_is_off():
    scenario = room_with(
        [20.0, 60.0, 70.0, 30.0], blocs={"BLOC": BLOC}, meetings=[meeting("D000", "bloc:BLOC")]
    )
    assert not apply_patch(scenario, {"delegations": {"D001": None}}).events
    assert not apply_patch(scenario, {"blocs": {"BLOC": None}}).events
    assert apply_patch(scenario, {"delegations": {"D003": None}}).events
