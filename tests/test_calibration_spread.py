"""Which settings the recorded spread rules out."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import ScenarioError, apply_patch, load
from simulation import run
from simulation.analyses.tornado import ADVISED
from simulation.calibrating.spread import (
    CUT,
    SOUGHT,
    Fact,
    by_part,
    design,
    facts,
    implausibility,
    match,
    needed,
)


@pytest.fixture(scope="module")
def launch():
    return load("launch-2020")


@pytest.fixture(scope="module")
def matched(launch):
    return match(launch, seed=1, points=16, replicates=4)


def test_recorded_numbers_lie_between_the_named_and_the_groups(launch):
    text, known = facts(launch)
    assert text == "global-initiative"
    assert [(one.date.isoformat(), one.low, one.high) for one in known] == [
        ("2020-10-02", 3, 12),
        ("2021-04-11", 3, 28),
        ("2022-04-11", 5, 30),
        ("2022-06-11", 10, 35),
    ]


def test_numbers_are_counted_over_those_in_the_room(launch):
    less = apply_patch(launch, {"delegations": {"LAO": None, "TZA": None}})
    assert [(one.low, one.high) for one in facts(less)[1]] == [(2, 11), (2, 27), (3, 28), (8, 33)]


def test_a_fill_of_the_ranges_is_even_and_the_same_for_a_seed():
    points = design(64, 1)
    np.testing.assert_array_equal(points, design(64, 1))
    assert (points != design(64, 2)).any()
    for name, column in zip(SOUGHT, points.T, strict=True):
        low, high = ADVISED[name]
        assert low <= column.min() and column.max() <= high
    assert np.histogram(points[:, 0], 8, ADVISED[SOUGHT[0]])[0].tolist() == [8] * 8
    assert np.histogram(np.log(points[:, 2]), 8, np.log(ADVISED[SOUGHT[2]]))[0].tolist() == [8] * 8


def test_implausibility_is_a_distance_in_standard_deviations():
    import datetime as dt

    fact = Fact(dt.date(2021, 1, 1), 6, 14, "")
    found = implausibility(np.array([[10.0], [25.0]]), np.zeros((2, 1)), 1, [fact], 60)
    np.testing.assert_allclose(found[:, 0], [0, 15 / 5])  # 4 of the record, 3 of the room


def test_supporters_are_those_that_a_run_counts(launch, matched):
    """One code path: the own setting's numbers are those of a run, less the sponsor."""
    results = run(launch, replicates=4, seed=1)
    ends = results.data.date.values.astype(str)
    endorsing = results.data.endorsing.sel(text="global-initiative").values
    for place, fact in enumerate(matched.facts):
        last = np.flatnonzero(ends <= fact.date.isoformat())[-1]
        assert matched.own_mean[place] == endorsing[:, last].mean() - 1


def test_the_launch_with_its_own_setting_has_more_supporters_than_were_recorded(matched):
    assert matched.own.max() > CUT
    assert matched.own_mean[-1] > matched.facts[-1].high
    assert 0.1 < needed(matched) < 0.2


def test_the_spread_tells_the_threshold_and_hardly_the_rest(matched):
    threshold, *others = np.ptp(by_part(matched), axis=1)
    assert threshold > 0.7 and max(others) < threshold


def test_a_higher_threshold_is_never_supported_by_more(launch):
    from simulation.compare import effect

    patches = {str(value): {"dynamics": {"endorse_threshold": value}} for value in (0.1, 0.2, 0.3)}
    found = effect(launch, patches, 4, 1).changed.sel(text="global-initiative", measure="endorsing").values
    assert (np.diff(found) < 0).all()


def test_a_room_without_the_text_or_the_days_is_refused(launch):
    with pytest.raises(ScenarioError, match="there is no text global-initiative"):
        match(apply_patch(launch, {"texts": {"global-initiative": None}}))
    with pytest.raises(ScenarioError, match="no day with a recorded number"):
        match(load("linkage"))
