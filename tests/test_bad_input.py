"""What is wrong in a scenario is refused: one clear message for every mistake, with file, row and mend."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import ScenarioError, apply_patch, from_document, load, to_document
from tests.generators import lively_room
from tests.river import FILES, changed, problems_of, room_in

TEN_MISTAKES = Path(__file__).parent / "bad_inputs" / "ten-mistakes"


def test_ten_planted_mistakes_give_ten_messages_with_file_row_and_mend():
    with pytest.raises(ScenarioError) as caught:
        load(TEN_MISTAKES)
    problems = caught.value.problems
    assert {(problem.file, problem.row, problem.column) for problem in problems} == {
        ("scenario.toml", 3, "force_isue"),
        ("scenario.toml", 12, "rule.quota"),
        ("scenario.toml", 24, "blocs.UPSTREAM.members.1"),
        ("scenario.toml", 28, "events.drought.date"),
        ("countries.csv", 6, "iso3"),
        ("positions.csv", 2, "power"),
        ("positions.csv", 4, "power"),
        ("salience.csv", 4, "water"),
        ("red_lines.csv", 2, "issue"),
        ("texts/accord.toml", 8, "articles.1.chosen"),
    }
    assert len(problems) == 10
    assert all(problem.mend for problem in problems)
    assert len(str(caught.value).splitlines()) == 10


BAD_INPUTS = {
    "off the scale": (
        changed("positions.csv", "EGY,10", "EGY,130"),
        "positions.csv, row 2, column water: 130 is off the scale; "
        "give a number from 0 to 100 or leave the cell empty",
    ),
    "below the scale": (
        changed("salience.csv", "EGY,95", "EGY,-5"),
        "salience.csv, row 2, column water: -5 is off the scale; "
        "give a number from 0 to 100 or leave the cell empty",
    ),
    "not a number": (
        changed("positions.csv", "EGY,10", "EGY,nan"),
        "positions.csv, row 2, column water: 'nan' is not a number; give a number or leave the cell empty",
    ),
    "infinite": (
        changed("positions.csv", "EGY,10", "EGY,inf"),
        "positions.csv, row 2, column water: inf is off the scale; "
        "give a number from 0 to 100 or leave the cell empty",
    ),
    "text in a number cell": (
        changed("countries.csv", "Egypt,50", "Egypt,strong"),
        "countries.csv, row 2, column capability: 'strong' is not a number; give a number",
    ),
    "duplicate row": (
        changed("countries.csv", "UGA,Uganda,20\n", "UGA,Uganda,20\n\nETH,Ethiopia,30\n"),
        "countries.csv, row 6, column iso3: ETH was already given in row 3; delete one of the two",
    ),
    "row without a country": (
        changed("positions.csv", "UGA,,50\n", "UGA,,50\n,10,10\n"),
        "positions.csv, row 5, column iso3: the row names no country; "
        "give its three-letter code, such as FRA",
    ),
    "position of a stranger": (
        changed("positions.csv", "UGA,,50\n", "UGA,,50\nEGX,10,10\n"),
        "positions.csv, row 5, column iso3: there is no delegation EGX; did you mean EGY?",
    ),
    "delegation without a position row": (
        changed("positions.csv", "UGA,,50\n", ""),
        "positions.csv, column iso3: no row for UGA; add it, with unknown cells left empty",
    ),
    "unknown column": (
        changed("positions.csv", "water,power", "watr,power"),
        "positions.csv, row 1, column watr: there is no such column; did you mean water?",
    ),
    "missing column": (
        changed("salience.csv", FILES["salience.csv"], "iso3,water\nEGY,95\nETH,70\nUGA,50\n"),
        "salience.csv, row 1, column power: the column is missing; add it to the header row",
    ),
    "column twice": (
        changed("countries.csv", "iso3,name,capability", "iso3,name,name"),
        "countries.csv, row 1, column name: the column appears twice; delete one of them",
    ),
    "ragged row": (
        changed("positions.csv", "ETH,80,40", "ETH,80,40,7"),
        "positions.csv, row 3: the row has 4 cells and the header 3; "
        "add or remove separators, and put text that contains one in quotation marks",
    ),
    "open quotation mark": (
        changed("countries.csv", "ETH,Ethiopia", 'ETH,"Ethiopia'),
        "countries.csv, row 3: the quotation marks in this row do not match; "
        'close every " and write a quotation mark inside a cell twice',
    ),
    "huge cell": (
        changed("countries.csv", "Ethiopia", "E" * 1_000_000),
        "countries.csv, row 3: the cell holds more than 20,000 characters; shorten it",
    ),
    "huge cell under a long name": (
        {"trust__csv": f"iso3,{'E' * 9999}\nEGY,{'1' * 30_000}\n", "scenario__toml": "title ="},
        "scenario.toml: the value is not valid TOML; "
        "put text in quotation marks, and use a point in decimal numbers\n"
        f"trust.csv, row 2, column {'E' * 39}…: the cell holds more than 20,000 characters; shorten it",
    ),
    "empty file": (
        {"positions__csv": ""},
        "positions.csv: the file is empty; give it a header row and one row each",
    ),
    "too large a file": (
        {"positions__csv": FILES["positions.csv"] + "\n" * 2_000_001},
        "positions.csv: the file is larger than 2 MB; split it or drop what is not needed",
    ),
    "not UTF-8": (
        {"countries__csv": "iso3,name\nCIV,Côte d'Ivoire\n".encode("latin-1")},
        "countries.csv, row 2: the file is not UTF-8 text; "
        "save it again as UTF-8 (in a spreadsheet: CSV UTF-8)",
    ),
    "missing table": (
        {"countries__csv": None},
        "countries.csv: the file is missing; add it, with the columns iso3",
    ),
    "missing settings": (
        {"scenario__toml": None},
        "scenario.toml: there is none in river; "
        "add it, or copy one from a shipped scenario with `plenary new`",
    ),
    "misspelt file": (
        {"trusts__csv": "iso3,ETH\nEGY,0\n"},
        "trusts.csv: a scenario has no such file; did you mean trust.csv?",
    ),
    "malformed TOML": (
        changed("scenario.toml", "[rule]", "[rule"),
        "scenario.toml, line 9: this is not valid TOML; "
        "check brackets, quotation marks and commas here and just above",
    ),
    "word without quotation marks": (
        changed("scenario.toml", '"simple-majority"', "simple-majority"),
        "scenario.toml, line 10: the value is not valid TOML; "
        "put text in quotation marks, and use a point in decimal numbers",
    ),
    "table twice": (
        changed("scenario.toml", "[blocs.UPSTREAM]", "[issues.power]"),
        "scenario.toml, line 20: this key or table was given before; keep one of the two",
    ),
    "nested without end": (
        {"scenario__toml": "title = " + "[" * 100_000},
        "scenario.toml: it is nested too deeply; write plain tables",
    ),
    "unknown key": (
        changed("scenario.toml", "force_issue", "force_isue"),
        "scenario.toml, line 2, force_isue: there is no key force_isue; did you mean force_issue?",
    ),
    "unknown key in a text": (
        changed("texts/accord.toml", "sponsors", "sponsor"),
        "texts/accord.toml, line 2, sponsor: there is no key sponsor; did you mean sponsors?",
    ),
    "missing key": (
        changed("scenario.toml", 'title = "Share of the water"\n', ""),
        "scenario.toml, line 12, issues.water.title: title is missing; "
        "add it: text, written in quotation marks",
    ),
    "number in words": (
        changed("scenario.toml", "reversion = 30", 'reversion = "a third"'),
        "scenario.toml, line 14, issues.water.reversion: 'a third' cannot stand here; "
        "give a number from 0 to 100",
    ),
    "stranger in a bloc": (
        changed("scenario.toml", '["ETH", "UGA"]', '["ETH", "UGD"]'),
        "scenario.toml, line 22, blocs.UPSTREAM.members.1: there is no delegation UGD; did you mean UGA?",
    ),
    "member twice": (
        changed("scenario.toml", '["ETH", "UGA"]', '["ETH", "ETH"]'),
        "scenario.toml, line 22, blocs.UPSTREAM.members.1: ETH is listed twice; delete one of them",
    ),
    "coordinator from elsewhere": (
        changed("scenario.toml", 'coordinator = "ETH"', 'coordinator = "ERI"'),
        "scenario.toml, line 23, blocs.UPSTREAM.coordinator: there is no delegation ERI; "
        "use one of: EGY, ETH, UGA",
    ),
    "bloc named like a delegation": (
        changed(
            "scenario.toml", "[events.drought]", '[blocs.EGY]\nname = "Egypt"\nmembers = []\n[events.drought]'
        ),
        "scenario.toml, line 25, blocs.EGY: EGY is a delegation too; give the bloc another name",
    ),
    "event after the end": (
        changed("scenario.toml", "2024-04-01", "2024-05-10"),
        "scenario.toml, line 26, events.drought.date: 2024-05-10 is outside the calendar; "
        "choose a day from 2024-03-01 to 2024-05-09, or make it a note",
    ),
    "event without its issue": (
        changed("scenario.toml", 'issue = "water"\ndelta', "delta"),
        "scenario.toml, line 25, events.drought.issue: "
        "an event of type salience_change must say which issue; "
        "add issue = …",
    ),
    "unknown rung": (
        changed("scenario.toml", "delta = 10", 'delta = 10\nwording = "welcome"'),
        "scenario.toml, line 33, events.drought.wording: 'welcome' cannot stand here; give one of "
        "opposes in public / unfavourable, silent / takes note / will carefully study / "
        "attaches importance / constructive / welcomes / supports / co-sponsors",
    ),
    "quota in percent": (
        changed("scenario.toml", '"simple-majority"', '"simple-majority"\nquota = 60'),
        "scenario.toml, line 11, rule.quota: 60 is not possible here; give a number from 0 to 1",
    ),
    "calendar that overlaps": (
        changed(
            "scenario.toml",
            "rounds = 10",
            'rounds = 10\n[[calendar]]\nstart=2024-04-01\nlength="day"\nrounds=1',
        ),
        "scenario.toml, line 9, calendar.1.start: the stretch begins before the one before it ends "
        "(2024-04-01); start it on 2024-05-10 or later",
    ),
    "too many rounds": (
        changed("scenario.toml", "rounds = 10", "rounds = 10000"),
        "scenario.toml, line 7, calendar.0.rounds: 10000 is not possible here; "
        "give a whole number from 1 to 1000",
    ),
    "text without articles": (
        {"accord__toml": 'title = "Accord on the river"\narticles = {}\n'},
        "texts/accord.toml, line 2, articles: the text has no articles; "
        "add a table [articles.1] with places on the issues",
    ),
    "text on an unknown issue": (
        changed("texts/accord.toml", "places = { water = 55 }", "places = { watre = 55 }"),
        "texts/accord.toml, line 6, articles.1.places.watre: there is no issue watre; did you mean water?",
    ),
    "text by a stranger": (
        changed("texts/accord.toml", '["ETH"]', '["UPSTRAEM"]'),
        "texts/accord.toml, line 2, sponsors.0: there is no delegation or bloc UPSTRAEM; "
        "did you mean UPSTREAM?",
    ),
    "chosen option that is not there": (
        changed("texts/accord.toml", "places = { water = 55 }", 'places = { water = 55 }\nchosen = "b"'),
        "texts/accord.toml, line 7, articles.1.chosen: the article has no option b; "
        "use one of: tabled, alternative-1",
    ),
    "caring about nothing": (
        changed("salience.csv", "EGY,95,20", "EGY,0,0"),
        "salience.csv, row 2: the delegation cares about nothing; give one issue more than 0",
    ),
    "trust in a stranger": (
        {"trust__csv": "iso3,ETB\nEGY,0.5\n"},
        "trust.csv, row 1, column ETB: there is no such column; did you mean ETH?",
    ),
    "too much trust": (
        {"trust__csv": "iso3,ETH\nEGY,1.5\n"},
        "trust.csv, row 2, column ETH: 1.5 is not possible here; give a number from -1 to 1",
    ),
    "tie with a stranger": (
        changed("ties.csv", "EGY,ETH", "EGY,ETI"),
        "ties.csv, row 2, column target: there is no delegation ETI; did you mean ETH?",
    ),
    "unknown kind of tie": (
        {"ties__csv": "source,target,kind,weight\nEGY,ETH,friendship,1\n"},
        "ties.csv, row 2, column kind: 'friendship' cannot stand here; "
        "give one of voting / region / bloc / alliance / trade",
    ),
    "red line upside down": (
        changed("red_lines.csv", "0,60", "60,10"),
        "red_lines.csv, row 2, column min: min 60 is above max 10; exchange the two",
    ),
    "red line of a stranger": (
        changed("red_lines.csv", "EGY,water", "EGI,water"),
        "red_lines.csv, row 2, column iso3: there is no delegation EGI; did you mean EGY?",
    ),
    "extending nothing known": (
        {"scenario__toml": 'extends = "lunch-2020"\n'},
        "scenario.toml, extends: there is no shipped scenario lunch-2020 to extend; "
        "did you mean launch-2020?",
    ),
    "removing without extending": (
        changed("scenario.toml", "force_issue", 'remove = ["blocs.UPSTREAM"]\nforce_issue'),
        "scenario.toml, line 2, remove: there is nothing to remove from; "
        'write a list of dotted paths, such as ["blocs.FVEY"], beside extends',
    ),
}


@pytest.mark.parametrize("changes, message", BAD_INPUTS.values(), ids=BAD_INPUTS)
def test_one_mistake_gives_one_message(tmp_path, changes, message):
    assert problems_of(room_in(tmp_path, **changes)) == message.split("\n")


@pytest.mark.parametrize(
    "name, mend",
    [
        ("lunch-2020", "did you mean launch-2020?"),
        ("nowhere", "use one of arab-initiative"),
        ("", "use one of arab-initiative"),
        ("a\0b", "use one of arab-initiative"),
        ("x" * 10_000, "use one of arab-initiative"),
    ],
)
def test_an_unknown_scenario_is_answered_with_the_nearest_one(name, mend):
    with pytest.raises(ScenarioError, match="there is no such scenario or folder") as caught:
        load(name)
    assert mend in caught.value.problems[0].mend


def test_no_file_leads_out_of_the_folder(tmp_path):
    outside = tmp_path / "secret.csv"
    outside.write_text("iso3,ETH\nEGY,1\n")
    home = room_in(tmp_path)
    (home / "trust.csv").symlink_to(outside)
    assert problems_of(home) == [
        "trust.csv: it leads out of the scenario's folder; put the file itself there"
    ]


def test_an_endless_file_is_refused_at_once(tmp_path):
    home = room_in(tmp_path, trust__csv=None)
    os.mkfifo(home / "trust.csv")
    assert problems_of(home) == ["trust.csv: it is not an ordinary file; put the file itself there"]


def test_a_mistake_in_what_differs_is_found_where_it_was_made(tmp_path):
    home = tmp_path / "what-if"
    home.mkdir()
    (home / "scenario.toml").write_text(
        'extends = "launch-2020"\nremove = ["blocs.FIVEEYES"]\n[blocs.ASEANN]\ndiscipline = 0.9\n'
        "[delegations.PHL]\ncapability = 101\n"
    )
    (home / "salience.csv").write_text("iso3,flow\nPHI,90\n")
    assert problems_of(home) == [
        "scenario.toml, line 2, remove: there is nothing at blocs.FIVEEYES; did you mean FVEY?",
        "scenario.toml, line 3, blocs.ASEANN: there is no bloc ASEANN; did you mean ASEAN?",
        "scenario.toml, line 6, delegations.PHL.capability: 101 is off the scale; "
        "give a number from 0 to 100",
        "salience.csv, row 2, column iso3: there is no delegation PHI; did you mean PHL?",
    ]


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ('[articles.2]\nwording = "and"\n', "line 12, articles.2.places: places is missing"),
        ("[articles.1.options.b]\nplaces = {}\n", "articles.1.options.b.wording: wording is missing"),
        ('[articles.1.options.b]\nwording = "and"\n', "articles.1.options.b.places: places is missing"),
        (
            "[articles.1.options.b]\ndelete = true\nplaces = { water = 1 }\n",
            "line 14, articles.1.options.b.places: an option that deletes the article has no places",
        ),
        (
            '[articles.1.options.b]\ndelete = true\nproposed_by = ["UPSTRAEM"]\n',
            "there is no delegation or bloc UPSTRAEM; did you mean UPSTREAM?",
        ),
        (
            '[articles.2]\nplaces = {}\nstrength = "must"\n',
            "'must' cannot stand here; give one of shall / should / may",
        ),
        (
            '[articles.2]\nplaces = {}\npart = "preamble"\n',
            "'preamble' cannot stand here; give one of preambular / operative",
        ),
    ],
)
def test_what_an_article_may_say_is_checked_with_line_and_mend(tmp_path, added, told):
    (problem,) = problems_of(room_in(tmp_path, accord__toml=FILES["texts/accord.toml"] + "\n" + added))
    assert problem.startswith("texts/accord.toml")
    assert told in problem


def test_a_patch_that_misspells_an_option_is_told_of_the_one_that_there_is(tmp_path):
    scenario = load(room_in(tmp_path))
    options = {"alternativ-1": {"strength": "may"}}
    with pytest.raises(ScenarioError, match="there is no option alternativ-1; did you mean alternative-1"):
        apply_patch(scenario, {"texts": {"accord": {"articles": {"1": {"options": options}}}}})


garbage = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet='iso3,;"\n\r=[]{}.-0123456789eEwatrpoCHN', max_size=300).map(str.encode),
)


@given(name=st.sampled_from(list(FILES)), data=garbage, before=st.booleans())
def test_garbage_is_answered_with_problems(name, data, before, tmp_path_factory):
    old = FILES[name].encode()
    content = (old + data) if before else data
    home = room_in(tmp_path_factory.mktemp("room"), **{name.split("/")[-1].replace(".", "__"): content})
    try:
        load(home)
    except ScenarioError as error:
        assert error.problems
        assert all("pydantic" not in str(problem).lower() for problem in error.problems)


values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["ETH", "water", "bloc:UPSTREAM", "all", "tabled", 10**400]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    path=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    value=values,
)
def test_a_document_with_any_value_anywhere_is_answered_with_problems(path, value):
    document = to_document(lively_room(7, countries=4, rounds=2))
    spot = document
    for turn in path[:-1]:
        inner = spot[sorted(spot)[turn % len(spot)]] if isinstance(spot, dict) and spot else None
        if not isinstance(inner, dict) or not inner:
            break
        spot = inner
    spot[sorted(spot)[path[-1] % len(spot)]] = value
    try:
        from_document(document)
    except ScenarioError as error:
        assert error.problems
