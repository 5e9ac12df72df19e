"""The spread of support by group: what pictures, tables and the command say is in the data."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from agents.registry import UnknownEntry
from dashboards import figures
from dashboards.cli import build
from dashboards.figures.waiting import still_waiting, timing_of
from dashboards.groups import GROUPINGS, grouping
from dashboards.spread_table import AWAY, adopters, document, growth_rows, timing_rows
from scenarios import load
from simulation import run

TEXT = "global-initiative"


def test_regions_divide_the_room_and_blocs_are_those_declared(launch):
    names, members = grouping(launch.data, "region")
    assert (members.sum(axis=0) == 1).all() and len(set(names)) == len(names)
    assert (np.diff(members.sum(axis=1)) <= 0).all()
    names, members = grouping(launch.data, "bloc")
    blocs = {bloc.name: len(bloc.members) for bloc in launch.scenario.blocs.values()}
    assert dict(zip(names, members.sum(axis=1).tolist(), strict=True)).items() <= blocs.items()


def test_an_unknown_grouping_is_refused_with_the_nearest_word(launch):
    with pytest.raises(UnknownEntry, match="did you mean 'bloc'"):
        grouping(launch.data, "blocs")


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_first_row_is_everybody_and_ends_at_the_median_of_the_run(launch, by):
    head, rows = growth_rows(launch.data, TEXT, by)
    share = 100 * np.median(launch.data.endorsing.sel(text=TEXT).values[:, -1]) / 111
    assert rows[0][:2] == ["all delegations", "111"]
    assert rows[0][-1].startswith(f"{share:.0f} %")
    assert head[-1] == "by 11 June 2022"
    assert [row[:2] for row in rows] == [row[:2] for row in timing_rows(launch.data, TEXT, by)[1]]


def test_panels_draw_the_median_of_their_group(launch):
    figure = figures.growth(launch, TEXT, "region")
    names, members = grouping(launch.data, "region")
    stances = launch.data.stance.sel(text=TEXT).values[:, :, members[0]]
    middle = np.round(100 * np.median((stances == 1).mean(axis=2), axis=0))
    assert list(figure.data[6].y) == middle.tolist()
    assert names[0].split()[0] in figure.layout.annotations[1].text


def test_who_still_waits_is_who_has_not_endorsed_yet(launch):
    data = launch.data
    first, days = data.first_endorsed.sel(text=TEXT).values, np.cumsum(data.days.values)
    share = still_waiting(timing_of(data, TEXT, "region")["all delegations"].curve, days)
    rounds = np.arange(len(days))[:, None, None]
    assert share == pytest.approx(((first < 0) | (first > rounds)).mean(axis=(1, 2)))


def test_coalitions_are_not_tested_on_the_stances_they_were_found_from(launch):
    assert {row[-1] for row in timing_rows(launch.data, TEXT, "coalition")[1]} == {"–"}
    assert {row[-1] for row in timing_rows(launch.data, TEXT, "region")[1]} > {"–"}


def test_observers_count_in_no_group_and_are_no_adopters():
    results = run(load("asean-caucus"), replicates=4, seed=1)
    data, text = results.data, "asean-framework"
    for by in GROUPINGS:
        found = document(results, text, by)
        assert found["groups"][0]["members"] == 10
        assert sum(len(kind["delegations"]) for kind in found["adopters"]) == 10
    assert not {"CHN", "JPN", "USA"} & {key for kind in found["adopters"] for key in kind["delegations"]}
    assert growth_rows(data, text, "region")[1][0][1] == "10"


def test_every_delegation_is_one_kind_of_adopter(launch):
    for text in launch.data.text.values.tolist():
        kinds = adopters(launch.data, text)
        assert sorted(row for one in kinds for row in one.rows) == list(range(111))
        often = (launch.data.first_endorsed.sel(text=text) >= 0).mean("replicate").values >= 0.5
        on_board = [row for one in kinds if one.kind != AWAY for row in one.rows]
        assert sorted(on_board) == np.flatnonzero(often).tolist()


def test_the_command_prints_the_same_for_a_run_as_one_document(launch_run, launch):
    done = CliRunner().invoke(build(), ["spread", str(launch_run), "--by", "coalition", "--json"])
    found = json.loads(done.stdout)
    assert found["groups"][0]["members"] == 111
    assert found["replicates"] == launch.replicates
    assert sum(len(kind["delegations"]) for kind in found["adopters"]) == 111


def test_two_groups_are_held_against_each_other(launch_run):
    words = ["spread", str(launch_run), "--between", "Sub-Saharan Africa", "Western Europe"]
    told = CliRunner().invoke(build(), words).stdout
    found = json.loads(CliRunner().invoke(build(), [*words, "--json"]).stdout)["between"]
    assert f"log-rank chi² {found['chi2']:.1f}" in " ".join(told.split())
    assert found["p"] < 0.05
    done = CliRunner().invoke(build(), [*words[:2], "--between", "Sub-Saharan Afrika", "Western Europe"])
    assert done.exit_code == 2 and "did you mean 'Sub-Saharan Africa'" in done.stderr


@pytest.mark.parametrize(("words", "told"), [(["--by", "continent"], "grouping"), (["--text", "x"], "text")])
def test_the_command_refuses_what_it_does_not_know(launch_run, words, told):
    done = CliRunner().invoke(build(), ["spread", str(launch_run), *words])
    assert done.exit_code == 2
    assert f"there is no {told}" in done.stderr
