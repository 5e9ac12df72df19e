"""Which assumptions the headline hangs on: published indices, what cannot matter, luck, and what is told."""

import csv
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import figures
from dashboards.assumption_words import told
from dashboards.sensitivity_table import short
from scenarios import ScenarioError, apply_patch, load
from simulation.cells import measured
from simulation.results import RunError
from simulation.sensitivity import (
    SIZES,
    Assumption,
    assumptions,
    dummy,
    headline,
    indices,
    ranked,
    read_assumptions,
    sensitivity,
    settled,
)
from simulation.sensitivity.assumption import LUCK, numbers, point
from simulation.sensitivity.designs import design
from simulation.sensitivity.shifting import directions, shifted
from simulation.where import Cluster, Here
from tests.clusters import cluster
from tests.generators import lively_room
from tests.rooms import chamber_of
from tests.test_cli import document, plenary

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "analyses" / "sensitivity.md").read_text(
    encoding="utf-8"
)
WEIGHT = numbers("dynamics.peer_weight", 0, 0.15)
PRECISION = numbers("dynamics.precision", 5, 200)
THRESHOLD = numbers("dynamics.endorse_threshold", 0, 0.3)
MEMORY = numbers("dynamics.noise_persistence", 0, 1)
ODD = ("0", "0.05", "much", "0.15")
BROKEN = Assumption("odd", levels=ODD, patches=tuple({"dynamics": {"peer_weight": one}} for one in ODD))


@pytest.fixture(scope="module")
def lively():
    return lively_room(2)


def varied(scenario, some, method="morris", size=4, replicates=6, seed=1, **more):
    text = next(iter(scenario.texts))
    return sensitivity(scenario, some, text, method, size, replicates, seed, **more)


def by_name(found, measure="endorsing"):
    return {one.name: one for one in found.indices(found.text, measure)}


# Published numbers


def test_sobol_indices_of_the_ishigami_function_are_those_of_the_literature():
    """a = 7, b = 0.1: S1 = .314, .442, 0 and ST = .558, .442, .244 (Saltelli et al. 2008, Global Sensitivity
    Analysis, section 4.6; Ishigami and Homma 1990)."""
    points = design("sobol", 3, 4096, seed=1)
    x = (2 * points - 1) * np.pi
    values = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = indices("sobol", ["x1", "x2", "x3"], points, values)
    assert [one.first for one in found] == pytest.approx([0.314, 0.442, 0.0], abs=0.01)
    assert [one.value for one in found] == pytest.approx([0.558, 0.442, 0.244], abs=0.01)
    for one, first, total in zip(found, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437), strict=True):
        assert one.first_low <= first <= one.first_high and one.low <= total <= one.high


def test_elementary_effects_of_a_linear_function_are_its_slopes():
    points = design("morris", 4, 5, seed=1)
    found = indices("morris", ["a", "b", "c", "d"], points, points @ np.array([3.0, -2.0, 0.5, 0.0]))
    assert [one.value for one in found] == pytest.approx([3, 2, 0.5, 0], abs=1e-9)
    assert [one.mean for one in found] == pytest.approx([3, -2, 0.5, 0], abs=1e-9)
    assert [one.spread for one in found] == pytest.approx([0] * 4, abs=1e-9)
    assert all(one.high - one.low < 1e-9 for one in found)


def test_what_goes_from_level_to_level_has_the_change_itself_as_its_effect():
    points = design("morris", 2, 5, seed=1)
    found = indices("morris", ["switch", "slope"], points, 3.0 * (points[:, 0] > 0.5), stepped=[True, False])
    assert [one.mean for one in found] == pytest.approx([3, 0], abs=1e-9)


def test_pawn_ranks_what_moves_the_distribution_above_what_does_not():
    points = design("pawn", 3, 400, seed=1)
    found = indices("pawn", ["much", "little", "nothing"], points, points @ np.array([5.0, 2.5, 0.0]))
    much, little, nothing = found
    assert much.low > little.high and little.value > nothing.value > 0


@given(st.integers(0, 2**32), st.sampled_from([("morris", 3), ("sobol", 4), ("pawn", 20)]))
def test_an_outcome_that_never_changes_hangs_on_nothing(seed, how):
    method, size = how
    points = design(method, 3, size, seed)
    assert all(
        one.value == one.low == one.high == 0
        for one in indices(method, "abc", points, np.full(len(points), 7.3))
    )


@pytest.mark.parametrize("method", SIZES)
def test_points_lie_in_the_unit_cube_and_hang_on_the_seed_alone(method):
    first, again, other = (design(method, 5, 32, seed) for seed in (3, 3, 4))
    assert first.min() >= 0 and first.max() <= 1
    assert first.tobytes() == again.tobytes() != other.tobytes()


# What cannot matter does not


def test_listening_does_nothing_in_a_room_without_ties():
    room = chamber_of(
        [[5], [15], [25], [35], [45], [55]],
        reversion=0,
        texts=[[100]],
        rounds=20,
        dynamics={"precision": 20.0, "endorse_threshold": 0.1},
    )
    for method, size in (("morris", 4), ("sobol", 8)):
        found = by_name(varied(room, [WEIGHT, THRESHOLD], method, size))
        assert found[WEIGHT.name].value == found[WEIGHT.name].high == 0, method
        assert found[THRESHOLD.name].value > 0, method


def test_without_chance_its_memory_does_nothing(lively):
    certain = apply_patch(lively, {"dynamics": {"precision": float("inf")}})
    with_chance, without = (by_name(varied(room, [MEMORY, THRESHOLD])) for room in (lively, certain))
    assert without[MEMORY.name].value == 0 < with_chance[MEMORY.name].value
    assert PRECISION.name not in [one.name for one in assumptions(certain)]


def test_luck_does_nothing_where_there_is_no_chance():
    room = chamber_of([[5], [35], [55]], reversion=0, texts=[[100]], rounds=20)
    found = by_name(varied(room, [THRESHOLD]))
    assert found[LUCK].value == 0 < found[THRESHOLD.name].value


def test_luck_moves_the_outcome_less_the_more_replicates_there_are(lively):
    few, many = (by_name(varied(lively, [WEIGHT], size=12, replicates=count))[LUCK] for count in (2, 128))
    assert 0 < many.value < few.value / 2


# Cells


def test_a_point_is_the_cell_that_its_settings_give(lively):
    found = varied(lively, [THRESHOLD, PRECISION], size=2)
    for cell, shares in enumerate(found.points):
        patch, luck = point(lively, found.varied, shares, found.text)
        assert patch == {
            "dynamics": {
                "endorse_threshold": THRESHOLD.at(shares[0]),
                "precision": PRECISION.at(shares[1]),
            }
        }
        alone, _ = measured(lively, [patch], 6, 1 + luck)
        np.testing.assert_array_equal(found.values[cell].T, alone["mean"].values[0])


def test_the_same_seed_gives_the_same_numbers_wherever_they_are_worked_out(lively):
    first, again, apart = (varied(lively, [WEIGHT, THRESHOLD], where=Here(workers)) for workers in (1, 1, 2))
    other = varied(lively, [WEIGHT, THRESHOLD], seed=2)
    assert (
        first.values.tobytes() == again.values.tobytes() == apart.values.tobytes() != other.values.tobytes()
    )
    assert str(by_name(first)) == str(by_name(again)) == str(by_name(apart))


def test_a_cluster_gives_the_same_numbers(lively, tmp_path):
    pytest.importorskip("distributed")
    with cluster(tmp_path) as workers:
        there = varied(lively, [WEIGHT], size=2, where=Cluster(workers.address))
    assert there.values.tobytes() == varied(lively, [WEIGHT], size=2).values.tobytes()


def test_cells_that_are_the_same_are_negotiated_once(lively):
    still = Assumption("rule", levels=("a", "b"), patches=({}, {}))
    told_of = []
    found = varied(lively, [still, THRESHOLD], size=3, progress=lambda *now: told_of.append(now))
    assert found.negotiated < len(found.points)
    assert told_of[-1] == (found.negotiated, found.negotiated)
    assert by_name(found)["rule"].value == 0


def test_cells_that_fail_say_why_and_take_their_trajectory_with_them(lively):
    found = varied(lively, [BROKEN, THRESHOLD], size=8)
    assert found.failures and all("peer_weight" in reason for reason in found.failures.values())
    lost = {cell // 4 for cell in found.failures}
    assert 0 < len(lost) < 8
    kept = np.repeat([place not in lost for place in range(8)], 4)
    rest = indices(
        "morris",
        [one.name for one in found.varied],
        found.points[kept],
        found.outcome(found.text, "endorsing")[kept],
        1,
        [one.stepped for one in found.varied],
    )
    assert [one.value for one in found.indices(found.text, "endorsing")] == [one.value for one in rest]


def test_where_nothing_is_left_there_is_no_number(lively):
    bad = Assumption("bad", levels=("a", "b"), patches=({"dynamics": {"peer_weight": "much"}},) * 2)
    found = varied(lively, [bad], size=2)
    assert len(found.failures) == len(found.points)
    assert all(np.isnan(one.value) for one in by_name(found).values())
    assert settled(found, found.text, "endorsing").clear == []


# What is varied


def test_defaults_are_parameters_over_their_advised_ranges_positions_and_switches():
    names = {one.name: one for one in assumptions(load("launch-2020"), "launch-2020")}
    assert (names["dynamics.peer_weight"].low, names["dynamics.peer_weight"].high) == (0, 0.15)
    assert {
        "events",
        "rule",
        "dynamics.drafting",
        "uncertainty.spread",
        "positions.all",
        "positions.EU",
    } <= set(names)
    assert "no-bloc-line" in names and not {"no-peers", "chairs-pen", "no-uncertainty"} & set(names)
    assert "dynamics.confidence" not in names, "the scenario has it at infinity"


@pytest.mark.parametrize("name", ["launch-2020-class", "who-holds-the-pen", "rival-networks", "linkage"])
def test_every_default_can_be_put_at_both_its_ends(name):
    scenario = load(name)
    for one in assumptions(scenario, name):
        for share in (0.0, 1 / 3, 2 / 3, 1.0):
            apply_patch(scenario, point(scenario, [one], [share], next(iter(scenario.texts))).patch)


def test_a_range_of_more_than_a_factor_of_ten_is_walked_by_ratio():
    assert numbers("dynamics.precision", 2, 200).at(0.5) == pytest.approx(20)
    assert numbers("dynamics.peer_weight", 0, 200).at(0.5) == 100


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_shifts_add_up_towards_the_text_and_stay_on_the_scale(all_by, bloc_by):
    scenario = lively_room(2)
    text, bloc = next(iter(scenario.texts)), "NORTH"
    ways = directions(scenario, text)
    changed = shifted(scenario, {"all": all_by, bloc: bloc_by}, text).get("delegations", {})
    for name, seat in scenario.delegations.items():
        by = all_by + (bloc_by if name in scenario.blocs[bloc].members else 0.0)
        for issue, stands in seat.positions.items():
            new = changed.get(name, {}).get("positions", {}).get(issue, stands)
            assert new == pytest.approx(min(max(stands + by * ways.get(issue, 0.0), 0), 100))


def test_nearer_to_the_text_brings_more_endorsements(lively):
    found = by_name(varied(lively, [numbers("positions.all", -20, 20)], size=6))
    assert found["positions.all"].mean > 0


def test_what_is_written_after_vary_is_read():
    scenario, text = load("launch-2020-class"), "global-initiative"

    def read(*words):
        return read_assumptions(words, scenario, "launch-2020-class", text)

    usual, given_range, whole, shift, overlay, levels = read(
        "dynamics.precision",
        "dynamics.peer_weight=0:0.1",
        "dynamics.redraft_days=0:30",
        "positions.ASEAN=-5:5",
        "with=no-peers",
        "rule.name=consensus,unanimity",
    )
    assert (usual.low, usual.high, usual.scale) == (5, 200, "ratio")
    assert (given_range.low, given_range.high, given_range.scale) == (0, 0.1, "even")
    assert whole.scale == "whole" and whole.at(1) == 30
    assert (shift.name, shift.low) == ("positions.ASEAN", -5)
    assert (overlay.name, overlay.levels) == ("no-peers", ("off", "on"))
    assert levels.levels == ("consensus", "unanimity")


@pytest.mark.parametrize(
    "words, problem",
    [
        (["dynamics.peer_wait"], "did you mean dynamics.peer_weight?"),
        (["dynamics.peer_weight=0.1:0"], "range is empty"),
        (["dynamics.openness=0:7"], "openness"),
        (["positions.EUU=-5:5"], "no such bloc"),
        (["dynamics.precision", "dynamics.precision=5:50"], "varied twice"),
        (["luck=0:1"], "varied always"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_how_to_mend_it(words, problem):
    with pytest.raises(ScenarioError, match=re.escape(problem)):
        read_assumptions(words, load("launch-2020-class"), "launch-2020-class", "global-initiative")


# What is settled


def test_the_headline_doubles_until_it_moves_by_less_than_a_point():
    room = load("launch-2020-class")
    course = headline(room, "global-initiative", "endorsing")
    assert [one.replicates for one in course] == [64 * 2**place for place in range(len(course))]
    assert course[-1].still and not any(one.still for one in course[:-1])
    data, _ = measured(room, [{}], course[-1].replicates)
    expected = data.sel(cell=0, text="global-initiative", measure="endorsing")
    assert course[-1].mean == pytest.approx(float(expected["mean"]) / len(room.delegations))
    assert course[-1].error < course[0].error


def test_a_ranking_is_settled_where_one_slope_is_far_above_the_rest():
    room = chamber_of([[place] for place in range(5, 60, 5)], reversion=0, texts=[[100]], rounds=20)
    found = varied(room, [THRESHOLD, WEIGHT], size=8)
    said = settled(found, found.text, "endorsing")
    assert (said.leader, said.rivals, said.needed) == (THRESHOLD.name, [], None)
    assert set(said.halves) == {THRESHOLD.name}
    alike = varied(room, [MEMORY, WEIGHT], size=8)
    assert settled(alike, alike.text, "endorsing").leader is None


# Told and drawn


def test_the_command_tells_what_it_hangs_on_and_writes_its_files(tmp_path):
    asked = ["sensitivity", "who-holds-the-pen", "--size", "4", "--replicates", "4", "--workers", "1"]
    some = ["--vary", "dynamics.endorse_threshold", "--vary", "dynamics.lean_band", "--vary", "with=no-peers"]
    found = document(*asked, *some, "--out", tmp_path / "it")
    rows = {row["assumption"]: row for row in found["indices"]}
    assert list(rows) == ["dynamics.endorse_threshold", "dynamics.lean_band", "no-peers", "luck"]
    assert rows["dynamics.lean_band"]["value"] == 0
    assert (found["seed"], found["method"], found["cells"]) == (1, "morris", 4 * 5)
    manifest = json.loads((tmp_path / "it" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seed"] == 1 and {"SALib", "plenary", "numpy"} <= set(manifest["versions"])
    with (tmp_path / "it" / "cells.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == found["cells"] and {"no-peers", "luck", "failed"} <= set(cells[0])
    with (tmp_path / "it" / "indices.csv").open(encoding="utf-8", newline="") as file:
        assert {row["measure"] for row in csv.DictReader(file)} >= {"endorsing", "adopted", "yes"}
    assert "Plotly" in (tmp_path / "it" / "sensitivity.html").read_text(encoding="utf-8")
    shown = " ".join(plenary(*asked, *some).stdout.split())
    assert "not a prediction" in shown and "change nothing at all" in shown and "replicates" in shown


@pytest.mark.parametrize("method, size", [("sobol", 4), ("pawn", 24)])
def test_the_other_methods_are_told_and_drawn(method, size, lively):
    found = varied(lively, [WEIGHT, THRESHOLD], method, size)
    figure = figures.sensitivity(None, found.text, found)
    shown = [told(one.name) for one in ranked(found.indices(found.text, "endorsing")) if one.value > 0]
    assert list(figure.data[0].y) == shown
    done = plenary(
        *("sensitivity", "who-holds-the-pen", "--method", method, "--size", size, "--replicates", "3"),
        *("--vary", "dynamics.endorse_threshold", "--workers", "1", "--measure", "adopted"),
    )
    assert done.exit_code == 0 and "the chance that" in " ".join(done.stdout.split())


def test_bars_have_the_sign_and_the_order_of_the_effects(lively):
    found = varied(lively, [WEIGHT, THRESHOLD, PRECISION], size=6)
    figure = figures.sensitivity(None, found.text, found)
    rows = by_name(found)
    drawn = {name: size for trace in figure.data for name, size in zip(trace.y, trace.x, strict=True)}
    for one in (WEIGHT, THRESHOLD, PRECISION):
        assert abs(drawn[told(one.name)]) == pytest.approx(rows[one.name].value, abs=1e-3)
    assert drawn[told(THRESHOLD.name)] < 0
    order = [told(one.name) for one in ranked(list(rows.values()))]
    assert list(figure.layout.yaxis.categoryarray) == order[::-1]
    lines = {abs(shape.x0) for shape in figure.layout.shapes}
    assert lines == {0, dummy(list(rows.values())).value}


def test_without_salib_the_line_that_installs_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib", None)
    done = plenary("sensitivity", "who-holds-the-pen")
    assert done.exit_code == 2 and done.stderr.strip().endswith("pip install SALib")


@pytest.mark.parametrize("method, size", [("morris", 1), ("sobol", 24), ("pawn", 5)])
def test_a_size_that_tells_nothing_is_refused(method, size):
    with pytest.raises(RunError, match=f"the size is {size}"):
        design(method, 3, size, 1)


def test_unknown_methods_and_measures_are_named():
    for option in ("--method", "--measure"):
        done = plenary("sensitivity", "who-holds-the-pen", option, "tornado")
        assert done.exit_code == 2 and "tornado" in done.stderr


# The page


def printed(command: str) -> dict[str, list[str]]:
    """The table that stands in the page under a command, by assumption."""
    after = PAGE[PAGE.index(f"    {command}\n") :]
    table = re.search(r"(?:^\|.*\n)+", after, flags=re.MULTILINE)[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]
    return {row[0]: row[1:] for row in rows}


def holds(command: str) -> dict:
    """What the command of the page gives, once every number of its table has been compared."""
    found = document(*command.split()[1:])
    numbers_of = {told(row["assumption"]): row for row in found["indices"]}
    keys = (
        ("value", "low", "high", "mean", "spread")
        if found["method"] == "morris"
        else ("value", "low", "high", "first", "first_low", "first_high")
    )
    table = printed(command)
    assert len(table) > 3
    for name, row in table.items():
        expected = [short(numbers_of[name][key] or 0.0) for key in keys]
        assert re.findall(r"−?\d+(?:\.\d+)?", " ".join(row[1:])) == expected, name
    return found


COMMANDS = re.findall(r"^    (plenary sensitivity launch-2020-class.*)$", PAGE, flags=re.MULTILINE)


@pytest.mark.long
def test_the_screening_of_the_page_is_what_the_command_gives():
    found = holds(COMMANDS[0])
    assert "surely do more: 4 of 41; that may: 5; that do no more: 25;" in " ".join(found["answer"])
    assert "these four are above chance" in PAGE and "five may do more than chance, 25 do no more" in PAGE


def test_the_shares_of_the_page_are_what_the_command_gives():
    holds(next(one for one in COMMANDS if "sobol" in one))
