"""The influence ledger adds up: entries to each margin, changes to the change in support."""

import numpy as np
import pytest

from scenarios import load
from simulation.credit import APART, flips, ledgers, shares
from simulation.model import NegotiationModel
from simulation.opening import open_room
from tests.generators import lively_room
from tests.rooms import chamber_of


def negotiated(scenario, replicates=5):
    """A model that kept everything and ran to its end."""
    model = NegotiationModel(open_room(scenario), range(replicates), run_seed=1, in_full=True)
    model.run_model()
    return model


@pytest.fixture(scope="module", params=range(4))
def model(request):
    return negotiated(lively_room(request.param, countries=12, issues=4, texts=3, rounds=10))


def test_entries_add_up_to_the_margin_at_every_flip(model):
    seen = 0
    for text in range(len(model.room.texts)):
        found = flips(model, text)
        at = found.round, found.row, text, found.replicate
        chance = model.draws.chance[found.round - 1, found.row, text, found.replicate]
        margin = model.record.appeal[at] + chance - model.record.upper[at]
        assert found.margin[found.answered] == pytest.approx(margin[found.answered], abs=3e-6)
        assert (found.others[np.arange(len(found.row)), found.row] == 0).all()
        seen += len(found.row)
    assert seen > 20


def test_flips_add_up_to_the_change_in_endorsements_in_every_round_and_replicate(model):
    for text in range(len(model.room.texts)):
        endorsing = (model.record.stance[:, :, text] == 1).sum(axis=1)
        found = flips(model, text)
        booked = np.zeros_like(endorsing)
        np.add.at(booked, (found.round, found.replicate), found.change)
        assert (endorsing[0] + booked.cumsum(axis=0) == endorsing).all()


def test_what_is_owed_to_each_adds_up_to_the_change_in_support(model):
    stance, countries = model.record.stance, len(model.room.countries)
    for text in range(len(model.room.texts)):
        found = flips(model, text)
        owed = shares(found)
        assert owed.shape == (len(found.row), countries + len(APART))
        assert owed.sum(axis=1) == pytest.approx(found.change, abs=1e-12)
        assert (owed * found.change[:, None] >= 0).all()
        change = (stance[-1, :, text] == 1).sum() - (stance[0, :, text] == 1).sum()
        assert owed.sum() == pytest.approx(change, abs=1e-9)


def test_a_lone_delegation_owes_its_endorsement_to_itself():
    found = flips(negotiated(chamber_of([[50.0], [60.0]], texts=[[55.0]]), 1), 0)
    assert found.change.tolist() == [1, 1]
    assert shares(found)[:, :2] == pytest.approx(np.eye(2))


def test_an_endorsement_that_came_with_the_tabling_is_owed_to_nobody():
    launch = negotiated(load("launch-2020"), 2)
    found = flips(launch, launch.room.texts.index("global-initiative"))
    china = found.row == launch.room.countries.index("CHN")
    first = np.flatnonzero(china)[0]
    assert not found.answered[first]
    assert shares(found)[first, -1] == 1
    assert not found.others[first].any() and found.margin[first] == 0


def test_credit_counts_those_who_came_and_not_those_who_left(model):
    for text in range(len(model.room.texts)):
        found = flips(model, text)
        joined = found.others[found.answered & (found.change == 1)].sum(axis=0)
        credited = ledgers(model)[0][:, :, text].sum(axis=0) * model.record.stance.shape[-1]
        assert credited == pytest.approx(joined, abs=1e-9)


def test_the_ledger_of_a_run_adds_up_to_the_change_in_support(launch):
    data = launch.data
    change = (data.endorsing.isel(round=-1) - data.endorsing.isel(round=0)).mean("replicate")
    owed = data.owed.sum("other") + data.owed_apart.sum("apart")
    assert owed.values == pytest.approx(change.values, abs=1e-9)
    assert data.owed_apart.sel(apart="tabling", text="global-initiative") >= 1
