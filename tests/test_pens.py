"""Who holds the pen: three ways of drafting end in three texts, and the table says what the data hold."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.pens_table import ROWS, headings, rows, wordings
from scenarios import apply_patch, load
from simulation import run
from simulation.analyses.fairness import of_results
from simulation.analyses.pens import PENS, pens, still_open
from simulation.objectives import MODES

REPLICATES = 48


@pytest.fixture(scope="module")
def room():
    return load("who-holds-the-pen")


@pytest.fixture(scope="module")
def found(room):
    return pens(room, replicates=REPLICATES)


def ending(found, pen):
    """The wording of each article that most replicates end with under a pen."""
    values = found.changed.sel(variant=pen)
    shares: dict[str, dict[str, float]] = {}
    for measure in found.measure.values.tolist():
        article, slash, option = measure.partition("/")
        if slash:
            shares.setdefault(article, {})[option] = values.sel(measure=measure).item()
    return tuple(max(of, key=of.get) for of in shares.values())


def test_every_mode_of_drafting_is_a_pen():
    assert set(PENS) == set(MODES)


def test_the_three_pens_end_in_three_texts(found):
    assert {pen: ending(found, pen) for pen in PENS} == {
        "sponsor-led": ("three-days", "tabled", "on-request", "tabled"),
        "line-by-line": ("as-soon-as-possible", "tabled", "own-report", "half"),
        "chair": ("three-days", "consent-within-a-day", "on-request", "half"),
    }


def test_what_the_story_says_of_the_three_pens_holds_beyond_chance(found):
    def of(measure, pen):
        return found.changed.sel(measure=measure, variant=pen).item()

    assert of("ambition", "sponsor-led") > of("ambition", "chair") > of("ambition", "line-by-line")
    assert of("endorsing", "line-by-line") > of("endorsing", "sponsor-led") + 1
    assert of("open_by_most", "line-by-line") < 1 < of("open_by_most", "chair")
    assert of("smallest", "chair") > 0 > max(of("smallest", "line-by-line"), of("smallest", "sponsor-led"))
    assert of("gaining", "chair") == 1
    for pen in PENS:
        assert found.low.sel(measure="gaining", variant=pen) > 0
        assert found.high.sel(measure="ambition", variant=pen) < 0


@pytest.mark.parametrize("pen", PENS)
def test_the_numbers_are_those_of_a_run_in_that_mode(room, found, pen):
    result = run(apply_patch(room, {"dynamics": {"drafting": pen}}), replicates=REPLICATES, seed=1)
    fair = of_results(result, "compact")
    here = found.changed.sel(variant=pen)
    last = result.data.sel(text="compact").isel(round=-1)
    for measure, expected in {
        "endorsing": last.endorsing.values,
        "ambition": last.ambition.values,
        "gaining": fair.gaining,
        "smallest": fair.smallest,
        "gini": fair.gini,
        "nash": fair.nash,
        "4/half": last.wording.values[:, 3] == 1,
    }.items():
        np.testing.assert_allclose(here.sel(measure=measure).item(), expected.mean(), rtol=1e-5)


def test_a_bracket_is_open_while_somebody_would_have_it_otherwise(room):
    as_tabled = still_open(room, "compact", (0, 0, 0, 0))
    assert as_tabled == (4, 3, 24)  # only three hold article 2
    by_majority = still_open(room, "compact", (2, 0, 2, 1))
    assert (by_majority.brackets, by_majority.by_most) == (4, 0)


def test_the_table_shows_every_measure_and_every_wording(room, found):
    body = rows(found)
    assert [row[0] for row in body] == [title for title, _ in ROWS.values()]
    assert all(len(row) == len(headings(found)) for row in body)
    kept = found.changed.sel(measure="ambition", variant="chair").item()
    assert body[4][headings(found).index("chair")].startswith(f"{kept:.2f} (−")
    assert [len(table) for _, table in wordings(found, room, "compact")] == [3, 3, 3, 3]


def test_a_text_without_brackets_ends_as_it_was_tabled_whoever_holds_the_pen(room):
    closed = {key: {"agreed": True} for key in room.texts["compact"].articles}
    agreed = apply_patch(room, {"texts": {"compact": {"articles": closed}}})
    found = pens(agreed, replicates=3)
    assert (found.differs.values == 0).all()
    assert (found.changed.sel(measure="open").values == 0).all()


def test_the_command_prints_the_pens_side_by_side():
    words = ["drafting", "who-holds-the-pen", "--replicates", "4"]
    shown = CliRunner().invoke(build(), [*words, "--quiet"])
    assert shown.exit_code == 0, shown.stderr
    assert all(pen in shown.stdout for pen in PENS)
    told = json.loads(CliRunner().invoke(build(), [*words, "--json"]).stdout)
    assert set(told["pens"]) == set(PENS)
    wrong = CliRunner().invoke(build(), [*words, "--text", "compct"])
    assert (wrong.exit_code, "did you mean 'compact'?" in wrong.stderr) == (2, True)
