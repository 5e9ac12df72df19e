"""What if in a real browser: a slider moves, and the difference appears beside it."""

import json
import os
import zipfile

import pytest
import uvicorn

from tests.pages import PATIENCE, serious, within
from tests.test_explorer_in_browser import opened

LONG = 1000 * PATIENCE


def settled(tab):
    """Wait until the last answer with all replicates is there."""
    tab.wait_for_selector("#effects:not([aria-busy])", timeout=LONG)
    within(lambda: tab.wait_for_timeout(50) or tab.text_content("#effect-status") == "200 replicates")


def panel(browser, port, query="", width=1280, scheme="light", complaints=None, key="launch"):
    """The panel of changes with its first answer."""
    tab = opened(browser, port, f"/of/{key}/what-if{query}", width, scheme, complaints)
    settled(tab)
    return tab


def chips(tab):
    """The changes as the page lists them."""
    return [words.removesuffix("×") for words in tab.locator("#chips li").all_text_contents()]


@pytest.mark.browser
@pytest.mark.parametrize("width", (390, 1280))
def test_a_slider_moved_by_keyboard_is_run_again_and_stays_in_the_address(width, port, browser):
    complaints = []
    tab = panel(browser, port, width=width, complaints=complaints)
    assert tab.text_content("#brief") == "Nothing is changed yet." and chips(tab) == []
    tab.focus("#value-trust_weight")
    tab.keyboard.press("End")
    assert tab.text_content("#output-trust_weight") == "0.4"
    tab.wait_for_selector("#chips li", timeout=LONG)
    settled(tab)
    assert chips(tab) == ["How much trust in the sponsors counts: 0.4 instead of 0.1"]
    assert "endorsements " in tab.text_content("#brief") and "trust_weight=0.4" in tab.url
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    told = tab.text_content("#said-effect")
    again = panel(browser, port, tab.url.split("what-if")[1], width)
    assert again.text_content("#said-effect") == told and chips(again) == chips(tab)
    assert again.input_value("#value-trust_weight") == "0.4"
    tab.context.close()
    again.context.close()
    assert complaints == []


@pytest.mark.browser
def test_several_positions_stand_together_and_each_can_be_taken_back(port, browser):
    tab = panel(browser, port)
    tab.click("#group-of-standing > summary")
    for delegation, issue, presses in (("USA", "flow", 3), ("BRA", "access", 5)):
        tab.select_option("[data-control=position] [data-choice='0']", delegation)
        tab.select_option("[data-control=position] [data-choice='1']", issue)
        tab.focus("#value-position")
        for _ in range(presses):
            tab.keyboard.press("ArrowRight")
    assert "Near " in tab.text_content("[data-control=position] [data-mark]")
    assert ", near: " in tab.get_attribute("#value-position", "aria-valuetext")
    tab.wait_for_selector("#chips li >> nth=1", timeout=LONG)
    settled(tab)
    assert [words.split(" instead")[0] for words in chips(tab)] == [
        "The United States at 17",
        "Brazil at 65",
    ]
    tab.select_option("[data-control=position] [data-choice='0']", "USA")
    tab.select_option("[data-control=position] [data-choice='1']", "flow")
    assert tab.text_content("#output-position") == "17"
    tab.locator("#chips button").first.focus()
    tab.keyboard.press("Enter")
    within(lambda: tab.wait_for_timeout(50) or len(chips(tab)) == 1)
    assert tab.text_content("#output-position") == "14" and "position=USA" not in tab.url
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Take back: Brazil")
    tab.click("#as-it-is")
    within(lambda: tab.wait_for_timeout(50) or tab.text_content("#brief") == "Nothing is changed yet.")
    tab.context.close()


@pytest.mark.browser
def test_numbers_of_a_rule_come_and_go_with_it(port, browser):
    tab = panel(browser, port)
    assert tab.is_visible("#value-quota") and not tab.is_visible("#value-tolerated")
    tab.select_option("#value-rule", "consensus-minus-n")
    assert not tab.is_visible("#value-quota") and tab.text_content("#output-tolerated") == "1"
    tab.focus("#value-tolerated")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector("#chips li >> nth=1", timeout=LONG)
    assert "tolerated=consensus-minus-n%2F2" in tab.url
    tab.select_option("#value-rule", "two-thirds")
    within(lambda: tab.wait_for_timeout(50) or len(chips(tab)) == 1)
    assert "tolerated" not in tab.url
    tab.context.close()


@pytest.mark.browser
def test_nothing_jumps_when_an_answer_arrives(port, browser):
    tab = panel(browser, port)
    spots = (
        "['effect', 'course', 'moved'].map((name) => document.getElementById('chart-' + name).offsetHeight)"
    )
    before = tab.evaluate(spots), tab.evaluate("document.getElementById('value-precision').offsetTop")
    tab.evaluate(
        """() => { window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {
             if (!one.hadRecentInput) window.shift += one.value; })).observe({ type: 'layout-shift' }); }"""
    )
    tab.focus("#value-precision")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector("#chips li", timeout=LONG)
    settled(tab)
    after = tab.evaluate(spots), tab.evaluate("document.getElementById('value-precision').offsetTop")
    assert after == before
    print(f"layout shift: {tab.evaluate('window.shift'):.4f}")
    assert tab.evaluate("window.shift") < 0.1
    tab.context.close()


@pytest.mark.browser
def test_kept_variants_stay_and_can_be_shown_again(port, browser):
    tab = panel(browser, port)
    tab.click("#keeping button")
    assert tab.text_content("#keep-problem").startswith("Nothing is changed yet")
    for name, value in (("wary", "0.3"), ("blind", "0")):
        tab.fill("#value-trust_weight", value)
        tab.wait_for_selector(f"#chips li:has-text(': {value} instead')", timeout=LONG)
        assert tab.input_value("#kept-name").startswith("How much trust in the sponsors counts")
        tab.fill("#kept-name", name)
        tab.keyboard.press("Enter")
        tab.wait_for_selector(f"#said-kept:has-text('{name} ')", timeout=LONG)
    tab.click("#kept summary")
    tab.wait_for_selector("#table-kept tbody tr >> nth=2", timeout=LONG)
    assert tab.locator("#table-kept tbody tr td:first-child").all_text_contents() == [
        "as it is",
        "wary",
        "blind",
    ]
    tab.reload()
    tab.wait_for_selector("#said-kept:has-text('wary ')", timeout=LONG)
    tab.click("#kept-list [role=listitem]:first-child button:has-text('Show again')")
    within(lambda: tab.wait_for_timeout(50) or ": 0.3 instead" in "".join(chips(tab)))
    assert "trust_weight=0.3" in tab.url
    tab.click("#kept-list [role=listitem]:first-child button:has-text('Remove')")
    within(lambda: tab.wait_for_timeout(50) or tab.locator("#kept-list [role=listitem]").count() == 1)
    tab.context.close()


@pytest.mark.browser
def test_a_changed_scenario_is_saved_and_packed(port, browser, tmp_path, monkeypatch):
    monkeypatch.setenv("PLENARY_DATA", str(tmp_path))
    tab = panel(browser, port, "?trust_weight=0.2")
    tab.click("#saving button >> nth=0")
    tab.wait_for_selector("#saving-problem:has-text('The scenario needs a name.')")
    assert tab.evaluate("document.activeElement.id") == "scenario-name"
    tab.fill("#scenario-name", "mine")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#saving-done:has-text('plenary run')")
    assert (tmp_path / "drafts" / "mine" / "scenario.toml").is_file()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#saving-problem:has-text('There is a draft “mine” already')")
    with tab.expect_download() as saving:
        tab.click("#packed")
    assert saving.value.suggested_filename == "mine.zip"
    assert "mine/scenario.toml" in zipfile.ZipFile(saving.value.path()).namelist()
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (1920, "light")])
def test_nothing_serious_keeps_anybody_from_using_it(width, scheme, port, browser, axe):
    complaints = []
    query = "?trust_weight=0.2&position=USA/flow/60&trust=CHN/all/2020-09-15/-0.2"
    tab = panel(browser, port, query, width, scheme, complaints)
    tab.click("#keeping button")
    tab.wait_for_selector("#kept:not([hidden])", timeout=LONG)
    tab.evaluate("[...document.querySelectorAll('details')].forEach((one) => { one.open = true; })")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = serious(tab, axe)
    tab.context.close()
    assert found == [] and complaints == []


@pytest.fixture(scope="module")
def scenarios_port():
    """The port of an explorer of shipped scenarios."""
    import threading

    from dashboards.explorer.app import application
    from dashboards.explorer.server import listening
    from dashboards.explorer.shelf import Shelf
    from tests.pages import ask

    listener = listening()
    server = uvicorn.Server(uvicorn.Config(application(Shelf()), log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    here = listener.getsockname()[1]
    for key in MEASURED:
        ask(here, f"/of/{key}")
        within(lambda key=key: json.loads(ask(here, f"/api/{key}/progress")[2])["state"] == "ready")
    yield here
    server.should_exit = True
    thread.join(PATIENCE)
    listener.close()


MEASURED = ("launch-2020-class", "launch-2020-world")
MOVED = """(value) => new Promise((done) => {
  const slider = document.getElementById('value-precision'), start = performance.now();
  new MutationObserver((_, watching) => { watching.disconnect(); done(performance.now() - start); })
    .observe(document.body, { attributes: true, attributeFilter: ['data-answered'] });
  slider.value = value;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
})"""  # milliseconds from a slider's move to the pictures of the first answer
BAR = 1.0  # seconds within which an answer should come on an idle machine


@pytest.mark.browser
@pytest.mark.parametrize("key", MEASURED)
def test_how_long_a_slider_takes_to_its_finding(key, scenarios_port, browser):
    tab = panel(browser, scenarios_port, key=key)
    took = []
    for step in range(6):
        took.append(tab.evaluate(MOVED, 40 + 3 * step) / 1000)
        settled(tab)
    times = ", ".join(f"{one:.2f}" for one in sorted(took))
    load = os.getloadavg()[0]
    print(f"{key}: {times} s from slider to finding, 0.15 s of it rest (load of the machine {load:.1f})")
    assert min(took) < 3 * BAR  # the quickest: others may be at work on this machine
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_another_run_is_held_against_this_one(width, scheme, port, browser, axe):
    complaints = []
    tab = opened(browser, port, "/of/launch/beside", width, scheme, complaints)
    tab.select_option("#other", "launch-2020-class")
    tab.wait_for_selector("#said-effect p", timeout=LONG)
    tab.select_option("#text-shown", "un-text")
    tab.wait_for_selector("#brief:has-text('United Nations')", timeout=LONG)
    assert "other=launch-2020-class" in tab.url and "not paired" in tab.text_content("#effect-status")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(tab, axe) == []
    again = opened(browser, port, tab.url.split(str(port))[1], width, scheme, complaints)
    again.wait_for_selector("#said-effect p", timeout=LONG)
    tab.select_option("#other", "who-holds-the-pen")
    tab.wait_for_selector("#beside-problem:has-text('no text in common')", timeout=LONG)
    assert not tab.is_visible("#chart-effect")
    tab.context.close()
    again.context.close()
    assert [one for one in complaints if "422" not in one] == []
