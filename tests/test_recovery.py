"""What is put in comes out again: models, slopes, and the same numbers for the same seed."""

from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.figures.confusion import confusion as drawn
from dashboards.figures.coverage import coverage as drawn_bands
from dashboards.recovery_tables import confusion as confusion_table
from dashboards.recovery_tables import coverage as coverage_table
from dashboards.recovery_tables import recognised
from dashboards.recovery_tables import slopes as slopes_table
from simulation import reference_models
from simulation.backtest.roll_calls import shipped
from simulation.recovery.asking import PLENARY, ends, foreseen, left_out, names
from simulation.recovery.document import frozen
from simulation.recovery.matching import Outcomes, confusion, in_room, nearest, outcomes
from simulation.recovery.rooms import draw_room, luck, misjudged, scenario_of
from simulation.recovery.side_by_side import in_order
from simulation.recovery.slopes import KNOWN, voted
from simulation.where import Here
from tests.test_docs import DOCS

PAGE = (DOCS / "recovery.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def some():
    """Outcomes in ten rooms, without and with errors of ten points."""
    return outcomes(pool=10, replicates=15)


def test_all_models_that_name_places_take_part_and_the_others_say_why_not():
    assert {*names()} == {*reference_models.names(), PLENARY} - left_out().keys()
    assert left_out().keys() == {"baron-ferejohn", "rubinstein"}
    assert all(left_out().values())


def test_without_noise_every_model_is_recognised_by_what_it_made(some):
    """Also Plenary, whose outcome is one replicate with luck that its forecast has not seen, if it is held to
    all its replicates: their median is a place where few of them end."""
    shares = confusion(some[0], rooms=10, sets=20, whole=True)
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert shares.diagonal().min() > 0.5
    by_median = confusion(some[0], rooms=10, sets=20)
    assert by_median.diagonal()[:-1].min() > 0.5
    assert by_median.diagonal()[-1] <= shares.diagonal()[-1]


def test_models_that_foresee_the_same_share_a_data_set(some):
    told = some[0].told[[0, 1, 1, 2]]
    found = Outcomes(("a", "b", "b again", "c"), told, told, some[0].own)
    shares = confusion(found, rooms=5, sets=10)
    assert shares[1].tolist() == shares[2].tolist() == [0, 0.5, 0.5, 0]
    assert nearest(found)[1] == ("b again", 0.0)


def test_a_model_that_says_nothing_somewhere_is_held_to_the_rest(some):
    told = some[0].told.copy()
    told[0, :, 0] = np.nan
    shares = confusion(some[0]._replace(told=told), rooms=10, sets=10, whole=True)
    assert shares.diagonal().min() > 0.5 and shares.sum(axis=1) == pytest.approx(1.0)


def test_errors_of_coded_positions_cost_recognition_and_change_nothing_that_was_made(some):
    exact, noisy = some
    assert np.array_equal(exact.made, noisy.made)
    recognised = [confusion(one, rooms=1, sets=40).diagonal().mean() for one in some]
    assert recognised[0] > recognised[1]


def test_a_room_can_be_read_by_every_model_and_by_plenary_alike():
    room = draw_room(1, 0)
    assert foreseen(room).shape == (len(names()) - 1, len(room.reversion))
    place = ends(room, range(2), luck(1, 0)).place
    assert place.shape == (2, len(room.reversion))
    scenario = scenario_of(room, position_sd=10)
    assert scenario.uncertainty.position_sd == 10 and len(scenario.delegations) == len(room.positions)
    assert [text.sponsors for text in scenario.texts.values()] == [(f"D{row:03}",) for row in room.sponsors]


def test_the_error_of_coded_positions_is_as_large_as_said_where_the_scale_leaves_room():
    room = draw_room(1, 0, (400, 400))
    inner = (room.positions > 40) & (room.positions < 60)
    error = (misjudged(room, 10, 1, 0).positions - room.positions)[inner]
    assert error.std() == pytest.approx(10, abs=1.0) and abs(error.mean()) < 1.5
    assert misjudged(room, 0, 1, 0) is room


def test_the_same_seed_gives_the_same_bits_whatever_the_processes():
    job = partial(in_room, (0.0,), 7, 3)
    here, there = in_order(job, 3), in_order(job, 3, Here(2))
    for one, other in zip(here, there, strict=True):
        assert np.array_equal(one[0], other[0]) and np.array_equal(one[1], other[1])
    assert not np.array_equal(here[0][0], in_room((0.0,), 8, 3, 0)[0])


def test_votes_drawn_anew_keep_who_voted_and_on_average_the_totals():
    drawn_calls = [voted(KNOWN[0], np.random.default_rng(seed)) for seed in range(20)]
    for place, call in enumerate(shipped()):
        votes = [one[place] for one in drawn_calls]
        assert all(np.array_equal(one.cast, call.cast) for one in votes)
        yes = np.mean([(one.votes == 2).sum() for one in votes])
        assert yes == pytest.approx((call.votes == 2).sum(), abs=6)


def test_drawn_votes_give_back_their_slopes_beside_the_last_roll_call_and_not_beside_all():
    """The frozen answer: where the evidence is what votes came from, slopes are found again."""
    found = {(one["way"], one["known"], one["part"]): one for one in frozen()["slopes"]}
    for part in ("gain", "own", "peers", "bloc"):
        one = found["last alone", 1.0, part]
        assert one["mean"] == pytest.approx(1.0, abs=0.25) and one["held"] >= 0.8
    biased = found["all earlier", 1.0, "gain"]
    assert biased["mean"] > 1.3 and biased["interval"][1] < 0.5


def test_the_frozen_matrices_have_their_largest_share_on_the_diagonal_without_noise():
    exact, noisy = (np.array(one["shares"]) for one in frozen()["confusion"])
    for shares in (exact, noisy):
        assert shares.sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    assert exact.argmax(axis=1).tolist() == list(range(len(exact)))
    assert all(one["recognised_whole"][-1] > one["shares"][-1][-1] for one in frozen()["confusion"])
    assert frozen()["left_out"] == left_out()


def test_the_first_room_of_the_frozen_answer_is_what_models_find_there_now():
    made = frozen()["manifest"]
    noises = [one["noise"] for one in frozen()["confusion"]]
    again = outcomes(noises, 1, made["seed"], made["replicates"])
    for one, kept in zip(again, frozen()["confusion"], strict=True):
        assert list(one.names) == kept["models"]
        np.testing.assert_allclose(one.made[:, 0], kept["first_room"]["made"], atol=0.01)
        np.testing.assert_allclose(one.told[:, 0], kept["first_room"]["told"], atol=0.01)


@pytest.mark.long
def test_the_frozen_answer_is_what_the_command_finds():
    from simulation.recovery.document import document

    made = frozen()["manifest"]
    again = document(made["pool"], made["sets"], made["replicates"], made["seed"], Here(2))
    assert json.loads(json.dumps(again)) == json.loads(json.dumps(frozen()))


@pytest.mark.parametrize(
    ("table", "part"),
    [
        (lambda: confusion_table(frozen()["confusion"][0]), "confusion"),
        (lambda: confusion_table(frozen()["confusion"][1]), "confusion"),
        (lambda: recognised(frozen()["confusion"]), "recognised"),
        (lambda: coverage_table(frozen()["coverage"]), "coverage"),
        (lambda: slopes_table(frozen()["slopes"]), "slopes"),
    ],
)
def test_the_tables_of_the_docs_page_are_those_of_the_frozen_answer(table, part):
    head, rows = table()
    for cells in [head, *rows]:
        assert "| " + " | ".join(cells) + " |" in PAGE, part


def test_the_figure_draws_both_matrices_with_a_letter_a_model():
    figure = drawn(None)
    assert len(figure.data) == 2
    assert np.array_equal(figure.data[0].z, frozen()["confusion"][0]["shares"])
    assert len({*figure.data[0].x}) == len(names())


def test_the_figure_of_bands_has_a_mark_for_every_case_and_measure():
    figure = drawn_bands(None)
    marks = [share for trace in figure.data for share in trace.x]
    assert sorted(marks) == sorted(one["split"] for one in frozen()["coverage"])


def test_the_command_prints_one_document_and_writes_it_once(tmp_path):
    file = tmp_path / "answer.toml"
    small = ["recovery", "--pool", "2", "--sets", "2", "--replicates", "3", "--workers", "1"]
    done = CliRunner().invoke(build(), [*small, "--json", "--to", str(file)])
    found = json.loads(done.stdout)
    assert done.exit_code == 0 and found["manifest"]["seed"] == 1 and file.is_file()
    again = CliRunner().invoke(build(), [*small, "--to", str(file)])
    assert again.exit_code == 2 and "is there already" in again.output
