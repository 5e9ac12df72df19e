"""A patch is the only way to vary a scenario: it changes what it names and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import (
    ScenarioError,
    apply_patch,
    load,
    parse_assignments,
    read_patch,
    scenario_hash,
    to_document,
)
from scenarios.patching import combine
from tests.generators import lively_room


@pytest.fixture(scope="module")
def launch():
    return load("launch-2020")


def refused(launch, *assignments: str) -> str:
    """The one message that these settings give."""
    with pytest.raises(ScenarioError) as caught:
        apply_patch(launch, parse_assignments(assignments))
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_the_empty_patch_changes_nothing(launch):
    assert apply_patch(launch, {}) == launch
    assert apply_patch(launch, read_patch("")) == launch


def test_a_patch_changes_the_value_it_names_and_no_other(launch):
    patched = apply_patch(launch, {"blocs": {"ASEAN": {"discipline": 0.9}}})
    assert patched.blocs["ASEAN"].discipline == 0.9
    document, before = to_document(patched), to_document(launch)
    document["blocs"]["ASEAN"]["discipline"] = before["blocs"]["ASEAN"]["discipline"]
    assert document == before


def test_the_scenario_itself_stays_as_it_is(launch):
    before = scenario_hash(launch)
    apply_patch(launch, {"delegations": {"CHN": None}, "dynamics": {"openness": 1}})
    assert scenario_hash(launch) == before


def test_order_of_delegations_is_kept(launch):
    patched = apply_patch(launch, {"delegations": {"PHL": {"silent": True}}})
    assert list(patched.delegations) == list(launch.delegations)


def test_a_star_means_every_entry_and_a_name_goes_before_it(launch):
    free = apply_patch(launch, parse_assignments(["blocs.EU.discipline=0.3", "blocs.*.discipline=0"]))
    assert {key: bloc.discipline for key, bloc in free.blocs.items() if bloc.discipline} == {"EU": 0.3}
    named = {"blocs": {key: {"discipline": 0} for key in launch.blocs}}
    assert apply_patch(launch, {"blocs": {"*": {"discipline": 0}}}) == apply_patch(launch, named)


def test_a_star_reaches_values_inside_every_delegation(launch):
    wary = apply_patch(launch, parse_assignments(["delegations.*.trust.*=0"]))
    assert {value for seat in wary.delegations.values() for value in seat.trust.values()} == {0}


def test_a_star_without_a_value_deletes_every_entry(launch):
    assert apply_patch(launch, parse_assignments(["events.*="])).events == {}


def test_a_star_stands_for_entries_and_not_for_settings(launch):
    assert "there is no setting dynamics.*" in refused(launch, "dynamics.*=0")


def test_standing_wording_can_be_chosen(launch):
    patch = parse_assignments(["texts.global-initiative.articles.3.chosen=alternative-1"])
    article = apply_patch(launch, patch).texts["global-initiative"].articles["3"]
    assert article.chosen == "alternative-1"
    assert set(article.options[article.chosen].places) == {"monitoring", "oversight"}


def test_deleting_an_optional_value_brings_back_its_default(launch):
    louder = apply_patch(launch, {"delegations": {"PHL": {"openness": 0.9}}, "dynamics": {"openness": 0.5}})
    back = apply_patch(louder, {"delegations": {"PHL": {"openness": None}}, "dynamics": {"openness": None}})
    assert back == launch


def test_whoever_leaves_the_room_leaves_every_list(launch):
    room = apply_patch(launch, {"delegations": {"CHN": None}})
    assert room.texts["global-initiative"].sponsors == ()
    assert all("CHN" not in bloc.members for bloc in room.blocs.values())
    assert all("CHN" not in bloc.coordinator_for for bloc in room.blocs.values())
    assert all("CHN" not in seat.trust for seat in room.delegations.values())
    assert all(line.delegation != "CHN" for line in room.red_lines)
    assert "data-security-law" not in room.events
    assert len(room.delegations) == len(launch.delegations) - 1


def test_a_bloc_that_is_dissolved_takes_its_speaker_and_its_sponsorship_along(launch):
    room = apply_patch(launch, {"blocs": {"EU": None, "LAS": None}})
    assert room.texts["rights-based"].sponsors == ()
    assert "arab-league-initiative" not in room.events
    assert room.events["solarwinds"].targets == ("bloc:NATO", "bloc:FVEY")


def test_an_issue_can_be_taken_off_the_table(launch):
    room = apply_patch(launch, {"issues": {"supply": None, "binding": None}})
    assert room.force_issue is None
    assert all(line.issue not in ("supply", "binding") for line in room.red_lines)
    assert "supply" not in room.delegations["FRA"].positions
    assert room.texts["global-initiative"].articles["1"].places == {}
    assert "solarwinds" not in room.events


def test_a_text_can_be_withdrawn(launch):
    room = apply_patch(launch, {"texts": {"clean-network": None}})
    assert list(room.texts) == ["global-initiative", "rights-based", "un-text"]
    assert all(event.text != "clean-network" for event in room.events.values())


def test_a_newcomer_takes_the_last_seat(launch):
    seat = to_document(launch)["delegations"]["LUX" if "LUX" in launch.delegations else "BEL"]
    room = apply_patch(launch, {"delegations": {"LUX": {**seat, "name": "Luxembourg"}}})
    assert list(room.delegations)[-1] == "LUX"


def test_patches_apply_one_after_the_other():
    scenario = load("launch-2020", patches=[{"dynamics": {"openness": 0.5}}, {"dynamics": {"openness": 0.7}}])
    assert scenario.dynamics.openness == 0.7


@pytest.mark.parametrize(
    "assignment, value",
    [
        ("dynamics.peer_weight=0.08", 0.08),
        ("dynamics.precision = inf", float("inf")),
        ("delegations.PHL.strategy=bandwagon", "bandwagon"),
        ('delegations.PHL.strategy="bandwagon"', "bandwagon"),
        ("delegations.PHL.silent=true", True),
        ("blocs.ASEAN.members=['PHL', 'VNM']", ["PHL", "VNM"]),
        ("final_vote=", None),
        ("title=Rules = rights", "Rules = rights"),
    ],
)
def test_values_are_read_as_people_write_them(assignment, value):
    inner = parse_assignments([assignment])
    while isinstance(inner, dict):
        (inner,) = inner.values()
    assert inner == value


def test_several_settings_make_one_patch():
    patch = parse_assignments(["dynamics.openness=0.1", "dynamics.latch=true", "rule.quota=0.6"])
    assert patch == {"dynamics": {"openness": 0.1, "latch": True}, "rule": {"quota": 0.6}}


@pytest.mark.parametrize(
    "assignment, message",
    [
        (
            "dynamics.peer_wieght=1",
            "there is no setting dynamics.peer_wieght; did you mean dynamics.peer_weight?",
        ),
        ("dynamic.openness=1", "there is no setting dynamic.openness; did you mean dynamics.openness?"),
        ("dynamics.openness.x=1", "dynamics.openness is a single value; stop there"),
        ("dynamics.openness", "this sets nothing; write path=value"),
        ("dynamics..openness=1", "this sets nothing; write path=value"),
        ("dynamics.openness=wide", "'wide' cannot stand here; give a number from 0 to 1"),
        ("dynamics.precision=nan", "nan is not possible here; give a number above 0"),
        ("delegations.PHX.strategy=hedger", "there is no delegation PHX; did you mean PHL?"),
        (
            "delegations.XX.strategy=hedger",
            "there is no delegation XX; check the name; a new delegation needs name",
        ),
        ("delegations.PHL.positions.flwo=3", "there is no issue flwo; did you mean flow?"),
        ("blocs.ASIAN=", "there is no bloc ASIAN; did you mean ASEAN?"),
        ("texts.un-text.articles.99=", "there is no article 99; "),
        ("events.solarwinds.date=2031-01-01", "2031-01-01 is outside the calendar"),
        ("rule=consensus", "'consensus' cannot stand here; give a table of keys and values"),
        ("calendar=[]", "the calendar is empty; add a table [[calendar]]"),
    ],
)
def test_a_wrong_setting_is_answered_with_the_nearest_right_one(launch, assignment, message):
    assert message in refused(launch, assignment)


def test_a_patch_is_read_from_text_or_file(launch, tmp_path):
    text = 'remove = ["blocs.FVEY", "final_vote"]\n[dynamics]\nopenness = 0.4\n'
    (tmp_path / "open.toml").write_text(text, encoding="utf-8-sig")
    assert read_patch(tmp_path / "open.toml") == read_patch(str(tmp_path / "open.toml")) == read_patch(text)
    room = apply_patch(launch, read_patch(text))
    assert "FVEY" not in room.blocs
    assert room.final_vote is None
    assert room.dynamics.openness == 0.4


@pytest.mark.parametrize(
    "source, message",
    [
        ("nowhere.toml", "there is no such patch file"),
        ("a\0b", "there is no such patch file"),
        ("[dynamics", "this is not valid TOML"),
        ("remove = 3", "this is not a list of paths"),
        ('remove = [""]', "there is no key"),
        ('remove = ["blocs.NOBODY.members"]', "there is no bloc NOBODY"),
    ],
)
def test_a_patch_that_cannot_be_used_says_why(launch, source, message):
    with pytest.raises(ScenarioError, match=message.replace("[", r"\[")):
        apply_patch(launch, read_patch(source))


numbers = st.floats(0, 1).map(lambda value: round(value, 3))
settings = st.dictionaries(
    st.sampled_from(["openness", "noise_persistence", "commitment", "lean_band"]), numbers, max_size=3
)


@given(one=settings, other=settings)
def test_two_patches_in_turn_are_one_combined_patch(one, other):
    room = lively_room(5)
    first, second = {"dynamics": one}, {"dynamics": other}
    assert apply_patch(apply_patch(room, first), second) == apply_patch(room, combine(first, second))


keys = st.sampled_from(
    ["delegations", "blocs", "texts", "issues", "events", "rule", "CHN", "NORTH", "text-0", "issue-0"]
    + ["members", "articles", "positions", "quota", "dynamics", "openness", "calendar", "remove", ""]
)
patches = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=6), st.just([])),
    lambda inner: st.dictionaries(keys, inner, max_size=4) | st.lists(inner, max_size=2),
    max_leaves=8,
)


@given(patch=st.dictionaries(keys, patches, max_size=3))
def test_any_patch_gives_a_scenario_or_its_problems(patch):
    room = lively_room(5)
    try:
        apply_patch(room, patch)
    except ScenarioError as error:
        assert error.problems
