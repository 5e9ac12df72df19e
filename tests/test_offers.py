"""What do sponsors offer for support? Budgets hold, red lines are not for sale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bargaining import need, spend
from scenarios.schema import Scenario
from simulation.model import NegotiationModel
from tests.generators import lively_room
from tests.rooms import chamber_of


def sponsored(scenario: Scenario, budget: float, **changes) -> Scenario:
    text = scenario.texts["text-0"].model_copy(update={"sponsors": ("D000",), "budget": budget})
    return scenario.model_copy(update={"texts": {**scenario.texts, "text-0": text}, **changes})


def finished(scenario: Scenario, **options) -> NegotiationModel:
    model = NegotiationModel(scenario, dtype=np.float64, **options)
    model.run_model()
    return model


def test_an_offer_makes_up_exactly_what_is_missing():
    """Gain .05 against a threshold of .10: an offer of .05 brings a delegation without blocs on board."""
    scenario = chamber_of([[60.0], [52.5]], texts=[[60.0]], reversion=40.0, rounds=2)
    without, with_offer = finished(sponsored(scenario, 0.0)), finished(sponsored(scenario, 1.0))
    assert without.chamber.stance[:, 0, 0].tolist() == [1, 0]
    assert with_offer.chamber.stance[:, 0, 0].tolist() == [1, 1]
    assert with_offer.chamber.offered[1, 0, 0] == pytest.approx(0.05)
    assert with_offer.chamber.funds[0, 0] == pytest.approx(0.95)


def test_funds_that_do_not_suffice_are_not_spent():
    scenario = chamber_of([[60.0], [52.5]], texts=[[60.0]], reversion=40.0, rounds=2)
    model = finished(sponsored(scenario, 0.049))
    assert model.chamber.stance[:, 0, 0].tolist() == [1, 0]
    assert not model.chamber.offered.any()


def test_a_red_line_is_not_for_sale():
    line = {"delegation": "D001", "issue": "issue-0", "min": 0, "max": 55, "kind": "forbids"}
    scenario = chamber_of([[60.0], [52.5]], texts=[[60.0]], reversion=40.0, rounds=2, red_lines=[line])
    model = finished(sponsored(scenario, 5.0))
    assert model.chamber.stance[1, 0, 0] == -1
    assert not model.chamber.offered[1].any()


def test_the_poor_are_cheaper_to_move_than_the_rich():
    """The same need costs more with a larger economy; the price is (GDP / median GDP)^ν."""
    names = ["CHN", "VUT", "JPN"]
    scenario = chamber_of([[60.0], [52.5], [52.5]], texts=[[60.0]], reversion=40.0, rounds=1, names=names)
    text = scenario.texts["text-0"].model_copy(update={"sponsors": ("CHN",), "budget": 0.1})
    model = finished(scenario.model_copy(update={"texts": {"text-0": text}}))
    assert model.chamber.offered[:, 0, 0].tolist() == pytest.approx([0, 0.05, 0])
    assert model.room.prices[1] < 1 < model.room.prices[2]


def test_winning_a_coordinator_moves_its_members():
    """With funds for one, the offer goes to the coordinator whose line the members follow."""
    bloc = {
        "name": "Bloc",
        "members": ["D001", "D002", "D003", "D004"],
        "coordinator": "D001",
        "discipline": 0.8,
    }
    scenario = chamber_of(
        [[60.0], [54.0], [54.0], [54.0], [54.0], [54.0]],
        texts=[[60.0]],
        reversion=40.0,
        rounds=1,
        blocs={"BLOC": bloc},
        dynamics={"precision": 60.0, "coordinator_weight": 0.6},
    )
    model = NegotiationModel(sponsored(scenario, 0.12), dtype=np.float64)
    model.step()
    assert model.chamber.offered[:, 0, 0].argmax() == 1


@settings(max_examples=50)
@given(seed=st.integers(0, 10_000), funds=st.floats(0, 5))
def test_spending_stays_within_the_funds_and_takes_the_densest_first(seed, funds):
    generator = np.random.default_rng(seed)
    worth, costs = generator.uniform(-0.2, 1, (12, 3)), generator.uniform(0.05, 1, (12, 3))
    chosen = spend(worth, costs, np.full(3, funds))
    assert ((chosen * costs).sum(axis=0) <= funds + 1e-12).all()
    assert not chosen[worth <= 0].any()
    density = worth / costs
    for replicate in range(3):
        taken = chosen[:, replicate]
        if taken.any() and not taken.all():
            assert density[taken, replicate].min() >= density[~taken, replicate].max()


def test_nothing_can_be_bought_where_a_delegation_hardly_follows_itself():
    found = need(np.zeros(2), np.full(2, 0.1), np.array([0.04, 0.5]), float("inf"))
    assert found.tolist() == [np.inf, pytest.approx(0.2)]


def test_budgets_hold_and_offers_never_shrink_in_a_lively_room():
    scenario = lively_room(5, rounds=10)
    text = scenario.texts["text-0"].model_copy(update={"budget": 0.5})
    model = NegotiationModel(
        scenario.model_copy(update={"texts": {**scenario.texts, "text-0": text}}), range(32)
    )
    before = model.chamber.offered.copy()
    while model.running:
        model.step()
        assert (model.chamber.offered >= before).all()
        before = model.chamber.offered.copy()
    spent = (model.chamber.offered[:, 0] * model.room.prices[:, None]).sum(axis=0)
    np.testing.assert_allclose(spent + model.chamber.funds[0], 0.5, atol=1e-5)
    assert (model.chamber.funds >= -1e-6).all() and spent.max() > 0
    assert not model.chamber.offered[:, 1].any()
