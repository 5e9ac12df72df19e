"""Every published or exact number beside Plenary's own; what `plenary validate` makes of them."""

from __future__ import annotations

from collections import Counter

import pytest

from simulation.validation import KINDS, families, rows

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
