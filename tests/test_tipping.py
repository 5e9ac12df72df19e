"""Tipping points: effort that makes a difference is found out, and nothing else is."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from dashboards import figures
from dashboards.cli import build
from scenarios import apply_patch, load
from simulation.analyses.tipping import makes_effort, stopping, tipping
from tests.rooms import chamber_of
from tests.test_cli import document

WORDS = {
    "type": "assurance",
    "nature": "exogenous",
    "sponsor": "D000",
    "delta": 0.1,
    "sentence": "The sponsor gives its word.",
}


def near(rounds: int = 5, **text):
    """D000 tables a text; D001 lacks 0.05 for an endorsement, which an offer makes up in the first round."""
    scenario = chamber_of([[60.0], [52.5]], texts=[[60.0]], reversion=40.0, rounds=rounds)
    return apply_patch(scenario, {"texts": {"text-0": {"sponsors": ["D000"], **text}}})


def test_the_one_offer_that_decides_is_the_tipping_point():
    found = tipping(near(budget=1.0), "text-0", replicates=3)
    assert found.rounds.tolist() == [0, 1, 2, 3, 4]
    assert found.change.tolist() == [-1, 0, 0, 0, 0]
    assert (found.point, found.final) == (1, 2)
    assert found.support.tolist()[1:] == [2, 2, 2, 2]


def test_effort_that_changes_nothing_tips_at_the_opening():
    found = tipping(near(budget=0.01), "text-0", replicates=3)
    assert found.point == 0 and not found.change.any()


def test_one_replicate_tells_nothing():
    assert tipping(near(budget=1.0), "text-0", replicates=1).point is None


def test_where_sponsors_do_nothing_there_is_nothing_to_stop():
    assert tipping(near(), "text-0") is None
    launch = load("launch-2020")
    assert not makes_effort(launch, "un-text")
    assert makes_effort(launch, "global-initiative")
    assert not makes_effort(apply_patch(launch, {"dynamics": {"drafting": "off"}}), "global-initiative")


def test_stopping_takes_back_later_words_of_the_sponsors_alone():
    scenario = near(rounds=5)
    start = scenario.calendar[0].start
    late = start + dt.timedelta(days=3)
    scenario = apply_patch(
        scenario,
        {
            "events": {
                "early": {**WORDS, "date": start},
                "late": {**WORDS, "date": late},
                "shock": {**WORDS, "type": "trust_shock", "delta": -0.1, "date": late},
            }
        },
    )
    patch = stopping(scenario, "text-0", start)
    assert patch["events"] == {"late": None}
    assert set(apply_patch(scenario, patch).events) == {"early", "shock"}


def test_from_the_tipping_point_on_no_stop_makes_a_difference_of_a_delegation():
    found = tipping(load("launch-2020"), "global-initiative", replicates=12)
    steady = found.rounds >= found.point
    assert (found.low[steady] > -1).all() and (found.high[steady] < 1).all()
    before = found.rounds == found.point - 1
    assert before.any() and not ((found.low[before] > -1) & (found.high[before] < 1)).any()
    assert found.change[0] < -10
    assert (np.diff(found.rounds) > 0).all()


def test_the_launch_tips_early_for_one_text_and_late_for_another():
    launch = load("launch-2020")
    early, late = (tipping(launch, text, replicates=12) for text in ("global-initiative", "clean-network"))
    assert 12 <= early.point <= 18
    assert early.support[early.rounds == early.point] < 0.8 * early.final
    assert late.point is None or late.point >= 30


def test_the_picture_marks_every_stop(launch):
    found = tipping(launch.scenario, "global-initiative", replicates=6)
    figure = figures.tipping(launch, "global-initiative", found)
    assert figure.data[0].y == pytest.approx(found.change, abs=0.006)
    assert list(figure.data[0].x) == found.rounds.tolist()
    assert not figures.tipping(launch, "un-text").data


def test_the_command_says_when_or_that_there_is_nothing_to_stop():
    words = ["tipping", "launch-2020", "--replicates", "3", "--json", "--text"]
    told = json.loads(CliRunner().invoke(build(), [*words, "global-initiative"]).stdout)
    assert told["tipping_date"] in [stop["after"] for stop in told["stops"]]
    nothing = json.loads(CliRunner().invoke(build(), [*words, "un-text"]).stdout)
    assert nothing["tipping_date"] is None and "nothing to stop" in nothing["answer"]


def test_the_command_runs_as_many_replicates_as_it_is_asked():
    room = load("who-holds-the-pen")
    text = next(iter(room.texts))
    told = document("tipping", "who-holds-the-pen", "--replicates", "40")["stops"]
    found = tipping(room, text, replicates=40)
    assert [stop["change"] for stop in told] == found.change.tolist()
