"""Who listens to whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import apply_patch, load, reference, tie_matrix
from scenarios.schema import Scenario
from scenarios.ties import bloc_ties, region_ties, voting_ties
from tests.rooms import chamber_of


def room_of(names: list[str], **more) -> Scenario:
    """A room of these delegations that differ in nothing."""
    return chamber_of(np.full((len(names), 1), 50.0), names=names, **more)


def test_rows_of_the_launch_add_up_to_one_and_nobody_listens_to_itself():
    weights = tie_matrix(load("launch-2020"))
    assert weights.shape == (111, 111)
    assert weights.dtype == np.float64
    assert weights.sum(axis=1) == pytest.approx(1)
    assert not np.diag(weights).any()
    assert weights.min() >= 0


def test_the_philippines_listens_most_to_its_neighbours_in_asean():
    scenario = load("launch-2020")
    names = list(scenario.delegations)
    row = tie_matrix(scenario)[names.index("PHL")]
    first = {names[place] for place in np.argsort(-row)[:8]}
    assert first <= set(scenario.blocs["ASEAN"].members)


def test_voting_ties_are_agreement_above_the_listeners_own_average():
    names = ["USA", "ISR", "CUB"]
    weights = voting_ties(names)
    table, place = reference.agreement(), reference.slots()
    mean = np.nanmean(table[place["USA"]])
    assert weights[0, 1] == pytest.approx(table[place["USA"], place["ISR"]] - mean)
    assert weights[0, 2] == 0


def test_a_country_listens_by_its_whole_voting_record_whoever_is_in_the_room():
    assert voting_ties(["USA", "ISR"])[0, 1] == voting_ties(["ISR", "FRA", "USA"])[2, 0]


def test_custom_actors_have_no_voting_record():
    assert not voting_ties(["D001", "USA", "D002"]).any()


def test_a_state_without_a_stated_region_sits_in_its_subregion():
    weights = region_ties(room_of(["FRA", "DEU", "JPN", "D001", "D002"]))
    assert weights.tolist()[0] == [0, 1, 0, 0, 0]
    assert weights.sum() == 2


def test_sharing_two_blocs_adds_their_disciplines():
    blocs = {
        "NORTH": {"name": "North", "members": ["FRA", "DEU"], "discipline": 0.5},
        "EAST": {"name": "East", "members": ["DEU", "FRA", "JPN"], "discipline": 0.25},
    }
    weights = bloc_ties(room_of(["FRA", "DEU", "JPN"], blocs=blocs))
    assert weights == pytest.approx(np.array([[0, 0.75, 0.25], [0.75, 0, 0.25], [0.25, 0.25, 0]]))


def test_kinds_are_mixed_by_their_shares_over_those_that_a_row_has():
    """France has a neighbour and an ally, Japan only an ally: Japan gives it all its attention."""
    listening = {"voting": 0, "region": 0.25, "bloc": 0, "alliance": 0.75, "trade": 0}
    ties = [
        {"target": "FRA", "source": "JPN", "weight": 3},
        {"target": "JPN", "source": "DEU", "weight": 8},
    ]
    room = Scenario.model_validate(
        {**room_of(["FRA", "DEU", "JPN"]).model_dump(), "ties": ties, "listening": listening}
    )
    assert tie_matrix(room) == pytest.approx(np.array([[0, 0.25, 0.75], [1, 0, 0], [0, 1, 0]]))


def test_rivals_are_listened_to_with_a_minus_sign():
    ties = np.array([[0, 1, -3], [0, 0, 0], [0.5, 0, 0.5]])
    weights = tie_matrix(room_of(["D001", "D002", "D003"], ties=ties))
    assert weights == pytest.approx(np.array([[0, 0.25, -0.75], [0, 0, 0], [0.5, 0, 0.5]]))


def test_leaving_all_blocs_leaves_a_delegation_its_region_and_its_votes():
    scenario = load("launch-2020")
    alone = apply_patch(scenario, {"blocs": {key: None for key in scenario.blocs}})
    weights = tie_matrix(alone)
    assert weights.sum(axis=1) == pytest.approx(1)


@given(st.permutations(["CHN", "RUS", "PHL", "VNM", "FRA", "DEU", "D001"]))
def test_order_of_delegations_only_orders_the_matrix(names):
    blocs = {"ASEAN": {"name": "ASEAN", "members": ["PHL", "VNM"], "discipline": 0.5}}
    listening = {"voting": 0.5, "region": 0.25, "bloc": 0.25}
    usual = ["CHN", "RUS", "PHL", "VNM", "FRA", "DEU", "D001"]
    one = tie_matrix(room_of(usual, blocs=blocs, listening=listening))
    other = tie_matrix(room_of(list(names), blocs=blocs, listening=listening))
    order = [usual.index(name) for name in names]
    assert other == pytest.approx(one[np.ix_(order, order)])
