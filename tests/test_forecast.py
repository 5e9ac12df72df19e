"""What classic models foresee of a scenario or a table, beside Plenary."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from dashboards import figures
from dashboards.cli import build
from dashboards.figures.forecast import LANES, lanes
from dashboards.known import known
from dashboards.sections.forecast import section, sentences
from scenarios import load
from scenarios.field_format import from_table
from simulation import reference_models, run
from simulation.analyses.forecast import apart, disagreement, ended, forecasts, inputs_of
from tests.rooms import chamber_of
from tests.test_docs import DOCS
from tests.test_field_format import EMISSIONS


def plenary(*words):
    return CliRunner().invoke(build(), ["forecast", *map(str, words)])


def document(*words):
    done = plenary(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def emissions(tmp_path):
    file = tmp_path / "emissions.csv"
    file.write_text(EMISSIONS, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def small():
    return run(load("asean-caucus"), replicates=5, seed=1)


def test_observers_and_placeholders_are_no_inputs(emissions):
    caucus = load("asean-caucus")
    assert len(inputs_of(caucus)[0]) == len(caucus.delegations) - 3
    assert np.isnan(inputs_of(from_table(emissions))[3]).all()


def test_a_table_of_the_field_is_asked_without_a_run(emissions):
    """Scholz, Calbert & Smith (2011): a delay of 7 and of 7.39 years, put from 4–10 on 0–100."""
    found = document(emissions, "--scale", "4", "10")
    issue = found["issues"]["issue"]
    years = {name: value and 4 + 0.06 * value for name, value in issue["models"].items()}
    assert (years["weighted-median"], years["compromise"]) == pytest.approx((7, 7.389955687))
    assert years["challenge"] == pytest.approx(9.9619796)
    assert years["reversion-point"] is years["nash-bargaining"] is years["rubinstein"] is None
    assert issue["plenary"] is None and found["texts"] == {}
    told = plenary(emissions).stdout
    assert "compromise" in told and "…" not in told


def test_marked_lines_are_asked_too(tmp_path, emissions):
    from scenarios.exchange_format import to_exchange

    marked = tmp_path / "emissions.tsv"
    marked.write_text(to_exchange(from_table(emissions)), encoding="utf-8")
    assert document(marked)["issues"]["issue"]["models"]["compromise"] == pytest.approx(56.4992614)


def test_a_scenario_is_told_with_every_model_and_the_band(launch, launch_run):
    found = document(launch_run)
    assert [model["name"] for model in found["models"]] == reference_models.names()
    assert set(found["issues"]) == set(launch.scenario.issues)
    own = ended(launch)
    for k, issue in enumerate(found["issues"].values()):
        told = [
            issue["models"][model["name"]]
            for model in found["models"]
            if not model["baseline"] and issue["models"][model["name"]] is not None
        ]
        assert (issue["lowest"], issue["highest"]) == (min(told), max(told))
        assert issue["plenary"]["median"] == pytest.approx(own.band[1, k], abs=1e-6)
    assert sum(text["most_supported"] for text in found["texts"].values()) == pytest.approx(1)


def test_the_band_is_that_of_the_text_with_most_endorsements(launch):
    data, own = launch.data, ended(launch)
    first = [int(data.endorsing.values[r, -1].argmax()) for r in range(launch.replicates)]
    places = [data.place.values[r, -1, text] for r, text in enumerate(first)]
    np.testing.assert_allclose(own.band[1], np.median(places, axis=0))
    assert own.share.tolist() == [first.count(text) / len(first) for text in range(data.sizes["text"])]


def test_a_text_is_nearest_to_the_model_that_foresees_it():
    result = run(chamber_of([[20.0], [60.0], [90.0]], texts=[[60.0]], reversion=10.0), replicates=2, seed=1)
    told = forecasts(result.scenario)
    away = apart(ended(result).texts, told.outcomes)[0]
    median = [model.name for model in told.models].index("median-voter")
    assert away[median] == 0
    assert "median voter" in sentences(["it"], told, ended(result), ["text"])[-1]


def test_issues_on_which_a_text_is_silent_do_not_count_in_its_distance():
    np.testing.assert_allclose(apart([[10, np.nan, 50]], [[20, 90, np.nan], [np.nan] * 3]), [[10, np.nan]])


def test_models_that_say_nothing_do_not_disagree():
    low, high, width = disagreement([[np.nan, 20, 30], [np.nan, np.nan, 70]])
    np.testing.assert_array_equal(width, [np.nan, 0, 40])
    np.testing.assert_array_equal(low, [np.nan, 20, 30])
    np.testing.assert_array_equal(high, [np.nan, 20, 70])


def test_the_report_asks_slow_models_in_a_small_room_only(launch, small):
    def titles(one):
        return {mark.split(" ", 1)[1] for mark in names(figures.forecast(one)) if mark[1] == " "}

    def names(figure):
        return [trace.name for trace in figure.data]

    assert "Kalai–Smorodinsky" in titles(small)
    assert "Kalai–Smorodinsky" not in titles(launch)
    tables = {table.caption for table in section(launch, known(launch)).tables}
    assert "Models that take long in a large room" in tables


def test_marks_near_each_other_stand_in_lanes_of_their_own():
    found = lanes(np.array([[50.0], [51], [52], [53], [90], [np.nan]]))[0]
    assert len(set(found[:4].tolist())) == 4 <= len(LANES)
    assert found[4] == 0


def test_what_no_model_can_use_is_said_in_words(emissions, tmp_path):
    missing = plenary(tmp_path / "none.csv")
    assert missing.exit_code == 2 and "none.csv" in missing.stderr
    patched = plenary(emissions, "--set", "dynamics.precision=10")
    assert patched.exit_code == 2 and "plenary import" in patched.stderr
    emissions.write_text(EMISSIONS + "".join(f"A{n},5,1,1\n" for n in range(1000)), encoding="utf-8")
    crowded = plenary(emissions)
    assert crowded.exit_code == 2 and "1,010 actors with 1,010 positions are too many" in crowded.stderr
    scaled = plenary("launch-2020", "--scale", "0", "10")
    assert scaled.exit_code == 2 and "--scale" in scaled.stderr


def test_the_page_names_every_model_with_its_letter():
    page = (DOCS / "analyses" / "forecast.md").read_text(encoding="utf-8")
    for name in reference_models.names():
        model = reference_models.find(name)
        assert f"| {model.letter} | {model.title} |" in page, name
