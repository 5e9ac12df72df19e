"""Settings under which the model is a published one, with the published numbers."""

from __future__ import annotations

import numpy as np
import pytest

from agents import influence
from simulation.draws import Draws
from simulation.model import NegotiationModel
from simulation.phases.consultations import consult
from simulation.phases.endorsement import endorse
from simulation.room import open_room
from simulation.rules import find
from simulation.rules._house import equals
from tests.rooms import chamber_of


def finished(scenario, **options) -> NegotiationModel:
    model = NegotiationModel(scenario, dtype=np.float64, **options)
    model.run_model()
    return model


def test_degroot_reaches_the_consensus_that_the_eigenvector_weighs():
    """DeGroot (1974): with full openness positions converge to π·x0, π the left eigenvector of W."""
    ties = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.4, 0.6]])
    start = np.array([[10.0], [40.0], [90.0]])
    weights, vectors = np.linalg.eig(ties.T)
    pi = np.real(vectors[:, np.argmin(np.abs(weights - 1))])
    expected = float((pi / pi.sum()) @ start[:, 0])
    model = finished(chamber_of(start, ties=ties, rounds=300, dynamics={"openness": 1.0}))
    assert model.chamber.position[:, 0, 0] == pytest.approx([expected] * 3, abs=1e-11)


@pytest.mark.parametrize("salience_exponent", [0.0, 1.0])
def test_friedkin_johnsen_settles_where_the_closed_form_says(salience_exponent):
    """Friedkin & Johnsen (1990): x = (I − ΛW)⁻¹(I − Λ)x0, issue by issue."""
    generator = np.random.default_rng(7)
    countries, issues = 6, 3
    ties = generator.random((countries, countries))
    ties /= ties.sum(axis=1, keepdims=True)
    start = generator.uniform(0, 100, (countries, issues))
    salience = generator.uniform(10, 100, (countries, issues))
    scenario = chamber_of(
        start,
        ties=ties,
        salience=salience,
        rounds=400,
        dynamics={"openness": 0.6, "salience_exponent": salience_exponent},
    )
    shares = salience / salience.sum(axis=1, keepdims=True)
    open_to = 0.6 ** ((issues * shares) ** salience_exponent)
    reached = finished(scenario).chamber.position[:, :, 0]
    for issue in range(issues):
        lam = np.diag(open_to[:, issue])
        expected = np.linalg.solve(
            np.eye(countries) - lam @ ties, (np.eye(countries) - lam) @ start[:, issue]
        )
        assert reached[:, issue] == pytest.approx(expected, abs=1e-10)


def test_four_actors_of_friedkin_and_johnsen():
    """Friedkin & Johnsen (1999): four actors end at (60, 60, 75, 75); row 1 of their influence as printed."""
    ties = np.array(
        [
            [0.220, 0.120, 0.360, 0.300],
            [0.147, 0.215, 0.344, 0.294],
            [0, 0, 1, 0],
            [0.090, 0.178, 0.446, 0.286],
        ]
    )
    own = [{"openness": 1 - ties[row, row]} for row in range(4)]
    start = np.array([[25.0], [25.0], [75.0], [85.0]])
    scenario = chamber_of(start, ties=ties, rounds=200, delegations=own, dynamics={"salience_exponent": 0.0})
    assert np.round(finished(scenario).chamber.position[:, 0, 0]).tolist() == [60, 60, 75, 75]
    lam = np.diag([one["openness"] for one in own])
    total_influence = np.linalg.solve(np.eye(4) - lam @ ties, np.eye(4) - lam)
    assert total_influence[0] == pytest.approx([0.280, 0.045, 0.551, 0.124], abs=0.001)


@pytest.mark.parametrize(("countries", "left_over"), [(60, 0), (61, 1), (64, 4)])
def test_bounded_confidence_gives_clusters_of_three(countries, left_over):
    """Hegselmann & Krause; Hegarty & Wedin (2014): 2⌊n/6⌋ clusters of 3 and one of n mod 6."""
    start = np.arange(countries, dtype=float)[:, None]
    scenario = chamber_of(
        start,
        ties=np.ones((countries, countries)),
        rounds=60,
        dynamics={"openness": 1.0, "confidence": 1.0, "salience_exponent": 0.0},
    )
    ends = np.round(finished(scenario).chamber.position[:, 0, 0], 6)
    sizes = sorted(np.unique(ends, return_counts=True)[1].tolist())
    assert sizes == sorted([3] * (2 * (countries // 6)) + ([left_over] if left_over else []))


def granovetter(thresholds: np.ndarray, rounds: int) -> int:
    """How many act in the end when everybody sees everybody and acts once enough others do."""
    countries = len(thresholds)
    everybody = np.ones((countries, countries)) - np.eye(countries)
    tempers = [
        {"endorse_threshold": float(threshold), "oppose_threshold": float("inf"), "strategy": "bandwagon"}
        for threshold in thresholds / (countries - 1)
    ]
    scenario = chamber_of(
        np.full((countries, 1), 50.0),
        ties=everybody,
        rounds=rounds,
        delegations=tempers,
        dynamics={"latch": True},
    )
    return int((finished(scenario).chamber.stance[:, 0, 0] == 1).sum())


def test_one_instigator_sets_off_a_hundred_and_one_changed_threshold_stops_it():
    """Granovetter (1978): thresholds 0, 1, …, 99 end with 100 rioters; with 1 made 2, with one."""
    thresholds = np.arange(100, dtype=float)
    # The tiny step below each threshold keeps equality ("at least") safe from rounding of shares.
    assert granovetter(thresholds - 1e-9, rounds=101) == 100
    thresholds[1] = 2
    assert granovetter(thresholds - 1e-9, rounds=101) == 1


@pytest.mark.parametrize(("spread", "expected"), [(12.2, 51), (12.3, 1000)])
def test_normal_thresholds_jump_at_a_critical_spread(spread, expected):
    """Granovetter (1978): thresholds ~ N(25 %, sd) jump from about 6 % to about everybody near sd 12.2."""
    from scipy.stats import norm

    countries = 1000
    quantiles = norm.ppf((np.arange(countries) + 0.5) / countries)
    # The next act needs at least so many actors among the 1,000; shares are of all 1,000, as published.
    thresholds = np.ceil(np.maximum(0, (25 + spread * quantiles) / 100) * countries)
    acting = 0
    for _ in range(2000):
        now = int((thresholds <= acting).sum())
        if now == acting:
            break
        acting = now
    assert granovetter_everybody(thresholds) == acting
    assert acting == pytest.approx(expected, abs=2)


def granovetter_everybody(thresholds: np.ndarray) -> int:
    """The same chamber in which everybody also sees itself, so that shares are of all actors."""
    countries = len(thresholds)
    tempers = [
        {
            "endorse_threshold": float((threshold - 1e-6) / countries),
            "oppose_threshold": float("inf"),
            "strategy": "bandwagon",
        }
        for threshold in thresholds
    ]
    scenario = chamber_of(
        np.full((countries, 1), 50.0), rounds=1, delegations=tempers, dynamics={"latch": True}
    )
    room = open_room(scenario, np.float64)
    room = replace_listening(room, np.full((countries, countries), 1 / countries))
    model = NegotiationModel(room)
    before = -1
    while before != (now := int((model.chamber.stance == 1).sum())):
        before = now
        consult(model)
        endorse(model)
    return now


def replace_listening(room, listening):
    from dataclasses import replace

    return replace(room, listening=listening, isolated=~listening.any(axis=1))


def test_bass_diffusion_peaks_when_the_formula_says():
    """Bass (1969): hazard p + q·share peaks at ln(q/p)/(p + q), 6.19 for p = .03 and q = .38."""
    p, q, countries, rounds, step = 0.03, 0.38, 400, 200, 0.1
    generator = np.random.default_rng(1)
    scenario = chamber_of(
        np.full((countries, 1), 50.0),
        texts=[[50.0]],
        reversion=50.0,
        rounds=rounds,
        delegations=[{"endorse_threshold": 1.0, "oppose_threshold": float("inf")}] * countries,
        dynamics={"latch": True, "peer_weight": q * step},
    )
    room = replace_listening(open_room(scenario, np.float64), np.full((countries, countries), 1 / countries))
    replicates = 8
    draws = Draws(
        chance=generator.random((rounds, countries, 1, replicates)) + p * step,
        instructed=np.ones((rounds, countries, replicates), dtype=bool),
        vote_chance=np.zeros((countries, 1, replicates)),
        absent=np.zeros((countries, replicates), dtype=bool),
    )
    model = NegotiationModel(room, range(replicates), draws=draws)
    model.run_model()
    share = (model.record.stance[:, :, 0] == 1).mean(axis=(1, 2))
    time = np.arange(rounds + 1) * step
    closed_form = (1 - np.exp(-(p + q) * time)) / (1 + q / p * np.exp(-(p + q) * time))
    assert np.abs(share - closed_form).max() < 0.03
    assert np.log(q / p) / (p + q) == pytest.approx(6.19, abs=0.005)


def landscape(sizes: np.ndarray, propensity: np.ndarray) -> tuple[set[tuple], set[tuple]]:
    """Configurations that the model leaves alone, and local minima of the energy by definition."""
    actors = len(sizes)
    configurations = np.array(np.meshgrid(*[[-1, 1]] * actors, indexing="ij")).reshape(actors, -1)
    ties = propensity * sizes[None, :]
    np.fill_diagonal(ties, 0)
    scenario = chamber_of(
        np.full((actors, 1), 50.0),
        texts=[[50.0]],
        reversion=50.0,
        ties=ties,
        dynamics={"peer_weight": 1.0, "endorse_threshold": 0.0, "oppose_threshold": 0.0},
    )
    model = NegotiationModel(scenario, range(configurations.shape[1]), dtype=np.float64)
    model.chamber.stance[:, 0] = configurations
    consult(model)
    pull = model.chamber.heard[:, 0]
    stable = (np.where(pull == 0, configurations, np.sign(pull)) == configurations).all(axis=0)
    minima = set()
    for column in configurations.T:
        apart = column[:, None] != column[None, :]
        energy = (sizes[:, None] * sizes[None, :] * propensity * apart).sum()
        switched = []
        for actor in range(actors):
            other = column.copy()
            other[actor] *= -1
            apart = other[:, None] != other[None, :]
            switched.append((sizes[:, None] * sizes[None, :] * propensity * apart).sum())
        if min(switched) >= energy:
            minima.add(tuple(column.tolist()))
    return {tuple(column.tolist()) for column in configurations[:, stable].T}, minima


@pytest.mark.parametrize("seed", range(5))
def test_stances_that_nobody_leaves_are_the_minima_of_the_landscape(seed):
    """Axelrod & Bennett (1993): with signed ties size·propensity, fixed points are local minima of energy."""
    generator = np.random.default_rng(seed)
    actors = 8
    propensity = generator.normal(size=(actors, actors))
    propensity = (propensity + propensity.T) / 2
    np.fill_diagonal(propensity, 0)
    stable, minima = landscape(generator.uniform(1, 10, actors), propensity)
    assert stable == minima
    assert stable


def test_energy_never_rises_when_delegations_answer_one_at_a_time():
    """Axelrod & Bennett (1993): with one actor moving at a time the energy of a landscape never rises."""
    generator = np.random.default_rng(3)
    actors, rounds = 9, 90
    propensity = generator.normal(size=(actors, actors))
    propensity = (propensity + propensity.T) / 2
    np.fill_diagonal(propensity, 0)
    sizes = generator.uniform(1, 10, actors)
    scenario = chamber_of(
        np.full((actors, 1), 50.0),
        texts=[[50.0]],
        reversion=50.0,
        ties=propensity * sizes[None, :],
        rounds=rounds,
        delegations=[{"stance": int(stance)} for stance in generator.choice([-1, 1], actors)],
        dynamics={"peer_weight": 1.0, "endorse_threshold": 0.0, "oppose_threshold": 0.0},
    )
    one_at_a_time = np.zeros((rounds, actors, 1), dtype=bool)
    one_at_a_time[np.arange(rounds), np.arange(rounds) % actors] = True
    draws = Draws(
        chance=np.zeros((rounds, actors, 1, 1)),
        instructed=one_at_a_time,
        vote_chance=np.zeros((actors, 1, 1)),
        absent=np.zeros((actors, 1), dtype=bool),
    )
    model = NegotiationModel(scenario, draws=draws, dtype=np.float64)
    model.run_model()
    energies = []
    for stances in model.record.stance[:, :, 0, 0]:
        apart = stances[:, None] != stances[None, :]
        energies.append((sizes[:, None] * sizes[None, :] * propensity * apart).sum())
    assert (np.diff(energies) <= 1e-9).all()
    assert energies[-1] < energies[0]


def ballots(yes: int, no: int, abstain: int = 0, absent: int = 0) -> np.ndarray:
    return np.array([1] * yes + [-1] * no + [0] * abstain + [-2] * absent, dtype=np.int8)[:, None, None]


@pytest.mark.parametrize(
    ("rule", "votes", "carried"),
    [
        ("two-thirds", ballots(80, 40), True),
        ("two-thirds", ballots(80, 41), False),
        ("two-thirds", ballots(80, 40, abstain=73), True),
        ("two-thirds", ballots(0, 0, abstain=10), False),
        ("simple-majority", ballots(79, 60, 33, 21), True),
        ("simple-majority", ballots(60, 60), False),
        ("simple-majority", ballots(1, 0, abstain=192), True),
        ("consensus", ballots(100, 0, abstain=93), True),
        ("consensus", ballots(192, 1), False),
        ("consensus", ballots(0, 0, abstain=5), False),
        ("endorsement-count", ballots(97, 0, abstain=96), True),
        ("endorsement-count", ballots(96, 0, abstain=96), False),
    ],
)
def test_chambers_count_as_their_rules_of_procedure_say(rule, votes, carried):
    """General Assembly: abstentions are not counted; 80–40 carries by two thirds, 80–41 does not."""
    assert find(rule).decide(votes, equals(len(votes))).tolist() == [[carried]]


@pytest.mark.parametrize(
    ("permanent", "elected_yes", "carried"),
    [
        ([1, 1, 1, 1, 1], 4, True),
        ([1, 1, 1, 1, 1], 3, False),
        ([1, 1, 1, 1, 0], 5, True),
        ([1, 1, 1, 1, -2], 5, True),
        ([1, 1, 1, 1, -1], 10, False),
    ],
)
def test_a_permanent_member_that_abstains_does_not_veto(permanent, elected_yes, carried):
    """Security Council: nine yes votes and no permanent member against."""
    votes = np.array([*permanent, *([1] * elected_yes), *([0] * (10 - elected_yes))], dtype=np.int8)
    assert find("security-council").decide(votes[:, None, None], equals(15, vetoes=5)).tolist() == [[carried]]


def test_discipline_one_is_the_line_of_the_bloc_and_zero_is_ones_own():
    """D = diag(1−d) + diag(d)·C: d = 0 keeps one's own view, d = 1 makes a bloc agree."""
    members = np.array([[True, True, True, False]])
    capability = np.array([10.0, 20.0, 30.0, 40.0])
    own = np.array([1.0, 2.0, 3.0, 4.0])
    nobody = np.array([-1])
    assert influence.bloc_line(
        members, np.array([0.0]), capability, nobody, 0.25
    ).dense @ own == pytest.approx(own)
    line = influence.bloc_line(members, np.array([1.0]), capability, nobody, 0.25).dense @ own
    assert line == pytest.approx([14 / 6, 14 / 6, 14 / 6, 4.0])
    led = influence.bloc_line(members, np.array([1.0]), capability, np.array([0]), 0.25).dense @ own
    assert led == pytest.approx([0.75 * 14 / 6 + 0.25] * 3 + [4.0])
