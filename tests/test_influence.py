"""Who moved whom: the strongest credits and the rest add up to the whole ledger."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import figures
from dashboards.figures.influence import seats, wedge
from dashboards.influence_table import arrows_of, credit_rows, owed_lines
from scenarios import load
from simulation.analyses.influence import strongest
from simulation.credit import flips
from simulation.model import NegotiationModel
from simulation.opening import open_room

TEXT = "global-initiative"


@given(st.integers(0, 1000), st.integers(2, 12), st.integers(1, 20), st.integers(2, 12))
def test_credits_and_the_rest_add_up_whatever_is_shown(seed, countries, most, delegations):
    credit = np.random.default_rng(seed).normal(size=(countries, countries))
    np.fill_diagonal(credit, 0)
    found = strongest(credit, most, delegations)
    assert found.credit.sum() + found.rest == pytest.approx(credit.sum())
    assert len(found.credit) <= most
    assert len({*found.giver.tolist(), *found.receiver.tolist()}) <= delegations
    assert (np.diff(np.abs(found.credit)) <= 0).all()
    assert (found.credit == credit[found.receiver, found.giver]).all()


def test_nobody_who_moved_nobody_is_shown():
    assert strongest([[0.0, 0.0], [0.2, 0.0]]).giver.tolist() == [0]
    assert len(strongest(np.zeros((3, 3))).credit) == 0


def test_credits_are_what_appeals_gained_from_others_when_delegations_came_to_endorse(launch):
    model = NegotiationModel(open_room(load("launch-2020")), range(launch.replicates), 1, in_full=True)
    model.run_model()
    for column, text in enumerate(launch.data.text.values.tolist()):
        found = flips(model, column)
        joined = found.answered & (found.change == 1)
        at = found.round, found.row, column, found.replicate
        from_others = (model.record.appeal[at] - found.own)[joined].sum() / launch.replicates
        arrows = arrows_of(launch.data, text)
        assert arrows.credit.sum() + arrows.rest == pytest.approx(from_others, abs=1e-4)


def test_what_is_owed_adds_up_to_the_change_in_endorsements(launch):
    data = launch.data
    for text in data.text.values.tolist():
        *lines, (_, whole) = owed_lines(data, text)
        change = (data.endorsing[:, -1] - data.endorsing[:, 0]).sel(text=text).mean()
        assert sum(value for _, value in lines) == pytest.approx(whole)
        assert whole == pytest.approx(float(change), abs=1e-9)


def test_the_picture_draws_one_wedge_a_line_of_the_table(launch):
    figure = figures.influence(launch, TEXT)
    wedges = sum(trace.x.count(None) for trace in figure.data if trace.mode == "lines")
    assert wedges == len(credit_rows(launch.data, TEXT)[1]) - 2
    assert len(figure.layout.annotations) == len(seats(launch.data, arrows_of(launch.data, TEXT))) <= 24


def test_a_wedge_is_broad_where_it_comes_from():
    corners = wedge(np.array([0.0, 1.0]), np.array([0.0, -1.0]), 0.2)
    assert corners[0] == pytest.approx([0.1, 0.94]) and corners[2] == pytest.approx([-0.1, 0.94])
    assert corners[1] == pytest.approx([0, -0.94])
