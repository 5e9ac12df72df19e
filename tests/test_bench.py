"""Plenary against the same rounds in plain Mesa: the same stances, wordings and adoptions, round by round."""

import datetime as dt
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.plain_mesa import PlainModel, twin
from benchmarks.rooms import bench_room, quiet_room
from dashboards.cli import build
from scenarios.schema import Event, Scenario
from simulation.model import NegotiationModel
from tests.generators import lively_room

DAY = dt.date(2020, 9, 10)


def both(scenario: Scenario, replicate: int = 1) -> tuple[NegotiationModel, PlainModel]:
    """The engine in double precision and a plain version of one of its replicates, run with the same luck."""
    model = NegotiationModel(scenario, range(3), run_seed=5, dtype=np.float64)
    plain = twin(model, replicate)
    model.run_model()
    while plain.running:
        plain.step()
    return model, plain


def check_equal(scenario: Scenario, replicate: int = 1) -> NegotiationModel:
    """Stances and wordings of every round, who asked for which revision, and adoptions are equal."""
    model, plain = both(scenario, replicate)
    record, texts = model.record, model.room.texts
    for index, (stances, wordings) in enumerate(plain.history, start=1):
        said = [[of_text[text] for text in texts] for of_text in stances.values()]
        assert said == record.stance[index, :, :, replicate].tolist(), index
        for number, text in enumerate(texts):
            articles = len(wordings[text])
            assert wordings[text] == record.chosen[index, number, :articles, replicate].tolist(), index
    leanings = [[one.lean[text] for text in texts] for one in plain.delegations]
    assert leanings == record.lean[-1, :, :, replicate].tolist()
    offered = [[one.offered[text] for text in texts] for one in plain.delegations]
    assert offered == pytest.approx(model.chamber.offered[:, :, replicate], abs=1e-9)
    assert plain.revisions == [
        (one.round, texts[one.text], model.room.countries[one.asked_by[replicate]])
        for one in record.revisions
        if one.changed[replicate]
    ]
    assert list(plain.adopted_round.values()) == model.chamber.adopted_round[:, replicate].tolist()
    return model


@pytest.mark.parametrize("seed", range(8))
def test_lively_rooms_go_the_same_way_in_plain_mesa(seed):
    check_equal(lively_room(seed, countries=12, issues=4, texts=3, rounds=8))


def test_events_tabling_negative_ties_and_a_latch_go_the_same_way_in_plain_mesa():
    room = lively_room(3, countries=12, issues=4, texts=3, rounds=8)
    events = {
        "shock": Event(type="trust_shock", sponsor="CHN", delta=-0.6, targets=("bloc:NORTH",), **told()),
        "turn": Event(type="position_change", issue="issue-1", delta=30, targets=("RUS", "DEU"), **told()),
        "worry": Event(type="salience_change", issue="issue-2", delta=25, targets=("all",), **told()),
        "speech": Event(type="statement", text="text-1", delta=0.2, targets=("BRA",), **told()),
    }
    texts = {**room.texts, "text-2": room.texts["text-2"].model_copy(update={"tabled": DAY})}
    ties = [
        tie.model_copy(update={"weight": -tie.weight}) if n % 5 == 0 else tie
        for n, tie in enumerate(room.ties)
    ]
    model = check_equal(
        room.model_copy(
            update={
                "events": events,
                "texts": texts,
                "ties": tuple(ties),
                "dynamics": room.dynamics.model_copy(update={"latch": True}),
                "force_issue": "issue-3",
            }
        )
    )
    assert not model.record.stance[0, :, 2].any()
    assert model.record.stance[-1, :, 2].any()


def told():
    """What every event of the test has in common."""
    return {"date": DAY, "nature": "exogenous", "sentence": "Something happens."}


@pytest.mark.parametrize("more", [{}, {"salience_sd": 8}, {"budget": 0.5}])
def test_the_bench_room_goes_the_same_way_in_plain_mesa_and_every_phase_has_work(more):
    model = check_equal(bench_room(countries=48, rounds=8, **more))
    assert model.chamber.offered.any() == ("budget" in more)
    record = model.record
    assert {one.round for one in record.revisions} >= {1, 2}
    assert set(np.unique(record.stance[-1])) == {-1, 0, 1}
    assert model.chamber.forbidden.any()
    assert (model.chamber.trust != model.trust_start).any()
    assert len(model.room.lines) == 2 and len(model.room.first) > 3


def test_the_quiet_room_goes_the_same_way_in_plain_mesa():
    model = check_equal(quiet_room(countries=48, rounds=8))
    assert not model.room.blocs and not model.record.revisions and not model.draws.chance.any()


def test_the_bench_room_seats_all_states_and_drafts_in_every_round():
    room = bench_room()
    assert (len(room.delegations), len(room.issues), len(room.texts)) == (193, 8, 3)
    assert len(room.ties) == 193 * 192
    assert room.calendar[0].length == "fortnight" and room.dynamics.redraft_days <= 14


def test_bench_prints_every_line_as_json_with_its_bar(monkeypatch):
    monkeypatch.delenv(
        "PYTHONDONTWRITEBYTECODE", raising=False
    )  # compiling afresh takes the timed processes long
    done = CliRunner().invoke(build(), ["bench", "--small", "--json"])
    assert done.exit_code == 0, done.stderr
    rows = {row["key"]: row for row in json.loads(done.stdout)}
    bars = {key: row["bar"] for key, row in rows.items() if row["bar"]}
    assert bars == {
        "all-phases": "≥ 500 ×",
        "consult-endorse": "≥ 1,500 ×",
        "matrix-product": "≤ 2 ×",
        "single-run": "≤ 0.1 s",
        "rounds-alone": "≤ 1 s",
        "ensemble": "≤ 15 s",
        "ensemble-memory": "≤ 1,024 MiB",
        "class-again": "≤ 0.3 s",
        "run": "≤ 8 s",
    }
    assert rows.keys() - bars.keys() == {
        "first-rounds",
        "drawn-salience",
        "offers",
        "recording-time",
        "recording-memory",
        "noise",
        "run-imports",
    }
    assert all(row["passed"] is None and row["ours"] > 0 for row in rows.values())


def test_bench_phases_names_every_phase_of_a_round_and_their_shares_add_up():
    done = CliRunner().invoke(build(), ["bench", "--small", "--phases", "--json"])
    rows = json.loads(done.stdout)
    named = [phase.__name__ for phase in NegotiationModel.phases]
    assert [row["phase"] for row in rows] == [*named, "record"]
    assert sum(row["share"] for row in rows) == pytest.approx(1)


def test_bench_scaling_tells_exponents_of_five_axes_and_when_ties_alone_are_taken():
    done = CliRunner().invoke(build(), ["bench", "--small", "--scaling", "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    axes = {row["axis"]: row for row in rows if "axis" in row}
    assert list(axes) == ["countries", "issues", "texts", "rounds", "replicates"]
    for row in axes.values():
        assert {"time", "time_error", "memory", "memory_error"} <= row.keys()
        assert all(one["seconds"] > 0 and one["mib"] > 0 for one in row["sizes"])
    taken = {row["share"]: row["taken"] for row in rows if "share" in row}
    assert {share for share, which in taken.items() if which == "ties"} == {0.02, 0.05, 0.1}


def test_bench_times_one_thing_at_a_time():
    done = CliRunner().invoke(build(), ["bench", "--phases", "--scaling"])
    assert done.exit_code == 2 and "at a time" in done.stderr


@pytest.mark.long
def test_ndlib_and_batch_run_end_as_we_do():
    """Each comparison raises unless both sides end alike: run by run and, for thresholds, seat by seat."""
    done = CliRunner().invoke(build(), ["bench", "--small", "--others", "--json"])
    assert done.exit_code == 0, done.output
    keys = [row["key"] for row in json.loads(done.stdout)]
    assert keys == ["ndlib-thresholds", "ndlib-majority", "mesa-plain", "mesa-single"]
