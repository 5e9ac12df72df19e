"""Every reference model: its source, what it makes of unknown values, and what never changes it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.registry import UnknownEntry, modules
from simulation import reference_models
from simulation.reference_models._bargain import bargain
from simulation.reference_models._base import held

NAMES = reference_models.names()
ONE_SIDED = {"challenge"}  # its rule for compromises takes a smallest number, so a mirrored scale may differ

COUNTING_HEADS = {"unweighted-mean", "median-voter", "landscape", "rubinstein"}  # whoever is there counts


def room(seed, delegations=6, issues=3, unknown=0.0):
    """Positions, salience, capability and reversion points as drawn; some cells unknown."""
    generator = np.random.default_rng(seed)
    tables = [generator.uniform(low, 100, (delegations, issues)) for low in (0, 5)]
    for table in tables:
        table[generator.random(table.shape) < unknown] = np.nan
    return [*tables, generator.uniform(5, 100, delegations), generator.uniform(0, 100, issues)]


def outcome(name, inputs):
    return reference_models.find(name).predict(*inputs).outcome


def test_models_stand_in_their_order_with_letters_of_their_own():
    found = [reference_models.find(name) for name in NAMES]
    assert [model.place for model in found] == sorted({model.place for model in found})
    assert len({model.letter for model in found}) == len(found)
    assert all(len(model.letter) == 1 and model.letter != "P" for model in found)  # P is Plenary's
    assert [model.name for model in found if model.baseline] == NAMES[:3]


@pytest.mark.parametrize("name", NAMES)
def test_every_model_tells_its_source_and_what_unknown_values_do(name):
    told = " ".join((modules("simulation.reference_models")[name].__doc__ or "").split())
    assert "needs no source" in told or re.search(r"\((19|20)\d\d\), [A-Z]", told)
    assert re.search(r"unknown|Unknown|has no position|without a reversion point", told)


def test_a_name_that_is_no_model_is_told_the_nearest():
    with pytest.raises(UnknownEntry, match="'compromise'"):
        reference_models.find("compromize")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), unknown=st.sampled_from([0.0, 0.3, 0.8]), count=st.integers(1, 6))
def test_an_outcome_lies_on_the_scale_or_is_not_told(name, seed, unknown, count):
    inputs = room(seed, count, unknown=unknown)
    inputs[3][0] = np.nan
    before = [table.copy() for table in inputs]
    found = reference_models.find(name).predict(*inputs)
    assert found.outcome.shape == (3,)
    assert (
        np.nanmin(found.outcome, initial=50) >= -1e-9 and np.nanmax(found.outcome, initial=50) <= 100 + 1e-9
    )
    assert all(note and not note.endswith(".") for note in found.notes)
    for old, new in zip(before, inputs, strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(4))
def test_a_mirrored_scale_mirrors_the_outcome(name, seed):
    inputs = room(seed, unknown=0.1)
    mirrored = [100 - inputs[0], *inputs[1:3], 100 - inputs[3]]
    if name not in ONE_SIDED:
        np.testing.assert_allclose(outcome(name, mirrored), 100 - outcome(name, inputs), atol=1e-4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_delegations_does_not_matter(name, seed):
    inputs = room(seed, unknown=0.1)
    order = np.random.default_rng(seed).permutation(6)
    mixed = [*(table[order] for table in inputs[:3]), inputs[3]]
    np.testing.assert_allclose(outcome(name, mixed), outcome(name, inputs), atol=1e-4)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in COUNTING_HEADS])
def test_whoever_cares_about_nothing_and_is_able_to_do_nothing_changes_no_weighted_outcome(name):
    inputs = room(3)
    more = [np.vstack([inputs[0], [1, 99, 50]]), np.vstack([inputs[1], [0, 0, 0]]), np.append(inputs[2], 0)]
    np.testing.assert_allclose(outcome(name, [*more, inputs[3]]), outcome(name, inputs), atol=1e-6)


@pytest.mark.parametrize(
    "name", [name for name in NAMES[3:] if name not in ("landscape", "baron-ferejohn", "rubinstein")]
)
def test_where_all_want_the_same_they_get_it(name):
    same = [np.full((4, 2), 70.0), np.full((4, 2), 50.0), np.arange(1.0, 5), np.array([20.0, 90.0])]
    assert outcome(name, same) == pytest.approx([70, 70])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_drawn_outcome_has_a_higher_product_of_gains_than_that_of_nash(seed):
    inputs = room(seed, delegations=4)
    inputs[3][:] = 0  # those who want anything at all gain from moving up
    about, found = bargain(held(*inputs)), outcome("nash-bargaining", inputs)
    gains = about.gains(found)
    generator = np.random.default_rng(seed)
    others = np.clip(
        found + generator.normal(size=(300, 3)) * 10 ** generator.uniform(-3, 1.5, (300, 1)), 0, 100
    )
    for other in others:
        theirs = about.gains(other)
        if theirs.min() > 0:
            assert np.log(theirs).sum() <= np.log(gains).sum() + 1e-9
    hoped = about.gains(outcome("kalai-smorodinsky", inputs))
    assert gains.min() > 0 and hoped.min() > 0


@pytest.mark.parametrize("name", ["nash-bargaining", "kalai-smorodinsky"])
def test_whoever_has_what_it_wants_already_refuses(name):
    inputs = [[[20, 60], [90, 90]], [[50, 50], [50, 50]], [1, 1], [20, 60]]
    found = reference_models.find(name).predict(*inputs)
    assert found.outcome.tolist() == [20, 60]
    assert found.notes == ("no outcome is better than none for all 2 delegations",)


@pytest.mark.parametrize("name", ["nash-bargaining", "kalai-smorodinsky", "reversion-point"])
def test_without_a_reversion_point_nothing_is_said_that_needs_one(name):
    inputs = room(1)
    inputs[3][1] = np.nan
    assert np.isnan(outcome(name, inputs)).tolist() == [False, True, False]
    inputs[3][:] = np.nan
    assert np.isnan(outcome(name, inputs)).all()


def test_two_meet_in_the_middle_and_three_are_none_of_rubinsteins():
    two = [[[20, np.nan], [60, 50]], [[10, 10], [90, 90]], [1, 9], [0, 0]]
    assert outcome("rubinstein", two) == pytest.approx([40, np.nan], nan_ok=True)
    assert np.isnan(outcome("rubinstein", room(1))).all()


def test_the_larger_side_of_a_landscape_has_its_way():
    inputs = [[[10, 20], [10, 20], [90, 80], [90, 80]], np.full((4, 2), 50), [5, 5, 4, 4], [50, 50]]
    found = reference_models.find("landscape").predict(*inputs)
    assert found.outcome == pytest.approx([10, 20])
    assert found.notes == ("2 of 4 delegations, with 56 % of all capability, on the larger side",)
    assert np.isnan(outcome("landscape", [*inputs[:2], [4, 4, 4, 4], inputs[3]])).all()


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (([[50]], [[50, 50]], [1], [0]), "one shape"),
        (([[50]], [[50]], [1, 1], [0]), "one capability a delegation"),
        (([[150]], [[50]], [1], [0]), "positions lie from 0 to 100"),
        (([[50]], [[50]], [-1], [0]), "capability is known"),
    ],
)
def test_inputs_that_do_not_fit_are_said_in_words(inputs, message):
    for name in NAMES:
        with pytest.raises(ValueError, match=message):
            outcome(name, inputs)
