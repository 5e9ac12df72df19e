"""`plenary calibrate NAME`: what it prints, writes and refuses, and what its docs page says."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from typer.testing import CliRunner

from dashboards import calibration_tables, spread_matching_table
from dashboards.cli import build
from scenarios import apply_patch, load, overlay, overlays
from scenarios.overlaying import LIBRARY
from simulation.calibrating.answer import calibrate_scenario, headline
from simulation.calibrating.errors import CHOSEN
from simulation.calibrating.overlay import overlay_text
from simulation.calibrating.spread import match
from tests.test_docs import DOCS

PAGE = (DOCS / "calibration.md").read_text(encoding="utf-8")


def plenary(*words):
    return CliRunner().invoke(build(), [*map(str, words)], env={"COLUMNS": "200"})


def numbers(text):
    """The numbers in a text, each with what it may differ by: one in its last digit."""
    found = re.findall(r"[-−]?\d+(?:\.\d+)?", text)
    return [(float(one.replace("−", "-")), 1.01 * 10.0 ** -len(one.partition(".")[2])) for one in found]


def stands(cells):
    """Is there a row of the page with these numbers, but for the last digit?"""
    wanted = numbers(" | ".join(cells))
    return any(
        len(told) == len(wanted)
        and all(abs(one - other) <= off for (one, off), (other, _) in zip(told, wanted, strict=True))
        for told in (numbers(line) for line in PAGE.splitlines() if line.startswith("|"))
    )


@pytest.fixture(scope="module")
def launch():
    return load("launch-2020")


@pytest.fixture(scope="module")
def first(launch):
    return headline(launch)


@pytest.fixture(scope="module")
def found(launch):
    return calibrate_scenario(launch, draws=20, draws_corrected=5)


def test_the_shipped_overlay_is_what_the_command_writes(first, launch):
    written = (LIBRARY / "fitted-to-votes.toml").read_text(encoding="utf-8")
    made = overlay_text(
        first.corrected, first.recorded.families, "launch-2020", 1, launch.dynamics.peer_weight
    )
    assert made.splitlines()[:12] == written.splitlines()[:12]
    made_, written_ = (tomllib.loads(one)["dynamics"] for one in (made, written))
    assert made_ == pytest.approx(written_, rel=0.01)
    assert overlays()["fitted-to-votes"].about.endswith("2018 and 2019.")


def test_the_overlay_sets_what_votes_tell_and_nothing_else(launch):
    changed = apply_patch(launch, overlay("fitted-to-votes"))
    before, after = launch.dynamics.model_dump(), changed.dynamics.model_dump()
    assert {key for key in before if before[key] != after[key]} == {
        "precision",
        "trust_weight",
        "vote_oppose_threshold",
        "vote_yes_threshold",
    }
    assert changed.model_copy(update={"dynamics": launch.dynamics}) == launch


def test_the_main_table_of_the_page_is_what_is_fitted(first):
    corrected = first.corrected.corrected[CHOSEN]
    for place, one in enumerate(first.main):
        cells = [
            calibration_tables.digits(one, one.value),
            calibration_tables.span(one, one.low, one.high),
            calibration_tables.span(one, one.low_again, one.high_again),
            calibration_tables.digits(one, corrected[place]),
        ]
        row = f"| `{one.parameter.name}` | {one.parameter.family or 'all'} |"
        line = next(line for line in PAGE.splitlines() if line.startswith(row))
        told = numbers(" | ".join(line.split(" | ")[3:7]))
        for (value, off), (wanted, _) in zip(told, numbers(" | ".join(cells)), strict=True):
            assert abs(value - wanted) <= off, line


def test_the_grid_of_the_page_is_what_is_fitted(found):
    for row in calibration_tables.grid_rows(found):
        assert stands(row), row
    for row in calibration_tables.lasting_rows(found):
        assert stands(row), row


def test_the_page_tells_what_listening_and_families_alone_give(found):
    for listed in (found.free, found.controlled):
        one = next(one for one in listed if one.parameter.name == "peer_weight")
        assert f"{one.value:.3f} ({calibration_tables.span(one, one.low, one.high)}" in " ".join(PAGE.split())
    words = " ".join(PAGE.split()).replace("−", "-")
    for listed in found.alone.values():
        assert f"{listed[0].value:.1f} ({listed[0].low:.1f} to {listed[0].high:.1f})" in words


def test_the_document_holds_everything_and_marks_what_is_not_told(found):
    document = calibration_tables.document(found)
    json.dumps(document, allow_nan=False)
    assert document["seed"] == 1 and document["votes"] == 527 and len(document["left_out"]) == 19
    told = {family: one["told"] for family, one in document["families_alone"].items()}
    assert told == {"information security": True, "cybercrime": True, "responsible behaviour": False}
    shipped = tomllib.loads((LIBRARY / "fitted-to-votes.toml").read_text(encoding="utf-8"))
    assert document["overlay"] == pytest.approx(shipped["dynamics"], rel=0.01)
    assert "tell nothing of precision" in calibration_tables.sentences(found)[-1]
    assert len(document["discipline_and_listening"]) == 12


def test_a_written_overlay_can_be_run(tmp_path, first, launch):
    file = tmp_path / "mine.toml"
    text = overlay_text(first.corrected, first.recorded.families, "launch-2020", 1, 0.05)
    file.write_text(text, encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 110
    done = plenary("compare", "who-wrote-it", "--with", file, "--replicates", "2", "--json")
    assert done.exit_code == 0, done.stderr
    told = plenary("run", "launch-2020", "--with", tmp_path / "nowhere.toml")
    assert told.exit_code == 2 and "there is no such patch file" in told.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--spread"], "--spread: it needs a scenario"),
        (["--overlay", "new.toml"], "--overlay: it needs a scenario"),
        (["launch-2020", "--before", "2018-12-17"], "--before: it does not go with a scenario"),
        (["launch-2020", "--spread", "--overlay", "new.toml"], "fits nothing that could be written"),
        (["launch-2020", "--overlay", "new.txt"], "the name does not end in .toml; call it new.toml"),
        (["launch-2020", "--figure", "new.png"], "the name does not end in .html"),
        (["who-wrote-it"], "calibrating needs"),
        (["linkage", "--spread"], "no day with a recorded number"),
        (["nowhere"], "nowhere"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_line(words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = plenary("calibrate", *words)
    assert done.exit_code == 2 and told in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_never_overwritten(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("", encoding="utf-8")
    done = plenary("calibrate", "launch-2020", "--overlay", file)
    assert done.exit_code == 2 and "mine.toml: the file is there already" in done.stderr


@pytest.mark.long
def test_the_tables_on_the_spread_are_what_is_found(launch):
    found = match(launch)
    for date, recorded, _, own, implausible in spread_matching_table.rows(found):
        assert f"| {date} | {recorded} | {own} | {implausible} |" in PAGE
    for name, *shares in spread_matching_table.part_rows(found):
        assert f"| `{name}` | {' | '.join(shares)} |" in PAGE
    assert f"Not ruled out are {found.left.sum()} of 256" in " ".join(PAGE.split())


def test_the_spread_is_told_with_its_seed_and_what_it_cannot_tell(launch):
    found = match(launch, points=16, replicates=2)
    words = " ".join(spread_matching_table.sentences(found))
    assert "seed 1" in words and "own setting is ruled out" in words and "cannot tell" in words
    document = spread_matching_table.document(found)
    json.dumps(document, allow_nan=False)
    assert len(document["settings"]) == 16
    assert document["not_ruled_out"] == sum(not one["ruled_out"] for one in document["settings"])
