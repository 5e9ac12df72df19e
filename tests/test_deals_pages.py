"""What people read about brackets and deals is what the analyses found."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from dashboards import figures
from dashboards.cli import build
from dashboards.deals_table import AGREED, BEST, beaten_by, counts, document, rows, sentences, telling
from dashboards.figures.frontier import thinned
from dashboards.prices_table import HEAD, short_rows
from dashboards.prices_table import rows as price_rows
from simulation import run
from simulation.analyses.bracket_prices import prices
from simulation.analyses.deals import agreed, deals
from simulation.analyses.replies import replies
from tests.generators import lively_room

TEXT = "text-0"


@pytest.fixture(scope="module")
def small():
    return run(lively_room(7), replicates=4, seed=1)


@pytest.fixture(scope="module")
def found(small):
    return deals(small, agreed(small, TEXT))


@pytest.fixture(scope="module")
def priced(small, found):
    return prices(small.scenario, TEXT, found.agreed, replies(small.scenario, TEXT))


def plenary(*words):
    return CliRunner().invoke(build(), [str(word) for word in words])


def test_telling_wordings_carry_their_numbers(found):
    shown = {one.name: one for one in telling(found)}
    assert shown[BEST].support == pytest.approx(found.survey.support.max())
    assert shown[AGREED].changes == {}
    number = found.agreed.prospects.places.numbers(found.agreed.wording[None])[0]
    assert shown[AGREED].support == pytest.approx(found.survey.support[number])
    assert [row[0] for row in rows(found)] == list(shown)


def test_the_wording_agreed_is_beaten_by_what_lies_above_and_right_of_it(found):
    seen = found.survey
    number = found.agreed.prospects.places.numbers(found.agreed.wording[None])[0]
    here = np.array([seen.support[number], seen.ambition[number]])
    over = np.stack([seen.support, seen.ambition], axis=1) - here
    assert beaten_by(found) == ((over >= -1e-6).all(axis=1) & (over > 1e-6).any(axis=1)).sum()
    assert any(f"{beaten_by(found):,}" in row for row in counts(found))


def test_the_frontier_is_drawn_from_the_most_ambitious_wording_to_the_best_supported(small, found):
    drawn = {trace.name: trace for trace in figures.frontier(small, TEXT, found).data}
    assert np.all(np.diff(drawn["frontier"].x) <= 0) and np.all(np.diff(drawn["frontier"].y) >= 0)
    assert drawn["frontier"].y[-1] == drawn[BEST].y[0] == pytest.approx(found.survey.support.max(), abs=0.05)
    assert {AGREED, "as tabled", "Nash", "egalitarian", "utilitarian"} <= set(drawn)


def test_a_thinned_cloud_keeps_one_point_a_cell():
    points = np.random.default_rng(1).random((2, 500))
    assert len(thinned(*points, cells=4)) == 16
    assert thinned(np.zeros(3), np.zeros(3)).tolist() == [0]


def test_bars_are_minus_the_prices_of_options_that_do_not_stand(small, priced):
    drawn = figures.bracket_prices(small, TEXT, priced).data
    bars = sorted(value for trace in drawn for value in trace.x)
    assert bars == sorted(round(-one.price, 2) for one in priced if not one.stands)


def test_price_rows_count_those_who_ask_and_object(small, priced):
    for row, short, one in zip(
        price_rows(small.scenario, TEXT, priced),
        short_rows(small.scenario, TEXT, priced),
        priced,
        strict=True,
    ):
        assert len(row) == len(HEAD)
        assert row[6].split(":")[0] == short[5] == str(len(one.asks))
        assert row[7].split(":")[0] == short[6] == str(len(one.objects))


def test_words_say_when_wordings_were_too_many_to_list(small, monkeypatch):
    from simulation.analyses import deals as module

    monkeypatch.setattr(module, "MOST", 1)
    few = deals(small, agreed(small, TEXT))
    assert "Branch and bound proves that no other has more support." in sentences(few, "Text")[-1]
    assert document(few)["method"] == "branch and bound" and document(few)["proven"]
    told = [row for row in rows(few) if row[0].startswith(BEST)]
    assert len(told) == len({one.choice.tobytes() for one in few.best.values() if one.choice is not None})


def test_brackets_of_a_run_folder_as_json(launch_run):
    done = plenary("brackets", launch_run, "--text", "un-text", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)["texts"]["un-text"]
    assert told["wordings"] == 3**10 and told["method"] == "enumeration" and told["proven"]
    assert len(told["prices"]) == 30 and told["frontier"] == []
    assert {one["name"] for one in told["telling"]} >= {"as agreed", "most support", "Nash"}


def test_brackets_of_a_scenario_are_priced_and_confirmed():
    words = ("brackets", "who-holds-the-pen", "--replicates", "3", "--confirm", "1", "--between", "PLAIN")
    done = plenary(*words, "--quiet")
    assert done.exit_code == 2 and "delegation" in done.stderr
    done = plenary(*words[:-2], "--quiet")
    assert done.exit_code == 0, done.stderr
    assert "Held against a re-run" in done.stdout and "not a prediction" in done.stdout


def test_an_unknown_text_is_named():
    done = plenary("brackets", "who-holds-the-pen", "--text", "pact", "--replicates", "1")
    assert done.exit_code == 2 and "pact" in done.stderr
