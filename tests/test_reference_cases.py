"""Reference models against figures that others have printed or computed, and against what is known exactly.

The cases lie in `tests/reference_cases/`, each with its source. Where no outside figure exists, the test says
so.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from simulation import reference_models
from simulation.analyses.landscape import changes, descend, energy, frustration
from simulation.reference_models import baron_ferejohn, challenge, exchange, nash_bargaining, rubinstein
from simulation.reference_models._bargain import bargain
from simulation.reference_models._base import held, median_range, weighted_mean
from simulation.reference_models._contest import accepted, expected, lean, risk
from simulation.reference_models._offers import opening, stakes, terms

CASES = Path(__file__).resolve().parent / "reference_cases"


def case(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def trading(name):
    found = case(name)
    tables = (np.array(found[key], dtype=float) for key in ("positions", "salience"))
    return found, held(*tables, found["capability"], np.zeros(len(found["issues"])))


def predicted(model, *room):
    return reference_models.find(model).predict(*room).outcome


EMISSIONS = case("ec_emissions")
YEARS, ABLE, CARES = (np.array(EMISSIONS[key]) for key in ("positions", "capability", "salience"))
EMISSIONS_ROOM = (100 * (YEARS[:, None] - 4) / 6, CARES[:, None], ABLE, [0.0])


def test_chances_worth_and_danger_of_the_first_round_are_those_of_the_emission_case():
    unit, even = np.ptp(YEARS), np.ones(10)
    chance = lean(YEARS, ABLE * CARES / 100, unit, even)
    own, others = expected(YEARS, CARES / 100, chance, unit, even)
    np.testing.assert_allclose(chance, EMISSIONS["chance"], atol=1e-12)
    np.testing.assert_allclose(own, EMISSIONS["worth"], atol=1e-9)
    np.testing.assert_allclose(others.sum(axis=1) - np.diag(others), EMISSIONS["danger"], atol=1e-9)
    np.testing.assert_allclose(risk(others), EMISSIONS["rounds"][0]["exponents"], atol=1e-9)


@pytest.mark.parametrize("capitulation", [False, True])  # nobody capitulates in this case
def test_the_emission_case_goes_through_twelve_rounds_as_the_replication_does(capitulation):
    weight = ABLE * CARES
    walk = challenge.rounds(YEARS, CARES, ABLE, capitulation)
    for place, wanted in zip(islice(walk, 12), EMISSIONS["rounds"], strict=True):
        np.testing.assert_allclose(place, wanted["positions"], atol=1e-9)
        assert median_range(place, weight)[0] == pytest.approx(wanted["median"], abs=1e-9)
        assert weighted_mean(place, weight) == pytest.approx(wanted["mean"], abs=1e-9)


def test_the_emission_case_starts_at_a_delay_of_7_and_7_39_years_and_settles_after_four_rounds():
    room = EMISSIONS_ROOM
    assert 4 + 0.06 * predicted("weighted-median", *room)[0] == pytest.approx(EMISSIONS["start"]["median"])
    assert 4 + 0.06 * predicted("compromise", *room)[0] == pytest.approx(EMISSIONS["start"]["mean"], abs=1e-9)
    found = challenge.predict(*room)
    assert 4 + 0.06 * found.outcome[0] == pytest.approx(EMISSIONS["rounds"][3]["median"], abs=1e-9)
    assert "after round 4" in " ".join(found.notes)


def test_capitulation_is_a_variant_of_ours_without_outside_figures():
    """Two stand at 0 and 100, and each sees a loss (a < 0) above what the other would win (b < |a|)."""
    place, own, others = np.array([0.0, 100.0]), np.full((2, 2), -0.5), np.full((2, 2), 0.2)
    assert accepted(place, own, others, capitulation=False).tolist() == [0, 100]
    assert accepted(place, own, others, capitulation=True).tolist() == [100, 0]


@pytest.mark.parametrize(
    ("own", "others", "ends"),
    [
        (0.2, 0.5, 100),  # b > a > 0: confrontation, all the way
        (-0.2, 0.5, 40),  # b > |a|, a < 0: compromise, |a / b| of the way
        (0.5, 0.2, 0),  # a > b: nothing is accepted
        (-0.2, -0.5, 0),
    ],
)
def test_who_expects_what_decides_who_gives_way(own, others, ends):
    a, b = np.array([[0.0, own], [0.0, 0.0]]), np.array([[0.0, others], [0.0, 0.0]])
    assert accepted(np.array([0.0, 100.0]), a, b, capitulation=False)[0] == pytest.approx(ends)


@pytest.mark.parametrize("name", ["toll", "copenhagen"])
def test_a_round_of_trades_begins_as_two_programmes_compute_it(name):
    found, room = trading(name)
    outcome = weighted_mean(room.positions, room.weight)
    np.testing.assert_allclose(outcome, found["outcome"], atol=1e-9)
    offers = opening(room)
    gains, _ = terms(offers, stakes(room), room.positions.ravel(), np.zeros(room.positions.size))
    assert (len(gains), (gains > 0).sum()) == (found["offers"], found["valid"])
    np.testing.assert_allclose(np.sort(gains)[::-1][:20], [one[4] for one in found["best"]], atol=1e-9)
    _, trades = exchange.exchange(room)
    for trade, wanted in zip(trades, found["trades"], strict=False):
        assert trade[:4] == tuple(wanted[:4])
        assert trade.gain == pytest.approx(wanted[4], abs=1e-9)
        np.testing.assert_allclose(trade[5:], wanted[5:], atol=1e-7)
    assert len(trades) == found["realised"] > len(found["trades"])


def test_the_first_two_trades_of_the_toll_are_worth_1_97_and_1_79():
    _, trades = exchange.exchange(trading("toll")[1])
    assert [trade.gain for trade in trades[:2]] == pytest.approx([1.973684211, 1.792636309], abs=1e-9)


@pytest.mark.parametrize("name", ["toll", "copenhagen"])
def test_the_next_round_starts_a_little_nearer_to_the_votes(name):
    found, room = trading(name)
    start = exchange.next_start(room, np.array(found["next"]["voted"], dtype=float))
    np.testing.assert_allclose(start, np.array(found["next"]["start"], dtype=float), atol=1e-9)


@pytest.mark.parametrize("name", ["toll", "copenhagen"])
def test_both_partners_of_every_trade_win_the_same_at_the_start_of_the_round(name):
    _, room = trading(name)
    offers, (cares, shift) = opening(room), stakes(room)
    gains, moves = terms(offers, stakes(room), room.positions.ravel(), np.zeros(room.positions.size))
    first_q, second_p, first_p, second_q, *_ = offers
    on_q, on_p = np.abs(moves[:, 0]) * shift[first_q], np.abs(moves[:, 1]) * shift[second_p]
    for mine in (
        cares[first_p] * on_p - cares[first_q] * on_q,
        cares[second_q] * on_q - cares[second_p] * on_p,
    ):
        np.testing.assert_allclose(mine[gains > 0], gains[gains > 0], atol=1e-12)


def test_eleven_actors_in_the_middle_east_have_one_stable_division():
    found = case("middle_east_2016")
    names, sizes, tie = found["actors"], np.array(found["sizes"]), np.array(found["propensity"])
    divisions = [np.array([0, *(number >> bit & 1 for bit in range(10))]) for number in range(1024)]
    energies = [energy(sides, sizes, tie) for sides in divisions]
    assert sum(energies) == found["sum"]
    stable = [sides for sides in divisions if changes(sides, sizes, tie, 2).min() >= 0]
    ends = Counter(tuple(descend(sides, sizes, tie, 2)[0].tolist()) for sides in divisions)
    minimum = found["minimum"]
    side = np.isin(names, minimum["side"]).astype(int)
    assert [one.tolist() for one in stable] == [side.tolist()]
    assert min(energies) == energy(side, sizes, tie) == minimum["energy"]
    assert sum(ends.values()) == minimum["basin"]
    assert len({frozenset({end, tuple(1 - one for one in end)}) for end in ends}) == 1
    assert (sizes * frustration(side, sizes, tie)).tolist() == found["suffered"]
    for one in found["energies"]:
        assert energy(np.isin(names, one["side"]).astype(int), sizes, tie) == one["energy"]


@pytest.mark.parametrize(
    ("members", "patience", "share", "partner", "partners"),
    [
        (3, 1.0, 2 / 3, 1 / 3, 1),
        (3, 0.9, 7 / 10, 3 / 10, 1),
        (3, 0.8, 11 / 15, 4 / 15, 1),
        (3, 0.0, 1, 0, 1),
        (5, 1.0, 3 / 5, 1 / 5, 2),
        (5, 0.8, 17 / 25, 4 / 25, 2),
        (7, 1.0, 4 / 7, 1 / 7, 3),
        (15, 0.9, 29 / 50, 3 / 50, 7),
        (101, 1.0, 51 / 101, 1 / 101, 50),
    ],
)
def test_a_proposer_keeps_what_baron_and_ferejohn_say(members, patience, share, partner, partners):
    """Baron & Ferejohn (1989): 1 − δ (n − 1) / 2n under the closed rule and simple majority."""
    assert baron_ferejohn.closed_rule(members, patience) == pytest.approx(
        (share, partner, partners), abs=1e-12
    )


@pytest.mark.parametrize(("members", "patience", "share"), [(3, 0.9, 0.4), (5, 0.8, 0.36)])
def test_where_all_have_to_agree_a_proposer_keeps_less(members, patience, share):
    found = baron_ferejohn.closed_rule(members, patience, votes=members)
    assert found.proposer == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (0.9, 0.9, 10 / 19),
        (0.5, 0.5, 2 / 3),
        (0.9, 0.8, 5 / 7),
        (0.8, 0.9, 5 / 14),
        (0.0, 0.5, 1 / 2),
        (0.5, 0.0, 1),
        (1.0, 1.0, 1 / 2),
    ],
)
def test_whoever_is_more_patient_gets_more(first, second, share):
    """Rubinstein (1982): (1 − δ₂) / (1 − δ₁ δ₂)."""
    assert rubinstein.first_share(first, second) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(("offers", "share"), [(1, 1.0), (2, 0.1), (3, 0.91), (4, 0.181)])
def test_the_last_of_so_many_offers_takes_what_is_left(offers, share):
    assert rubinstein.first_share(0.9, 0.9, offers) == pytest.approx(share, abs=1e-12)
    assert rubinstein.first_share(0.9, 0.9, 500) == pytest.approx(10 / 19, abs=1e-9)


def test_with_short_breaks_the_shares_are_as_the_impatience_of_the_other():
    first, second, pause = 0.3, 0.1, 1e-7
    offers = rubinstein.first_share(np.exp(-first * pause), np.exp(-second * pause))
    assert offers == pytest.approx(rubinstein.lasting_share(first, second), abs=1e-6)
    assert rubinstein.lasting_share(first, second) == pytest.approx(0.25)


def pie(reversion, surplus):
    """Two divide 100 points of issue 0; nothing agreed is `reversion` with `surplus` points lost to each."""
    return [[100, 100], [0, 100]], [[100, surplus], [100, surplus]], [1, 1], [reversion, 0]


@pytest.mark.parametrize(
    ("room", "weights", "share"),
    [
        (pie(50, 50), [1, 1 / 2], 2 / 3),  # u₁ = x, u₂ = √(1 − x), nothing agreed (0, 0)
        (pie(55, 35), [1, 1], 0.55),  # linear, nothing agreed (0.2, 0.1): shares 0.55 and 0.45
        (pie(50, 50), [0.3, 0.7], 0.3),  # linear, weights a and 1 − a: shares a and 1 − a
        (pie(50, 50), [1, 1], 0.5),
    ],
)
def test_a_pie_is_split_where_the_product_of_gains_is_highest(room, weights, share):
    """Textbook cases from the first-order condition."""
    place = nash_bargaining.nash(bargain(held(*room)), weights)
    assert place / 100 == pytest.approx([share, 1], abs=1e-9)


def test_kalai_and_smorodinsky_give_less_than_nash_to_whom_the_scale_holds_back():
    """u₁ = x − 30 up to 70, u₂ = 130 − x up to 100: equal gains at 80, equal shares at 30 + 7000 / 170."""
    assert predicted("nash-bargaining", *pie(80, 50)) == pytest.approx([80, 100], abs=1e-7)
    assert predicted("kalai-smorodinsky", *pie(80, 50)) == pytest.approx([30 + 7000 / 170, 100], abs=1e-5)


def test_the_median_beats_every_other_point():
    """Black (1948)."""
    places = np.array([0.0, 20, 50, 60, 100])
    median = predicted("median-voter", places[:, None], np.full((5, 1), 50), np.ones(5), [0])[0]
    assert median == 50
    for other in np.linspace(0, 100, 20):
        nearer = np.abs(places - median) < np.abs(places - other)
        assert nearer.sum() >= 3 or other == median


def test_the_weighted_median_of_three():
    held_at, able = [[1], [2], [9]], [3, 2, 4]
    assert predicted("weighted-median", held_at, np.full((3, 1), 100), able, [0]) == [2]


def test_article_by_article_the_medians_are_those_of_the_issues():
    """Kramer (1972), Shepsle (1979)."""
    place = [[0, 90], [50, 20], [100, 60]]
    assert predicted("median-voter", place, np.full((3, 2), 50), np.ones(3), [0, 0]).tolist() == [50, 60]
