"""Known ways in which such models mislead: each is provoked, and its guard says so."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import apply_patch, load
from scenarios.schema import Scenario
from simulation import run
from simulation.guards import conformity_index, guards, spectral_radius
from tests.generators import LIVELY, lively_room
from tests.rooms import chamber_of


def fired(scenario: Scenario, replicates: int = 8) -> dict[str, str]:
    return {guard.name: guard.message for guard in guards(run(scenario, replicates=replicates, seed=1))}


def test_conformity_runs_away_when_peers_weigh_too_much():
    everybody = np.ones((12, 12)) - np.eye(12)
    room = {
        "positions": np.full((12, 1), 50.0),
        "texts": [[50.0]],
        "reversion": 45.0,
        "ties": everybody,
        "rounds": 5,
    }
    # λ_c = 1/(2βσ'(βθ)): at θ = 0 and β = 20 the index is 2·λ·20/4.
    close, loose = (
        run(
            chamber_of(
                **room,
                dynamics={
                    "peer_weight": weight,
                    "precision": 20.0,
                    "endorse_threshold": 0.0,
                    "oppose_threshold": 0.0,
                    "instruction_rate": 1e-9,
                },
            ),
            replicates=2,
            seed=1,
        )
        for weight in (0.2, 0.02)
    )
    slope = 20 * 1 / (4 * np.cosh(20 * 0.05 / 2) ** 2)
    assert conformity_index(close) == pytest.approx(2 * 0.2 * slope, rel=1e-3)
    assert "several outcomes are possible" in {g.name: g.message for g in guards(close)}["conformity"]
    assert "conformity" not in {guard.name for guard in guards(loose)}


def test_the_power_method_finds_the_spectral_radius():
    matrix = np.random.default_rng(1).random((3, 20, 20))
    assert spectral_radius(matrix) == pytest.approx(np.abs(np.linalg.eigvals(matrix)).max(), rel=1e-6)


def test_a_chamber_that_studies_for_ever_is_idle():
    assert (
        "undecided"
        in fired(lively_room(1, dynamics={**LIVELY, "endorse_threshold": 3, "oppose_threshold": 3}))[
            "idle chamber"
        ]
    )


def test_too_much_noise_is_told():
    assert "raise dynamics.precision" in fired(lively_room(1, dynamics={**LIVELY, "precision": 3.0}))["noise"]


def test_a_status_quo_that_nobody_wants_is_told_of_the_un_text():
    messages = {
        g.message for g in guards(run(load("launch-2020"), replicates=4, seed=1)) if g.name == "status quo"
    }
    assert len(messages) == 1
    assert "90% of delegations gain" in messages.pop()


def test_an_empty_text_is_neither_agreement_nor_adopted():
    scenario = chamber_of(
        np.full((5, 1), 50.0), texts=[[30.0]], reversion=30.0, dynamics={"endorse_threshold": -0.1}
    )
    results = run(scenario, replicates=2, seed=1)
    assert (results.data.endorsing.values[:, -1] == 5).all()
    assert not results.data.adopted.values.any()
    assert "should not count as agreement" in {g.name: g.message for g in guards(results)}["empty text"]


def test_two_peers_that_answer_at_the_same_instant_swap_for_ever():
    scenario = chamber_of(
        [[50.0], [50.0]],
        texts=[[50.0]],
        reversion=50.0,
        ties=[[0, 1], [1, 0]],
        rounds=9,
        delegations=[{"stance": 1}, {"stance": -1}],
        dynamics={"peer_weight": 1.0, "endorse_threshold": 0.5, "oppose_threshold": 0.5},
    )
    assert "to and fro" in fired(scenario)["flip-flop"]
    calmer = apply_patch(scenario, {"dynamics": {"commitment": 2.0}})
    assert "flip-flop" not in fired(calmer)


def test_fresh_noise_behind_a_latch_is_a_ratchet():
    assert "for no reason" in fired(lively_room(1, dynamics={**LIVELY, "latch": True}))["ratchet"]
    steady = {**LIVELY, "latch": True, "noise_persistence": 1.0}
    assert "ratchet" not in fired(lively_room(1, dynamics=steady))


def test_support_bought_with_most_of_the_gain_is_told():
    messages = fired(load("launch-2020"), replicates=6)
    assert "ambition" in messages["lowest common denominator"]
    assert "lowest common denominator" not in fired(
        apply_patch(load("launch-2020"), {"dynamics": {"drafting": "off"}}), replicates=6
    )


def test_redrafting_in_circles_is_told_without_tabu():
    salience = [[60, 20, 20], [20, 60, 20], [20, 20, 60]]
    scenario = chamber_of(
        100.0 * np.eye(3),
        texts=[[0.0, 0.0, 0.0]],
        reversion=50.0,
        salience=salience,
        rounds=12,
        options=lambda text, issue: [{f"issue-{issue}": 100.0}],
        dynamics={"drafting": "line-by-line", "redraft_days": 0, "min_improvement": 0.0, "tabu": False},
    )
    assert "turn on dynamics.tabu" in fired(scenario)["redrafting in circles"]
    assert "redrafting in circles" not in fired(apply_patch(scenario, {"dynamics": {"tabu": True}}))
