"""`plenary backtest` and `plenary calibrate`: the documents they print, and what they refuse."""

from __future__ import annotations

import json
import tomllib

import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from simulation.backtest.baselines import BASELINES
from simulation.backtest.calibration import frozen_document
from tests.test_docs import DOCS
from tests.test_vote_files import META, VOTES

SCORES = {"accuracy", "rps", "log", "brier", "macro_f1"}


def plenary(*words):
    return CliRunner().invoke(build(), [*map(str, words)], env={"COLUMNS": "200"})


def document(*words):
    done = plenary(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def files(tmp_path):
    votes, meta = tmp_path / "my.csv", tmp_path / "my.toml"
    votes.write_text(VOTES, encoding="utf-8")
    meta.write_text(META, encoding="utf-8")
    return "--votes", votes, "--meta", meta


@pytest.fixture(scope="module")
def shipped():
    return document("backtest")


def test_a_file_made_by_hand_is_scored_roll_call_by_roll_call(files):
    found = document("backtest", *files)
    assert [(one["id"], one["n"], one["analogue"]) for one in found["resolutions"]] == [
        ("75/240", 3, "73/27"),
        ("77/37", 3, "75/240"),
    ]
    for one in [*found["resolutions"], found["mean"]]:
        assert list(one["baselines"]) == list(BASELINES)
        for table in (one["plenary"], *one["baselines"].values()):
            assert table.keys() >= SCORES
    mean = sum(one["plenary"]["rps"] for one in found["resolutions"]) / 2
    assert found["mean"]["plenary"]["rps"] == pytest.approx(mean, abs=1e-6)
    assert found["resolutions"][0]["analogues_used"] == {"73/27": 1.0}
    told = found["resolutions"][1]
    assert told["remarks"] == ["votes on 75/240 are not used, its own analogue 73/27 is"]
    assert told["analogues_used"] == {"73/27": 1.0}
    assert found["calibration"] == frozen_document()


def test_the_shipped_roll_calls_are_tested_in_order_of_time(shipped):
    assert [one["id"] for one in shipped["resolutions"]] == [
        "73/27",
        "73/187",
        "73/266",
        "74/28",
        "74/29",
        "74/247",
    ]
    for place, one in enumerate(shipped["resolutions"]):
        assert one["id"] not in one["learned_from"]
        assert len(one["learned_from"]) == (5, 6, 7, 8, 8, 10)[place]
    assert shipped["groups"]["new_contested"]["roll_calls"] == ["73/27", "73/187", "74/247"]
    assert {*shipped["groups"]["repeats"]["roll_calls"], *shipped["groups"]["new"]["roll_calls"]} == {
        one["id"] for one in shipped["resolutions"]
    }


def test_a_claim_stands_only_where_no_interval_holds_nothing(shipped):
    for group in shipped["groups"].values():
        for one in group["differences"]:
            ends = one["intervals"].values()
            if one["verdict"] == "better":
                assert len(group["roll_calls"]) >= 5 and all(high < 0 for _, high in ends)
            if one["verdict"] == "open":
                assert any(low <= 0 for low, _ in ends) and any(high >= 0 for _, high in ends)
    assert all(one["verdict"] == "few" for one in shipped["groups"]["new_contested"]["differences"])


def test_the_same_seed_gives_the_same_document(shipped):
    assert document("backtest") == shipped
    other = document("backtest", "--seed", "2")
    assert other["resolutions"] == shipped["resolutions"]
    assert other["groups"]["all"]["intervals"] != shipped["groups"]["all"]["intervals"]


def test_the_answer_says_which_baseline_wins_and_that_it_is_a_models_output(shipped):
    told = plenary("backtest", "--quiet")
    assert told.exit_code == 0
    words = " ".join(told.stdout.split())
    assert "New and contested (3): Plenary's RPS" in words
    assert "No claim, an interval includes 0, against" in words
    assert "best is ideal-point logit" in words
    assert "A model's output on recorded votes" in words


def test_the_tables_of_the_docs_page_are_what_the_command_finds(shipped):
    page = (DOCS / "backtest.md").read_text(encoding="utf-8")
    for one in shipped["resolutions"]:
        assert f"| {one['id']} |" in page
        row = next(line for line in page.splitlines() if line.startswith(f"| {one['id']} |"))
        for score in ("rps", "log"):
            for name in ("ideal_point_logit", "repeat_table"):
                assert f"{one['baselines'][name][score]:.3f}" in row
            assert f"{one['plenary'][score]:.3f}" in row
    for name in ("plenary", *BASELINES):
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        for group in ("new_contested", "all"):
            table = {"plenary": shipped["groups"][group]["plenary"], **shipped["groups"][group]["baselines"]}
            assert f"{table[name]['rps']:.3f} | {table[name]['log']:.3f}" in row


def test_one_state_on_one_resolution_is_enough(files):
    votes, meta = files[1], files[3]
    votes.write_text("iso3;75/240\nNAM;yes\n", encoding="utf-8")
    meta.write_text(META[META.index('[resolutions."75/240"]') :], encoding="utf-8")
    found = document("backtest", *files)
    assert [one["n"] for one in found["resolutions"]] == [1]
    assert found["mean"]["plenary"]["accuracy"] in (0, 1)
    assert plenary("backtest", *files).exit_code == 0


def test_the_table_on_declared_delegations_is_what_the_command_finds(files):
    found = document("backtest", "--declared", "0.25")["declared"]
    assert (found["share"], found["draws"]) == (0.25, 20)
    page = (DOCS / "backtest.md").read_text(encoding="utf-8")
    cells = [f"{table['rps']:.3f}, {table['log']:.3f}" for table in found["mean"].values()]
    assert f"| 25% | {' | '.join(cells)} |" in page
    told = plenary("backtest", "--declared", "0.25", *files)
    assert told.exit_code == 2 and "it goes with the shipped roll calls alone" in told.stderr


@pytest.mark.parametrize("place", [0, 2])
def test_one_file_without_the_other_is_refused(files, place):
    told = plenary("backtest", *files[place : place + 2])
    assert told.exit_code == 2
    assert f"{files[2 - place]} is missing" in told.stderr and "Traceback" not in told.stderr


def test_malformed_files_are_refused_in_a_line(files):
    files[1].write_text(VOTES.replace("USA,no", "USA,nay"), encoding="utf-8")
    told = plenary("backtest", *files)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("my.csv, row 3, column 75/240: nay is no vote; write one of")


def test_a_roll_call_before_all_that_is_known_is_refused(files):
    files[3].write_text(META.replace("2020-12-31", "1999-12-01"), encoding="utf-8")
    told = plenary("backtest", *files)
    assert told.exit_code == 2
    assert "75/240: it was taken before 60/45 of 2005-12-08" in told.stderr


def test_calibrate_prints_the_frozen_calibration_and_writes_it(tmp_path):
    file = tmp_path / "mine.toml"
    found = document("calibrate", "--to", file)
    assert found["roll_calls"] == frozen_document()["roll_calls"]
    assert found["slopes"] == pytest.approx(frozen_document()["slopes"], abs=1e-3)
    assert tomllib.loads(file.read_text(encoding="utf-8")) == found
    again = plenary("calibrate", "--to", file)
    assert again.exit_code == 2 and "mine.toml: the file is there already" in again.stderr


def test_calibrate_fits_strictly_earlier_votes():
    found = document("calibrate", "--before", "2018-12-17")
    assert found["roll_calls"][-1] == "73/27" and found["fitted_until"] == "2018-12-05"
    told = plenary("calibrate", "--before", "2006-01-01")
    assert told.exit_code == 2 and "too few roll calls came before 2006-01-01" in told.stderr
    assert plenary("calibrate", "--before", "soon").exit_code == 2
