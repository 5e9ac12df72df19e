"""Blocs against coalitions, hinge members in words, and the command that tells of them."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from dashboards import figures
from dashboards.coalition_tables import whole
from dashboards.coalitions import blocs_in, found_in
from dashboards.figures.life_lines import telling_rounds
from dashboards.groups import consensus_groups, labels_by_round
from dashboards.known import known
from dashboards.sections import blocs as section
from dashboards.words import letter
from simulation import run
from simulation.analyses.cohesion import cohesion
from simulation.analyses.lives import events
from tests.rooms import chamber_of, names_of
from tests.test_cli import document, plenary

TEXT = "rights-based"


@pytest.fixture(scope="module")
def found(launch):
    return found_in(launch)


@pytest.fixture(scope="module")
def blocs(launch, found):
    return blocs_in(launch, found)


@pytest.fixture(scope="module")
def two_camps():
    """Six delegations on one side and four on the other; a bloc of the six, and one across."""
    names = names_of(10)
    kinds = {
        "six": {"name": "Six", "members": names[:6]},
        "across": {"name": "Across", "members": [names[5], names[6]]},
        "lone": {"name": "Lone", "members": names[:1]},
    }
    room = chamber_of([[10.0, 90.0]] * 6 + [[90.0, 10.0]] * 4, blocs=kinds, rule={"name": "simple-majority"})
    return run(room, replicates=3, seed=1)


def test_coalitions_are_those_of_the_report_under_the_same_letters(launch, found):
    groups = consensus_groups(launch.data)
    assert [one.number for one in found.coalitions] == list(range(len(groups)))
    for one, group in zip(found.coalitions, groups, strict=True):
        assert one.members.tolist() == group.tolist()
        assert (found.number[group] == one.number).all()


def test_a_bloc_that_is_a_coalition_is_wholly_like_it(two_camps):
    here = found_in(two_camps)
    six, across = blocs_in(two_camps, here)
    assert (six.number, six.likeness, six.share, six.together) == (0, 1, 1, 1)
    # One of two in the six (1/7) and one in the four (1/5): the four are more like it.
    assert (across.number, across.share, across.together) == (1, 1 / 2, 0)
    assert across.likeness == pytest.approx(1 / 5)
    assert across.shares == {0: 1 / 2, 1: 1 / 2}
    assert whole([six, across]) == 1


def test_the_larger_camp_carries_until_one_has_moved_and_nobody_stands_between(two_camps):
    here = found_in(two_camps)
    assert [one.able for one in here.coalitions] == [(True,) * 3, (False,) * 3]
    assert here.coalitions[0].until == (2, 1, 2)  # at five to five it only blocks
    assert here.hinges() == [] and not here.participation.any()
    said = section.sentences(two_camps, here, blocs_in(two_camps, here))
    assert "Nobody stands between coalitions." in said
    assert any("A carries a text alone until 1 of its members moves and blocks" in one for one in said)


def test_where_nobody_stands_together_there_is_no_section():
    alone = run(chamber_of([[50.0]]), replicates=2, seed=1)
    assert section.section(alone, known(alone)) is None


def test_the_parts_of_a_bloc_are_the_whole_of_it(launch, found, blocs):
    held = cohesion(launch.data.stance.values[:, -1], launch.data.member.values.astype(bool))
    names = launch.data.bloc_name.values.tolist()
    for one in blocs:
        assert sum(one.shares.values()) + one.alone == pytest.approx(1)
        assert one.share == pytest.approx(one.shares[one.number])
        np.testing.assert_allclose(
            one.agreement, np.median(held.agreement[:, names.index(one.name)], axis=0), atol=1e-6
        )


def test_the_bars_of_the_figure_are_as_long_as_the_shares(launch, blocs):
    drawn = figures.blocs(launch)
    bars = [trace for trace in drawn.data if trace.type == "bar"]
    np.testing.assert_allclose(np.sum([trace.x for trace in bars], axis=0), 100, atol=0.2)
    diamonds = next(trace for trace in drawn.data if trace.type == "scatter")
    together = {round(100 * one.together, 1) for one in blocs}
    assert set(diamonds.x) <= together


def test_hinge_members_are_sorted_by_participation_and_drawn_to_another_coalition(found):
    order = found.hinges()
    assert order and (np.diff(found.participation[order]) <= 0).all()
    assert (found.drawn_to[order] != found.number[order]).all()
    assert (found.participation[found.settled == 1] == 0).all()


def test_the_table_of_coalitions_names_the_same_hinge_members(launch, launch_run, found):
    with (launch_run / "tables" / "coalitions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["coalition"] for row in rows] == [letter(one) for one in found.number]
    assert [row["drawn_to"] for row in rows] == [letter(one) for one in found.drawn_to]
    told = [float(row["participation"]) for row in rows]
    np.testing.assert_allclose(told, found.participation, atol=5e-5)
    assert {len(row["settled"]) <= 6 for row in rows} == {True}


def test_a_letter_means_the_same_in_earlier_rounds(launch, found):
    for one in found_in(launch, 20).coalitions:
        for other in found.coalitions:
            if one.number == other.number:
                both = np.intersect1d(one.members, other.members).size
                assert both / np.union1d(one.members, other.members).size >= 0.3


def test_life_lines_name_every_beginning_and_end_between_the_days_shown(launch):
    labels = labels_by_round(launch.data)
    told = [event for event in events(labels[telling_rounds(labels)]) if event.round]
    words = [mark.text for mark in figures.life_lines(launch).layout.annotations if "<b>" not in mark.text]
    begun = [event for event in told if event.kind in ("born", "split")]
    ended = [event for event in told if event.kind in ("merged", "died")]
    assert len(words) == len(begun) + len(ended) > 0
    assert sum(word == "new" or word.startswith("from ") for word in words) == len(begun)


def test_the_command_tells_it_of_a_scenario_and_of_its_run(launch_run, launch):
    of_run = document("coalitions", launch_run, "--text", TEXT)
    of_scenario = document("coalitions", "launch-2020", "--text", TEXT, "--replicates", "6")
    assert of_run == of_scenario
    members = [key for one in of_run["coalitions"] for key in one["members"]]
    assert len(members) == len(set(members)) and set(members) <= set(launch.data.country.values)
    assert 3 <= len(of_run["answer"]) <= 6
    assert len(of_run["louvain"]) == 6
    told = plenary("coalitions", launch_run).stdout
    assert "most settled first" in told and "adjusted Rand" in told and "not a prediction" in told


def test_the_command_looks_at_any_round(launch_run, launch):
    opening = document("coalitions", launch_run, "--round", "0")
    assert (opening["round"], opening["date"]) == (0, str(launch.data.date.values[0]))
    assert document("coalitions", launch_run, "--round", "35") == document("coalitions", launch_run)


@pytest.mark.parametrize("number", ["36", "-1"])
def test_a_round_that_is_not_there_is_named_with_those_that_are(launch_run, number):
    refused = plenary("coalitions", launch_run, "--round", number)
    assert refused.exit_code == 2
    assert f"there is no round {number}; rounds go from 0, the opening, to 35" in refused.stderr
