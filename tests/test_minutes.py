"""The minutes hold every act of a replicate, in order, with reasons that add up."""

import json

import numpy as np
import pytest

from scenarios import load
from simulation import run
from simulation.analyses.acts import KINDS, PARTS, Act, because, of_document, table
from simulation.analyses.explanation import Explanation
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from simulation.opening import open_room
from tests.generators import lively_room
from tests.rooms import chamber_of

STANCES = {"endorsed": 1, "opposed": -1, "went back to studying": 0}


@pytest.fixture(scope="module")
def launch_acts():
    return minutes(load("launch-2020"), seed=1)


def kinds(acts, kind):
    return [act for act in acts if act.kind == kind]


def test_acts_stand_in_order_and_say_what_was_done_in_a_sentence(launch_acts):
    assert [act.round for act in launch_acts] == sorted(act.round for act in launch_acts)
    assert {act.kind for act in launch_acts} <= set(KINDS)
    for act in launch_acts:
        assert act.sentence[0].isupper() and act.sentence.endswith(".")
        assert act.date[:2] == "20" and len(act.date) == 10


def test_every_margin_is_the_sum_of_its_parts(launch_acts):
    with_margin = [act for act in launch_acts if act.margin is not None]
    assert len(with_margin) > 500
    for act in with_margin:
        assert sum(act.parts.values()) == pytest.approx(act.margin, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_the_stances_taken_replay_the_record(seed):
    scenario = lively_room(seed, countries=12, issues=4, texts=3, rounds=10)
    data = run(scenario, replicates=1, seed=1).data.isel(replicate=0)
    stance = data.stance.isel(round=0).copy()
    rows = {key: row for row, key in enumerate(data.country.values.tolist())}
    columns = {key: place for place, key in enumerate(data.text.values.tolist())}
    acts = minutes(scenario, seed=1)
    for act in acts:
        if act.kind in STANCES:
            stance[rows[act.actor], columns[act.text]] = STANCES[act.kind]
    assert (stance.values == data.stance.isel(round=-1).values).all()
    ballots = {"yes": 1, "abstain": 0, "no": -1, "absent": -2}
    for act in kinds(acts, "voted"):
        assert ballots[act.choice] == data.vote.values[rows[act.actor], columns[act.text]]


def test_every_text_is_proposed_by_its_sponsors_on_its_day(launch_acts):
    proposed = {act.text: act for act in kinds(launch_acts, "proposed")}
    china = proposed["global-initiative"]
    assert (china.actor, china.date) == ("CHN", "2020-09-08")
    assert china.sentence.startswith("China tabled the Global Initiative on Data Security: it is worth +0.")
    assert proposed["un-text"].actor == ""
    assert "nobody sponsors it" in proposed["un-text"].sentence


def test_amendments_are_the_revisions_of_the_record_and_concessions_their_price(launch_acts):
    scenario = load("launch-2020")
    data = run(scenario, replicates=1, seed=1).data
    amended = kinds(launch_acts, "amended")
    recorded = [
        (
            int(when),
            str(data.text.values[text]),
            list(scenario.texts[str(data.text.values[text])].articles)[article],
            str(data.country.values[asker]),
        )
        for when, text, article, asker in zip(
            *(data[f"revision_{name}"].values for name in ("round", "text", "article", "asked_by")),
            strict=True,
        )
    ]
    assert sorted((act.round, act.text, act.article, act.to) for act in amended) == sorted(recorded)
    assert len(amended) > 5
    for act in kinds(launch_acts, "conceded"):
        path = data.ambition.sel(text=act.text).values[0]
        assert act.parts["ambition"] == pytest.approx(path[act.round] - path[act.round - 1], abs=1e-6)
        assert act.parts["ambition"] < 0


def test_who_asked_gains_by_what_it_asked_for(launch_acts):
    assert all(act.parts["gain"] > 0 for act in kinds(launch_acts, "amended"))


def test_offers_add_up_to_what_was_promised():
    scenario = load("launch-2020", [{"texts": {"global-initiative": {"budget": 0.5}}}])
    data = run(scenario, replicates=1, seed=1).data
    offers = kinds(minutes(scenario, seed=1), "offered")
    promised = data.offered.values[0].sum()
    assert len(offers) > 3
    assert {act.actor for act in offers} == {"CHN"}
    assert sum(act.parts["inducements"] for act in offers) == pytest.approx(promised, abs=0.02)


def test_a_silence_is_broken_by_those_who_object():
    scenario = chamber_of(
        [[80.0], [62.0], [64.0]],
        texts=[[80.0]],
        reversion=50.0,
        rounds=12,
        dynamics={"block_cost": 0.0, "oppose_threshold": 0.05, "precision": 20, "noise_persistence": 0.0},
        delegations=[{"stance": 1}, {}, {}],
        rule={"name": "silence-procedure", "days": 30},
    )
    acts = minutes(scenario, seed=3)
    broken = kinds(acts, "broke silence")
    assert broken
    model = NegotiationModel(open_room(scenario), [0], 3, in_full=True)
    model.run_model()
    for act in broken:
        row = model.room.countries.index(act.actor)
        assert model.record.stance[act.round, row, 0, 0] == -1
        assert act.margin < 0
        assert "broke the silence on the Text 0" in act.sentence
    quiet = [step for step in range(1, 13) if not (model.record.stance[step, :, 0, 0] == -1).any()]
    assert all(act.round - 1 in quiet for act in broken)


def test_no_silence_is_broken_where_nobody_keeps_one(launch_acts):
    assert not kinds(launch_acts, "broke silence")


def test_an_act_is_the_same_read_back(launch_acts):
    for act in launch_acts[:20] + launch_acts[-20:]:
        assert of_document(json.loads(json.dumps(act.document()))) == act


@pytest.mark.parametrize(
    "document", [{}, [], {"round": 1, "date": "", "kind": "x", "sentence": "", "odd": 1}]
)
def test_what_is_no_act_is_refused(document):
    with pytest.raises(ValueError, match="not an act"):
        of_document(document)


def test_the_table_has_a_row_an_act_and_a_column_a_part(launch_acts):
    head, rows = table(launch_acts)
    assert len(rows) == len(launch_acts)
    assert set(PARTS) <= set(head)
    assert {len(row) for row in rows} == {len(head)}


def a_change(**changes):
    plain = {
        "country": "Indonesia", "text": "Initiative", "round": 3, "stance": 1, "direction": 1, "margin": 0.08,
        "content_by_issue": {"flow": 0.12}, "trust_by_sponsor": {}, "inducements": 0.0, "events": 0.0,
        "peers_by_name": {}, "bloc_by_member": {"Philippines": 0.06}, "chance": 0.0, "cut": 0.1,
        "by_bloc": {"ASEAN": 0.06},
    }  # fmt: skip
    return Explanation(**(plain | changes))


def test_reasons_are_named_by_size_against_the_bar():
    assert (
        because(a_change())
        == "its own gain (+0.12) and what ASEAN says (+0.06) carried it over its bar of 0.10"
    )
    fallen = a_change(stance=0, direction=-1, margin=-0.02, cut=0.05, content_by_issue={"flow": -0.03})
    assert because(fallen) == "its own loss (−0.03) took it below its bar of 0.05"
    faded = a_change(stance=0, direction=-1, margin=-0.02, cut=0.2)
    assert because(faded).endswith("no longer carried it over its bar of 0.20")


def test_chance_and_red_lines_are_not_explained_away():
    assert because(a_change(chance=0.1)).endswith("; without chance it would not have")
    bound = because(a_change(stance=-1, direction=-1), "its red line on flow")
    assert bound == "its red line on flow decided, as its appeal stood over its bar of 0.10"


def test_an_act_concerns_who_did_it_and_who_was_addressed():
    act = Act(1, "2020-09-08", "amended", "CHN, RUS", "text", "…", to="IDN")
    assert [act.concerns(one) for one in ("CHN", "RUS", "IDN", "USA", "CH")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert np.all([not Act(1, "", "amended", "", "text", "…").concerns("CHN")])
