"""The report drawn in a real browser, offline, at three widths, by keyboard, and printed."""

import re

import pytest

from dashboards.run_folder import write_run
from scenarios import load
from simulation import run
from tests.pages import serious
from tests.reports import LARGEST, payload, without_library

WIDTHS = (390, 1280, 1920)


@pytest.fixture(scope="module")
def page(launch_run):
    """The report without the drawing library in it."""
    return without_library(launch_run)


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
