"""The issue space and the network, round by round: steps hold what the results hold, and no more."""

import gzip
import json
import re

import numpy as np
import pytest

from dashboards import figures
from dashboards.figures._placed import placed
from dashboards.figures._ties import ties
from dashboards.figures.network import DOTS, FORMS, LEGEND, LINES, joined, joined_by_round
from dashboards.figures.space import DOTS as STANCES_DRAWN
from dashboards.figures.space import STANCE_FORMS, TEXTS
from dashboards.groups import labels_by_round
from dashboards.pictures._picture import stepped
from dashboards.pictures.network import network, network_by_round
from dashboards.pictures.space import axes_told, loadings, space, space_by_round
from scenarios import load
from simulation import run
from simulation.analyses.space import project
from tests.rooms import chamber_of

TEXT = "global-initiative"


@pytest.fixture(scope="module")
def spaces(launch):
    return space_by_round(launch, TEXT)


@pytest.fixture(scope="module")
def networks(launch):
    return network_by_round(launch)


def at(picture, index, place, name):
    """What a trace shows after a round: the step's value, or the picture's where no step has one."""
    changes = picture["steps"][index]["traces"].get(str(place), {})
    if name in changes:
        return changes[name]
    found = picture["figure"]["data"][place]
    for part in name.split("."):
        found = found[part]
    return found


@pytest.mark.parametrize("made", ["spaces", "networks"])
def test_the_last_step_is_the_picture_itself(made, launch, request):
    picture = request.getfixturevalue(made)
    assert len(picture["steps"]) == launch.data.sizes["round"]
    last = picture["steps"][-1]
    assert last["finding"] == picture["finding"]
    assert last["traces"]
    for place, changes in last["traces"].items():
        for name, value in changes.items():
            found = picture["figure"]["data"][int(place)]
            for part in name.split("."):
                found = found[part]
            assert found == value


def test_steps_leave_out_what_no_round_changes():
    steps = [{"traces": {0: {"x": [1], "y": [place]}, 1: {"x": [5]}}, "finding": ""} for place in (1, 2)]
    found = stepped({"finding": ""}, steps)["steps"]
    assert [one["traces"] for one in found] == [{"0": {"y": [1]}}, {"0": {"y": [2]}}]


def test_delegations_stand_where_the_first_replicate_puts_them(spaces, launch):
    plane = placed(launch).plane
    for index in (0, 13, -1):
        expected = project(plane, launch.data.position.values[index])
        np.testing.assert_allclose(at(spaces, index, STANCES_DRAWN, "x"), expected[:, 0], atol=0.051)
        np.testing.assert_allclose(at(spaces, index, STANCES_DRAWN, "y"), expected[:, 1], atol=0.051)


def test_forms_tell_the_stances_of_every_round(spaces, launch):
    stances = launch.data.stance.sel(text=TEXT).values[0]
    for index in range(launch.data.sizes["round"]):
        expected = [STANCE_FORMS[one] for one in stances[index].tolist()]
        assert at(spaces, index, STANCES_DRAWN, "marker.symbol") == expected


def test_texts_go_where_their_wording_goes(spaces, launch):
    plane = placed(launch).plane
    for index in (0, 20, -1):
        expected = project(plane, launch.data.place.values[0, index])
        np.testing.assert_allclose(at(spaces, index, TEXTS, "x"), expected[:, 0], atol=0.051)


def test_the_plane_is_the_same_for_every_seed():
    planes = [placed(run(load("who-holds-the-pen"), replicates=1, seed=seed)).plane for seed in (1, 2)]
    np.testing.assert_array_equal(planes[0].axes, planes[1].axes)


def test_without_a_text_colours_tell_coalitions(launch):
    figure = space(launch)["figure"]
    labels = labels_by_round(launch.data)[-1]
    forms = figure["data"][STANCES_DRAWN]["marker"]["symbol"]
    assert forms == [FORMS[label % len(FORMS)] if label >= 0 else 100 for label in labels.tolist()]


def test_axes_are_told_in_the_words_of_the_issues(launch):
    plane = placed(launch).plane
    issues = list(launch.scenario.issues.values())
    for axis, told in enumerate(axes_told(launch, plane)):
        heaviest = int(np.abs(plane.axes[axis]).argmax())
        assert f"{issues[heaviest].title} from “{issues[heaviest].low_pole}”" in told
        assert f"({100 * plane.share[axis]:.0f} %" in told
    table = loadings(launch)["rows"]
    assert {row[0] for row in table} == {issue.title for issue in issues}


def test_the_table_of_the_space_has_everybody_and_every_text(spaces, launch):
    rows = spaces["table"]["rows"]
    assert len(rows) == launch.data.sizes["country"] + launch.data.sizes["text"] + 1
    assert [row[0] for row in rows[: launch.data.sizes["country"]]] == launch.data.name.values.tolist()


def test_a_scenario_with_one_issue_lies_on_a_line():
    positions = np.array([[10.0], [40.0], [90.0]])
    room = chamber_of(positions=positions, texts=[[60.0]], reversion=20.0, ties=np.zeros((3, 3)), rounds=3)
    picture = space_by_round(run(room, replicates=1, seed=1))
    assert set(at(picture, -1, STANCES_DRAWN, "y")) == {0}
    assert "up" not in " ".join(one["text"] for one in picture["figure"]["layout"]["annotations"]).split()


def test_the_layout_does_not_move_between_rounds(networks, launch):
    places = joined(launch).places
    for round_ in joined_by_round(launch):
        np.testing.assert_array_equal(round_.places, places)
    assert all({"x", "y"}.isdisjoint(step["traces"].get(str(DOTS), {})) for step in networks["steps"])


def test_the_network_of_the_last_round_is_that_of_the_report(networks, launch):
    report = network(launch)
    assert networks["table"] == report["table"]
    dots, reported = (one["figure"]["data"][DOTS] for one in (networks, report))
    assert dots["marker"]["symbol"] == reported["marker"]["symbol"] and dots["x"] == reported["x"]
    assert networks["figure"]["data"][LINES] == report["figure"]["data"][LINES]
    assert networks["finding"].split(", ", 1)[1] == report["finding"].split(", ", 1)[1]


def test_ties_are_those_of_every_round(networks, launch):
    pairs = np.array(networks["meta"]["pairs"]).reshape(-1, 2)
    for step, found in zip(networks["steps"], joined_by_round(launch), strict=True):
        strong = np.array(step["ties"]) >= networks["meta"]["shown"]
        assert {*map(tuple, pairs[strong])} == {*map(tuple, found.lines)}
        told = int(re.search(r", (\d+) lines? joins?", step["finding"])[1])
        assert told == strong.sum() == len(found.lines)
        assert step["labels"] == found.labels.tolist()


def test_coalitions_in_the_legend_add_up_to_the_room(networks, launch):
    for index in range(launch.data.sizes["round"]):
        names = [
            at(networks, index, place, "name") for place in range(LEGEND, len(networks["figure"]["data"]))
        ]
        assert sum(int(name.split(", ")[1]) for name in names) == launch.data.sizes["country"]


def test_a_tie_joins_those_most_alike():
    alike = np.array([[1, 0.9, 0.2], [0.9, 1, 0.455], [0.2, 0.455, 1]])
    found = ties(alike)
    assert found.pairs.tolist() == [[0, 1], [1, 2]]
    assert found.weight.tolist() == [90, 45]


def test_steps_of_the_whole_world_are_small():
    world = run(load("launch-2020-world"), replicates=2, seed=1)
    for picture in (network_by_round(world), space_by_round(world, TEXT)):
        written = json.dumps(picture, ensure_ascii=False, separators=(",", ":")).encode()
        assert len(written) < 600_000 and len(gzip.compress(written)) < 120_000


def test_names_in_the_space_never_cover_each_other(launch):
    figure = figures.space(launch, TEXT)
    labels = figure.data[2]
    left, right = figure.layout.xaxis.range
    spots = np.column_stack([labels.x, labels.y])
    apart = np.abs(spots[:, None] - spots[None]) / (right - left)
    clear = (apart[..., 0] > 0.08) | (apart[..., 1] > 0.035)
    assert (clear | np.eye(len(spots), dtype=bool)).all()
    assert "USA" in labels.text and "CHN" in labels.text


def test_the_text_nearest_to_what_delegations_ask_for_is_told(launch):
    plane, data = placed(launch).plane, launch.data
    weight = plane.stretch**2
    average = data.position.values[-1].mean(axis=0)
    apart = np.sqrt((weight * (data.place.values[0, -1] - average) ** 2).sum(axis=1))
    told = space(launch)["finding"].split("On all issues, ")[1]
    near, far = (data.text_title.values[place].split(" (")[0] for place in (apart.argmin(), apart.argmax()))
    assert f"nearest to the {near} ({apart.min():.1f} points)" in told
    assert f"farthest from the {far} ({apart.max():.1f} points)" in told
