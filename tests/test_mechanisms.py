"""What mechanisms add: each switched alone, exactly nothing where nothing is, and a page that lists all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.mechanism_tables import markdown
from scenarios import apply_patch, load
from scenarios.schema import Dynamics
from simulation.analyses.mechanisms import what_they_add
from simulation.analyses.switches import AMOUNTS, MECHANISMS, Switch, nothing_to_act_on, switches
from simulation.compare import effect
from tests.generators import lively_room
from tests.rooms import chamber_of

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "mechanisms.md").read_text(encoding="utf-8")


def test_the_page_lists_every_mechanism_of_the_launch_with_its_switch():
    launch = load("launch-2020")
    for one in switches(launch):
        assert f"| {one.title}" in PAGE, one.key
        assert f"`{one.typed}`" in PAGE, one.key
    assert nothing_to_act_on(launch) == []


def test_the_page_says_how_it_was_computed():
    assert "200 replicates, seed 1, computed on" in PAGE


def test_every_parameter_switches_a_mechanism_or_is_an_amount():
    off = [setting for one in MECHANISMS for setting in one.off(lively_room(1))]
    switched = {setting.partition("=")[0].removeprefix("dynamics.") for setting in off}
    assert [name for name in Dynamics.model_fields if name not in switched | AMOUNTS] == []
    assert not switched & AMOUNTS


@pytest.mark.parametrize("one", switches(load("launch-2020")), ids=lambda one: one.key)
def test_a_switch_does_what_it_says(one):
    launch = load("launch-2020")
    mechanism = next(other for other in MECHANISMS if other.key == one.key)
    changed = apply_patch(launch, one.patch)
    assert mechanism.used(launch) == (one.direction == "without")
    assert mechanism.used(changed) != mechanism.used(launch)
    if one.direction == "with":
        back = Switch(one.key, one.title, "without", mechanism.off(changed))
        assert not mechanism.used(apply_patch(changed, back.patch))


def test_nothing_switched_adds_exactly_nothing():
    found = what_they_add(lively_room(1), 6, some=[Switch("nothing", "Nothing", "without", ())])
    known = ~np.isnan(found.adds.values)
    for name in ("adds", "adds_low", "adds_high", "differs"):
        assert (found[name].values[known] == 0).all(), name


def test_with_less_without_whichever_is_the_scenario_as_it_is():
    heard = lively_room(2)
    deaf = apply_patch(heard, {"dynamics": {"peer_weight": 0.0}})
    weight = heard.dynamics.peer_weight
    off = Switch("peers", "Peers", "without", ("dynamics.peer_weight=0",))
    on = Switch("peers", "Peers", "with", (f"dynamics.peer_weight={weight}",))
    taken, brought = what_they_add(heard, 20, some=[off]), what_they_add(deaf, 20, some=[on])
    for name in ("adds", "adds_low", "adds_high", "differs"):
        np.testing.assert_allclose(taken[name].values, brought[name].values, atol=1e-12)
    plain = effect(deaf, {"heard": on.patch}, 20)
    measure = plain.measure.values
    np.testing.assert_allclose(taken.adds.sel(measure=measure), plain.difference, atol=1e-12)


def test_two_camps_on_one_issue_are_two_coalitions():
    """Four delegations at either end of a scale, all told apart by the text in the middle."""
    room = chamber_of(np.repeat([[5.0], [95.0]], 4, axis=0), texts=[[80.0]], reversion=50.0)
    found = what_they_add(room, 2, some=[Switch("nothing", "Nothing", "without", ())])
    assert (found.base.sel(measure="coalitions").values == 2).all()


def test_a_rule_that_was_met_only_by_redrafting_flips_without_it():
    room = chamber_of(
        [[20.0]] * 4 + [[100.0]],
        texts=[[100.0]],
        reversion=0.0,
        options=lambda text, issue: [{"issue-0": 20.0}],
        rounds=3,
        dynamics={"drafting": "line-by-line", "redraft_days": 0, "endorse_threshold": 0.05},
    )
    found = what_they_add(room, 3, some=[one for one in switches(room) if one.key == "drafting"])
    here = found.sel(variant="drafting", text="text-0")
    assert here.differs.sel(measure="adopted").item() == 1
    assert here.adds.sel(measure="adopted").item() == 1
    assert here.adds.sel(measure="endorsing").item() == 4  # and the one at the far end stays
    assert "in 100 %" in markdown(found, "text-0")


def test_a_room_without_blocs_or_events_has_nothing_for_some_mechanisms():
    idle = {one.key for one in nothing_to_act_on(chamber_of([[10.0], [90.0]]))}
    assert {"bloc-discipline", "events", "red-lines", "legal-force"} <= idle


def test_the_command_prints_the_switch_and_refuses_what_it_does_not_know():
    words = ["mechanisms", "launch-2020", "--replicates", "3", "--quiet", "--only", "events"]
    told = CliRunner().invoke(build(), words)
    assert told.exit_code == 0, told.stderr
    assert "events: --set 'events.*.delta=0'" in told.stdout
    wrong = CliRunner().invoke(build(), [*words[:-1], "event"])
    assert wrong.exit_code == 2
    assert "did you mean 'events'?" in wrong.stderr
