"""The report: one file, offline, safe, and every section says what the run found."""

import json
import re
from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from dashboards.report import report_html
from dashboards.report_parts.honesty import bases
from dashboards.report_parts.repeating import again_command
from dashboards.summary import summarise
from dashboards.words import unbroken
from scenarios import apply_patch, load
from simulation import run
from simulation.analyses.answer import answer
from simulation.analyses.wording import number
from tests.pages import plain
from tests.reports import LARGEST, SECTIONS, payload, without_library


@pytest.fixture(scope="module")
def page(launch_run):
    """The report without the drawing library in it."""
    return without_library(launch_run)


def test_nothing_is_fetched_from_anywhere(page):
    assert not re.search(r'(src|href)\s*=\s*"(?!#)', page.split('id="report-data"')[0])
    assert not re.search(r"@import|url\(", page)
    assert "default-src 'none'" in page


def test_it_says_what_it_is_and_where_positions_come_from(page):
    assert "not a prediction of any state" in page
    assert "curated judgement" in page or "our coding" in page
    assert "seed 1" in page


def test_every_picture_states_its_finding_and_has_a_table(page):
    for picture in payload(page)["pictures"].values():
        for choice in picture.values():
            assert choice["finding"].endswith(".")
            assert all(len(row) == len(choice["table"]["head"]) for row in choice["table"]["rows"])
    drawn = len(payload(page)["pictures"]) + len(("map", "why"))
    assert page.count("The numbers as a table") == drawn
    assert page.count('role="img"') == page.count("<figure>") == drawn + len(("cover",))


def test_every_section_is_there_in_order_and_in_the_contents(page):
    assert re.findall(r'<section id="([\w-]+)"', page) == list(SECTIONS)
    contents = re.search(r'<nav id="contents".*?</nav>', page, re.DOTALL).group(0)
    assert re.findall(r'href="#([\w-]+)"', contents) == list(SECTIONS)


def words_of(page, pattern):
    """What stands in the first match of a pattern, tags taken out, without double spaces."""
    return plain(re.search(pattern, page, re.DOTALL).group(1))


def test_the_cover_has_question_answer_facts_and_caution(page, launch):
    cover = words_of(page, r'(<header class="cover">.*?</header>)')
    assert launch.scenario.title in cover and launch.scenario.question in cover
    assert "A model’s output, not a prediction of policy." in cover
    sizes = launch.data.sizes
    for word, fact in (
        ("Scenario", "launch-2020"),
        ("Period", "8 September 2020 to 11 June 2022"),
        ("Seats", f"{sizes['country']} delegations"),
        ("Replicates", sizes["replicate"]),
        ("Seed", "1"),
    ):
        assert f"{word} {fact}" in cover


def test_the_cover_answers_in_three_short_sentences_made_of_the_answer(page, launch):
    short = re.findall("<p>(.*?)</p>", re.search(r'<div id="in-short">(.*?)</div>', page, re.DOTALL).group(1))
    assert len(short) == 3
    full = " ".join(answer(launch).sentences)
    for sentence in map(unescape, short):
        assert sentence.endswith(".") and sentence.count(". ") == 0 and len(sentence) < 190
        assert set(re.findall(r"\d+", sentence)) <= set(re.findall(r"\d+", full)), sentence


def test_the_answer_in_full_stands_behind_the_cover(page, launch):
    for answered in launch_sentences(launch):
        assert unbroken(answered) in unescape(page)


def test_the_manifest_and_the_command_that_repeats_the_run_stand_at_the_end(page, launch):
    method = words_of(page, r'(<section id="method".*?</section>)')
    manifest = launch.manifest
    for told in (manifest["scenario_hash"], manifest["result_hash"], manifest["versions"]["numpy"]):
        assert told in method
    assert f"plenary run launch-2020 --replicates {manifest['replicates']} --seed 1" in method


def test_a_changed_scenario_is_repeated_from_its_folder(launch):
    assert again_command({**launch.manifest, "scenario_hash": "0" * 64}) == "plenary replay RUN"
    assert again_command({**launch.manifest, "scenario_name": "my-own"}) == "plenary replay RUN"


def test_the_honesty_panel_says_what_positions_rest_on_and_what_varies(page, launch):
    told = words_of(page, r'(<section id="honesty".*?</section>)')
    found = dict(bases(launch.scenario))
    assert sum(found.values()) == len(launch.scenario.delegations)
    for basis, count in found.items():
        assert f"{basis} {count} " in told
    chance = np.pi / (np.sqrt(3) * launch.scenario.dynamics.precision)
    assert f"{chance:.3f} gain units" in told
    assert "naive baseline" in told and "Limits of this scenario" in told
    assert "this run is without lobbying, offers, commitments and observers" in told


def test_what_needs_a_re_run_is_pointed_to(page):
    for name in ("paths", "robustness"):
        assert "plenary report RUN --full" in words_of(page, rf'(<section id="{name}".*?</section>)')


def test_headlines_of_pieces_without_pictures_count_what_stands_beneath(page, launch):
    told = summarise(launch)
    adopted = sum(one.adopted > 0.5 for one in told.texts)
    assert f"{number(adopted).capitalize()} of the four texts" in words_of(
        page, "answer in full</p>(.*?)</h2>"
    )
    added = max(one.drafting_adds["endorsing"][1] for one in told.texts)
    assert f"+{added:.1f} endorsements" in words_of(page, "What redrafting adds</p>(.*?)</h2>")
    acts = re.search('<ol[^>]*id="list-acts"[^>]*>(.*?)</ol>', page, re.DOTALL).group(1).count("<li")
    assert f"{acts} acts lead to the vote" in words_of(page, "What they did, and why</p>(.*?)</h2>")


def launch_sentences(launch):
    """The three sentences of the answer, which have tests of their own."""
    found = summarise(launch).sentences
    assert len(found) == 3
    return found


def test_warnings_are_counted_on_the_cover_and_listed_in_the_honesty_panel(page, launch):
    warnings = summarise(launch).warnings
    listed = re.search(r'<div id="care">(.*?)</div>', page, re.DOTALL).group(1)
    assert f'<a href="#honesty">{len(warnings)} warnings of this run</a>' in page.split("</header>")[0]
    shown = [unescape(one) for one in re.findall("<li>(.*?)</li>", listed, re.DOTALL)]
    assert shown == [unbroken(one) for one in warnings] != []


def test_a_run_without_drafting_or_warnings_says_so_or_nothing():
    calm = {"precision": 200, "drafting": "off"}
    scenario = load("launch-2020", [{"dynamics": calm, "texts": {"un-text": None, "clean-network": None}}])
    html = report_html(run(scenario, replicates=2, seed=1))
    assert "of this run</a>" not in html
    assert "None of the known ways in which such models mislead" in html
    assert "Nobody redrafts the texts in this run." in html


def test_every_picture_tells_how_to_read_it(page):
    for section in re.findall(r"<section id=.*?</section>", page, re.DOTALL):
        if 'role="img"' in section:
            assert '<p class="how">' in section
            assert "<h2" in section


def test_shapes_are_inlined_once_before_anything_is_drawn(page):
    assert page.count("PlotlyGeoAssets") == page.count('id="world-shapes"') == 1
    shapes = re.search(r'id="world-shapes">(.*?)</script>', page, re.DOTALL).group(1)
    assert "<" not in shapes
    assert json.loads(shapes)["type"] == "Topology"
    assert page.index("PlotlyGeoAssets") < page.index("// Draws the pictures of the report")


def test_it_is_small_enough_to_be_mailed(launch_run):
    assert (launch_run / "report.html").stat().st_size < LARGEST


def test_the_why_chart_knows_every_delegation(page, launch):
    why = payload(page)["why"]
    assert set(why["values"]) == set(launch.data.country.values)
    everybody, european_union, all_texts = 1, 1, 1
    countries, texts = launch.data.sizes["country"], launch.data.sizes["text"]
    for name, expected in {
        "country": countries,
        "why": texts,
        "actor": countries + european_union + everybody,
        "about": texts + all_texts,
    }.items():
        chooser = re.search(rf'id="choose-{name}">(.*?)</select>', page, re.DOTALL).group(1)
        assert chooser.count("<option") == expected, name


def test_acts_and_explanations_of_vote_are_in_the_page_itself(page, launch):
    lists = {
        kind: re.search(f'<ol[^>]*id="list-{kind}"[^>]*>(.*?)</ol>', page, re.DOTALL).group(1)
        for kind in ("acts", "votes")
    }
    assert lists["votes"].count("<li") == launch.data.sizes["country"] * launch.data.sizes["text"]
    assert "China tabled the Global Initiative on Data Security" in unescape(lists["acts"])
    assert lists["acts"].count("<li") > 100
    for entry in re.findall(r"<li[^>]*>(.*?)</li>", "".join(lists.values()), re.DOTALL):
        assert entry.endswith(".")


def test_words_of_a_scenario_are_never_markup(launch):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    scenario = apply_patch(
        launch.scenario, {"title": evil, "events": {"pakistan-welcomes": {"sentence": evil}}}
    )
    data = launch.data.assign_coords(text_title=("text", [evil, "b", "c", "d"]))
    for paper in (False, True):
        html = report_html(replace(launch, scenario=scenario, data=data), paper=paper)
        assert evil not in html
        assert "<img src=x" not in html
