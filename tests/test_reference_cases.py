"""Reference models against figures that others have printed or computed, and against what is known exactly.

Numbers that stand in a table of others are rows of `simulation/validation/` (`test_validation.py`); here is
what lies between them. The cases lie in `simulation/validation/cases/`, each with its source.
"""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from simulation.reference_models import challenge, exchange, rubinstein
from simulation.reference_models._contest import accepted, expected, lean, risk
from simulation.reference_models._offers import opening, stakes, terms
from simulation.validation._cases import case
from simulation.validation.exchange import room_of

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
    walk = challenge.rounds(YEARS, CARES, ABLE, capitulation)
    for place, wanted in zip(islice(walk, 12), EMISSIONS["rounds"], strict=True):
        np.testing.assert_allclose(place, wanted["positions"], atol=1e-9)


def test_the_forecast_of_the_emission_case_is_that_of_round_four():
    found = challenge.predict(*EMISSIONS_ROOM)
    assert 4 + 0.06 * found.outcome[0] == pytest.approx(EMISSIONS["rounds"][3]["median"], abs=1e-9)
    assert "after round 4" in " ".join(found.notes)


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


@pytest.mark.parametrize("name", ["toll", "copenhagen_2009"])
def test_the_best_offers_are_those_of_two_programs_and_trades_go_on(name):
    found, room = room_of(name)
    gains, _ = terms(opening(room), stakes(room), room.positions.ravel(), np.zeros(room.positions.size))
    np.testing.assert_allclose(np.sort(gains)[::-1][:20], [one[4] for one in found["best"]], atol=1e-9)
    _, trades = exchange.exchange(room)
    for trade, wanted in zip(trades, found["trades"], strict=False):
        np.testing.assert_allclose(trade[5:], wanted[5:], atol=1e-7)
    assert len(trades) == found["realised"] > len(found["trades"])


@pytest.mark.parametrize("name", ["toll", "copenhagen_2009"])
def test_both_partners_of_every_trade_win_the_same_at_the_start_of_the_round(name):
    _, room = room_of(name)
    offers, (cares, shift) = opening(room), stakes(room)
    gains, moves = terms(offers, stakes(room), room.positions.ravel(), np.zeros(room.positions.size))
    first_q, second_p, first_p, second_q, *_ = offers
    on_q, on_p = np.abs(moves[:, 0]) * shift[first_q], np.abs(moves[:, 1]) * shift[second_p]
    for mine in (
        cares[first_p] * on_p - cares[first_q] * on_q,
        cares[second_q] * on_q - cares[second_p] * on_p,
    ):
        np.testing.assert_allclose(mine[gains > 0], gains[gains > 0], atol=1e-12)


def test_with_short_breaks_the_shares_are_as_the_impatience_of_the_other():
    first, second, pause = 0.3, 0.1, 1e-7
    offers = rubinstein.first_share(np.exp(-first * pause), np.exp(-second * pause))
    assert offers == pytest.approx(rubinstein.lasting_share(first, second), abs=1e-6)
    assert rubinstein.lasting_share(first, second) == pytest.approx(0.25)
