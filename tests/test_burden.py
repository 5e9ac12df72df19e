"""Who gains from what was agreed, and who paid for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.sections.fairness import delegation_rows, sentences, told
from scenarios import load
from scenarios.reference import development
from simulation import run
from simulation.analyses.burden import burden, envy, groups_in
from simulation.analyses.fairness import fairness
from tests.rooms import chamber_of
from tests.test_cli import document, plenary

TEXT = "global-initiative"
gains = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_envy_is_how_much_more_others_gain():
    assert envy([0.0, 0.3, 0.6]).tolist() == pytest.approx([0.3, 0.1, 0.0])


@given(gains)
def test_mean_envy_is_the_gini_of_the_gains_times_their_mean(values):
    gini = float(fairness(values).gini)
    if not np.isnan(gini):
        kept = np.where(np.array(values) > 1e-9, values, 0.0)
        assert envy(kept).mean() == pytest.approx(gini * kept.mean(), abs=1e-12)


@given(gains, st.randoms())
def test_envy_goes_with_its_delegation_and_is_nobodys_where_all_gain_the_same(values, random):
    order = list(range(len(values)))
    random.shuffle(order)
    mixed = envy(np.array(values)[order])
    np.testing.assert_allclose(mixed, envy(values)[order], atol=1e-12)
    assert np.allclose(envy(np.full(len(values), values[0])), 0, atol=1e-12)


def test_a_text_that_nobody_redrafts_costs_nobody_anything():
    found = burden(run(chamber_of([[10], [90]], reversion=50, texts=[[20]]), replicates=2, seed=1), "text-0")
    assert (found.change == 0).all()
    np.testing.assert_allclose(found.end, [[0.3, -0.3]] * 2, atol=1e-6)


def test_who_pays_and_who_wins_is_measured_against_the_text_as_tabled(launch):
    found, data = burden(launch, TEXT), launch.data
    sponsor = data.country.values.tolist().index("CHN")
    assert (found.tabled[:, sponsor] == found.tabled[0, sponsor]).all()
    assert found.end[:, sponsor].mean() < found.tabled[:, sponsor].mean()
    assert found.change.mean() > 0


def test_groups_are_regions_states_by_development_and_blocs_of_three_or_more(launch):
    found = {group.name: group for group in groups_in(launch)}
    assert all(group.members.sum() >= 3 for group in found.values())
    assert {group.kind for group in found.values()} == {"region", "development", "bloc"}
    here = set(launch.data.country.values[found["least developed states"].members].tolist())
    assert here == set(development()["least developed states"]) & set(launch.scenario.delegations)
    assert found["ASEAN"].members.sum() == 10


def test_actors_that_are_no_states_have_no_stage_of_development():
    kinds = {group.kind for group in groups_in(run(load("who-holds-the-pen"), replicates=1, seed=1))}
    assert "development" not in kinds


def test_the_answer_names_who_won_and_who_paid_most(launch):
    one = told(launch, TEXT)
    change = {row[1]: row[4] for row in delegation_rows(launch, one)}
    said = " ".join(sentences(launch, "Initiative", one))
    assert max(change, key=change.get) in said and min(change, key=change.get) in said


def test_the_command_tells_it_of_a_scenario_and_of_its_run(launch_run):
    of_run = document("fairness", launch_run, "--text", TEXT)
    of_scenario = document("fairness", "launch-2020", "--text", TEXT, "--replicates", "6")
    assert of_run == of_scenario
    assert len(of_run["delegations"]) == 111
    assert "Gini" in plenary("fairness", launch_run).stdout


def test_a_finished_run_cannot_be_changed(launch_run):
    refused = plenary("fairness", launch_run, "--set", "dynamics.precision=10")
    assert refused.exit_code == 2 and "cannot be changed" in refused.stderr


def test_a_text_that_is_not_there_is_told_before_anything_is_run():
    refused = plenary("fairness", "launch-2020", "--text", "global", "--replicates", "1000000")
    assert refused.exit_code == 2 and "there is no text 'global'" in refused.stderr
