"""Sponsors may stop working for a text on a day: what they did by then stays, and nothing is added."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from scenarios import apply_patch, load, to_document
from simulation import run
from simulation.calendar import pursued, rounds
from simulation.guards import guards
from simulation.model import NegotiationModel
from tests.rooms import chamber_of


def near(rounds: int = 3, **text):
    """D000 tables a text with funds; D001 lacks 0.05 for an endorsement."""
    scenario = chamber_of([[60.0], [52.5]], texts=[[60.0]], reversion=40.0, rounds=rounds)
    return apply_patch(scenario, {"texts": {"text-0": {"sponsors": ["D000"], **text}}})


def finished(scenario, replicates=(0,)):
    model = NegotiationModel(scenario, replicates, run_seed=1, in_full=True)
    model.run_model()
    return model


def day_before(scenario) -> dt.date:
    return scenario.calendar[0].start - dt.timedelta(days=1)


def test_a_round_that_began_by_the_last_day_still_counts():
    launch = load("launch-2020")
    held = apply_patch(launch, {"texts": {"clean-network": {"pursued_until": "2020-09-20"}}})
    found = pursued(held, rounds(held.calendar))
    assert found.all(axis=0).tolist() == [True, False, True, True]
    assert found[:, 1].tolist() == [one.start <= dt.date(2020, 9, 20) for one in rounds(held.calendar)]


def test_who_never_works_for_a_text_makes_no_offers():
    scenario = near(budget=1.0)
    assert finished(scenario).chamber.offered[1, 0, 0] == pytest.approx(0.05)
    idle = apply_patch(scenario, {"texts": {"text-0": {"pursued_until": day_before(scenario)}}})
    assert not finished(idle).chamber.offered.any()
    assert finished(idle).chamber.stance[:, 0, 0].tolist() == [1, 0]


def test_calls_are_made_in_the_rounds_before_alone():
    scenario = apply_patch(near(rounds=4, effort=1), {"dynamics": {"lobbying_weight": 0.02}})
    second = rounds(scenario.calendar)[1].start
    held = apply_patch(scenario, {"texts": {"text-0": {"pursued_until": second}}})
    assert {call.round for call in finished(held).record.calls} <= {1, 2}
    assert max(call.round for call in finished(scenario).record.calls) == 4


def test_sponsors_stop_redrafting_and_the_floor_does_not():
    launch = load("launch-2020")
    stop = dt.date(2020, 12, 1)
    held = apply_patch(launch, {"texts": {"*": {"pursued_until": stop}}})
    starts = [one.start for one in rounds(launch.calendar)]
    late = [one for one in finished(launch).record.revisions if starts[one.round - 1] > stop]
    assert late
    assert all(starts[one.round - 1] <= stop for one in finished(held).record.revisions)
    floor = {"texts": {"*": {"drafting": "line-by-line"}}}
    same = [finished(apply_patch(one, floor)).record.stance for one in (launch, held)]
    assert (same[0] == same[1]).all()


def test_what_was_done_by_then_stays():
    launch = load("launch-2020")
    held = apply_patch(launch, {"texts": {"*": {"pursued_until": "2020-12-01"}}})
    until = sum(one.start <= dt.date(2020, 12, 1) for one in rounds(launch.calendar))
    before, after = (finished(one, range(3)).record.stance[: until + 1] for one in (launch, held))
    assert (before == after).all()


def test_effort_after_the_last_day_is_not_idle():
    scenario = apply_patch(near(rounds=4, effort=1), {"dynamics": {"lobbying_weight": 0.0}})
    assert "idle effort" in [guard.name for guard in guards(run(scenario, 2))]
    held = apply_patch(scenario, {"texts": {"text-0": {"pursued_until": day_before(scenario)}}})
    assert "idle effort" not in [guard.name for guard in guards(run(held, 2))]


def test_a_scenario_that_does_not_say_it_is_written_as_before():
    assert "pursued_until" not in str(to_document(load("launch-2020")))
    assert np.all(pursued(load("launch-2020"), rounds(load("launch-2020").calendar)))
