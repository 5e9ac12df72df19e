"""A scenario filled in from the reference data for chosen states and issues."""

import csv

import pytest

from scenarios import ScenarioError, load
from scenarios.composing import compose
from scenarios.reference import groups
from scenarios.reference.estimating import WIDEST_CODED_SD
from simulation import run
from tests.test_cli import plenary

SIX = ["flow", "access", "monitoring", "supply", "forum", "capacity"]


def test_states_and_groups_sit_there_once_in_any_spelling():
    room = compose("talks", ["asean", "usa", "CHN", "viet nam", "Jamaica"], SIX)
    assert set(room.delegations) == {*groups()["ASEAN"], "USA", "CHN", "JAM"}
    assert list(room.issues) == SIX


def test_coded_values_are_kept_and_the_others_marked_as_estimates_with_their_error():
    room, coded = compose("talks", ["CHN", "JAM"], SIX), load("launch-2020")
    china, jamaica = room.delegations["CHN"], room.delegations["JAM"]
    assert china.positions == {issue: coded.delegations["CHN"].positions[issue] for issue in SIX}
    assert china.basis == "hand" and "estimate" not in china.provenance
    assert jamaica.basis == "estimate" and "estimate" in jamaica.provenance
    assert jamaica.position_sd > WIDEST_CODED_SD
    assert "Jamaica" in room.limits and "China" not in room.limits


def test_the_starter_text_says_the_middle_of_each_scale_and_brackets_what_lies_around_it():
    room = compose("talks", ["EU"], ["privacy", "forum"])
    (text,) = room.texts.values()
    assert [article.places for article in text.articles.values()] == [{"privacy": 50}, {"forum": 50}]
    for article, issue in zip(text.articles.values(), room.issues.values(), strict=True):
        assert article.wording == issue.anchors["50"]
        assert [option.wording for option in article.options.values()] == [
            issue.anchors["25"],
            issue.anchors["75"],
        ]
    assert not text.sponsors and not room.red_lines and not room.events


def test_all_issues_are_taken_where_none_is_named():
    assert list(compose("talks", ["P5"]).issues) == list(load("launch-2020").issues)


@pytest.mark.parametrize("countries", [["CHN", "USA"], ["FJI", "TUV"], ["BRICS"], ["NAM"]])
def test_it_runs(countries):
    """NAM is Namibia, not the movement: codes go before groups."""
    room = compose("talks", countries, SIX)
    assert run(room, replicates=2, seed=1).data.sizes["country"] == len(room.delegations)
    assert ("NAM" in room.delegations) == (countries == ["NAM"]) and len(room.delegations) < 6


def test_every_word_that_means_nobody_is_told_with_a_mend():
    with pytest.raises(ScenarioError) as told:
        compose("talks", ["asen", "qqq"], ["flw"])
    assert [problem.file for problem in told.value.problems] == ["--countries", "--countries", "--issues"]
    assert "did you mean ASEAN?" in str(told.value)
    with pytest.raises(ScenarioError, match="it names nobody"):
        compose("talks", ["", " "])


def test_the_command_fills_a_folder_that_passes_check_and_says_where_each_row_comes_from(tmp_path):
    folder = tmp_path / "mycase"
    words = ["--countries", "asean,usa,chn,jam", "--issues", ",".join(SIX)]
    assert "Estimated, with a wide error: JAM" in plenary("new", folder, *words).stdout
    assert plenary("check", folder).exit_code == 0
    with (folder / "positions.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["provenance"].startswith("our coding") for row in csv.DictReader(file))
    assert load(folder) == compose("mycase", ["asean", "usa", "chn", "jam"], SIX)
    assert "lies there already" in plenary("new", folder, *words).stderr
    assert "do not go together" in plenary("new", tmp_path / "other", "--issues", "flow").stderr
