"""Marked lines, the input of programs for the exchange of positions, read and written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import Scenario, ScenarioError, load
from scenarios.exchange_format import from_exchange, to_exchange
from tests.test_cli import plenary
from tests.test_field_format import table

# Three of the eleven groups and two of the seven issues of a coding of the Copenhagen conference of 2009.
COPENHAGEN = """'#A'\t'USA'\t'USA'\t''
'#A'\t'EU (incl Norway)'\t'European Union and Norway'\t''
'#A'\t'Russia'\t'Russia'\t''
'#P'\t'Newtreaty'\t'Newtreaty'\t''
'#M'\t'Newtreaty'\t0
'#M'\t'Newtreaty'\t100\t
'#P'\t'Commitments'\t'Commitments'\t''
'#D'\t'USA'\t'Newtreaty'\t10.0\t0.9\t0.26\t
'#D'\t'USA'\t'Commitments'\t10.0\t0.8\t0.26\t
'#D'\t'EU (incl Norway)'\t'Newtreaty'\t50.0\t0.4\t0.156\t
'#D'\t'EU (incl Norway)'\t'Commitments'\t20.0\t0.2\t0.156\t
'#D'\t'Russia'\t'Newtreaty'\t90.0\t0.7\t0.013\t
"""
ROAD = """#O;A town and its toll;;;;
#/;ID;full name;;;
#A;Willems;The executive;;;
#A;VVD;;;;
#P;level;How high is the toll?;;;
#M;level;0,5;half a euro; or less;
#M;level;2;two euro;;
#M;level;7;seven euro;;
#/ what each of them wants
#D;Willems;level;3;0,7;1
#D;VVD;level;0,5;0,5;0,5
"""


def lines(tmp_path, text, name="talks.tsv"):
    return table(tmp_path, text, name)


def test_quoted_lines_are_read_and_a_missing_line_leaves_all_unknown(tmp_path):
    scenario = from_exchange(lines(tmp_path, COPENHAGEN))
    assert list(scenario.delegations) == ["USA", "EU-incl-Norway", "Russia"]
    assert scenario.delegations["EU-incl-Norway"].name == "European Union and Norway"
    assert scenario.delegations["EU-incl-Norway"].capability == pytest.approx(60)
    assert scenario.delegations["USA"].salience == {"Newtreaty": 90, "Commitments": 80}
    assert scenario.delegations["Russia"].positions == {"Newtreaty": 90}
    assert scenario.issues["Newtreaty"].anchors == {}


def test_the_proposal_lies_at_the_outcome_of_the_compromise_model(tmp_path):
    """The mean weighted by power and salience, from which exchanges start (Stokman and Van Oosten 1994)."""
    articles = from_exchange(lines(tmp_path, COPENHAGEN)).texts["proposal"].articles
    weights = {"USA": 0.26 * 0.9, "EU": 0.156 * 0.4, "Russia": 0.013 * 0.7}
    mean = (10 * weights["USA"] + 50 * weights["EU"] + 90 * weights["Russia"]) / sum(weights.values())
    assert articles["1"].places["Newtreaty"] == pytest.approx(mean, abs=1e-9)


def test_worded_points_are_the_scale_and_its_anchors(tmp_path):
    scenario = from_exchange(lines(tmp_path, ROAD, "toll.csv"))
    level = scenario.issues["level"]
    assert scenario.title == "A town and its toll"
    assert level.title == "How high is the toll?"
    assert level.anchors == {
        "0": "half a euro; or less",
        "23.0769230769": "two euro",
        "100": "seven euro",
    }
    assert (level.low_pole, level.high_pole) == ("0.5", "7")
    assert scenario.delegations["Willems"].positions["level"] == pytest.approx(38.46153846, abs=1e-8)
    assert scenario.delegations["VVD"].name == "VVD"


def test_without_points_the_scale_is_given_or_guessed(tmp_path):
    text = "\n".join(line for line in ROAD.splitlines() if not line.startswith("#M"))
    guessed = from_exchange(lines(tmp_path, text)).issues["level"]
    assert guessed.anchors == {"0": "0.5 in talks.tsv", "100": "3 in talks.tsv"}
    given_ = from_exchange(lines(tmp_path, text), scale=(0, 6))
    assert given_.delegations["Willems"].positions["level"] == pytest.approx(50)


@pytest.mark.parametrize("name", ["toll.csv", "toll.tsv", "toll.txt"])
def test_an_imported_folder_checks_and_runs(tmp_path, name):
    done = plenary("import", lines(tmp_path, ROAD, name), "--to", tmp_path / "mine")
    assert done.exit_code == 0 and "level: 0.5 to 7 in the file is 0 to 100 here" in done.stdout
    assert plenary("check", tmp_path / "mine").exit_code == 0
    run = plenary("run", tmp_path / "mine", "--replicates", "2", "--out", tmp_path / "run", "--quiet")
    assert run.exit_code == 0


def same(again, before):
    """What marked lines carry is the same; power is relative to the most capable with a line."""
    assert {key: one.name for key, one in again.delegations.items()} == {
        key: one.name for key, one in before.delegations.items()
    }
    assert {key: issue.title for key, issue in again.issues.items()} == {
        key: issue.title for key, issue in before.issues.items()
    }
    for key, issue in before.issues.items():
        assert again.issues[key].anchors == issue.anchors
    heard = {
        key: one
        for key, one in before.delegations.items()
        if any(value is not None for value in (*one.positions.values(), *one.salience.values()))
    }
    most = max(one.capability for one in heard.values())
    for key, one in before.delegations.items():
        for issue in before.issues:
            for values, old in (
                (again.delegations[key].positions, one.positions),
                (again.delegations[key].salience, one.salience),
            ):
                assert values.get(issue) == (
                    None if old.get(issue) is None else pytest.approx(old[issue], rel=1e-9, abs=1e-9)
                )
        if key in heard:
            expected = 100 * one.capability / most if most else 0
            assert again.delegations[key].capability == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_shipped_scenario_comes_back(tmp_path):
    assert plenary("export", "launch-2020", tmp_path / "launch.tsv").exit_code == 0
    same(from_exchange(tmp_path / "launch.tsv"), load("launch-2020"))
    assert plenary("export", "launch-2020", tmp_path / "launch.tsv").exit_code == 2


def test_every_written_line_has_six_cells_and_poles_in_words_become_points():
    pen = load("who-holds-the-pen")
    written = [line.split("\t") for line in to_exchange(pen).splitlines()]
    assert {len(cells) for cells in written} == {6}
    assert ["#M", "access", "0", "Never without consent", "", ""] in written
    assert sum(cells[0] == "#D" for cells in written) == 9 * 4


NAMES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=8).filter(
    lambda name: name not in ("iso3", "name", "provenance", "all", "bloc")
)
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "-"
)
FIGURES = st.none() | st.floats(0, 100).map(lambda value: round(value, 9))


@st.composite
def rooms(draw):
    """Delegations and issues of which some values are unknown, at least one known."""
    issues = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    actors = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    blank = {"name": "room", "title": "A room", "issues": {}, "delegations": {}, "texts": {}}
    blank["calendar"] = [{"start": "2025-01-06", "length": "week", "rounds": 1}]
    places = st.integers(0, 100).map(str)
    for key in issues:
        blank["issues"][key] = {
            "title": draw(WORDS),
            "reversion": 0,
            "anchors": draw(st.dictionaries(places, WORDS, max_size=3)),
        }
    for key in actors:
        blank["delegations"][key] = {
            "name": draw(WORDS),
            "capability": draw(st.floats(0.01, 100)),
            "positions": {issue: draw(FIGURES) for issue in issues},
            "salience": {issue: draw(FIGURES) for issue in issues},
        }
        if set(blank["delegations"][key]["salience"].values()) == {0}:
            blank["delegations"][key]["salience"][issues[0]] = 1.0  # whoever is there cares about something
    blank["delegations"][actors[0]]["positions"][issues[0]] = draw(st.floats(0, 100))
    return Scenario.model_validate(blank)


@given(rooms())
def test_what_goes_out_comes_back(tmp_path_factory, room):
    file = lines(tmp_path_factory.mktemp("exchange"), to_exchange(room))
    same(from_exchange(file), room)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("#D;Wilems;level;3;0,7;1", "row 12, column actor: there is no actor Wilems; did you mean Willems?"),
        ("#D;ALBA;level;3;0,7;1", "row 12, column actor: there is no actor ALBA; add a line #A for it"),
        ("#D;VVD;when;3;0,7;1", "row 12, column issue: there is no issue when; add a line #P for it"),
        ("#M;when;3;noon", "row 12, column issue: there is no issue when; add a line #P for it"),
        ("#D;VVD;level;3;0,7;0,5", "row 12, column actor: VVD stands there twice for level"),
        ("#D;VVD;level;8;0,7;0,5", "row 12, column position: 8 lies off the scale from 0.5 to 7; move it"),
        ("#D;VVD;level;much;0,7;0,5", "row 12, column position: much is no number; write a number"),
        ("#D;VVD;level;3;-1;0,5", "row 12, column salience: -1 is below 0"),
        ("#D;VVD;level;3;0,7;1", "row 12, column power: VVD has another power further up"),
        ("#D;VVD;level;3", "row 12: behind #D there are 3 cells of 5; give actor, issue, position, salience"),
        ("#M;level", "row 12: behind #M there are 1 cells of 2; give issue, position"),
        ("#M;level;;nothing", "row 12, column position: the point has no place"),
        ("#M;level;7,0;again", "row 12, column position: level has a point at 7 already; keep one"),
        ("#A;VVD;again", "row 12, column actor: VVD stands there twice; keep one"),
        ("#A;VVD.;again", "row 12, column actor: VVD. and VVD are alike but for signs"),
        ("#A;€;", "row 12, column actor: the actor has no name"),
        ("#P;name;", "row 12, column issue: name has a meaning of its own in tables"),
        ("#P;when\n#M;when;3;noon", "row 13, column position: when has one point only; give both ends"),
        ("#P;when;" + "x" * 401, "row 12: a cell has 401 characters; shorten it to 400"),
        ("#X;VVD", "row 12: there is no mark #X; begin it with #A, #P, #M, #D, or #/ for a comment"),
        ('#A;"VVD', "row 12: the line cannot be read"),
    ],
)
def test_a_wrong_line_is_told_with_row_and_mend(tmp_path, line, told):
    with pytest.raises(ScenarioError) as caught:
        from_exchange(lines(tmp_path, ROAD + line + "\n"))
    assert f"talks.tsv, {told}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "talks.tsv: no line begins with #A, #P, #M, #D and a tab"),
        ("actor\tissue\nA\tx\n", "talks.tsv: no line begins with #A, #P, #M, #D and a tab"),
        ("#A\tUSA\n", "talks.tsv: there is no line #P, #D"),
    ],
)
def test_a_file_of_something_else_is_told(tmp_path, text, told):
    with pytest.raises(ScenarioError) as caught:
        from_exchange(lines(tmp_path, text))
    assert told in str(caught.value)
    assert plenary("import", tmp_path / "nowhere.tsv").exit_code == 2


CELLS = st.sampled_from(["A", "B", "tax", "aid", "", "0", "50", "1e999", "-3", "x", "'", '"', "é", "#A"])
MARKS = st.sampled_from(["#A", "#P", "#M", "#D", "#O", "#/", "'#A'", "#", ""])


@given(st.lists(st.tuples(MARKS, st.lists(CELLS, max_size=6)), max_size=8), st.sampled_from("\t;,"))
def test_any_lines_make_a_scenario_or_say_what_is_wrong(tmp_path_factory, rows, separator):
    sound = [("#A", ["A"]), ("#P", ["tax"]), ("#D", ["A", "tax", "50", "1", "1"])]
    text = "\n".join(separator.join([mark, *cells]) for mark, cells in sound + rows)
    file = lines(tmp_path_factory.mktemp("any"), text)
    try:
        scenario = from_exchange(file)
    except ScenarioError as error:
        assert all(problem.file == file.name and problem.mend for problem in error.problems)
    else:
        for one in scenario.delegations.values():
            assert all(place is None or 0 <= place <= 100 for place in one.positions.values())
            assert all(cares is None or 0 <= cares <= 100 for cares in one.salience.values())
