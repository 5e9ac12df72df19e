"""What is written comes back as it was, from folders and documents, and the hash knows every difference."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import ScenarioError, canonical, from_document, load, names, scenario_hash, to_document, write
from scenarios.schema import Scenario
from tests.generators import lively_room, rooms, written_texts


@pytest.mark.parametrize("name", names())
def test_shipped_scenarios_survive_writing_and_documents(name, tmp_path):
    scenario = load(name)
    assert load(write(scenario, tmp_path / "copy")) == scenario
    document = json.loads(json.dumps(to_document(scenario), allow_nan=False))
    assert from_document(document) == scenario
    assert list(from_document(document).delegations) == list(scenario.delegations)


words = st.text(st.characters(codec="utf-8"), max_size=30)


@st.composite
def documents(draw) -> Scenario:
    """Lively rooms with awkward words and limits in them."""
    document = to_document(draw(rooms(countries=4, rounds=2)))
    document["title"], document["story"], document["limits"] = draw(words), draw(words), draw(words)
    text = document["texts"]["text-0"]
    text["title"] = draw(words)
    text["tabled"] = draw(st.sampled_from(["2019-01-01", document["calendar"][0]["start"]]))
    for key in list(document["delegations"])[:2]:
        seat = document["delegations"][key]
        seat |= {"name": draw(words.filter(bool)), "rationale": draw(words), "silent": draw(st.booleans())}
        seat["endorse_threshold"] = draw(st.floats(allow_nan=False))
        seat["stance"] = draw(st.sampled_from([-1, 0, 1]))
        seat["positions"].pop("issue-1", None)
    document["red_lines"][0]["reason"] = draw(words)
    for tie in document["ties"]:
        tie["weight"] = draw(st.floats(allow_nan=False, allow_infinity=False))
    document["dynamics"]["precision"] = draw(st.sampled_from([5.0, "inf"]))
    document["dynamics"]["confidence"] = draw(st.floats(min_value=0, allow_nan=False))
    return from_document(document)


@given(scenario=documents())
def test_writing_and_loading_is_the_identity(scenario, tmp_path_factory):
    folder = write(scenario, tmp_path_factory.mktemp("room") / "copy")
    again = load(folder)
    assert again == scenario
    assert list(again.delegations) == list(scenario.delegations)
    assert list(again.texts) == list(scenario.texts)
    assert scenario_hash(again) == scenario_hash(scenario)


@given(scenario=documents())
def test_documents_are_json_and_come_back(scenario):
    text = json.dumps(to_document(scenario), allow_nan=False)
    assert from_document(json.loads(text)) == scenario


def test_writing_never_overwrites(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ScenarioError, match="there is something already"):
        write(lively_room(1), tmp_path)


def test_the_hash_does_not_depend_on_the_order_of_rows_but_on_every_value():
    scenario = load("launch-2020")
    turned = scenario.model_copy(update={"delegations": dict(reversed(scenario.delegations.items()))})
    assert scenario_hash(turned) == scenario_hash(scenario)
    seat = scenario.delegations["PHL"].model_copy(update={"capability": 42.5})
    other = scenario.model_copy(update={"delegations": {**scenario.delegations, "PHL": seat}})
    assert scenario_hash(other) != scenario_hash(scenario)
    assert len(scenario_hash(scenario)) == 64
    assert b"NaN" not in canonical(scenario)


def test_an_unlimited_confidence_survives_the_canonical_form():
    scenario = load("launch-2020")
    assert scenario.dynamics.confidence == float("inf")
    assert from_document(json.loads(canonical(scenario))).dynamics.confidence == float("inf")


ROOM = lively_room(1, countries=4)


@given(written_texts(list(ROOM.issues), list(ROOM.delegations)))
def test_any_text_comes_back_from_its_file_as_it_was(text):
    scenario = from_document(to_document(ROOM.model_copy(update={"texts": {"text": text}})))
    with TemporaryDirectory() as folder:
        assert load(write(scenario, Path(folder) / "copy")).texts == {"text": text}
