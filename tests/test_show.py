"""The brief of a scenario: its facts in the terminal and on a page that opens offline, wide and narrow."""

import os
import re
import subprocess
import sys
from collections import Counter
from html import unescape

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboards.briefs.brief import CAUTION, Positions, brief
from dashboards.briefs.coding import sources_counted, uncertainty
from dashboards.briefs.deciding import by_rule
from dashboards.briefs.groups import SHAPES, grouped
from dashboards.briefs.listening import NOBODY, kind_shares, listening
from dashboards.briefs.page import to_page
from dashboards.briefs.scales import APART, STEP, TALLEST, scale, stacked
from dashboards.cli import build
from scenarios import apply_patch, load, names, tie_matrix
from scenarios.overlaying import fitting
from simulation.rules import names as rules
from tests.pages import serious


def plenary(*words):
    """Run `plenary` with these words."""
    return CliRunner().invoke(build(), [str(word) for word in words])


def plain(words):
    """Words in one line."""
    return " ".join(words.split())


def page_of(name):
    """The page of a shipped scenario."""
    return to_page(brief(load(name), name))


@pytest.fixture(scope="module")
def launch_2020():
    return load("launch-2020")


@pytest.fixture(scope="module")
def pen():
    return load("who-holds-the-pen")


def test_the_terminal_says_what_to_learn_how_sure_it_is_and_where_it_ends(launch_2020):
    shown = plain(plenary("show", "launch-2020").stdout)
    for prose in (launch_2020.objectives, launch_2020.look_for, launch_2020.limits):
        assert plain(prose) in shown
    for words in (
        "sharing a region (25 %)",
        "Simple majority: more yes than no among those who vote yes or no.",
        "6 to 18 points (12 in the middle)",
        "61 coded by a rule and 50 coded by hand",
        "--with doubts-about-motives:",
        CAUTION,
    ):
        assert words in shown


def test_the_shares_of_listening_count_only_ties_that_are_there(launch_2020, pen):
    assert kind_shares(launch_2020) == {"voting": 0.5, "region": 0.25, "bloc": 0.25}
    assert listening(pen) == [NOBODY]
    tie = {"source": "NORTH", "target": "HILLS", "kind": "trade", "weight": 2.0}
    tied = apply_patch(pen, {"ties": [tie], "listening": {"voting": 0.5}})
    assert kind_shares(tied) == {"trade": 1.0}
    told = " ".join(listening(tied))
    assert "one of trade" in told and "Northern Federation (100.0 %)" in told


def test_those_listened_to_most_have_the_largest_share_of_all_ties(launch_2020):
    heard = np.abs(tie_matrix(launch_2020)).sum(axis=0)
    most = list(launch_2020.delegations.values())[int(heard.argmax())]
    assert (
        f"all listening: {most.name} ({100 * heard.max() / heard.sum():.1f} %)" in listening(launch_2020)[2]
    )


def test_silent_delegations_are_heard_by_nobody(launch_2020):
    hushed = apply_patch(launch_2020, {"delegations": {"PHL": {"silent": True}}})
    assert "Nobody hears the Philippines." in listening(hushed)


def test_uncertainty_is_told_as_it_is_set(pen):
    calm = apply_patch(pen, {"uncertainty": {"spread": 0.0}})
    assert uncertainty(calm) == ["Every replicate takes positions and salience exactly as coded."]
    patch = {
        "uncertainty": {"bloc_correlation": 0.3, "spread": 2.0},
        "blocs": {"SOUTH": {"name": "South", "members": ["HILLS", "DELTA"]}},
        "delegations": {"HILLS": {"positions": {"fund": None}}},
    }
    told = " ".join(uncertainty(apply_patch(pen, patch)))
    assert "positions with a standard deviation of 8 points" in told
    assert "their correlation is 0.3" in told
    assert "One position is unknown" in told


@pytest.mark.parametrize("name", names())
def test_every_delegation_is_counted_with_its_source(name):
    scenario = load(name)
    assert sum(sources_counted(scenario).values()) == len(scenario.delegations)


@pytest.mark.parametrize("name", rules())
def test_every_rule_is_told_in_words(name, pen):
    scenario = apply_patch(pen, {"rule": {"name": name, "quota": 0.6, "quorum": 0.5}})
    first, *settings = by_rule(scenario, scenario.rule)
    assert first.startswith(f"{name.replace('-', ' ').capitalize()}: ")
    assert "More than 50 % of the seats have to be present." in settings
    reads = name in ("endorsement-count", "security-council", "weighted-majority")
    assert ("The quota is 60 %." in settings) == reads


def test_only_overlays_that_fit_are_offered(pen):
    fit = {one.name for one in fitting(pen, "who-holds-the-pen")}
    assert {"chairs-pen", "fixed-wording", "rule", "unheard"} <= fit
    assert not fit & {"coordinator", "doubts-about-motives", "sponsor", "no-bloc-line"}
    own = {one.name for one in fitting(load("capacity-fund"), "capacity-fund")}
    assert "no-funds" in own and "doubts-about-motives" not in own


@pytest.mark.parametrize("name", names())
def test_the_page_marks_every_delegation_and_text_on_every_issue(name):
    scenario, html = load(name), page_of(name)
    issues = dict(re.findall(r'<article class="issue" id="issue-([^"]+)">(.*?)</article>', html, re.DOTALL))
    assert list(issues) == list(scenario.issues)
    for key, drawn in issues.items():
        marks = re.findall(r'<use class="mark [^>]* x="([\d.]+)%"[^>]*><title>(.*?)</title>', drawn)
        coded = {iso3: one.positions.get(key) for iso3, one in scenario.delegations.items()}
        coded = {iso3: position for iso3, position in coded.items() if position is not None}
        assert len(marks) == len(coded)
        for place, words in marks:
            iso3, position = re.fullmatch(r".* \((\w+)\): ([\d.]+)", unescape(words)).groups()
            assert float(position) == pytest.approx(coded[iso3], rel=1e-5)
            assert abs(float(place) - coded[iso3]) <= STEP / 2
        for words in scenario.issues[key].anchors.values():
            assert words in unescape(drawn)
    letters = len(re.findall('<h3><span class="sign">', html))
    assert letters == len(scenario.texts)


@pytest.mark.parametrize("name", ("launch-2020-world", "who-holds-the-pen"))
def test_the_page_needs_no_network_and_says_what_it_is(name):
    scenario, html = load(name), unescape(page_of(name))
    assert not re.search(r"<script|<link|<img|https?:|url\(", html)
    assert CAUTION in html
    for count, source in ((count, source) for source, count in sources_counted(scenario).items()):
        assert f"{count} {source}" in html
    for heading in ("Learning objectives", "What to look for", "Sources", "Limits", "Teacher’s notes"):
        assert f"<h2>{heading}</h2>" in html


def test_what_a_scenario_does_not_say_has_no_heading(pen):
    silent = ("story", "objectives", "look_for", "sources", "teacher_notes", "limits")
    scenario = apply_patch(pen, {**dict.fromkeys(silent, ""), "final_vote": None})
    html = to_page(brief(scenario, "who-holds-the-pen"))
    headings = re.findall("<h2>(.*?)</h2>", html)
    assert not {"The story", "Learning objectives", "What to look for", "Sources", "The blocs"} & {*headings}
    assert not re.search(r"<section[^>]*>\s*(<div>\s*</div>\s*)*</section>", html)
    assert "No vote is recorded at the end." in html and CAUTION in html


def test_words_of_a_scenario_are_never_markup(launch_2020):
    evil = "</title><script>alert(1)</script>`<b>`"
    patch = {
        "title": evil,
        "story": evil,
        "limits": evil,
        "issues": {"flow": {"title": evil, "low_pole": evil, "anchors": {"0": evil}}},
        "delegations": {"CHN": {"name": evil, "provenance": evil, "basis": evil}},
        "blocs": {"EU": {"name": evil}},
        "texts": {"un-text": {"title": evil}},
    }
    html = to_page(brief(apply_patch(launch_2020, patch), "launch-2020"))
    assert "<script" not in html and "<b>`" not in html and "<code><b>" not in html


def test_a_text_that_is_silent_has_no_letter_and_an_unknown_position_no_mark(pen):
    patch = {
        "texts": {"compact": {"articles": {key: None for key in list(pen.texts["compact"].articles)[1:]}}},
        "delegations": {"HILLS": {"positions": {"fund": None}}},
    }
    told = brief(apply_patch(pen, patch), "who-holds-the-pen")
    fund = next(one for one in told.issues if one.key == "fund")
    drawn = scale(told, fund, grouped(told.scenario))
    assert [sign.letter for sign in drawn["signs"]] == ["R"]
    assert (drawn["silent"], drawn["unknown"], len(drawn["dots"])) == ("A", 1, 8)


@given(st.lists(st.floats(0, 100), max_size=111))
def test_marks_lie_where_they_are_coded_and_none_hides_another(positions):
    scenario = load("launch-2020")
    held = dict(zip(scenario.delegations, positions, strict=False))
    shapes = {name: group.shape for group in grouped(scenario) for name in group.members}
    dots = stacked(scenario, Positions("flow", scenario.issues["flow"], held, 0, {}), shapes)
    assert len({(dot.place, dot.up) for dot in dots}) == len(held)
    assert Counter(dot.place for dot in dots) == Counter(
        STEP * int(position / STEP + 0.5) for position in held.values()
    )
    assert all(dot.up <= TALLEST for dot in dots)


@pytest.mark.parametrize("name", names())
def test_no_letter_under_a_scale_lies_on_another(name):
    told = brief(load(name), name)
    for one in told.issues:
        rows = {}
        for sign in scale(told, one, grouped(told.scenario))["signs"]:
            rows.setdefault(sign.row, []).append(sign.place)
        for places in rows.values():
            assert all(last - first >= APART for first, last in zip(places, places[1:], strict=False))


@pytest.mark.parametrize("name", names())
def test_every_delegation_has_one_shape(name):
    scenario = load(name)
    groups = grouped(scenario)
    assert sorted(one for group in groups for one in group.members) == sorted(scenario.delegations)
    assert [group.shape for group in groups] == list(range(len(groups)))
    assert len(groups) <= SHAPES


def test_many_regions_share_the_last_shape(pen):
    apart = {key: {"region": f"region {key}"} for key in pen.delegations}
    groups = grouped(apply_patch(pen, {"delegations": apart}))
    assert len(groups) == SHAPES
    assert groups[-1].name == "other delegations"
    assert len(groups[-1].members) == len(pen.delegations) - SHAPES + 1


def test_out_writes_a_page_or_words_by_the_name_of_the_file(tmp_path):
    page, words = tmp_path / "brief.html", tmp_path / "brief.txt"
    assert plenary("show", "who-holds-the-pen", "--out", page).stdout == f"{page} is written.\n"
    assert page.read_text("utf-8") == page_of("who-holds-the-pen")
    assert plenary("show", "who-holds-the-pen", "--out", words).exit_code == 0
    assert "What to look for" in words.read_text("utf-8")
    assert "<h2>" not in words.read_text("utf-8")
    assert plenary("show", "who-holds-the-pen", "--format", "html").stdout == page.read_text("utf-8")


def test_open_writes_the_page_beside_and_opens_it(tmp_path):
    command = [sys.executable, "-c", "from dashboards.cli import main; main()"]
    done = subprocess.run(
        [*command, "show", "who-holds-the-pen", "--open"],
        cwd=tmp_path,
        env={**os.environ, "BROWSER": "echo", "PYTHONPATH": os.pathsep.join(filter(None, [os.getcwd()]))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "who-holds-the-pen.html").read_text("utf-8") == page_of("who-holds-the-pen")
    assert (tmp_path / "who-holds-the-pen.html").as_uri() in done.stdout


@pytest.mark.browser
@pytest.mark.parametrize("look", ("light", "dark"))
@pytest.mark.parametrize("width", (390, 1280))
@pytest.mark.parametrize("name", ("launch-2020-world", "who-holds-the-pen"))
def test_anybody_can_read_the_page(name, width, look, browser, axe, tmp_path):
    file = tmp_path / "brief.html"
    file.write_text(page_of(name), "utf-8")
    complaints = []
    context = browser.new_context(
        viewport={"width": width, "height": 900}, offline=True, color_scheme=look, bypass_csp=True
    )
    tab = context.new_page()
    tab.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    tab.on("request", lambda one: complaints.append(one.url) if "file:" not in one.url else None)
    tab.goto(file.as_uri())
    tab.evaluate("[...document.querySelectorAll('details')].forEach((one) => { one.open = true; })")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    outside = tab.evaluate(
        "[...document.querySelectorAll('.dots use, .dots text')].map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.left < 0 || box.right > innerWidth || !box.width).length"
    )
    assert outside == 0
    found = serious(tab, axe)
    context.close()
    assert complaints == []
    assert found == []
