"""The report: one file, offline, safe, accessible, and drawn in a real browser at three widths."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from dashboards.report import report_html
from dashboards.run_folder import write_run
from dashboards.sections import by_place, costly
from dashboards.summary import summarise
from dashboards.words import unbroken
from scenarios import apply_patch, load
from simulation import run
from tests.pages import serious
from tests.unpacking import unpacked

WIDTHS = (390, 1280, 1920)
SECTIONS = (
    "answer",
    "care",
    "support",
    "map",
    "drafting",
    "brackets",
    "ambition",
    "gains",
    "space",
    "coalitions",
    "life-lines",
    "network",
    "together",
    "margins",
    *(name for name in by_place() if name not in costly()),
    "why",
    "acts",
    "timeline",
    "start",
    "method",
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
    assert not re.search(r'(src|href)\s*=\s*"', page.split('id="report-data"')[0])
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
    assert page.count('role="img"') == page.count("<figure>") == page.count("The numbers as a table") == drawn


def test_every_section_is_there_in_order(page, launch):
    present = re.findall(r'<section id="([\w-]+)"', page)
    warned = bool(summarise(launch).warnings)
    assert present == [name for name in SECTIONS if name != "care" or warned]


def test_the_head_counts_who_and_how_often(page, launch):
    sizes = launch.data.sizes
    kicker = re.search(r'<p class="kicker">(.*?)</p>', page).group(1)
    assert kicker.endswith(f"{sizes['country']} delegations · {sizes['replicate']} replicates")
    for answered in launch_sentences(launch):
        assert unbroken(answered) in unescape(page)


def launch_sentences(launch):
    """The three sentences of the answer, which have tests of their own."""
    found = summarise(launch).sentences
    assert len(found) == 3
    return found


def test_warnings_stand_near_the_top(page, launch):
    warnings = summarise(launch).warnings
    listed = re.search(r'<section id="care">(.*?)</section>', page, re.DOTALL).group(1)
    shown = [unescape(one) for one in re.findall("<li>(.*?)</li>", listed, re.DOTALL)]
    assert shown == [unbroken(one) for one in warnings] != []


def test_a_run_without_drafting_or_warnings_says_so_or_nothing():
    calm = {"precision": 200, "drafting": "off"}
    scenario = load("launch-2020", [{"dynamics": calm, "texts": {"un-text": None, "clean-network": None}}])
    html = report_html(run(scenario, replicates=2, seed=1))
    assert "To be read with care" not in html
    assert "Nobody redrafts the texts in this run." in html


def test_every_picture_tells_how_to_read_it(page):
    for section in re.findall(r"<section id=.*?</section>", page, re.DOTALL):
        if 'role="img"' in section:
            assert '<p class="how">' in section
            assert "<h2>" in section


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
    html = report_html(replace(launch, scenario=scenario, data=data))
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
    drawn = len(tab.evaluate("Object.keys(report.pictures)")) + len(("map", "why"))
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
