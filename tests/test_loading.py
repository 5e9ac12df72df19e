"""Folders become scenarios, however their tables are written and however little they say."""

import datetime as dt

import pytest

from scenarios import ScenarioError, apply_patch, load, write
from tests.river import FILES, room_in


def test_the_small_room_is_a_legal_scenario(tmp_path):
    scenario = load(room_in(tmp_path))
    assert scenario.name == "river"
    assert list(scenario.delegations) == ["EGY", "ETH", "UGA"]
    assert scenario.delegations["UGA"].positions == {"power": 50}
    assert scenario.calendar[0].start == dt.date(2024, 3, 1)
    assert scenario.ties[0].kind == "alliance"
    assert scenario.red_lines[0].delegation == "EGY"


@pytest.mark.parametrize("form", ["comma", "semicolon", "mark", "windows"])
def test_tables_may_be_written_by_any_spreadsheet(tmp_path, form):
    table = "iso3,water,power\nEGY,10.5,20\nETH,80,40\nUGA,,50\n"
    if form == "semicolon":
        table = table.replace(",", ";").replace(".", ",")
    if form == "windows":
        table = table.replace("\n", "\r\n")
    data = table.encode("utf-8-sig" if form == "mark" else "utf-8")
    scenario = load(room_in(tmp_path, positions__csv=data))
    assert scenario.delegations["EGY"].positions == {"water": 10.5, "power": 20}
    assert scenario.delegations["UGA"].positions == {"power": 50}


def test_a_decimal_comma_in_quotation_marks_is_read(tmp_path):
    table = 'iso3,water,power\nEGY,"10,5",20\nETH,80,40\nUGA,,50\n'
    assert load(room_in(tmp_path, positions__csv=table)).delegations["EGY"].positions["water"] == 10.5


def test_a_state_without_a_name_gets_its_short_name_and_namibia_is_a_state(tmp_path):
    table = FILES["countries.csv"] + "NAM,,10\n"
    more = {
        "positions__csv": FILES["positions.csv"] + "NAM,1,2\n",
        "salience__csv": FILES["salience.csv"] + "NAM,1,2\n",
    }
    assert load(room_in(tmp_path, countries__csv=table, **more)).delegations["NAM"].name == "Namibia"


def test_a_note_may_lie_outside_the_calendar(tmp_path):
    settings = FILES["scenario.toml"].replace("2024-04-01", "2019-01-01").replace("salience_change", "note")
    assert load(room_in(tmp_path, scenario__toml=settings)).events["drought"].date.year == 2019


def test_inherited_events_outside_a_new_calendar_stay_behind_and_notes_come_along(tmp_path):
    folder = tmp_path / "short"
    folder.mkdir()
    calendar = 'extends = "launch-2020"\n[[calendar]]\nstart = 2020-09-08\nlength = "day"\nrounds = 7\n'
    (folder / "scenario.toml").write_text(calendar)
    short, launch = load(folder), load("launch-2020")
    acting = [key for key, event in short.events.items() if event.type != "note"]
    assert acting == ["initiative-tabled", "asean-coordinator", "russia-welcomes", "pakistan-welcomes"]
    noted = [key for key, event in launch.events.items() if event.type == "note"]
    assert [key for key in short.events if key not in acting] == noted
    own = '[events.later]\ndate = 2021-01-01\ntype = "statement"\nnature = "exogenous"\nsentence = "No."\n'
    (folder / "scenario.toml").write_text(calendar + own + 'text = "global-initiative"\n')
    with pytest.raises(ScenarioError, match="2021-01-01 is outside the calendar"):
        load(folder)


def test_a_smaller_room_keeps_only_those_it_names(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "scenario.toml").write_text('extends = "launch-2020"\nkeep = ["CHN", "USA", "PHL", "VNM"]\n')
    small, launch = load(folder), load("launch-2020")
    assert list(small.delegations) == ["CHN", "PHL", "USA", "VNM"]
    assert small.delegations["PHL"] == launch.delegations["PHL"]
    assert small.blocs["ASEAN"].members == ("PHL", "VNM")
    for kept, told in (
        ('["CHN", "USX"]', "no delegation USX to keep; did you mean USA?"),
        ("3", "nobody to keep"),
    ):
        (folder / "scenario.toml").write_text(f'extends = "launch-2020"\nkeep = {kept}\n')
        with pytest.raises(ScenarioError, match=told.replace("?", "[?]")):
            load(folder)


def test_a_scenario_may_say_only_what_differs(tmp_path):
    home = tmp_path / "what-if"
    home.mkdir()
    (home / "scenario.toml").write_text(
        'extends = "launch-2020"\nremove = ["blocs.FVEY", "delegations.PLW"]\ntitle = "What if"\n'
        "[blocs.ASEAN]\ndiscipline = 0.9\n[dynamics]\npeer_weight = 0.0\n"
    )
    (home / "positions.csv").write_text("iso3,flow\nPHL,90\nIDN,\n")
    base, scenario = load("launch-2020"), load(home)
    assert scenario.name == "what-if"
    assert scenario.title == "What if"
    assert "FVEY" not in scenario.blocs
    assert "PLW" not in scenario.delegations
    assert scenario.blocs["ASEAN"].discipline == 0.9
    assert scenario.blocs["ASEAN"].members == base.blocs["ASEAN"].members
    assert scenario.delegations["PHL"].positions == {**base.delegations["PHL"].positions, "flow": 90}
    assert "flow" not in scenario.delegations["IDN"].positions
    assert scenario.delegations["FRA"] == base.delegations["FRA"]


DELETION = '\n[articles.1.options.none]\ndelete = true\nproposed_by = ["UPSTREAM", "EGY"]\n'


def test_an_option_that_deletes_needs_no_words_and_comes_back_from_its_file(tmp_path):
    scenario = load(room_in(tmp_path, accord__toml=FILES["texts/accord.toml"] + DELETION))
    option = scenario.texts["accord"].articles["1"].options["none"]
    assert (option.delete, option.proposed_by, option.wording, option.places) == (
        True,
        ("UPSTREAM", "EGY"),
        "",
        {},
    )
    assert load(write(scenario, tmp_path / "copy")).texts == scenario.texts
    assert "wording" not in (tmp_path / "copy" / "texts" / "accord.toml").read_text().split("none")[1]


def test_a_preambular_paragraph_needs_no_places(tmp_path):
    preamble = '\n[articles.pp1]\npart = "preambular"\nwording = "Recalling its resolution on rivers,"\n'
    scenario = load(room_in(tmp_path, accord__toml=FILES["texts/accord.toml"] + preamble))
    assert scenario.texts["accord"].articles["pp1"].places == {}


def test_whoever_leaves_the_room_no_longer_proposes(tmp_path):
    scenario = load(room_in(tmp_path, accord__toml=FILES["texts/accord.toml"] + DELETION))
    left = apply_patch(scenario, {"delegations": {"EGY": None}, "blocs": {"UPSTREAM": None}})
    assert left.texts["accord"].articles["1"].options["none"].proposed_by == ()
