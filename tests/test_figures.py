"""Figures show what the results hold, whatever else they look like."""

import numpy as np
import pytest

from dashboards import figures
from dashboards.figures._dates import opening_rounds
from dashboards.figures.start import leanings
from dashboards.figures.timeline import statements
from dashboards.figures.why import appeal_parts
from dashboards.groups import labels_by_round
from dashboards.sections import costly
from scenarios import load
from simulation import open_run, run, save

TEXT = "global-initiative"


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    """A small run of nine delegations: figures that negotiate again are drawn of it."""
    folder = tmp_path_factory.mktemp("small")
    save(run(load("who-holds-the-pen"), replicates=4, seed=1), folder)
    return folder


@pytest.fixture
def folder(name, launch_run, small_run):
    """The run that a figure is drawn of."""
    return small_run if name in costly() else launch_run


@pytest.mark.parametrize("name", figures.FIGURES)
def test_every_figure_says_how_to_read_it_and_draws(name, folder):
    function = figures.FIGURES[name]
    assert function is getattr(figures, name.replace("-", "_"))
    assert len(function.__doc__.split()) > 10
    assert function(open_run(folder)).data


@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_saved_run_draws_the_same(name, folder):
    again = open_run(folder)
    assert figures.FIGURES[name](again).to_json() == figures.FIGURES[name](open_run(folder)).to_json()


def test_support_curves_end_at_the_medians_of_the_replicates(launch):
    drawn = {
        trace.name: trace.y[-1] for trace in figures.support(launch).data if trace.name and trace.showlegend
    }
    for letter, count in (("E", "endorsing"), ("S", "studying"), ("O", "opposing")):
        expected = np.median(launch.data[count].sel(text=TEXT).values[:, -1])
        assert drawn[f"{letter} {count}"] == expected


def test_stances_differ_in_more_than_colour(launch):
    lines = [trace for trace in figures.support(launch).data if trace.mode == "lines+text"]
    assert len({trace.line.dash for trace in lines}) == len({trace.line.color for trace in lines}) == 3
    assert sorted(trace.text[-1] for trace in lines) == ["E", "O", "S"]


def test_the_first_days_of_the_launch_have_a_panel_of_their_own(launch):
    assert opening_rounds([str(date) for date in launch.data.date.values]) == 11


def test_parts_of_the_appeal_add_up_to_it(launch):
    for country in ("CHN", "PHL", "FRA"):
        series = appeal_parts(launch, country, TEXT)
        parts = sum(values for name, values in series.items() if name in figures_parts())
        np.testing.assert_allclose(parts, series["sum"], atol=1e-6)


def figures_parts():
    """The names of the stacked parts."""
    from dashboards.figures._style import PARTS

    return PARTS


def test_why_chart_stacks_what_the_data_hold(launch):
    figure = figures.why(launch, "PHL", TEXT)
    upper = [trace for trace in figure.data if trace.meta["series"] == "trust" and trace.meta["side"] == 1]
    drawn = [value for trace in upper for value in trace.y]
    assert max(drawn) == pytest.approx(max(0, appeal_parts(launch, "PHL", TEXT)["trust"].max()))


def test_every_delegation_is_on_the_coalition_strip_in_every_round(launch):
    strip = figures.coalitions(launch).data[0]
    assert np.asarray(strip.z).shape == (launch.data.sizes["country"], launch.data.sizes["round"])


def test_a_cell_of_the_coalition_strip_tells_who_when_and_with_whom(launch):
    strip = figures.coalitions(launch).data[0]
    names = {row[0] for row in strip.text}
    assert names == set(launch.data.name.values)
    assert all(len(set(row)) == 1 for row in strip.text)
    first, last = strip.customdata[0][0], strip.customdata[0][-1]
    assert first.startswith("8 September 2020: ") and last.startswith("11 June 2022: coalition ")


def test_coalitions_have_the_same_members_under_their_tracked_labels(launch):
    tracked, raw = labels_by_round(launch.data), launch.data.coalition_by_round.values
    for one, other in zip(tracked, raw, strict=True):
        together = one[one >= 0][:, None] == one[one >= 0]
        np.testing.assert_array_equal(together, other[one >= 0][:, None] == other[one >= 0])


def test_starting_point_counts_every_delegation_once(launch):
    for counts in leanings(launch).values():
        np.testing.assert_allclose(sum(counts.values()), launch.data.sizes["country"])


def test_timeline_knows_who_reported_each_statement(launch):
    said = {row["speaker"]: row for row in statements(launch)}
    assert said["PHL"]["on_behalf_of"] == "ASEAN"
    assert said["PHL"]["wording"] == "attaches importance"
    assert said["RUS"]["date"] == "2020-09-11"
    assert all(row["reported_by"] for row in said.values())


def test_an_unknown_figure_is_named_with_the_known_ones():
    with pytest.raises(AttributeError, match="there are: ambition"):
        figures.pie  # noqa: B018
