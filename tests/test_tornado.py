"""Which parameter does the answer hang on, each varied alone over its advised range?"""

import re
from pathlib import Path

import numpy as np
import pytest

from dashboards import figures
from dashboards.figures.tornado import told
from dashboards.sections.tornado import sentences
from scenarios import apply_patch, load
from scenarios.schema import Dynamics
from simulation import run
from simulation.analyses.tornado import ADVISED, by_span, ends, tornado
from simulation.compare import effect
from tests.rooms import chamber_of
from tests.test_cli import document, plenary
from tests.test_docs import MODEL, rows

NUMBERS = {name: value for name, value in Dynamics() if type(value) in (int, float)}


@pytest.fixture(scope="module")
def pens():
    return tornado(load("who-holds-the-pen"), replicates=3, seed=1)


def test_ranges_are_those_of_the_model_page_and_hold_the_defaults_within_them():
    page = rows(MODEL)
    for name, (low, high) in ADVISED.items():
        written = page[name][3].replace("−", "-")
        assert re.match(r"(-?[\d.]+|inf)(?:–|, )(-?[\d.]+|inf)", written).groups() == (
            f"{low:g}",
            f"{high:g}",
        )
        assert low <= NUMBERS[name] <= high or NUMBERS[name] == float("inf"), name


def test_every_number_of_the_dynamics_is_varied_and_nothing_else():
    assert set(ADVISED) == set(NUMBERS)


def test_every_end_is_a_sound_scenario():
    launch = load("launch-2020")
    for one in ends(launch):
        changed = apply_patch(launch, {"dynamics": {one.parameter: one.value}})
        assert getattr(changed.dynamics, one.parameter) == one.value


def test_an_end_where_the_scenario_stands_already_changes_exactly_nothing():
    room = apply_patch(load("who-holds-the-pen"), {"dynamics": {"peer_weight": 0.15}})
    assert "peer_weight high" not in {one.name for one in ends(room)}
    found = tornado(room, replicates=2, seed=1).sel(parameter="peer_weight", side="high")
    assert (found.change == 0).all() and (found.low == 0).all() and (found.high == 0).all()


def test_parameters_that_a_scenario_does_not_use_change_exactly_nothing(pens):
    """Nobody pays or calls there, there are no events, and leanings move no endorsement."""
    unused = ["evidence_weight", "lobbying_weight", "lobbying_decay", "price_exponent", "lean_band"]
    assert (pens.span.sel(parameter=unused) == 0).all()


def test_each_bar_is_the_paired_effect_of_its_end(pens):
    room = load("who-holds-the-pen")
    alone = effect(room, {"it": {"dynamics": {"endorse_threshold": 0.3}}}, 3, 1)
    here = pens.sel(parameter="endorse_threshold", side="high")
    for mine, other in (("change", "difference"), ("low", "low"), ("high", "high")):
        np.testing.assert_array_equal(here[mine], alone[other].sel(variant="it", measure="endorsing"))


def test_a_threshold_counts_heads_where_nothing_else_moves():
    """A higher cut-point loses endorsements and a lower one wins them, where nobody moves anybody."""
    room = chamber_of(
        [[5], [15], [25], [35], [45], [55]],
        reversion=0,
        texts=[[100]],
        rounds=40,
        dynamics={"trust_learning": 0.0, "commitment": 0.0, "endorse_threshold": 0.1},
    )
    found = tornado(room, replicates=2, seed=1).sel(parameter="endorse_threshold", text="text-0")
    low, high = found.change.sel(side="low"), found.change.sel(side="high")
    assert low >= 0 >= high
    assert found.span == low - high


def test_rows_are_sorted_by_span(pens):
    for text in pens.text.values:
        spans = [float(pens.span.sel(text=text, parameter=name)) for name in by_span(pens, text)]
        assert spans == sorted(spans, reverse=True)


def test_the_picture_has_a_row_for_each_parameter_that_moves_and_tells_its_ends_in_letters(pens):
    results = run(load("who-holds-the-pen"), replicates=3, seed=1)
    text = str(pens.text.values[0])
    figure = figures.tornado(results, text, pens)
    moving = [name for name in by_span(pens, text) if pens.span.sel(parameter=name, text=text) > 0]
    assert list(figure.layout.yaxis.ticktext) == [told(name) for name in moving[:16]]
    letters = [mark.text for mark in figure.layout.annotations]
    assert letters and all(re.match(r"(low|high) [−\d∞]", words) for words in letters)
    low, high = figure.data
    assert (low.name, high.name) == ("low", "high")
    assert low.marker.pattern.shape != high.marker.pattern.shape
    changes = pens.change.sel(text=text, parameter=moving[:16], side="low").values
    np.testing.assert_allclose(np.array(low.x, dtype=float), changes, atol=0.005)


def test_a_room_that_no_parameter_moves_says_so():
    found = tornado(load("who-holds-the-pen"), replicates=1, seed=1)
    text = str(found.text.values[0])
    still = found.assign(span=found.span * 0)
    assert sentences(still, text)[0].startswith("No parameter changes")


def test_the_command_has_a_row_for_every_parameter_the_widest_first():
    told_of = document("robustness", "who-holds-the-pen", "--parameters", "--replicates", "2")
    assert len(told_of["parameters"]) == len(ADVISED)
    spans = [row["span"] for row in told_of["parameters"]]
    assert spans == sorted(spans, reverse=True)
    assert told(told_of["parameters"][0]["parameter"]) in told_of["answer"][0]
    (blocking,) = (row for row in told_of["parameters"] if row["parameter"] == "block_cost")
    assert blocking["high"] == {"value": None, "change": 0, "low": 0, "high": 0}
    shown = plenary("robustness", "who-holds-the-pen", "--parameters", "--replicates", "2").stdout
    assert "not a prediction" in shown and "endorse threshold" in " ".join(shown.split())


def test_the_page_on_robustness_links_the_ranges():
    page = Path(__file__).resolve().parents[1] / "docs" / "analyses" / "robustness.md"
    assert "model.md#parameters" in page.read_text(encoding="utf-8")
