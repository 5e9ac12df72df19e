"""What if: every change is a patch, every answer a paired comparison, and what is saved is what was shown."""

import io
import json
import re
import threading
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from agents.registry import UnknownEntry, modules
from dashboards.cli import build
from dashboards.explorer import changes, saving
from dashboards.explorer.changes import Change
from dashboards.explorer.changes.rule import NUMBERS
from dashboards.explorer.whatif import FEW, MANY, Superseded, WhatIf
from dashboards.words import signed
from scenarios import ScenarioError, apply_patch, load, overlay, scenario_hash
from scenarios import names as shipped
from simulation.compare import between, effect
from tests.pages import ask

KINDS = {
    "trust_weight": "0.2",
    "redraft_days": "30",
    "rule": "consensus-minus-n",
    "tolerated": "consensus-minus-n/3",
    "sponsor": "global-initiative/SGP",
    "option": "global-initiative/1/alternative-2",
    "position": "USA/flow/60",
    "coordinator": "ASEAN/IDN",
    "trust": "CHN/bloc:ASEAN/2020-09-21/-0.2",
    "offer": "CHN/BRA/global-initiative/0.05",
    "with": "no-peers",
}
PATCHES = {
    "trust_weight": {"dynamics": {"trust_weight": 0.2}},
    "redraft_days": {"dynamics": {"redraft_days": 30}},
    "sponsor": {"texts": {"global-initiative": {"sponsors": ["SGP"]}}},
    "option": {
        "texts": {"global-initiative": {"articles": {"1": {"chosen": "alternative-2", "agreed": True}}}}
    },
    "position": {"delegations": {"USA": {"positions": {"flow": 60.0}}}},
    "coordinator": {"blocs": {"ASEAN": {"coordinator": "IDN", "coordinator_for": None}}},
    "with": {"dynamics": {"peer_weight": 0.0}},
}


@pytest.fixture(scope="module")
def room():
    """The questions to the room of fifteen."""
    return WhatIf(load("launch-2020-class"), "launch-2020-class")


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A folder of its own for what is saved."""
    monkeypatch.setenv("PLENARY_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def asked_of(what_if, *pairs):
    """The changes that pairs ask for."""
    return changes.asked_of(pairs, what_if.offered)


@pytest.mark.parametrize("name", PATCHES)
def test_a_change_is_the_patch_that_it_names(name, room):
    assert room.changed(asked_of(room, (name, KINDS[name]))) == apply_patch(room.scenario, PATCHES[name])


def test_a_shock_to_trust_is_an_event_and_an_offer_a_commitment(room):
    found = room.changed(asked_of(room, ("trust", KINDS["trust"]), ("offer", KINDS["offer"])))
    (event,) = (one for key, one in found.events.items() if key not in room.scenario.events)
    assert (event.type, event.sponsor, event.targets, event.delta) == (
        "trust_shock",
        "CHN",
        ("bloc:ASEAN",),
        -0.2,
    )
    assert event.sentence == ("On 21 September 2020 trust in China falls by 0.2 among ASEAN.")
    (offer,) = found.commitments.values()
    assert (offer.parties, offer.to, offer.text, offer.inducement) == (
        ("CHN",),
        ("BRA",),
        "global-initiative",
        0.05,
    )


def test_another_rule_brings_its_own_numbers_in_the_rounds_and_in_the_vote(room):
    found = room.changed(asked_of(room, ("rule", KINDS["rule"]), ("tolerated", KINDS["tolerated"])))
    assert (found.rule.name, found.rule.tolerated, found.rule.quota) == ("consensus-minus-n", 3, None)
    assert (found.final_vote.name, found.final_vote.tolerated) == ("consensus-minus-n", 3)
    same = room.changed(asked_of(room, ("quota", "endorsement-count/0.5")))
    assert same.rule.quota == 0.5 and same.final_vote == room.scenario.final_vote


def test_sliders_for_a_rule_are_for_the_numbers_that_it_reads():
    for name, module in modules("simulation.rules").items():
        source = Path(module.__file__).read_text("utf-8")
        for number in ("quota", "weight_quota", "parties", "tolerated"):
            reads = re.search(rf"house\.{number}\b", source) is not None
            assert (name in NUMBERS[number].defaults) == reads, (name, number)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_offers_controls_that_show_it_as_it_is(name):
    what_if = WhatIf(load(name), name)
    for controls in what_if.offered.values():
        for control in controls:
            for choice, value in control.base.items():
                if choice or not control.choosers:
                    written = f"{choice}/{value}" if choice else str(value)
                    assert control.is_base(control.read(written)), (control.name, written)
            if control.slider is not None:
                assert control.slider.least < control.slider.most


def test_all_kinds_of_changes_stand_together_and_are_said_in_words(room):
    asked = asked_of(room, *KINDS.items())
    assert len(asked) == len(KINDS)
    assert changes.asked_of([(one.name, one.written) for one in asked], room.offered) == asked
    words = room.words(asked)
    assert len(set(words)) == len(KINDS) and not any(one.endswith(".") for one in words)
    assert "The United States at 60 instead of 14 on “Data flow and localisation”" in words
    assert room.changed(asked) != room.scenario


def test_of_two_values_for_the_same_thing_the_last_one_counts(room):
    asked = asked_of(room, ("position", "USA/flow/60"), ("position", "USA/flow/70"))
    assert asked == (Change("position", "USA/flow", "70"),)
    assert asked_of(room, ("position", "USA/flow/60"), ("position", "USA/flow/14")) == ()


@given(st.lists(st.sampled_from(sorted(KINDS)), unique=True), st.randoms())
def test_the_order_of_changes_does_not_matter(names, luck):
    what_if = test_the_order_of_changes_does_not_matter.room
    pairs = [(name, KINDS[name]) for name in names]
    other = luck.sample(pairs, len(pairs))
    found = [scenario_hash(what_if.changed(changes.asked_of(one, what_if.offered))) for one in (pairs, other)]
    assert found[0] == found[1] or {"trust", "offer"} <= set(names)


test_the_order_of_changes_does_not_matter.room = WhatIf(load("launch-2020-class"), "launch-2020-class")


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=30))
def test_any_other_value_is_refused_in_one_message(name, value):
    what_if = test_the_order_of_changes_does_not_matter.room
    try:
        asked = changes.asked_of([(name, value)], what_if.offered)
    except UnknownEntry as error:
        assert str(error).startswith("there is no ")
    else:
        assert len(asked) <= 1


def test_an_answer_is_the_paired_comparison_bit_for_bit(room):
    asked, work = asked_of(room, ("trust_weight", "0.2"), ("position", "USA/flow/60")), threading.Lock()
    patch = PATCHES["trust_weight"] | PATCHES["position"]
    whole = effect(room.scenario, {"changed": patch}, MANY, 1).sel(variant="changed")
    for _ in range(2):
        found = room.answer(asked, MANY, work)
        assert found.drop_vars(["base_course", "changed_course", "band", "stance"]).identical(whole)
    assert list(room.starts) == [MANY]


def test_large_rooms_are_run_with_few_replicates_first(room):
    assert room.steps == (MANY,)
    assert WhatIf(load("launch-2020"), "launch-2020").steps == (FEW, MANY)


def test_a_question_that_its_page_has_dropped_is_not_worked_on(room):
    work, calls = threading.Lock(), []
    room.asked("page", 3)
    room.asked("page", 5)
    room.asked("page", 4)
    assert [room.superseded("page", number) for number in (4, 5, 6)] == [True, False, False]
    assert not room.superseded("another", 1)
    with pytest.raises(Superseded):
        room.answer(asked_of(room, ("precision", "77")), MANY, work, lambda: True)

    def after_a_batch():
        calls.append(1)
        return len(calls) > 2

    with pytest.raises(Superseded):
        room.answer(asked_of(room, ("precision", "78")), MANY, work, after_a_batch)
    assert len(calls) == 3 and not work.locked()


def posted(port, path, pairs, **headers):
    """Status and answer of a form."""
    headers = {"Origin": f"http://127.0.0.1:{port}", **headers}
    body = pairs if isinstance(pairs, str) else urlencode(pairs)
    status, _, text = ask(port, f"/api/launch/{path}", "POST", body, **headers)
    return status, json.loads(text) if text.startswith("{") else text


def test_changes_are_run_again_under_the_same_luck(port, launch):
    pairs = [("trust_weight", "0.2"), ("with", "doubts-about-motives"), ("option", KINDS["option"])]
    status, found = posted(port, "what-if?text=clean-network", pairs)
    assert status == 200
    patches = [overlay("doubts-about-motives"), PATCHES["option"], PATCHES["trust_weight"]]
    changed = load("launch-2020", patches)
    here = between(launch.scenario, {"b": changed}, FEW, 1, course=True).sel(variant="b")
    rows = {(row[0], row[1]): row[2:] for row in found["effect"]["table"]["rows"]}
    for text, title in zip(launch.data.text.values, launch.data.text_title.values, strict=True):
        cell = here.sel(text=text, measure="endorsing")
        base, other, gap, low, high = (
            float(cell[name]) for name in ("base", "changed", "difference", "low", "high")
        )
        interval = f"{signed(low)} to {signed(high)}"
        assert rows[title, "endorsements"] == [f"{base:.1f}", f"{other:.1f}", signed(gap), interval]
        assert round(gap, 2) in found["effect"]["figure"]["data"][0]["x"]
    told = " ".join(found["effect"]["sentences"])
    assert rows["Global Initiative on Data Security", "opposition"][2] in told
    last = here.changed_course.sel(text="clean-network", stance=1).isel(round=-1).values
    assert found["course"]["table"]["rows"][-1][2].startswith(f"{last[1]:.0f} (")
    assert found["replicates"] == FEW and found["more"] == MANY
    assert [one["name"] for one in found["changes"]] == ["trust_weight", "with", "option"]
    gaps = here.country_difference.sel(text="clean-network")
    most = int(abs(gaps).argmax("country"))
    assert found["moved"]["table"]["rows"][0][0] == str(gaps["name"].values[most])


def test_what_is_as_in_the_scenario_changes_nothing(port, launch):
    same = f"trust_weight={launch.scenario.dynamics.trust_weight}&with=&option="
    for form in ("", same):
        found = posted(port, "what-if", form)[1]
        assert found["brief"] == "Nothing is changed yet." and found["changes"] == []
        assert set(found["effect"]["figure"]["data"][0]["x"]) == {0}
        assert found["moved"]["finding"] == "No delegation is moved."


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ("trust_weight=9", 404, "There is no trust_weight of '9'; there are: values from 0 to 0.4."),
        ("precision=nan", 404, "There is no precision of 'nan'"),
        ("with=../../etc/passwd", 404, "There is no overlay '../../etc/passwd'"),
        ("position=USA/flow/101", 404, "There is no position of '101'; there are: values from 0 to 100."),
        ("position=USA/flow", 404, "There is no position of 'USA'"),
        ("position=ZZZ/flow/3", 404, "There is no position with delegation 'ZZZ'"),
        ("coordinator=ASEAN/FRA", 404, "There is no coordinator 'FRA'"),
        ("rule=lottery", 404, "There is no rule 'lottery'"),
        ("tolerated=consensus/3", 404, "There is no rule with tolerated 'consensus'"),
        ("offer=CHN/BRA/other/0.1", 404, "There is no offer with for the text 'other'"),
        ("with=" + "x" * 7000, 413, "That is too much."),
        ("with=&" * 70 + "a=b", 400, "does not take that"),
    ],
)
def test_changes_that_are_not_offered_are_refused(form, status, words, port):
    for path in ("what-if", "draft", "packed"):
        found = posted(port, path, form)
        assert found[0] == status
        assert words in found[1]["problem"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("replicates=5000", "There is no number of replicates '5000'"),
        ("replicates=-1", "There is no replicates '-1'"),
        ("text=other", "There is no text 'other'"),
    ],
)
def test_what_is_asked_beside_the_changes_is_checked_too(query, words, port):
    status, found = posted(port, f"what-if?{query}", "")
    assert status == 404 and words in found["problem"]


def test_changes_that_do_not_go_together_are_told_in_words():
    what_if = WhatIf(load("rights-merger"), "rights-merger")
    (option,) = (one for one in what_if.offered["wording"] if one.name == "option")
    choice = next(one for one in option.options if one.startswith("merged-text/"))
    value = next(key for key, _ in option.options[choice] if key != option.base[choice])
    asked = asked_of(what_if, ("option", f"{choice}/{value}"), ("with", "no-merger"))
    assert len(what_if.words(asked)) == 2
    with pytest.raises(ScenarioError, match="merged-text"):
        what_if.changed(asked)


def test_an_address_that_asks_for_what_is_not_offered_is_one_message(port):
    status, page = ask(port, "/of/launch/what-if?position=USA/flow/400")[::2]
    assert status == 404 and "There is no position of '400'" in unescape(page)


def test_changes_come_from_its_own_pages_alone(port):
    for path in ("what-if", "kept", "draft", "packed"):
        assert posted(port, path, "precision=50", Origin="https://evil.example")[0] == 403
        assert posted(port, path, "precision=50", Host="evil.example")[0] == 403
        assert ask(port, f"/api/launch/{path}")[0] == 405


def test_kept_variants_stand_side_by_side(port, launch):
    patch = {"dynamics": {"trust_weight": 0.2}}
    pairs = [
        ("name", "wary"),
        ("variant", "trust_weight=0.2"),
        ("name", "wary"),
        ("variant", "rule=consensus"),
    ]
    status, found = posted(port, "kept?text=clean-network", pairs)
    assert status == 200
    here = effect(launch.scenario, {"b": patch}, MANY, 1).sel(variant="b", text="clean-network")
    cell = here.sel(measure="endorsing")
    gap, low, high = (signed(float(cell[name])) for name in ("difference", "low", "high"))
    rows = found["table"]["rows"]
    assert [row[0] for row in rows] == ["as it is", "wary", "wary (2)"]
    assert rows[0][1] == f"{float(cell.base):.1f}"
    assert rows[1][1] == f"{float(cell.changed):.1f} ({gap}; {low} to {high})"
    assert posted(port, "kept", "")[1] == {"figure": None}
    assert posted(port, "kept", [("variant", "precision=50")])[0] == 400
    assert posted(port, "kept", [("name", "a"), ("variant", "precision=50")] * 7)[0] == 400
    assert posted(port, "kept", [("name", "a"), ("variant", "precision=9999")])[0] == 404


def test_a_saved_scenario_is_the_changed_one_and_gives_the_same_numbers(room):
    asked = asked_of(room, *KINDS.items())
    changed = room.changed(asked)
    told = saving.saved("mine", saving.renamed(changed, "mine", room.words(asked)))
    made = load(told["folder"])
    assert made.model_copy(update={"name": changed.name, "sources": changed.sources}) == changed
    assert "- The United States at 60 instead of 14 on “Data flow and localisation”" in made.sources
    found = room.answer(asked, MANY, threading.Lock())
    again = between(room.scenario, {"changed": made}, MANY, 1, course=True).sel(variant="changed")
    assert again.identical(found)


def test_a_saved_scenario_passes_the_check_and_runs(data, port, tmp_path):
    pairs = [("name", "mine"), *KINDS.items()]
    pairs = [pair for pair in pairs if pair[0] != "trust"]
    status, found = posted(port, "draft", pairs)
    assert status == 200 and found["folder"] == str(data / "drafts" / "mine")
    assert found["command"] == f"plenary run {found['folder']}"
    for words in (
        ["check", found["folder"]],
        ["run", found["folder"], "--replicates", "4", "--quiet", "--out", str(tmp_path / "run")],
    ):
        assert CliRunner().invoke(build(), words).exit_code == 0
    assert (tmp_path / "run" / "manifest.json").is_file()


def test_nothing_is_overwritten_and_unfit_names_are_one_message(data, port):
    assert posted(port, "draft", [("name", "mine"), ("precision", "50")])[0] == 200
    before = {one: one.read_bytes() for one in data.rglob("*") if one.is_file()}
    for name, words in (
        ("mine", "There is a draft “mine” already; nothing was saved. Choose another name."),
        ("MINE", "There is a draft “MINE” already"),
        ("", "The scenario needs a name."),
        ("../mine", "is no name for a scenario"),
        ("a/b", "is no name for a scenario"),
        ("x" * 65, "is no name for a scenario"),
        ("launch-2020", "“launch-2020” is a shipped scenario; choose another name."),
    ):
        status, found = posted(port, "draft", [("name", name), ("precision", "60")])
        assert status == 422 and words in found["problem"] and len(found["problem"]) < 250
    status, found = posted(port, "draft", [("name", "x" * 1_000_000)])
    assert status == 413 and found["problem"] == "That is too much."
    assert {one: one.read_bytes() for one in data.rglob("*") if one.is_file()} == before


def test_a_packed_scenario_is_the_saved_one(room, tmp_path):
    scenario = saving.renamed(room.changed(asked_of(room, ("rule", "consensus"))), "mine", ["x"])
    content = saving.packed("mine", scenario)
    assert content == saving.packed("mine", scenario)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert all(name.startswith("mine/") for name in file.namelist())
        file.extractall(tmp_path)
    assert load(tmp_path / "mine") == scenario


def test_a_run_of_a_scenario_of_ones_own_offers_no_overlays(launch):
    scenario = launch.scenario.model_copy(update={"name": "own-room"})
    offer = changes.offered(scenario, "own-room")
    assert "overlaid" not in offer and "wording" in offer


def test_drafts_lie_in_the_place_for_the_users_data(monkeypatch):
    from platformdirs import user_data_path

    from dashboards import drafts

    monkeypatch.delenv("PLENARY_DATA")
    assert drafts.folder() == user_data_path("plenary") / "drafts"
