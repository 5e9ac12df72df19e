"""Sponsors call on a few delegations each round, where it moves most, and calls wear off."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import apply_patch, load
from scenarios.schema import Scenario
from simulation import run
from simulation.guards import guards
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from simulation.objectives import Outlook
from tests.generators import lively_room
from tests.rooms import chamber_of


def called_on(scenario: Scenario, effort: int = 2, weight: float = 0.03, **dynamics) -> Scenario:
    patch = {
        "texts": {"text-0": {"effort": effort}},
        "dynamics": {"lobbying_weight": weight, **dynamics},
    }
    return apply_patch(scenario, patch)


def near_and_far(**more) -> Scenario:
    """D000 tables a text; D001 lacks 0.02 for an endorsement, D002 0.03, D003 very much."""
    scenario = chamber_of(
        [[60.0], [54.0], [53.5], [20.0]],
        texts=[[60.0]],
        reversion=40.0,
        rounds=more.pop("rounds", 1),
        dynamics={"endorse_threshold": 0.10, "precision": 60.0, **more.pop("dynamics", {})},
        **more,
    )
    return apply_patch(scenario, {"texts": {"text-0": {"sponsors": ["D000"]}}})


def test_a_call_raises_an_appeal_by_the_weight_where_it_moves_most():
    model = NegotiationModel(called_on(near_and_far(), effort=1), in_full=True, dtype=np.float64)
    model.step()
    raised = model.record.calls[0].raised[:, 0]
    assert raised.tolist() == pytest.approx([0, 0.03, 0, 0])
    assert model.record.part[3, 1, :, 0, 0].tolist() == pytest.approx(raised.tolist())


def test_calls_go_by_the_slope_of_the_score_through_the_blocs():
    scenario = called_on(lively_room(3, countries=12, rounds=1), effort=3)
    model = NegotiationModel(scenario, range(4), dtype=np.float64, in_full=True)
    seen = {}

    def spy(model: NegotiationModel) -> None:
        from simulation.appeals import bloc_appeal, own_parts

        parts = own_parts(model.room, model.chamber, model.chamber.heard)
        appeals = bloc_appeal(model.room, model.room.lines, slice(None), parts.without_peers() + parts.peers)
        seen["leverage"] = Outlook(model.room, model.chamber, [0], appeals[:, [0]]).leverage.T

    phases = list(model.phases)
    model.phases = (*phases[: [one.__name__ for one in phases].index("lobby")], spy)
    model.step()
    model = NegotiationModel(scenario, range(4), dtype=np.float64, in_full=True)
    model.step()
    worth = seen["leverage"] * model.room.part_weights[3][:, None]
    worth[model.room.sponsoring[:, 0]] = 0
    for replicate in range(4):
        best = {
            row for row in np.argsort(-worth[:, replicate], kind="stable")[:3] if worth[row, replicate] > 0
        }
        assert set(np.flatnonzero(model.record.calls[0].raised[:, replicate])) == best


def test_a_coordinator_is_called_on_for_its_members():
    bloc = {"name": "Bloc", "members": ["D001", "D002", "D003"], "coordinator": "D002", "discipline": 0.8}
    scenario = near_and_far(blocs={"BLOC": bloc}, dynamics={"coordinator_weight": 0.9, "precision": 20.0})
    model = NegotiationModel(called_on(scenario, effort=1), in_full=True)
    model.step()
    assert np.flatnonzero(model.record.calls[0].raised[:, 0]).tolist() == [2]


def test_calls_wear_off_and_never_add_up_beyond_the_weight():
    scenario = called_on(near_and_far(rounds=6), effort=3, lobbying_decay=0.5)
    model = NegotiationModel(scenario, dtype=np.float64)
    while model.running:
        model.step()
        assert model.chamber.lobbied.max() <= 0.03 * np.exp(-0.5) + 1e-12
    assert model.chamber.calls[1:3, 0, 0].min() >= 5
    assert not model.chamber.calls[0].any()


def test_nobody_calls_on_those_whom_no_statement_moves():
    deaf = [{}, {"strategy": "bandwagon"}, {"strategy": "inducement-seeker"}, {}]
    model = NegotiationModel(called_on(near_and_far(delegations=deaf), effort=4))
    model.run_model()
    assert not model.chamber.calls[1:3].any()


def test_the_chair_calls_where_nobody_sponsors_a_text():
    plain = chamber_of([[54.0], [53.0]], texts=[[60.0]], reversion=40.0, dynamics={"precision": 60.0})
    acts = [act for act in minutes(called_on(plain, effort=1), 0) if act.kind == "lobbied"]
    assert acts[0].actor == "" and acts[0].to == "D000"
    assert acts[0].sentence == (
        "The chair called on D000 about the Text 0, where that moves the decision most: "
        "it raises its appeal by 0.03."
    )


@pytest.mark.parametrize("effort, weight", [(0, 0.05), (5, 0.0)])
def test_without_effort_or_weight_every_bit_stays(effort, weight):
    plain = lively_room(4, rounds=6)
    one = run(plain, replicates=3, seed=1).data
    other = run(called_on(plain, effort, weight), replicates=3, seed=1).data
    for name in ("stance", "place", "vote", "appeal", "part_of_appeal"):
        np.testing.assert_array_equal(one[name].values, other[name].values)


def test_calls_have_the_same_bits_in_every_batch_and_move_no_draw():
    scenario = called_on(lively_room(7, countries=12, rounds=6), effort=3)
    many = NegotiationModel(scenario, range(70), 3)
    many.run_model()
    for replicate in (0, 37, 69):
        alone = NegotiationModel(scenario, [replicate], 3)
        alone.run_model()
        assert (alone.chamber.lobbied[..., 0] == many.chamber.lobbied[..., replicate]).all()
        assert (alone.record.stance[..., 0] == many.record.stance[..., replicate]).all()
    plain = NegotiationModel(lively_room(7, countries=12, rounds=6), range(70), 3)
    assert (plain.draws.chance == many.draws.chance).all()


def test_calls_are_told_and_counted():
    scenario = load(
        "launch-2020",
        [{"texts": {"global-initiative": {"effort": 3}}, "dynamics": {"lobbying_weight": 0.03}}],
    )
    data = run(scenario, replicates=1, seed=1).data
    acts = [act for act in minutes(scenario, seed=1) if act.kind == "lobbied"]
    assert {act.actor for act in acts} == {"CHN"}
    assert len(acts) == data.sizes["round"] - 1
    assert all(len(act.to.split(", ")) == 3 for act in acts)
    assert sum(len(act.to.split(", ")) for act in acts) == int(data.calls.sum())


def test_effort_spent_on_nobody_is_told():
    def fired(scenario: Scenario) -> list[str]:
        return [guard.message for guard in guards(run(scenario, replicates=2)) if guard.name == "idle effort"]

    assert not fired(called_on(near_and_far(rounds=2), effort=2))
    assert (
        "there are too few whom a call could move" in fired(called_on(near_and_far(rounds=2), effort=50))[0]
    )
    assert "set dynamics.lobbying_weight above 0" in fired(called_on(near_and_far(), effort=2, weight=0.0))[0]
