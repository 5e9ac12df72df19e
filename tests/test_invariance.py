"""What must not matter does not: batches, workers, order, labels, scales, newcomers nobody listens to."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import issparse
from threadpoolctl import threadpool_info, threadpool_limits

from benchmarks.rooms import bench_room
from scenarios import load
from scenarios.schema import Scenario
from simulation.contraction import contract
from simulation.draws import prepare
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.proceedings import Proceedings, negotiate
from simulation.threads import one_thread
from tests.generators import LIVELY, lively_room, rooms
from tests.rooms import chamber_of

ARRAYS = [field.name for field in fields(Proceedings) if field.name != "complete"]


def changed(scenario: Scenario, **values) -> Scenario:
    """The scenario with some top-level fields replaced, validated anew."""
    return Scenario.model_validate({**scenario.model_dump(), **values})


def finished(scenario: Scenario, **options) -> NegotiationModel:
    model = NegotiationModel(scenario, **{"dtype": np.float64, "in_full": True, "run_seed": 5, **options})
    model.run_model()
    return model


@pytest.mark.parametrize("batch", [1, 2, 31, 64, 100])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_replicate_has_the_same_bits_in_every_batch_and_worker(batch, workers):
    room = open_room(lively_room(1, countries=12, issues=5, texts=3))
    whole = negotiate(room, range(100), seed=3)
    other = negotiate(room, range(100), seed=3, batch=batch, workers=workers)
    for name in ARRAYS:
        assert np.array_equal(getattr(whole, name), getattr(other, name), equal_nan=True), name


@pytest.mark.parametrize("batch", [1, 3])
def test_the_launch_has_the_same_bits_in_every_batch(batch):
    """With a text that a bloc of 27 sponsors, articles on several issues and blocs that overlap."""
    room = open_room(load("launch-2020"))
    whole = negotiate(room, range(8), seed=1)
    other = negotiate(room, range(8), seed=1, batch=batch)
    for name in ARRAYS:
        assert np.array_equal(getattr(whole, name), getattr(other, name), equal_nan=True), name


def test_every_part_of_every_appeal_has_the_same_bits_alone_and_among_others():
    room = open_room(lively_room(2, countries=12, issues=5, texts=3))
    crowd = finished(room, replicates=np.arange(100))
    for chosen in ([0], [99, 3], list(range(40, 71)), list(np.random.default_rng(0).permutation(100)[:64])):
        few = finished(room, replicates=chosen)
        for name in ("stance", "part", "appeal", "lower", "upper", "position"):
            assert np.array_equal(
                getattr(crowd.record, name)[..., chosen], getattr(few.record, name), equal_nan=True
            ), name


def test_listening_to_few_is_the_same_as_listening_to_all_with_no_weight_elsewhere():
    room = open_room(bench_room(72, 4, ties=0.1), np.float64)
    assert issparse(room.hearing) and issparse(room.persuading)
    planes = np.random.default_rng(1).random((72, 3, 5))
    for few, whole in ((room.hearing, room.listening), (room.persuading, room.persuasion)):
        assert contract(few, planes) == pytest.approx(contract(whole, planes), abs=1e-12)


def test_only_a_large_room_with_few_ties_is_summed_by_ties():
    assert not issparse(open_room(bench_room(72, 4, ties=0.3)).hearing)
    assert not issparse(open_room(bench_room(40, ties=0.1)).hearing)


@pytest.mark.parametrize("batch", [1, 31])
def test_a_room_with_few_ties_has_the_same_bits_in_every_batch(batch):
    room = open_room(bench_room(72, 4, ties=0.1))
    whole = negotiate(room, range(40), seed=3)
    other = negotiate(room, range(40), seed=3, batch=batch)
    for name in ARRAYS:
        assert np.array_equal(getattr(whole, name), getattr(other, name), equal_nan=True), name


KERNELS = ("Haswell", "SkylakeX", "Sandybridge", "Nehalem", "Zen")
COLUMNS_ALONE_AND_TOGETHER = """
import numpy as np
from simulation.contraction import contract, contract_issues, contract_rows

random = np.random.default_rng(0)
for n in (1, 5, 12, 61, 193, 300):
    matrix, planes = (random.random(size, dtype=np.float32) for size in ((n, n), (n, 3, 100)))
    weights = random.random((n, 2, 3), dtype=np.float32)
    kinds = [np.array([0, 1]), np.array([2])]
    order = random.permutation(100)[:71]
    some = np.ascontiguousarray(planes[:, :, order])
    rows = np.ascontiguousarray(planes[:, 0].T)
    assert (contract(matrix, planes)[:, :, order] == contract(matrix, some)).all()
    assert (contract_rows(rows, matrix)[order] == contract_rows(rows[order], matrix)).all()
    together, alone = (contract_issues(weights, of, kinds) for of in (planes, some))
    assert (together[:, :, order] == alone).all()
    for blocs in (1, 4, 7, 8, 12, 31):
        line, follow = (random.random(size, dtype=np.float32) for size in ((blocs, n), (n, blocs)))
        mixed, alone = (contract(follow, contract(line, of)) for of in (planes, some))
        assert (mixed[:, :, order] == alone).all()
        mixed, alone = (contract_rows(contract_rows(of, line.T), follow.T) for of in (rows, rows[order]))
        assert (mixed[order] == alone).all()
"""


@pytest.mark.parametrize("kernel", KERNELS)
def test_sums_over_countries_have_the_same_bits_in_any_company_on_every_kind_of_processor(kernel):
    """OpenBLAS chooses its kernels by the processor; a variable makes it take those of another one."""
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", COLUMNS_ALONE_AND_TOGETHER], env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def test_a_model_by_itself_has_the_bits_it_has_in_an_ensemble():
    """An ensemble holds linear algebra to one thread; a model that somebody steps does so too."""
    room = open_room(load("launch-2020"))
    alone = NegotiationModel(room, range(40), 1)
    alone.run_model()
    together = negotiate(room, range(40), 1)
    assert np.array_equal(alone.record.places.transpose(3, 0, 1, 2), together.places)
    assert np.array_equal(alone.record.stance.transpose(3, 0, 1, 2), together.stance)


def test_linear_algebra_is_held_to_one_thread_until_the_last_who_asked_is_done():
    def threads() -> set[int]:
        return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}

    with threadpool_limits(limits=2, user_api="blas"), ThreadPoolExecutor(1) as pool:
        first, second = one_thread(), one_thread()
        first.__enter__()
        pool.submit(second.__enter__).result()
        first.__exit__(None, None, None)
        assert threads() == {1}
        pool.submit(second.__exit__, None, None, None).result()
        assert threads() == {2}


def test_another_seed_is_another_negotiation_and_the_same_seed_the_same():
    room = open_room(lively_room(1))
    one, same, other = (negotiate(room, range(8), seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.stance, same.stance)
    assert not np.array_equal(one.stance, other.stance)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_off_the_range_is_refused_in_words(seed):
    with pytest.raises(ValueError, match="whole number from 0"):
        NegotiationModel(lively_room(1), run_seed=seed)


@settings(max_examples=15)
@given(scenario=rooms(), order=st.permutations(range(8)))
def test_relabelling_delegations_relabels_the_results(scenario, order):
    names = list(scenario.delegations)
    shuffled = changed(
        scenario, delegations={names[row]: scenario.delegations[names[row]].model_dump() for row in order}
    )
    plain, moved = finished(scenario).record, finished(shuffled).record
    assert np.array_equal(plain.stance[:, list(order)], moved.stance)
    np.testing.assert_allclose(plain.appeal[:, list(order)], moved.appeal, atol=1e-12)


@settings(max_examples=15)
@given(scenario=rooms(uncertainty={}))
def test_mirrored_scales_mirror_the_positions_and_leave_the_stances(scenario):
    document = scenario.model_dump()
    for issue in document["issues"].values():
        issue["reversion"] = 100 - issue["reversion"]
    for delegation in document["delegations"].values():
        delegation["positions"] = {key: 100 - value for key, value in delegation["positions"].items()}
    for text in document["texts"].values():
        for article in text["articles"].values():
            for wording in (article, *article["options"].values()):
                wording["places"] = {key: 100 - value for key, value in wording["places"].items()}
    for line in document["red_lines"]:
        line["min"], line["max"] = 100 - line["max"], 100 - line["min"]
    plain, mirrored = finished(scenario).record, finished(Scenario.model_validate(document)).record
    assert np.array_equal(plain.stance, mirrored.stance)
    np.testing.assert_allclose(plain.position, 100 - mirrored.position, atol=1e-10)


@settings(max_examples=15)
@given(scenario=rooms())
def test_an_issue_nobody_cares_about_changes_nothing(scenario):
    document = scenario.model_dump()
    document["issues"]["idle"] = {"title": "Idle", "reversion": 30}
    for delegation in document["delegations"].values():
        delegation["positions"]["idle"] = 77
        delegation["salience"]["idle"] = 0
    document["texts"]["text-0"]["articles"]["idle"] = {"places": {"idle": 90}}
    plain, more = finished(scenario).record, finished(Scenario.model_validate(document)).record
    assert np.array_equal(plain.stance, more.stance)
    np.testing.assert_allclose(plain.appeal, more.appeal, atol=1e-12)


@settings(max_examples=15)
@given(scenario=rooms(dynamics={**LIVELY, "drafting": "off"}))
def test_a_newcomer_without_ties_and_weight_changes_nobody_else(scenario):
    """As long as nobody drafts: a newcomer has a stance to win, and drafters court it."""
    document = scenario.model_dump()
    newcomer = {**document["delegations"]["USA"], "name": "Newcomer", "capability": 0}
    document["delegations"] = {"VUT": newcomer, **document["delegations"]}
    plain, more = finished(scenario), finished(Scenario.model_validate(document))
    assert np.array_equal(plain.record.stance, more.record.stance[:, 1:])
    assert np.array_equal(plain.draws.chance, more.draws.chance[:, 1:])


@settings(max_examples=15)
@given(scenario=rooms())
def test_silencing_one_country_moves_nobody_elses_draws(scenario):
    document = scenario.model_dump()
    document["delegations"]["PHL"]["silent"] = True
    loud = prepare(open_room(scenario), 9, range(3))
    hushed = prepare(open_room(Scenario.model_validate(document)), 9, range(3))
    for name in ("chance", "instructed", "vote_chance", "absent"):
        assert np.array_equal(getattr(loud, name), getattr(hushed, name))


def test_a_delegation_or_text_more_or_less_or_elsewhere_shifts_no_draw():
    scenario = lively_room(4, texts=3)
    full = prepare(open_room(scenario), 9, range(3))
    document = scenario.model_dump()
    del document["texts"]["text-1"]
    document["delegations"].pop("IDN")
    document["blocs"] = {}
    document["ties"] = []
    fewer = prepare(open_room(Scenario.model_validate(document)), 9, range(3))
    rows = [row for row, name in enumerate(scenario.delegations) if name != "IDN"]
    assert np.array_equal(full.chance[:, rows][:, :, [0, 2]], fewer.chance)
    assert np.array_equal(full.instructed[:, rows], fewer.instructed)


def test_a_mechanism_switched_off_leaves_the_draws_of_all_others_untouched():
    with_noise, without = (
        prepare(open_room(lively_room(4, dynamics={**LIVELY, "precision": precision})), 2, range(4))
        for precision in (25.0, float("inf"))
    )
    assert not without.chance.any() and with_noise.chance.any()
    assert np.array_equal(with_noise.instructed, without.instructed)
    assert np.array_equal(with_noise.absent, without.absent)


@settings(max_examples=15)
@given(scenario=rooms(), raised=st.integers(0, 7))
def test_raising_one_peers_stance_lowers_nobodys_appeal(scenario, raised):
    low, high = NegotiationModel(scenario, dtype=np.float64), NegotiationModel(scenario, dtype=np.float64)
    low.chamber.stance[raised], high.chamber.stance[raised] = 0, 1
    from simulation.appeals import bloc_appeal, own_parts
    from simulation.phases.consultations import consult

    appeals = []
    for model in (low, high):
        consult(model)
        parts = own_parts(model.room, model.chamber, model.chamber.heard)
        everybody = np.arange(8)
        appeals.append(
            bloc_appeal(model.room, model.room.lines, everybody, parts.without_peers() + parts.peers)
        )
    assert (appeals[1] >= appeals[0] - 1e-12).all()


@settings(max_examples=15)
@given(scenario=rooms())
def test_a_bloc_of_one_changes_nothing(scenario):
    document = scenario.model_dump()
    document["blocs"]["ALONE"] = {
        "name": "Alone",
        "members": ["BRA"],
        "discipline": 0.9,
        "coordinator": "BRA",
    }
    plain, more = finished(scenario).record, finished(Scenario.model_validate(document)).record
    assert np.array_equal(plain.stance, more.stance)


def test_two_identical_texts_are_treated_alike():
    positions = np.random.default_rng(1).uniform(0, 100, (10, 4))
    place = np.full(4, 60.0)
    scenario = chamber_of(
        positions,
        texts=[place, place],
        reversion=30.0,
        ties=np.ones((10, 10)) - np.eye(10),
        rounds=6,
        dynamics={"openness": 0.3, "peer_weight": 0.1, "instruction_rate": 0.4},
    )
    stance = finished(scenario).record.stance
    assert np.array_equal(stance[:, :, 0], stance[:, :, 1])


@settings(max_examples=15)
@given(scenario=rooms(uncertainty={}), shift=st.floats(-20, 20))
def test_gains_do_not_change_when_every_place_shifts_alike(scenario, shift):
    from simulation.appeals import gains_at

    model = NegotiationModel(scenario, dtype=np.float64)
    before = gains_at(model.room, model.chamber, model.chamber.places)
    from dataclasses import replace

    model.chamber.position[:] += shift
    model.chamber.places += shift
    moved = replace(model.room, reversion=model.room.reversion + shift)
    np.testing.assert_allclose(gains_at(moved, model.chamber, model.chamber.places), before, atol=1e-12)


def test_a_delegation_that_cares_about_nothing_gains_and_loses_nothing():
    from simulation.appeals import gains_at

    salience = np.full((3, 2), 40.0)
    salience[1] = 0
    model = NegotiationModel(
        chamber_of([[30, 90], [30, 90], [70, 30]], salience=salience, reversion=20.0), dtype=np.float64
    )
    gains = gains_at(model.room, model.chamber, model.chamber.places)[:, 0, 0]
    assert gains[1] == 0
    assert (gains[[0, 2]] != 0).all()


def test_a_text_that_says_nothing_new_brings_exactly_nothing():
    from simulation.appeals import gains_at

    scenario = lively_room(6)
    document = scenario.model_dump()
    keys = list(document["issues"])
    document["texts"]["text-1"]["articles"] = {
        "1": {"places": {keys[0]: document["issues"][keys[0]]["reversion"]}, "options": {}}
    }
    model = NegotiationModel(Scenario.model_validate(document), range(5))
    assert not gains_at(model.room, model.chamber, model.chamber.places)[:, 1].any()


@settings(max_examples=10)
@given(scenario=rooms())
def test_red_lines_that_forbid_are_never_crossed_by_those_who_answer(scenario):
    document = scenario.model_dump()
    document["red_lines"] = [
        {"delegation": "RUS", "issue": "issue-0", "min": 0, "max": 0.001, "kind": "forbids"},
        {"delegation": "DEU", "issue": "issue-0", "min": 99.999, "max": 100, "kind": "requires"},
    ]
    document["delegations"]["CHN"]["strategy"] = "interest-driven"
    model = finished(Scenario.model_validate(document), replicates=range(8))
    stance, instructed = model.record.stance, model.draws.instructed
    rows = list(scenario.delegations)
    rus, deu = rows.index("RUS"), rows.index("DEU")
    for index in range(1, len(stance)):
        answered = instructed[index - 1]
        assert (stance[index, rus][:, answered[rus]] == -1).all()
        assert (stance[index, deu][:, answered[deu]] <= 0).all()
    assert (model.ballots[rus] != 1).all() and (model.ballots[deu] != 1).all()
