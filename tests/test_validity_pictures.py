"""Pictures of recorded votes and of published numbers show what was worked out, failures first."""

from pathlib import Path

import pytest

from dashboards import figures
from dashboards.backtest_tables import TITLES
from dashboards.explorer.views.validation_rows import failed_first
from dashboards.figures.reliability import as_said
from dashboards.figures.skill import reach
from dashboards.figures.validation import COLUMNS, OUTSIDE, column, lanes
from dashboards.sections.recorded_votes import fared
from dashboards.validation_table import Group, Part, computed, source_name
from simulation.backtest.shipped_scores import SCORES, SHOWN, kept, worked_out
from simulation.validation import Row

LIMITS = " ".join((Path(__file__).parent.parent / "docs" / "limits.md").read_text("utf-8").split())


def flat(value, way=()):
    """Every number and word of a document with the way to it."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: one for name, inner in pairs for key, one in flat(inner, (*way, name)).items()}
    return {way: value}


def test_the_scores_that_come_with_plenary_are_those_worked_out_again():
    shipped, again = flat(kept()), flat(worked_out())
    assert shipped.keys() == again.keys()
    for way, value in shipped.items():
        if isinstance(value, float):
            assert again[way] == pytest.approx(value, abs=2e-4), way
        else:
            assert again[way] == value, way


@pytest.mark.parametrize("group", SHOWN)
def test_every_simple_rule_has_a_mark_in_both_scores_and_a_filled_one_only_beyond_zero(group):
    figure, told = figures.skill(None, group), kept()["groups"][group]["differences"]
    drawn = sorted(
        (trace.xaxis, name, x, trace.marker.symbol)
        for trace in figure.data
        for name, x in zip(trace.y, trace.x, strict=True)
    )
    assert len(drawn) == len(told) == len(SCORES) * 8
    assert {name.replace("<br>", " ") for _, name, _, _ in drawn} == {
        title for name, title in TITLES.items() if name in {one["baseline"] for one in told}
    }
    by_value = {one["value"]: one for one in told}
    for _, _, x, symbol in drawn:
        low, high = reach(by_value[x])
        assert (symbol == "circle") <= (high < 0)
        assert (symbol == "x") <= (low > 0)


def test_where_a_simple_rule_is_better_is_said():
    said = " ".join(fared())
    for one in kept()["roll_calls"]:
        best = min(one["scores"], key=lambda name, one=one: one["scores"][name]["rps"])
        assert (f"{one['id']} ({TITLES[best]})" in said) or best == "plenary"
    assert "nothing can be claimed against" in said


def test_reliability_shows_every_vote_once_and_marks_what_leaves_the_line_out():
    bins, figure = kept()["reliability"], figures.reliability(None)
    assert sum(one["n"] for one in bins) == sum(one["votes"] for one in kept()["roll_calls"])
    line, within, beyond = figure.data
    assert [float(n) for n in (*within.text, *beyond.text)].count(5) == 1
    assert sum(map(int, (*within.text, *beyond.text))) == sum(one["n"] for one in bins)
    assert list(beyond.x) == [one["forecast"] for one in bins if not as_said(one)]
    assert within.marker.symbol != beyond.marker.symbol


def test_every_row_is_counted_once_by_family_and_by_source():
    rows = [row for part in computed() for row in part.rows]
    for by in ("family", "source"):
        counted = sum(sum(lane.counts.values()) for lane in lanes(computed(), by))
        assert counted == len(rows)
        drawn = sum(int(n) for trace in figures.validation(None, by).data for n in trace.text)
        assert drawn == len(rows)


def test_origins_with_a_row_outside_its_tolerance_stand_first():
    good = Row("a", 1.0, 1.0, 0.1, "Good (1990), A book", "exact")
    bad = Row("b", 1.0, 1.2, 0.1, "Bad (1990), A book", "published")
    parts = [Part("x", "X", [Group(good.source, [good])]), Part("y", "Y", [Group(bad.source, [bad])])]
    assert [lane.origin for lane in lanes(parts, "source")] == ["Bad (1990)", "Good (1990)"]
    assert [lane.origin for lane in lanes(parts, "family")] == ["Y", "X"]
    assert column(bad) == OUTSIDE
    mixed = Part("z", "Z", [Group(good.source, [good]), Group(bad.source, [good, bad])])
    listed = failed_first([parts[0], mixed])
    assert [part.name for part in listed] == ["z", "x"]
    assert [group.source for group in listed[0].groups] == [bad.source, good.source]
    assert listed[0].groups[0].rows == [bad, good]


@pytest.mark.parametrize(
    ("ours", "place"),
    [(1.0, 0), (1.00005, 1), (1.005, 2), (1.02, 3), (1.099, 3), (1.2, 4), (float("nan"), 4)],
)
def test_a_difference_is_told_in_units_of_the_tolerance(ours, place):
    assert column(Row("a", 1.0, ours, 0.1, "a book", "exact")) == COLUMNS[place]


def test_names_of_sources_are_short_and_tell_families_apart():
    names = {source_name(group.source) for part in computed() for group in part.groups}
    assert max(map(len, names)) < 60
    assert len(names) >= 40


def test_the_limits_page_tells_what_the_scores_tell():
    told = kept()
    rps = [one["verdict"] for one in told["groups"]["all"]["differences"] if one["score"] == "rps"]
    means = told["groups"]["all"]["scores"]
    assert len(told["roll_calls"]) == 6 and "six roll calls of 2018 and 2019" in LIMITS
    assert len(rps) == 8 and "eight simple rules" in LIMITS
    assert rps.count("better") == 4 and "better than four of the rules" in LIMITS
    assert all(means["plenary"][score] == min(one[score] for one in means.values()) for score in SCORES)
    beaten = [one for one in told["roll_calls"] if one["scores"]["plenary"]["rps"] > lowest(one)]
    assert len(beaten) == 4 and "In four of the six a simple rule has the better score" in LIMITS
    off = {
        round(100 * one["forecast"]): round(100 * one["happened"])
        for one in told["reliability"]
        if not as_said(one)
    }
    assert len(off) == 4 and (off[95], off[52]) == (84, 76)
    assert "said 95 % yes on average, 84 % voted yes, where it said 52 %, 76 %" in LIMITS


def lowest(one):
    """The lowest ranked probability score on a roll call."""
    return min(scores["rps"] for scores in one["scores"].values())
