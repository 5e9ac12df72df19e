"""Every published or exact number beside Plenary's own; what `plenary validate` makes of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape

import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.validation_table import computed
from simulation.validation import KINDS, families, rows
from simulation.validation._cases import case

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.source.partition(')')[0]}) {row.name}")
def test_ours_is_theirs(row):
    assert row.passed, f"{row.published} against {row.ours}, tolerance {row.tolerance}"


def test_there_are_many_rows_and_each_is_told_once_with_its_source_and_kind():
    assert len(ROWS) >= 60
    assert Counter((row.source, row.name) for row in ROWS).most_common(1)[0][1] == 1
    assert {row.kind for row in ROWS} == set(KINDS)
    assert all(row.source and row.name and row.tolerance >= 0 for row in ROWS)


def test_families_stand_in_an_order_of_their_own():
    places = [family.place for family in families()]
    assert places == sorted(set(places))


def test_a_row_that_differs_fails_and_so_does_one_without_a_number():
    number = next(row for row in ROWS if isinstance(row.published, float))
    assert not number._replace(ours=number.published + number.tolerance + 0.1).passed
    assert not number._replace(ours=float("nan")).passed
    words = next(row for row in ROWS if isinstance(row.published, str))
    assert not words._replace(ours="something else").passed


def told(*words):
    """What `plenary validate` with these words prints and how it ends."""
    return CliRunner().invoke(build(), ["validate", *map(str, words)], env={"COLUMNS": "80"})


def test_the_command_prints_every_row_by_source_and_a_summary():
    done = told()
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert all(family.title in lines for family in families())
    assert "421/2145" in done.stdout and "−3,828.9" in done.stdout
    assert f"{len(ROWS)} rows: " in done.stdout
    assert "not a prediction" in " ".join(done.stdout.split())
    assert max(map(len, lines)) <= 80
    words = set(done.stdout.split())
    assert all(word in words for row in ROWS for word in row.name.split())


def test_as_json_it_is_a_list_of_rows_and_the_page_holds_the_same(tmp_path):
    page = tmp_path / "validation.html"
    done = told("--json", "--out", page)
    found = json.loads(done.stdout)
    assert done.exit_code == 0 and len(found) == len(ROWS) and all(row["passed"] for row in found)
    assert [(row["name"], row["kind"]) for row in found] == [(row.name, row.kind) for row in ROWS]
    words = re.sub(r"<[^>]*>", "", unescape(page.read_text(encoding="utf-8")))
    assert all(row["source"] in words and row["name"] in words for row in found)
    assert "<script" not in page.read_text(encoding="utf-8") and "http" not in words


def test_a_row_out_of_tolerance_is_named_and_ends_the_command_with_1(monkeypatch):
    """With another number in a case's data; what this process has worked out before does not count."""
    monkeypatch.setitem(case("unix_1988"), "share_correct", 0.5)
    computed.cache_clear()
    done = told()
    computed.cache_clear()
    assert done.exit_code == 1
    words = " ".join(done.stdout.split())
    assert "Not within the tolerance: share of size placed right (Axelrod & Bennett (1993)" in words
    count = sum(row.kind != "our own" for row in ROWS)
    assert f"{count - 1} of {count} published or exact numbers are reproduced" in words
