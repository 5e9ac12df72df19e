"""The field's table of actors, read and written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import ScenarioError, load
from scenarios.field_format import from_table, to_table
from tests.test_cli import plenary

# Delay of emission standards in the European Community in years, after Bueno de Mesquita: ten actors.
EMISSIONS = """actor,position,capability,salience
Netherlands,4,0.08,0.8
Belgium,7,0.08,0.4
Luxembourg,4,0.03,0.2
Germany,4,0.16,0.8
France,10,0.16,0.6
Italy,10,0.16,0.6
UK,10,0.16,0.9
Ireland,7,0.05,0.1
Denmark,4,0.05,1.0
Greece,7,0.08,0.7
"""


def table(tmp_path, text, name="talks.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_placeholder_lies_at_the_published_weighted_mean(tmp_path):
    """7.389956 years at the start, in the replication by Scholz, Calbert and Smith (2011)."""
    scenario = from_table(table(tmp_path, EMISSIONS))
    (article,) = scenario.texts["proposal"].articles.values()
    assert 4 + 6 * article.places["issue"] / 100 == pytest.approx(7.389956, abs=1e-6)
    assert scenario.issues["issue"].low_pole == "4" and scenario.issues["issue"].high_pole == "10"
    assert scenario.delegations["France"].capability == 100
    assert scenario.delegations["UK"].salience["issue"] == pytest.approx(90)


def test_an_imported_folder_checks_and_runs(tmp_path):
    done = plenary("import", table(tmp_path, EMISSIONS), "--to", tmp_path / "mine")
    assert done.exit_code == 0 and "4 to 10 in the file is 0 to 100 here" in done.stdout
    assert plenary("check", tmp_path / "mine").exit_code == 0
    run = plenary("run", tmp_path / "mine", "--replicates", "4", "--out", tmp_path / "run", "--quiet")
    assert run.exit_code == 0


def test_what_a_scenario_exports_comes_back_the_same(tmp_path):
    launch = load("launch-2020")
    assert plenary("export", "launch-2020", tmp_path / "launch.csv").exit_code == 0
    again = from_table(tmp_path / "launch.csv")
    assert list(again.issues) == list(launch.issues)
    for key, one in launch.delegations.items():
        for issue in launch.issues:
            assert again.delegations[key].positions[issue] == pytest.approx(one.positions[issue])
            assert again.delegations[key].salience[issue] == pytest.approx(one.salience[issue])
    most = max(one.capability for one in launch.delegations.values())
    assert again.delegations["PHL"].capability == pytest.approx(
        100 * launch.delegations["PHL"].capability / most
    )
    rows = list(csv.reader(io.StringIO(to_table(launch))))
    assert rows[0] == ["Actor", "Capability", "Issue", "Position", "Salience"]
    assert len(rows) == 1 + 111 * 11


def test_missing_values_stay_missing(tmp_path):
    text = "Actor;Power;Issue;Position;Salience\nA;1;tax;20;50\nB;2;tax;;40\nA;1;aid;80;\n"
    scenario = from_table(table(tmp_path, text))
    assert scenario.delegations["B"].positions == {"tax": None}
    assert scenario.delegations["A"].salience["aid"] is None
    assert scenario.delegations["B"].positions.get("aid") is None


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=5), st.floats(1e-3, 1e9))
def test_no_rounding_leads_off_the_scale(tmp_path_factory, positions, most):
    lines = ["actor,capability,position,salience"]
    lines += [f"A{row},{most!r},{place!r},{most!r}" for row, place in enumerate(positions)]
    scenario = from_table(table(tmp_path_factory.mktemp("scale"), "\n".join(lines)))
    assert {one.capability for one in scenario.delegations.values()} == {100}


def test_the_ends_of_a_scale_can_be_given(tmp_path):
    scenario = from_table(table(tmp_path, EMISSIONS), scale=(0, 12))
    assert scenario.delegations["Belgium"].positions["issue"] == pytest.approx(100 * 7 / 12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("actor,capability,position\nA,1,2\n", "row 1: there is no column salience"),
        (EMISSIONS + "Spain,5,much,0.5\n", "row 12, column capability: much is no number"),
        (EMISSIONS + "Spain,5,1,nan\n", "row 12, column salience: nan is no number"),
        (EMISSIONS + "Spain,5,-1,0.5\n", "row 12, column capability: -1 is below 0"),
        (EMISSIONS + "Greece,5,0.08,0.5\n", "row 12, column actor: Greece stands there twice"),
        (EMISSIONS + "???,5,1,0.5\n", "row 12, column actor: the actor has no name"),
        (EMISSIONS + "name,5,1,0.5\n", "row 12, column actor: name has a meaning of its own in tables"),
        (EMISSIONS + "S" * 401 + ",5,1,0.5\n", "row 12, column actor: the name has 401 characters"),
        (
            "actor,capability,issue,position,salience\nA,1,\u20ac,1,1\n",
            "row 2, column issue: the issue has no",
        ),
        (
            "actor,capability,issue,position,salience\nA,0,x,1,1\nA,5,y,1,1\n",
            "row 3, column capability: A has another capability further up",
        ),
        (EMISSIONS + "".join(f"a{row},5,1,0.5\n" for row in range(2000)), "delegations are too many"),
        (EMISSIONS + "Spain,5,1,0\n", "delegations.Spain.salience: the delegation cares about nothing"),
        ("actor,capability,position,salience\n", "there is nobody in the table"),
        ("", "the file is empty"),
        ("\0\0", "talks.csv"),
    ],
)
def test_a_wrong_table_is_told_with_row_and_mend(tmp_path, text, told):
    with pytest.raises(ScenarioError) as caught:
        from_table(table(tmp_path, text))
    assert told in str(caught.value)


def test_positions_beyond_the_given_scale_are_refused(tmp_path):
    with pytest.raises(ScenarioError, match="positions on issue run from 4 to 10; give --scale"):
        from_table(table(tmp_path, EMISSIONS), scale=(5, 10))


def test_neither_command_writes_over_what_is_there(tmp_path):
    file = table(tmp_path, EMISSIONS)
    assert plenary("export", "launch-2020", file).exit_code == 2
    assert file.read_text(encoding="utf-8") == EMISSIONS
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept.txt").write_text("mine")
    assert plenary("import", file, "--to", tmp_path / "mine").exit_code == 2
    assert plenary("import", tmp_path / "nowhere.csv").exit_code == 2
    assert plenary("export", "launch-2020", tmp_path / "launch.xls").exit_code == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "?", "", "a b"]),
            st.sampled_from(["1", "", "-3", "1e999", "inf", "nan", "5,5"]),
            st.sampled_from(["0", "50", "101", "-7", "", "1e300", "x"]),
            st.sampled_from(["0", "0.5", "60", "", "1e9", "inf"]),
            st.sampled_from(["tax", "aid", "", "\u00e9", "x" * 80]),
        ),
        max_size=6,
    )
)
def test_any_table_makes_a_scenario_or_says_what_is_wrong(tmp_path_factory, rows):
    lines = ["actor;capability;position;salience;issue", *(";".join(row) for row in rows)]
    file = table(tmp_path_factory.mktemp("any"), "\n".join(lines))
    try:
        scenario = from_table(file)
    except ScenarioError as error:
        assert all(problem.file == file.name and problem.mend for problem in error.problems)
    else:
        for one in scenario.delegations.values():
            assert all(place is None or 0 <= place <= 100 for place in one.positions.values())
            assert all(cares is None or 0 <= cares <= 100 for cares in one.salience.values())
