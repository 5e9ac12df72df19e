"""Packing keeps everything, and makes long lists short."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.packing import LARGEST, code, packed
from tests.unpacking import numbers_of, unpacked

WHOLE = st.integers(-(2**40), 2**40)
SMALL = st.integers(1 - LARGEST, LARGEST - 1)
CELLS = st.one_of(st.none(), st.booleans(), WHOLE, st.floats(allow_nan=False), st.text(max_size=4))


def tables(cells):
    """Equally long rows of such cells."""
    return st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(cells, min_size=wide, max_size=wide), max_size=12)
    )


LISTS = st.one_of(
    *(st.lists(cells, max_size=20) for cells in (st.sampled_from("abc"), SMALL, CELLS)),
    *(tables(cells) for cells in (st.text(max_size=2), SMALL, CELLS)),
)
DOCUMENTS = st.dictionaries(
    st.text(max_size=3),
    st.recursive(
        st.one_of(CELLS, LISTS),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=4)
        ),
        max_leaves=8,
    ),
    max_size=4,
)


@given(DOCUMENTS)
def test_what_is_packed_comes_back_the_same(document):
    written = json.dumps(packed(document))
    assert json.dumps(unpacked(json.loads(written))) == json.dumps(document)


@given(st.lists(st.integers(1 - 2 * LARGEST, 2 * LARGEST - 1)))
def test_codes_hold_every_number(numbers):
    assert numbers_of(code(numbers)) == numbers


@pytest.mark.parametrize(
    ("number", "written"), ((0, "A"), (1, "C"), (-1, "D"), (15, "e"), (16, "gB"), (-16, "hB"), (1000, "w+B"))
)
def test_codes_are_those_of_source_maps(number, written):
    assert code([number]) == written


def test_a_word_stands_in_the_table_once_and_the_most_frequent_first():
    found = packed({"names": [["Chad", "Togo", "Togo"]] * 50, "said": ["Chad", "Togo"]})
    assert found["words"] == ["Togo", "Chad"]
    assert found["packed"]["said"] == ["Chad", "Togo"]
    assert len(found["packed"]["names"]["packedWords"]) == 1 + 3 * 50


def test_short_and_mixed_lists_stay_as_they_are():
    document = {"few": [1, 2, 3], "mixed": [1, "a", None, 0.5] * 4, "flags": [True] * 9, "big": [2**50] * 9}
    assert packed(document) == {"words": [], "packed": document}
