"""Firmness in the report and the tables is what the appeals of the results say."""

from __future__ import annotations

import csv
import re

import numpy as np
import pytest

from dashboards import figures
from dashboards.figures.margins import LOOKS, shown
from dashboards.firmness import firmness, landscape, stability_rows
from dashboards.pictures import firmness as pictures
from simulation import run
from simulation.analyses.landscape import energy
from tests.rooms import chamber_of

TEXTS = ("global-initiative", "clean-network", "rights-based", "un-text")


@pytest.mark.parametrize("text", TEXTS)
def test_supporters_that_would_leave_and_outsiders_that_would_join_are_those_of_the_last_round(launch, text):
    here = launch.data.sel(text=text).isel(round=-1)
    margin = here.appeal.values.astype(float) - here.endorse_cut.values.astype(float)
    endorses = here.stance.values[0] == 1
    circles, found = firmness(launch, text)
    assert circles[0].kind == "supporters"
    np.testing.assert_array_equal(circles[0].members, endorses)
    np.testing.assert_array_equal(found.margin[0][endorses], margin[endorses])
    np.testing.assert_array_equal(found.leaves[0], endorses & (margin < 0))
    np.testing.assert_array_equal(found.would_join[0], ~endorses & (margin >= 0))
    beta = launch.scenario.dynamics.precision
    assert found.expected_defections[0] == pytest.approx((1 / (1 + np.exp(beta * margin[endorses]))).sum())


@pytest.mark.parametrize("text", TEXTS)
def test_firmness_is_told_as_measured(launch, text):
    circles, found = firm = firmness(launch, text)
    told = pictures.margins(launch, text, firm)
    assert f"{circles[0].members.sum()} delegations endorse it" in told["finding"]
    assert f"With chance {found.expected_defections[0]:.1f} leave on the average." in told["finding"]
    for circle in circles[1:]:
        if circle.kind == "coalition":
            assert re.search(rf"Coalition {circle.key} \w+ it \({circle.members.sum()}[,)]", told["finding"])
    rows = told["table"]["rows"]
    assert len(rows) == sum(int(circle.members.sum()) for circle in circles)
    supporters = [float(row[3].replace("−", "-")) for row in rows if row[0] == "All who endorse"]
    assert supporters == sorted(supporters)
    leaving = sum(row[0] == "All who endorse" and row[4] == LOOKS[1].word for row in rows)
    assert leaving == found.leaves[0].sum()


def test_every_member_of_a_shown_group_has_one_mark(launch):
    firm = firmness(launch, TEXTS[0])
    members = sum(int(firm.circles[place].members.sum()) for place in shown(launch, firm))
    assert sum(len(trace.x) for trace in figures.margins(launch).data) == members
    assert len({trace.marker.symbol for trace in figures.margins(launch).data}) == len(LOOKS)


def test_the_table_in_the_folder_has_a_row_a_text_group_and_member(launch, launch_run):
    with (launch_run / "tables" / "stability.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    firm = {text: firmness(launch, text) for text in TEXTS}
    head, rows = stability_rows(launch, firm)
    assert list(written[0]) == head and len(written) == len(rows)
    members = sum(int(one.members.sum()) for each in firm.values() for one in each.circles)
    assert len(rows) == members
    bloc = [row for row in written if row["text"] == TEXTS[0] and row["group"] == "ASEAN"]
    assert {row["iso3"] for row in bloc} == set(launch.scenario.blocs["ASEAN"].members)
    held = all(float(row["margin"]) >= 0 for row in bloc)
    assert {row["internally_stable"] for row in bloc} == {str(held)}


def test_moves_lead_from_the_coalitions_down_to_no_more_than_the_lowest_energy_found(launch):
    found = landscape(launch)
    assert found.lowest <= found.energy + sum(move.change for move in found.moves) + 1e-12
    assert all(move.change < 0 for move in found.moves)
    assert -1 <= found.lowest <= found.energy <= 1
    told = pictures.moves(launch)
    assert len(told["table"]["rows"]) == min(len(found.moves), pictures.MOVES)
    assert told["table"]["rows"][0][0] == launch.data.name.values[found.moves[0].actor]


def test_a_text_that_nobody_endorses_is_told_so():
    against = run(
        chamber_of([[0.0]], texts=[[100.0]], dynamics={"oppose_threshold": 0.0}), replicates=1, seed=1
    )
    told = pictures.margins(against, "text-0", firmness(against, "text-0"))
    assert told["finding"].endswith("Nobody endorses it.")
    assert told["table"]["rows"] == []
    assert pictures.moves(against)["table"] is None


def test_a_room_of_one_mind_has_no_energy_and_nobody_moves():
    assert energy([0, 0, 0], [1, 2, 3], np.ones((3, 3))) == 0
