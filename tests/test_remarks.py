"""What is legal but seldom meant: remarks on a scenario before it is run."""

import numpy as np
import pytest

from scenarios import apply_patch, load, names
from simulation.remarks import remarks
from tests.generators import lively_room
from tests.rooms import chamber_of
from tests.test_cli import document, plenary

RING = np.roll(np.eye(4), 1, axis=1)


def sound(**more):
    """Four delegations, two near each end; each listens to the next one."""
    places = {"positions": [[10], [14], [86], [90]], "reversion": 50, "texts": [[80]], "ties": RING}
    return chamber_of(**{**places, **more})


def found(scenario):
    return {remark.kind: remark for remark in remarks(scenario)}


def bloc(*members, discipline=0.5):
    return {"TWO": {"name": "The Two", "members": list(members), "discipline": discipline}}


def test_a_sound_room_gets_no_remark():
    assert remarks(sound()) == []


def test_a_bloc_of_opposites_is_divided_and_one_of_neighbours_is_not():
    remark = found(sound(blocs=bloc("D000", "D003")))["divided bloc"]
    assert remark.path == "blocs.TWO"
    assert "stand 80 points apart on average, and only 40 from those outside" in remark.message
    assert not found(sound(blocs=bloc("D000", "D001")))
    assert not found(sound(blocs=bloc("D000", "D003", discipline=0)))


def test_the_member_who_is_farthest_from_the_others_is_named():
    blocs = bloc("D000", "D001", "D003")
    room = sound(blocs=blocs, positions=[[10], [14], [60], [90]])
    assert "D003 is farthest" in found(room)["divided bloc"].advice


def test_unknown_positions_are_left_out_of_distances():
    unknown = apply_patch(sound(), {"delegations": {"D002": {"positions": {"issue-0": None}}}})
    assert not found(unknown)


def test_who_listens_to_nobody_and_who_is_never_heard_is_told():
    ties = np.zeros((4, 4))
    ties[0, 1] = ties[1, 0] = ties[2, 0] = 1
    told = found(sound(ties=ties))
    assert told["no ties"].message == "D003 listens to nobody"
    assert told["unheard"].message == "nobody listens to D002, D003"
    silenced = {key: {"silent": True} for key in ("D002", "D003")}
    assert "unheard" not in found(apply_patch(sound(ties=ties), {"delegations": silenced}))


def test_a_text_beside_the_reversion_point_moves_nobody():
    remark = found(sound(texts=[[50.5], [80]]))["idle text"]
    assert remark.path == "texts.text-0" and "0.005" in remark.message


def test_issues_without_salience_text_or_positions_are_told():
    room = sound(
        positions=[[10, 50], [14, 50], [86, 50], [90, 50]],
        texts=[[80, 60]],
        reversion=[50, 50],
        salience=[[50, 5], [50, 0], [50, 3], [50, 1]],
    )
    assert "no salience is above 5" in found(room)["idle issue"].message
    silent = apply_patch(room, {"texts": {"text-0": {"articles": {"1": None}}}})
    assert found(silent)["silent issue"].path == "issues.issue-1"
    nowhere = {"*": {"positions": {"issue-1": None}}}
    assert found(apply_patch(room, {"delegations": nowhere}))["unknown issue"].path == "issues.issue-1"


def test_a_threshold_far_above_the_spread_of_gains_is_told_and_an_infinite_one_is_meant():
    assert (
        found(sound(dynamics={"endorse_threshold": 1.0}))["high threshold"].path
        == "dynamics.endorse_threshold"
    )
    assert not found(sound(dynamics={"endorse_threshold": float("inf")}))


def test_a_sponsor_whose_text_breaks_its_own_red_line_is_told():
    line = {"delegation": "D000", "issue": "issue-0", "min": 0, "max": 60, "kind": "forbids"}
    room = apply_patch(sound(red_lines=[line]), {"texts": {"text-0": {"sponsors": ["D000"]}}})
    assert "lies at 80 on issue-0" in found(room)["own red line"].message
    assert not found(apply_patch(room, {"red_lines": [{**line, "max": 90}]}))


def test_a_rule_that_asks_for_more_parties_than_there_are_is_out_of_reach():
    rule = {"name": "entry-into-force", "parties": 5}
    assert found(sound(rule=rule))["out of reach"].path == "rule.parties"
    assert not found(sound(rule={**rule, "parties": 4}))


@pytest.mark.parametrize("seed", range(4))
def test_every_remark_says_what_is_so_and_what_to_do(seed):
    for remark in remarks(lively_room(seed, texts=1)):
        assert remark.message and remark.advice and "nan" not in str(remark)


@pytest.mark.parametrize("name", names())
def test_shipped_scenarios_get_remarks_on_blocs_and_ties_alone_or_on_what_they_are_about(name):
    meant = {"rights-merger": {"own red line"}}.get(name, set())
    assert {remark.kind for remark in remarks(load(name))} <= {"divided bloc", "no ties"} | meant


def test_check_prints_remarks_after_saying_that_all_is_well():
    shown = plenary("check", "bridge-builders")
    assert shown.exit_code == 0
    assert (
        shown.stdout.index("fine") < shown.stdout.index("Worth a second look:") < shown.stdout.index("Quad")
    )
    assert {remark["kind"] for remark in document("check", "bridge-builders")["remarks"]} == {"divided bloc"}
    assert "second look" not in plenary("check", "universal").stdout
