"""The report: one file, offline, safe, accessible, and drawn in a real browser at three widths."""

import json
import re
from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from dashboards.known import known
from dashboards.pictures import pictures
from dashboards.report import ROWS_ON_PAPER, report_html, write_report
from dashboards.report_parts.honesty import bases
from dashboards.report_parts.repeating import again_command
from dashboards.run_folder import write_run
from dashboards.sections import by_place, costly
from dashboards.summary import summarise
from dashboards.words import unbroken
from scenarios import apply_patch, load
from simulation import run
from simulation.analyses.answer import answer
from simulation.analyses.wording import number
from tests.pages import serious
from tests.unpacking import unpacked

WIDTHS = (390, 1280, 1920)
PLACED = (
    *("blocs", "influence", "bracket-prices", "frontier", "paths", "robustness", "tornado"),
    *("recorded-votes", "validation"),
)
OTHERS = [name for name in by_place() if name not in (*costly(), *PLACED)]
SECTIONS = (
    *("answer", "support", "map"),
    *("space", "coalitions", "life-lines", "network", "together", "margins", "blocs"),
    *("influence", "why", "acts", "paths", "robustness"),
    *("brackets", "drafting", "ambition", "gains"),
    *(*OTHERS, "timeline", "start"),
    *("honesty", "recorded-votes", "method"),
)
LARGEST = 8_500_000  # bytes of a report that can still be mailed


@pytest.fixture(scope="module")
def page(launch_run):
    """The report without the drawing library in it."""
    html = (launch_run / "report.html").read_text("utf-8")
    scripts = re.findall(r"<script>.*?</script>", html, flags=re.DOTALL)
    return html.replace(max(scripts, key=len), "")


def payload(page):
    """What the page's script draws."""
    written = re.search(r'id="report-data">(.*?)</script>', page, re.DOTALL).group(1)
    return unpacked(json.loads(written))


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
    found = re.search(pattern, page, re.DOTALL).group(1)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


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


def opened(browser, folder, width, complaints):
    """The report in a tab of this width with the network off, once its map is drawn."""
    tab = browser.new_context(viewport={"width": width, "height": 900}, offline=True).new_page()
    tab.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda one: complaints.append(one.url) if "file:" not in one.url else None)
    tab.goto((folder / "report.html").as_uri())
    tab.wait_for_function("document.querySelectorAll('#chart-map .choroplethlayer path').length > 60")
    return tab


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_without_network_errors_or_sideways_scrolling(width, launch_run, browser):
    complaints = []
    tab = opened(browser, launch_run, width, complaints)
    drawn = len(tab.evaluate("Object.keys(report.pictures)")) + len(("cover", "map", "why"))
    tab.wait_for_function(f"document.querySelectorAll('.chart .main-svg').length >= {drawn}")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    charts = tab.evaluate(
        "[...document.querySelectorAll('.chart')]"
        ".map(chart => [chart.clientWidth, chart.querySelectorAll('path').length])"
    )
    assert len(charts) == drawn
    assert all(0 < wide <= width and paths > 5 for wide, paths in charts)

    tab.focus("#choose-country")
    before = tab.text_content("#said-why")
    tab.keyboard.press("ArrowDown")
    tab.wait_for_function("text => document.getElementById('said-why').textContent !== text", arg=before)
    label = tab.get_attribute("#why [role=img]", "aria-label")
    assert label == tab.text_content("#said-why")
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
def test_headlines_follow_what_is_chosen(launch_run, browser, page):
    drawn = payload(page)
    tab = opened(browser, launch_run, 1280, [])
    for name in ("support", "gains", "influence"):
        for text in launch_texts(drawn):
            tab.select_option(f"#choose-{name}", text)
            assert tab.text_content(f"#head-{name}") == drawn["pictures"][name][text]["headline"]
    tab.select_option("#choose-map", "un-text")
    tab.focus("#round-map")
    tab.keyboard.press("Home")
    assert tab.text_content("#head-map") == drawn["map"]["headlines"]["un-text"][0]
    tab.select_option("#choose-country", "IND")
    assert tab.text_content("#head-why").startswith("India endorses the text in ")
    tab.select_option("#choose-actor", "IND")
    assert "that concern India" in tab.text_content("#head-acts")
    tab.context.close()


def launch_texts(drawn):
    """The keys of the texts that the report draws."""
    return list(drawn["pictures"]["support"])


@pytest.mark.browser
@pytest.mark.parametrize(("width", "open"), [(390, False), (1280, True)])
def test_the_contents_are_at_hand_wherever_the_reader_is(width, open, launch_run, browser):
    tab = opened(browser, launch_run, width, [])
    contents = tab.locator("#contents details")
    assert contents.evaluate("(box) => box.open") is open
    if not open:
        tab.locator("#contents summary").click()
    tab.locator('#contents a[href="#honesty"]').click()
    tab.wait_for_selector('#contents a[href="#honesty"][aria-current]', state="attached")
    box = tab.locator("#contents").bounding_box()
    assert 0 <= box["y"] < 60
    assert contents.evaluate("(box) => box.open") is open
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_a_printed_report_has_white_paper_and_no_controls(scheme, launch_run, browser):
    tab = opened(browser, launch_run, 1280, [])
    tab.emulate_media(media="print", color_scheme=scheme)
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen = "(kind) => [...document.querySelectorAll(kind)].filter((one) => one.offsetParent).length"
    assert tab.evaluate(seen, "select, input, button, nav") == 0
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.querySelector('.cover')).breakAfter") == "page"
    short = "document.querySelector('#universality details').open"
    assert tab.evaluate(short)
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not tab.evaluate(short)
    tab.context.close()


@pytest.fixture(scope="module")
def on_paper(launch, launch_run):
    """The report for paper, in the run's folder."""
    return write_report(launch, launch_run / "report-paper.html", paper=True)


def test_paper_has_nothing_to_choose_or_to_unfold(on_paper):
    html = on_paper.read_text("utf-8").split('id="report-data"')[0]
    assert not re.search(r"<(select|input|button|details|summary|textarea)\b", html)
    assert not re.search(r'(src|href)\s*=\s*"(?!#)', html)
    assert re.findall(r'<section id="([\w-]+)"', html) == list(SECTIONS)


def test_paper_tells_of_every_text_one_after_another(on_paper, launch):
    html = on_paper.read_text("utf-8").split('id="report-data"')[0]
    rounds = launch.data.sizes["round"]
    for text in launch.data.text.values:
        assert f'data-picture="support" data-key="{text}"' in html
        shown = re.findall(rf'data-picture="map" data-key="{text}" data-round="(\d+)"', html)
        assert [int(one) for one in shown] == [0, (rounds - 1) // 2, rounds - 1]
    for picture in pictures(launch, known(launch).firm)["support"].values():
        assert unbroken(picture["finding"]) in unescape(html)


def test_paper_prints_short_tables_open(on_paper, launch):
    html = on_paper.read_text("utf-8").split('id="report-data"')[0]
    for table in re.findall(r"<tbody>(.*?)</tbody>", html.split('<section id="method"')[0], re.DOTALL):
        assert 0 < table.count("<tr>") <= ROWS_ON_PAPER
    assert "four texts" in html and html.count("<table") > 10


@pytest.mark.browser
def test_paper_draws_every_picture_once_and_asks_nobody_for_anything(on_paper, browser):
    complaints = []
    tab = browser.new_context(viewport={"width": 800, "height": 1000}, offline=True).new_page()
    tab.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(on_paper.as_uri(), wait_until="commit")
    tab.wait_for_selector("body[data-ready]", timeout=120_000)
    sizes = tab.evaluate(
        "[...document.querySelectorAll('.chart')].map((one) => {"
        " const box = one.querySelector('.main-svg, img').getBoundingClientRect();"
        " return [box.width, box.height, one.clientWidth]; })"
    )
    assert len(sizes) > 25
    for width, height, room in sizes:
        assert 0.9 * room < width <= room + 1 and 60 < height < 1000
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
def test_the_script_unpacks_all_that_was_packed(launch_run, browser, page):
    tab = opened(browser, launch_run, 1280, [])
    found = tab.evaluate("unpacked(JSON.parse(document.getElementById('report-data').textContent))")
    tab.context.close()
    assert found == payload(page)


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_answer_table_shows_every_text_without_scrolling_down(width, launch_run, browser):
    tab = opened(browser, launch_run, width, [])
    hidden = tab.evaluate(
        "[...document.querySelectorAll('#answer .scroll')].map((box) => box.scrollHeight - box.clientHeight)"
    )
    tab.context.close()
    assert hidden and max(hidden) <= 1


def end_of_first_replicate(launch, country, text):
    """Appeal, its two cut-points and its parts after the last round, as the why-chart rounds them."""
    here = launch.data.sel(country=country, text=text).isel(round=-1)
    own = [float(one) for one in here.part_of_appeal.values]
    bloc, chance = float(here.appeal) - sum(own), float(here.chance)
    rounded = [float(here.appeal) + chance, float(here.oppose_cut), float(here.endorse_cut)]
    return [round(one, 3) for one in rounded], [round(one, 3) for one in (*own, bloc, chance)]


@pytest.mark.browser
def test_the_why_of_a_delegation_is_told_in_its_numbers(launch_run, launch, browser):
    tab = opened(browser, launch_run, 1280, [])
    for country, text in (("PHL", "global-initiative"), ("FRA", "clean-network"), ("BRA", "un-text")):
        tab.select_option("#choose-country", country)
        tab.select_option("#choose-why", text)
        told = tab.text_content("#said-why").split(launch.data.text_title.sel(text=text).item())[1]
        found = [float(one.replace("−", "-")) for one in re.findall(r"[−+]?\d+(?:\.\d+)?", told)]
        sums, parts = end_of_first_replicate(launch, country, text)
        endorses = (launch.data.stance.sel(country=country, text=text).values[:, -1] == 1).mean()
        large = sorted((one for one in parts if abs(one) >= 0.005), key=lambda one: -abs(one))
        assert found == pytest.approx([round(100 * endorses), *sums, *large], abs=0.0011)
        (marked,) = tab.query_selector_all(".ladder [aria-current]")
        assert told.endswith(f"The language that fits: {marked.text_content()}.")
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", (390, 1280))
def test_what_one_delegation_did_is_found_with_the_choosers(width, launch_run, browser):
    complaints = []
    tab = opened(browser, launch_run, width, complaints)
    shown = (
        "(kind) => [...document.querySelectorAll(`#list-${kind} li`)].filter((one) => one.offsetParent)"
        ".map((one) => one.dataset.who.split(' ').includes('IND') && one.dataset.text)"
    )
    tab.select_option("#choose-actor", "IND")
    tab.select_option("#choose-about", "")
    assert sorted(tab.evaluate(shown, "votes")) == ["0", "1", "2", "3"]
    assert tab.evaluate(shown, "acts") and all(tab.evaluate(shown, "acts"))
    tab.select_option("#choose-about", "3")
    assert tab.evaluate(shown, "votes") == ["3"]
    assert "India" in tab.text_content("#said-acts") and "1 explanation " in tab.text_content("#said-acts")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def world_run(tmp_path_factory):
    """The folder of a short run with all member states in the room."""
    folder = tmp_path_factory.mktemp("runs") / "world"
    write_run(run(load("launch-2020-world"), replicates=2, seed=1), folder)
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_draws_every_member_in_the_browser(width, world_run, browser):
    complaints = []
    tab = opened(browser, world_run, width, complaints)
    tab.wait_for_function("document.querySelectorAll('#chart-map .scatterlayer path.point').length > 50")
    shaped, dots = tab.evaluate(
        "['.choroplethlayer path', '.scatterlayer path.point'].map((kind) =>"
        " [...document.querySelectorAll('#chart-map ' + kind)]"
        ".filter((one) => one.getBoundingClientRect().width > 1 && one.getAttribute('d')).length)"
    )
    assert shaped + dots == 193
    labels = tab.evaluate("Array.from(document.getElementById('chart-map').data[2].text)")
    for name in ("San Marino", "Singapore", "Malta", "Tuvalu"):
        assert any(label.startswith(f"{name}: ") for label in labels)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert (world_run / "report.html").stat().st_size < LARGEST
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
def test_the_map_steps_through_the_rounds_by_keyboard(launch_run, browser, page):
    drawn, complaints = payload(page)["map"], []
    tab = opened(browser, launch_run, 1280, complaints)
    tab.focus("#round-map")
    for key, index in (("Home", 0), ("ArrowRight", 1), ("End", len(drawn["dates"]) - 1), ("ArrowLeft", -2)):
        tab.keyboard.press(key)
        finding = drawn["findings"]["global-initiative"][index]
        assert tab.text_content("#date-map") == drawn["dates"][index]
        assert tab.get_attribute("#round-map", "aria-valuetext") == drawn["dates"][index]
        assert tab.get_attribute("#map [role=img]", "aria-label") == finding
        shown = tab.evaluate("Array.from(document.getElementById('chart-map').data[0].z)")
        rows = drawn["figure"]["data"][0]["meta"]["rows"]
        assert shown == [drawn["codes"]["global-initiative"][index][row] for row in rows]
    tab.select_option("#choose-map", "clean-network")
    assert tab.text_content("#said-map") == drawn["findings"]["clean-network"][-2]
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("width", (390, 1280))
def test_nothing_serious_keeps_anybody_from_using_it(width, launch_run, browser, axe):
    tab = opened(browser, launch_run, width, [])
    tab.evaluate("[...document.querySelectorAll('details')].forEach((one) => { one.open = true; })")
    found = serious(tab, axe)
    tab.context.close()
    assert found == []
