"""Any folder, workbook or table whatever is a scenario, or all its mistakes are told, in bounded time."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboards.cli import build
from scenarios import Scenario, ScenarioError, load, loading, scenario_hash, write
from scenarios.field_format import from_table
from scenarios.workbook import from_workbook
from tests.damage import Parts, damaged_folders, lay, legal
from tests.damage_books import damaged_tables, damaged_workbooks
from tests.generators import lively_room

EXAMPLES = 10_000 if settings().max_examples >= 1_000 else 200
SECONDS = 5.0  # of work of the processor, for any input whatever
SECRET = "a line of a file outside of the folder"
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def a_scenario_or_problems(read: Callable[[], Scenario]) -> Scenario | None:
    """What was read, or None if all that is wrong was told as it should be."""
    before = time.process_time()
    try:
        scenario = read()
    except ScenarioError as error:
        scenario = None
        assert error.problems
        for problem in error.problems:
            assert problem.file and problem.message and problem.mend
            assert problem.row is None or problem.row > 0
            assert str(problem).isprintable() and len(str(problem)) < 2_000
            assert "pydantic" not in str(problem).lower() and SECRET not in str(problem)
        str(error).encode()
    assert time.process_time() - before < SECONDS
    return scenario


@many
@given(damaged_folders())
def test_a_damaged_folder_is_a_scenario_or_says_what_is_wrong(parts):
    with TemporaryDirectory() as scratch:
        home = Path(scratch) / "room"
        (Path(scratch) / "outside").write_text(SECRET)
        lay(parts, home)
        scenario = a_scenario_or_problems(lambda: load(home))
        if scenario is not None:
            assert load(write(scenario, Path(scratch) / "copy")) == scenario
            assert len(scenario_hash(scenario)) == 64


@many
@given(damaged_workbooks())
def test_a_damaged_workbook_is_a_scenario_or_says_what_is_wrong(data):
    with TemporaryDirectory() as scratch:
        file, folder = Path(scratch) / "talks.xlsx", Path(scratch) / "room"
        file.write_bytes(data)
        if a_scenario_or_problems(lambda: from_workbook(file, folder)) is None:
            assert not folder.exists()


ends = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 100.0, float("nan"), float("inf"), 1e308, -1e308])
scales = st.none() | st.tuples(ends, ends)


@many
@given(damaged_tables(), scales)
def test_a_damaged_table_is_a_scenario_or_says_what_is_wrong(data, scale):
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "talks.csv"
        file.write_bytes(data)
        scenario = a_scenario_or_problems(lambda: from_table(file, scale))
        if scenario is not None:
            again = load(write(scenario, Path(scratch) / scenario.name))
            assert scenario_hash(again) == scenario_hash(scenario)


def test_a_name_that_no_terminal_can_print_is_spelt_out(tmp_path):
    (tmp_path / "scenario.toml").write_text('extends = "universal"\n"\\u001b[31mred" = 1\n')
    for name in ("\udcff.csv", "a\nb.csv"):
        (tmp_path / name).write_text("iso3\n")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path)
    told = str(caught.value).split("\n")
    assert sorted(line.split(": ")[0] for line in told) == [
        r"\udcff.csv",
        r"a\nb.csv",
        r"scenario.toml, \x1b[31mred",
    ]
    done = CliRunner().invoke(build(), ["check", str(tmp_path), "--json"])
    assert done.exit_code == 2
    assert "\udcff.csv" in [problem["file"] for problem in json.loads(done.stdout)["problems"]]


def test_a_key_that_is_far_too_long_is_shortened_wherever_it_is_named(tmp_path):
    write(lively_room(1), tmp_path / "room")
    for name in ("countries.csv", "trust.csv"):
        table = tmp_path / "room" / name
        table.write_text(table.read_text("utf-8").replace("CHN", "x" * 30_000), "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "room")
    assert len(caught.value.problems) > 3
    assert max(len(str(problem)) for problem in caught.value.problems) < 500


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "scenario.toml",
            'article = "0"',
            "article = { part = 1 }",
            "commitments.promise.conditions.0.article: a table cannot stand here",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(tmp_path, name, old, new, told):
    parts: Parts = dict(legal(0))
    content = legal(0)[name].decode()
    assert old in content
    parts[name] = content.replace(old, new, 1).encode()
    lay(parts, tmp_path / "room")
    with pytest.raises(ScenarioError, match=re.escape(told)):
        load(tmp_path / "room")


def test_scenarios_that_extend_one_another_are_told_so(tmp_path, monkeypatch):
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenario.toml").write_text(f'extends = "{other}"\n')
    monkeypatch.setattr(loading, "LIBRARY", tmp_path)
    with pytest.raises(
        ScenarioError, match="scenarios extend one another without end; extend a whole scenario"
    ):
        load("one")
