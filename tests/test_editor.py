"""The editor: a real server on a real socket, and drafts in a folder of their own."""

import json
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from agents.registry import UnknownEntry
from dashboards.cli import build
from dashboards.editor import drafts
from dashboards.editor.forms import EDITED, forms
from dashboards.editor.words import WORDS
from dashboards.explorer.saving import saved
from dashboards.explorer.shelf import Shelf
from scenarios import ScenarioError, load, to_document
from scenarios.paths import fields
from tests.drafting import SOURCE, begun, changed, on_disk, opened, send, without_name
from tests.pages import ask, within

pytestmark = pytest.mark.usefixtures("data")


def test_a_copy_is_the_scenario_in_a_folder_that_check_takes(port, data):
    name = begun(port, "my-talks")
    assert name == "my-talks" and drafts.folder(name) == data / "drafts" / "my-talks"
    assert without_name(load(drafts.folder(name))) == without_name(load(SOURCE))
    assert begun(port, "my-talks") == "my-talks-2"
    assert begun(port, "") == f"{SOURCE}-copy"
    checked = CliRunner().invoke(build(), ["check", str(drafts.folder(name))])
    assert checked.exit_code == 0 and "my-talks: fine" in checked.stdout


def test_a_draft_is_run_from_the_command_line(port, tmp_path):
    name = begun(port, "to-run-by-hand")
    words = ["run", drafts.folder(name), "--replicates", "2", "--quiet", "--out", tmp_path / "out"]
    done = CliRunner().invoke(build(), list(map(str, words)))
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_a_run_can_be_copied_too(port, launch):
    name = begun(port, "from-a-run", "launch")
    assert without_name(drafts.read(name).scenario) == without_name(launch.scenario)


def test_a_change_is_written_and_the_one_before_is_kept(port):
    name = begun(port, "changing")
    before = opened(port, name)
    status, answer = changed(port, name, ("delegations.IDN.positions.flow", 41.5), ("title", "Other talks"))
    assert status == 200 and answer["version"] != before["version"] and answer["undoable"]
    written = load(drafts.folder(name))
    assert written.delegations["IDN"].positions["flow"] == 41.5 and written.title == "Other talks"
    assert answer["document"] == to_document(written)
    status, back = send(port, f"/edit/api/draft/{name}/undo", {"version": answer["version"]})
    assert status == 200 and back["version"] == before["version"] and not back["undoable"]
    assert back["document"] == before["document"]


def test_what_the_panel_of_changes_saves_can_be_edited(port):
    saved("from-the-panel", load(SOURCE).model_copy(update={"name": "from-the-panel"}))
    assert "from-the-panel" in drafts.names() and "from-the-panel" in ask(port, "/edit")[2]
    assert changed(port, "from-the-panel", ("title", "Edited"))[0] == 200


def test_overlays_of_the_source_stay_with_the_draft(port):
    name = begun(port, "with-overlays", "launch-2020")
    kept = drafts.overlays_in(drafts.folder(name))
    assert kept
    assert changed(port, name, ("title", "Other talks"))[0] == 200
    assert drafts.overlays_in(drafts.folder(name)) == kept


def test_whoever_leaves_the_room_leaves_every_list(port):
    name = begun(port, "smaller")
    status, answer = changed(port, name, ("delegations.IDN", None))
    assert status == 200 and "IDN" not in answer["document"]["delegations"]
    assert all("IDN" not in bloc["members"] for bloc in answer["document"]["blocs"].values())


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("delegations.IDN.positions.flow", 101, "101 is off the scale; give a number from 0 to 100"),
        ("delegations.IDN.positions.flow", "far", "'far' cannot stand here"),
        ("rule.quota", 2, "2 is not possible here; give a number from 0 to 1"),
        ("title", "x" * 1_000_000, "the text has 1,000,000 characters; shorten it to 400"),
        ("story", "x" * 1_000_000, "the text has 1,000,000 characters; shorten it to 20,000"),
        ("blocs.ASEAN.members", ["IDN", "VMN"], "there is no delegation VMN; did you mean VNM?"),
        ("dynamics.confidence", "nan", "'nan' cannot stand here"),
        ("delegations.IDN.colour", "red", "there is no key colour"),
    ],
)
def test_what_is_illegal_is_told_at_its_path_and_changes_nothing(port, data, path, value, words):
    name = begun(port, "refusing")
    before = on_disk(data)
    status, answer = changed(port, name, (path, value))
    problem = next(one for one in answer["problems"] if one["column"].startswith(path))
    assert status == 422 and words.lower() in problem["said"].lower()
    assert on_disk(data) == before


def test_all_problems_are_told_at_once(port):
    name = begun(port, "many")
    status, answer = changed(
        port, name, ("delegations.IDN.positions.flow", -1), ("blocs.ASEAN.discipline", 7), ("rule.quota", "?")
    )
    assert status == 422
    assert {one["column"] for one in answer["problems"]} == {
        "delegations.IDN.positions.flow",
        "blocs.ASEAN.discipline",
        "rule.quota",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"changes": []}',
        b'{"changes": [{"path": ["name"], "value": "other"}]}',
        b'{"changes": [{"path": ["*"], "value": null}]}',
        b'{"changes": [{"path": [["title"]], "value": 1}]}',
        b'{"changes": [{"path": "title", "value": 1}]}',
        b'{"changes": [{"path": [], "value": {"title": "x"}}]}',
        b'{"version": ' + b"9" * 10_000 + b"}",
    ],
)
def test_rubbish_is_no_change(port, data, body):
    name = begun(port, "rubbish")
    before = on_disk(data)
    status, answer = send(port, f"/edit/api/draft/{name}", body)
    assert status == 422 and answer["problems"][0]["said"].endswith("load the page again")
    assert on_disk(data) == before


def test_a_change_of_more_than_two_megabytes_is_refused_in_words(port):
    name = begun(port, "long")
    status, answer = changed(port, name, ("story", "x" * 2_100_000))
    assert status == 413 and answer == {"problem": "That is more than 2 MB; shorten it."}


def test_of_two_pages_the_later_one_with_the_older_version_is_told(port, data):
    name = begun(port, "two-pages")
    version = opened(port, name)["version"]
    assert changed(port, name, ("title", "First"), version=version)[0] == 200
    before = on_disk(data)
    status, answer = changed(port, name, ("title", "Second"), version=version)
    assert status == 409 and "changed elsewhere" in answer["problem"]
    assert send(port, f"/edit/api/draft/{name}/undo", {"version": version})[0] == 409
    assert on_disk(data) == before


def test_a_change_made_by_hand_is_noticed(port):
    name = begun(port, "by-hand")
    version = opened(port, name)["version"]
    file = drafts.folder(name) / "positions.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    assert changed(port, name, ("title", "Mine"), version=version)[0] == 409


def test_a_draft_that_was_broken_by_hand_tells_what_to_mend(port):
    name = begun(port, "broken")
    assert ask(port, f"/edit/draft/{name}")[0] == 200
    (drafts.folder(name) / "scenario.toml").write_text("title = ", encoding="utf-8")
    status, _, page = ask(port, f"/edit/draft/{name}")
    assert status == 422 and "scenario.toml: the value is not valid TOML" in unescape(page)
    assert ask(port, "/edit")[0] == 200 and ask(port, "/")[0] == 200
    drafts.remove(name)


def test_a_stop_between_two_renames_loses_nothing(port):
    name = begun(port, "stopped")
    changed(port, name, ("title", "Later"))
    place = drafts.folder(name)
    place.rename(place.parent.parent / "lost")
    assert name in drafts.names()
    assert drafts.read(name).scenario.title == load(SOURCE).title


def test_a_disk_that_takes_nothing_is_told_and_the_draft_stays(port, data, monkeypatch):
    name = begun(port, "full")
    before = on_disk(data)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drafts, "write", full)
    status, answer = changed(port, name, ("title", "Later"))
    assert status == 500 and "No space left on device" in answer["problem"]
    assert on_disk(data) == before


@pytest.mark.parametrize("name", ["../evil", "a/b", "a b", ".", "..", "-x", "x" * 65, "ä", "a\n", "CON:"])
def test_a_draft_has_a_plain_name(port, data, name):
    before = on_disk(data)
    status, answer = send(port, "/edit/api/new", {"from": SOURCE, "name": name})
    if name.strip() == "a":
        assert status == 200
        return
    assert status == 422 and "A draft cannot have this name; use letters" in answer["problems"][0]["said"]
    assert on_disk(data) == before


@pytest.mark.parametrize("name", ["..%2F..%2Fetc", "%2e%2e", "nobody", "..%5C..", "making%00", "my-talks%0A"])
def test_an_address_leads_to_drafts_alone(port, name):
    for path in (f"/edit/draft/{name}", f"/edit/draft/{name}/save.zip", f"/edit/api/draft/{name}"):
        assert ask(port, path)[0] == 404
    assert ask(port, f"/edit/static/{name}")[0] == 404


def test_a_draft_may_not_be_made_by_other_sites(port, data):
    before = on_disk(data)
    body = json.dumps({"from": SOURCE, "name": "foreign"})
    assert ask(port, "/edit/api/new", "POST", body, Origin="https://evil.example")[0] == 403
    assert ask(port, "/edit/api/new", "POST", body)[0] == 403
    assert on_disk(data) == before


def test_a_draft_is_run_in_the_explorer_and_run_again_once_it_changed(port):
    name = begun(port, "to-run")
    assert ask(port, f"/edit/draft/{name}")[0] == 200

    def ready():
        return json.loads(ask(port, f"/api/{name}/progress")[2])["state"] == "ready"

    assert ask(port, f"/of/{name}")[0] == 200
    within(ready)
    assert load(SOURCE).title in unescape(ask(port, f"/of/{name}")[2])
    assert changed(port, name, ("title", "A name of our own"))[0] == 200
    within(ready)
    assert "A name of our own" in ask(port, f"/of/{name}")[2]
    assert send(port, f"/edit/api/draft/{name}/remove", {})[0] == 200
    assert ask(port, f"/of/{name}")[0] == 404 and name not in drafts.names()


def test_a_change_during_a_run_leaves_nothing_old_behind(port):
    name = begun(port, "changed-while-running")
    shelf = Shelf()
    key = shelf.put(drafts.folder(name))
    assert shelf.put(drafts.folder(name)) == key and key not in shelf.items
    old = shelf.item(key)
    shelf.forget(drafts.folder(name))
    new = shelf.item(key)
    assert new is not old
    within(lambda: new.state == "ready")
    assert shelf.item(key) is new
    shelf.take_off(drafts.folder(name))
    with pytest.raises(UnknownEntry):
        shelf.item(key)


def test_the_list_offers_a_copy_of_everything(port):
    page = ask(port, "/")[2]
    assert f'href="/edit?from={SOURCE}"' in page and 'href="/edit"' in page
    assert f"<option selected>{SOURCE}</option>" in ask(port, f"/edit?from={SOURCE}")[2]
    assert "<script>" not in ask(port, "/edit?from=%3Cscript%3E")[2]


def test_every_word_names_a_field_and_every_edited_part_has_words():
    assert set(WORDS) == {part.__name__ for part in EDITED}
    for part in EDITED:
        assert set(WORDS[part.__name__]) <= set(fields(part))


def test_ranges_are_those_of_the_schema():
    quota = next(one for one in forms()["Rule"] if one["key"] == "quota")
    assert (quota["ge"], quota["le"], quota["range"], quota["needed"]) == (
        0,
        1,
        "a number from 0 to 1",
        False,
    )
    parts = {part.__name__: part for part in EDITED}
    for name, listed in forms().items():
        for one in listed:
            assert one["kind"] != "choice" or one["choices"], (name, one["key"])
            assert one["key"] in fields(parts[name])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
PATHS = st.sampled_from(
    [
        ["title"],
        ["calendar"],
        ["rule"],
        ["texts"],
        ["delegations", "IDN"],
        ["delegations", "IDN", "positions"],
        ["delegations", "IDN", "positions", "flow"],
        ["blocs", "ASEAN", "members"],
        ["blocs", "new"],
        ["events"],
        ["issues", "flow", "anchors"],
        ["dynamics", "precision"],
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(path=PATHS, value=VALUES)
def test_whatever_is_sent_the_folder_holds_a_legal_scenario(port, path, value):
    name = "any" if "any" in drafts.names() else begun(port, "any")
    found = drafts.read(name)
    try:
        drafts.change(name, found.version, {path[0]: value} if len(path) == 1 else _nested(path, value))
    except ScenarioError:
        assert drafts.read(name).version == found.version
    load(drafts.folder(name))


def _nested(path, value):
    for key in reversed(path):
        value = {key: value}
    return value
