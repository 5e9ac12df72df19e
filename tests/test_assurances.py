"""Doubts about motives can be answered in three ways, and a text can be tabled by somebody else."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given

from scenarios import ScenarioError, apply_patch, load
from scenarios.schema import Scenario
from simulation.compare import effect
from simulation.explaining import changes
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from tests.generators import lively_room, rooms
from tests.rooms import chamber_of

DAY = dt.date(2020, 9, 8)


def reply(kind: str, delta: float, **more) -> dict:
    told = {"date": DAY, "type": "assurance", "nature": "exogenous", "sentence": "China answers."}
    return {**told, "kind": kind, "sponsor": "CHN", "delta": delta, **more}


def doubted(trust=(0.0, -0.6, -0.1, 0.4), rounds: int = 3, texts: int = 1, **more) -> Scenario:
    """China has tabled a text that brings nobody anything: trust in China is all there is."""
    scenario = chamber_of(
        [[50.0]] * 4,
        texts=[[50.0]] * texts,
        reversion=50.0,
        names=["CHN", "USA", "DEU", "RUS"],
        rounds=rounds,
        delegations=[{"trust": {"CHN": value}} for value in trust],
        dynamics={"trust_weight": 0.1, "drafting": "off", "trust_decay": 0.1},
        **more,
    )
    return apply_patch(scenario, {"texts": {"text-0": {"sponsors": ["CHN"]}}})


def paths(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Trust in China when each round's answers began, and the part it made up (round, country)."""
    model = NegotiationModel(scenario, dtype=np.float64, in_full=True)
    model.run_model()
    return np.array(model.record.trust)[:, 0, :, 0], model.record.part[1, 1:, :, 0, 0]


def answered(kind: str, delta: float, **more) -> tuple[np.ndarray, np.ndarray]:
    return paths(apply_patch(doubted(), {"events": {"reply": reply(kind, delta, **more)}}))


def test_an_assurance_lifts_everybody_and_fades():
    trust, _ = answered("assurance", 0.2)
    assert trust[0].tolist() == pytest.approx([0.2, -0.4, 0.1, 0.6])
    faded = 0.2 * np.exp(-0.1)
    assert trust[1].tolist() == pytest.approx([faded, -0.6 + faded, -0.1 + faded, 0.4 + faded])


def test_evidence_settles_the_doubts_of_those_who_have_some_and_they_do_not_come_back():
    trust, _ = answered("evidence", 0.2)
    for now in trust:
        assert now.tolist() == pytest.approx([0, -0.2, 0, 0.4])


def test_evidence_after_a_shock_mends_the_shock_and_makes_no_friends():
    shock = {**reply("assurance", -0.5), "type": "trust_shock"}
    scenario = apply_patch(doubted(), {"events": {"a-shock": shock, "b-reply": reply("evidence", 0.25)}})
    trust, _ = paths(scenario)
    assert trust[0].tolist() == pytest.approx([0, -0.5, -0.1, 0])
    assert trust[-1, 3] > 0.05 and trust[-1, 1] > -0.45


def test_the_general_norm_takes_authorship_out_of_the_text_for_friend_and_foe():
    trust, part = answered("general norm", 0.4)
    assert trust[0].tolist() == pytest.approx([0, -0.6, -0.1, 0.4])
    for now in part:
        assert now.tolist() == pytest.approx([0, -0.036, -0.006, 0.024])


def test_the_general_norm_may_be_about_one_text_and_some_delegations():
    scenario = apply_patch(doubted(texts=2), {"texts": {"text-1": {"sponsors": ["CHN"]}}})
    told = reply("general norm", 1.0, text="text-1", targets=["USA"])
    model = NegotiationModel(apply_patch(scenario, {"events": {"reply": told}}), dtype=np.float64)
    model.step()
    assert model.chamber.coloured.tolist() == [[1, 1], [1, 0], [1, 1], [1, 1]]


def test_each_reply_moves_those_it_names_alone():
    for kind in ("assurance", "evidence"):
        trust, _ = answered(kind, 0.05, targets=["USA"])
        assert trust[0, [0, 2, 3]].tolist() == pytest.approx([0, -0.1, 0.4])
        assert trust[0, 1] == pytest.approx(-0.55 if kind == "assurance" else -0.5)


@pytest.mark.parametrize("kind", ["assurance", "evidence", "general norm"])
def test_every_account_still_adds_up_after_a_reply(kind):
    plain = lively_room(5, countries=12, rounds=6)
    sponsor = plain.texts["text-0"].sponsors[0]
    scenario = apply_patch(plain, {"events": {"reply": reply(kind, 0.4, sponsor=sponsor)}})
    model = NegotiationModel(scenario, range(1), 2, in_full=True)
    model.run_model()
    found = list(changes(model))
    assert found
    for country, text, account in found:
        row, on = model.room.countries.index(country), model.room.texts.index(text)
        appeal = (
            model.record.appeal[account.round, row, on, 0] + model.draws.chance[account.round - 1, row, on, 0]
        )
        assert account.margin == pytest.approx(float(appeal) - account.cut, abs=1e-5)
        assert account.total == pytest.approx(account.margin, abs=1e-6)
    assert all(
        sum(act.parts.values()) == pytest.approx(act.margin) for act in minutes(scenario, 2) if act.margin
    )


def test_replies_have_the_same_bits_in_every_batch_and_move_no_draw():
    plain = lively_room(7, rounds=5)
    sponsor = plain.texts["text-0"].sponsors[0]
    events = {
        kind.replace(" ", "-"): reply(kind, 0.3, sponsor=sponsor) for kind in ("evidence", "general norm")
    }
    many = NegotiationModel(apply_patch(plain, {"events": events}), range(70), 3)
    many.run_model()
    for replicate in (0, 69):
        alone = NegotiationModel(many.room.scenario, [replicate], 3)
        alone.run_model()
        assert (alone.chamber.trust[..., 0] == many.chamber.trust[..., replicate]).all()
        assert (alone.record.stance[..., 0] == many.record.stance[..., replicate]).all()
    assert (many.draws.chance == NegotiationModel(plain, range(70), 3).draws.chance).all()


def test_replies_are_told_with_what_they_do():
    events = {
        "a": reply("assurance", 0.1, targets=["USA", "DEU"]),
        "b": reply("evidence", 0.2),
        "c": reply("general norm", 0.25),
    }
    acts = [act for act in minutes(apply_patch(doubted(), {"events": events}), 0) if act.kind == "assured"]
    assert [act.sentence for act in acts] == [
        "CHN gave an assurance, which adds 0.10 to trust in it and fades: “China answers”.",
        "CHN answered with evidence, which adds up to 0.40 to the trust of those who doubt it: "
        "“China answers”.",
        "CHN pointed to the general norm, so that authorship colours its texts 25 % less: “China answers”.",
    ]
    assert [act.to for act in acts] == ["USA, DEU", "", ""]


BAD = {
    "kind": ({"kind": "promise"}, "kind: 'promise' cannot stand here; give one of assurance / evidence"),
    "share": ({"kind": "general norm", "delta": 1.5}, "delta: for the general norm delta is the share"),
    "evidence": ({"kind": "evidence", "delta": -0.1}, "delta: evidence cannot raise doubts"),
    "type": ({"kind": "evidence", "type": "note"}, "kind: only an event of type assurance has a kind"),
}


@pytest.mark.parametrize("changes, message", BAD.values(), ids=BAD)
def test_a_reply_that_does_not_fit_is_told_in_one_message(changes, message):
    scenario = apply_patch(doubted(), {"events": {"reply": reply("assurance", 0.1)}})
    with pytest.raises(ScenarioError) as caught:
        apply_patch(scenario, {"events": {"reply": changes}})
    assert len(caught.value.problems) == 1
    assert f"patch, events.reply.{message}" in str(caught.value)


@given(scenario=rooms(rounds=4))
def test_without_trust_it_makes_no_difference_who_tabled_the_words(scenario):
    """The same words by somebody else: what they bring, and what events and offers add, stay bit for bit.

    As nobody listens to the sponsors' own endorsement, so does every stance.
    """
    names = list(scenario.delegations)
    plain = {"trust": {names[0]: None}, "strategy": "interest-driven"}
    alone = apply_patch(
        scenario,
        {
            "delegations": dict.fromkeys(names, plain),
            "dynamics": {"drafting": "off", "peer_weight": 0.0, "commitment": 0.0, "instruction_rate": 1e9},
        },
    )
    swapped = apply_patch(alone, {"texts": {"text-0": {"sponsors": [names[4]]}}})
    one, other = (NegotiationModel(case, range(4), 1, in_full=True) for case in (alone, swapped))
    one.run_model(), other.run_model()
    assert (one.record.part[:4, 1:] == other.record.part[:4, 1:]).all()
    assert (one.record.stance[1:] == other.record.stance[1:]).all()
    assert (one.ballots == other.ballots).all()


def test_without_trust_a_swap_changes_who_drafts_and_so_the_wording():
    plain = lively_room(3, rounds=8)
    names = list(plain.delegations)
    alone = apply_patch(plain, {"delegations": dict.fromkeys(names, {"trust": {names[0]: None}})})
    swapped = apply_patch(alone, {"texts": {"text-0": {"sponsors": [names[4]]}}})
    one, other = (NegotiationModel(case, range(16), 1) for case in (alone, swapped))
    one.run_model(), other.run_model()
    assert (one.chamber.position == other.chamber.position).all()
    assert (one.record.chosen != other.record.chosen).any()


def test_who_wrote_it_is_asked_with_a_patch():
    """The same words by the European Union, whom most of the room trusts more: support does not fall."""
    patch = {"texts": {"global-initiative": {"sponsors": ["EU"]}}, "dynamics": {"drafting": "off"}}
    base = load("launch-2020", [{"dynamics": {"drafting": "off"}}])
    found = effect(base, {"by the Union": patch}, replicates=6, seed=1)
    change = found.country_difference.sel(variant="by the Union", text="global-initiative")
    assert float(np.abs(change).max()) > 0
