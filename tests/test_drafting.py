"""Which wording do they choose? The promises that sponsors keep; published results on agenda setting, medians
and vote trading are rows of `test_validation.py`."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bargaining import aspiration
from simulation.appeals import gains_at
from simulation.brackets import Brackets
from simulation.model import NegotiationModel
from simulation.phases import drafting
from simulation.sheets import sheets
from simulation.validation.agenda import EXACT, trading_room
from simulation.wording import codes, places
from tests.generators import LIVELY, lively_room, rooms
from tests.rooms import chamber_of


def drafted(scenario, **options) -> NegotiationModel:
    model = NegotiationModel(scenario, dtype=np.float64, **options)
    model.run_model()
    return model


def test_with_tabu_trades_cannot_cycle():
    scenario = trading_room(3)
    dynamics = scenario.dynamics.model_copy(update={"tabu": True})
    model = drafted(scenario.model_copy(update={"dynamics": dynamics}))
    wording = model.room.wordings[0]
    visited = [int(codes(wording, revision.after)[0]) for revision in model.record.revisions]
    assert len(set(visited)) == len(visited) < 8


@settings(max_examples=20, deadline=None)
@given(scenario=rooms(countries=8, texts=2, rounds=8, uncertainty={}, dynamics={**LIVELY, "openness": 0.0}))
def test_a_sponsor_keeps_its_aspiration_or_gains(scenario):
    model = drafted(scenario, replicates=range(6))
    ambition = model.record.ambition[:, 0]
    for index in range(1, len(ambition)):
        share = aspiration(index / (len(ambition) - 1), scenario.dynamics.concession)
        kept = ambition[index] >= share - 1e-4
        gained = ambition[index] >= ambition[index - 1] - 1e-4
        assert (kept | gained | np.isnan(ambition[index])).all()
    assert np.isnan(model.record.ambition[:, 1]).all()


@settings(max_examples=20, deadline=None)
@given(scenario=rooms(rounds=8))
def test_drafting_never_breaks_a_sponsors_red_line(scenario):
    document = scenario.model_dump()
    start = document["texts"]["text-0"]["articles"]["0"]["places"]["issue-0"]
    low, high = max(0, start - 15), min(100, start + 15)
    document["red_lines"] = [
        {"delegation": "CHN", "issue": "issue-0", "min": low, "max": high, "kind": kind}
        for kind in ("forbids", "requires")
    ]
    record = drafted(type(scenario).model_validate(document), replicates=range(8)).record
    places = record.places[:, 0, 0]
    moved = places != places[0]
    assert ((places >= low - 1e-9) & (places <= high + 1e-9) | ~moved).all()


def test_a_line_that_requires_is_met_when_that_wins_support():
    """A delegation that asks for an amendment endorses once it has it; the record tells who asked."""
    scenario = chamber_of(
        [[60.0], [60.0], [60.0]],
        texts=[[60.0]],
        reversion=20.0,
        rounds=6,
        options=lambda text, issue: [{"issue-0": 55.0}],
        red_lines=[{"delegation": "D001", "issue": "issue-0", "min": 0, "max": 57, "kind": "requires"}],
        dynamics={"redraft_days": 2},
    )
    sponsored = scenario.texts["text-0"].model_copy(update={"sponsors": ("D000",)})
    model = drafted(scenario.model_copy(update={"texts": {"text-0": sponsored}}))
    assert model.record.stance[1, :, 0, 0].tolist() == [1, 0, 1]
    assert model.chamber.places[0, 0, 0] == 55
    assert model.chamber.stance[:, 0, 0].tolist() == [1, 1, 1]


@settings(max_examples=15, deadline=None)
@given(scenario=rooms(countries=8, issues=4, texts=2), seed=st.integers(0, 99))
def test_the_effect_of_single_changes_is_exact(scenario, seed):
    model = NegotiationModel(scenario, range(3), seed, dtype=np.float64)
    room, chamber = model.room, model.chamber
    brackets = Brackets(room, chamber, [0], sheets(chamber.position, chamber.per_point))
    singles, wording = brackets.singles(), room.wordings[0]
    there = np.tile(room.open_points.exists[0], 3)
    replicate = brackets.replicate[singles.row]
    whole = brackets.reworded(singles, np.arange(len(singles)))[:, : len(wording.articles)]
    placed, silent = (of.T for of in places(wording, whole.T, room.reversion))
    standing = gains_at(room, chamber, chamber.places[0][None])[:, 0].T
    for case in np.flatnonzero(there):
        place = np.repeat(placed[case][None, :, None], 3, axis=2)
        exact = (gains_at(room, chamber, place)[:, 0].T - standing)[replicate[case]]
        np.testing.assert_allclose(singles.change[case], exact, atol=1e-12)
    np.testing.assert_allclose(singles.place[there], placed[there], atol=1e-12)
    assert np.array_equal(singles.silent[there], silent[there])
    pull = np.random.default_rng(seed).normal(size=(3, 8))
    everything = np.ones(brackets.option.shape, dtype=bool)
    summed = (pull[replicate] * singles.change).sum(axis=1)
    np.testing.assert_allclose(brackets.weighed(singles, pull, everything).ravel(), summed, atol=1e-12)
    owner = room.open_points.owner[0]
    single = room.open_points.gathered[0].argmax(axis=1)
    before, after = brackets.concerned(singles)
    for kind in ("forbidden", "unmet"):
        of_all = getattr(singles.lines, kind).reshape(3, there.size // 3, -1)
        assert np.array_equal(getattr(after, kind), of_all[:, single, owner])
        assert np.array_equal(getattr(before, kind), getattr(brackets.lines, kind)[:, owner])


@settings(max_examples=25, deadline=None)
@given(scenario=rooms(countries=6, issues=4, texts=1), seed=st.integers(0, 99))
def test_the_effect_of_two_changes_together_is_exact(scenario, seed):
    """Also where articles speak to several issues, and two of them to the same one."""
    document = scenario.model_dump()
    generator = np.random.default_rng(seed)
    for text in document["texts"].values():
        for article in text["articles"].values():
            for wording in (article, *article["options"].values()):
                more = generator.choice(list(document["issues"]), 2, replace=False)
                wording["places"] = wording["places"] | {
                    str(one): 10.0 * int(generator.integers(11)) for one in more
                }
    model = NegotiationModel(type(scenario).model_validate(document), range(2), seed, dtype=np.float64)
    room, chamber = model.room, model.chamber
    brackets = Brackets(room, chamber, [0], sheets(chamber.position, chamber.per_point))
    points, wording = room.open_points, room.wordings[0]
    pairs = [
        (one, other)
        for one in range(len(points.article[0]))
        for other in range(len(points.article[0]))
        if points.article[0, one] != points.article[0, other]
    ]
    if not pairs:
        return
    first, second = (np.tile([pair[which] for pair in pairs], 2) for which in (0, 1))
    row = np.repeat([0, 1], len(pairs))
    cases = brackets.cases(row, first, second)
    whole = brackets.reworded(cases, np.arange(len(cases)))[:, : len(wording.articles)]
    placed, _ = places(wording, whole.T, room.reversion)
    standing = gains_at(room, chamber, chamber.places[0][None])[:, 0].T
    for case, place in enumerate(placed.T):
        after = gains_at(room, chamber, np.repeat(place[None, :, None], 2, axis=2))[:, 0].T
        np.testing.assert_allclose(cases.change[case], (after - standing)[row[case]], atol=1e-12)


@pytest.mark.parametrize("mode", ["line-by-line", "chair"])
def test_a_red_line_of_the_sponsor_stops_nobody_else_who_drafts(mode):
    """The room wants 60, where the sponsor of the text will not go: it may oppose, but not keep the pen."""
    scenario = chamber_of(
        [[0.0], [60.0], [60.0], [60.0]],
        texts=[[20.0]],
        reversion=100.0,
        options=lambda text, issue: [{"issue-0": 60.0}],
        red_lines=[{"delegation": "D000", "issue": "issue-0", "max": 30, "kind": "forbids"}],
        dynamics={**EXACT, "drafting": mode},
    )
    sponsored = scenario.texts["text-0"].model_copy(update={"sponsors": ("D000",)})
    model = drafted(scenario.model_copy(update={"texts": {"text-0": sponsored}}))
    assert model.chamber.places[0, 0, 0] == 60
    led = scenario.dynamics.model_copy(update={"drafting": "sponsor-led"})
    kept = drafted(scenario.model_copy(update={"texts": {"text-0": sponsored}, "dynamics": led}))
    assert kept.chamber.places[0, 0, 0] == 20


def test_eight_candidates_choose_what_a_full_search_would(monkeypatch):
    """The shortlist of eight leads to the same wording as scoring every change and every trade exactly."""
    same = 0
    for seed in range(12):
        scenario = lively_room(seed, countries=12, issues=4, rounds=3)
        short = drafted(scenario, replicates=range(5))
        monkeypatch.setattr(drafting, "SHORTLIST", 1000)
        full = drafted(scenario, replicates=range(5))
        monkeypatch.undo()
        first = 0 if not full.record.revisions else full.record.revisions[0].round
        same += np.array_equal(short.record.chosen[: first + 1], full.record.chosen[: first + 1])
    assert same >= 11


def test_concession_curves_start_at_all_and_end_at_nothing():
    """Faratin, Sierra & Jennings (1998): Boulware holds out, conceders give way early."""
    for exponent, progress in product((0.1, 0.5, 1.0, 3.0), (0.0, 1.0)):
        assert aspiration(progress, exponent) == 1 - progress
    assert aspiration(0.5, 0.1) > 0.99 > aspiration(0.5, 1.0) > aspiration(0.5, 3.0)


def test_a_revision_tells_round_text_and_who_asked():
    model = drafted(lively_room(3, rounds=8), replicates=range(16))
    assert model.record.revisions
    for revision in model.record.revisions:
        assert 1 <= revision.round <= 8
        assert ((revision.asked_by >= 0) == revision.changed).all()
        assert (revision.before != revision.after).any(axis=0).tolist() == revision.changed.tolist()
