"""The report: one file, offline, safe, accessible, and drawn in a real browser at three widths."""

import json
import re
import shutil
from dataclasses import replace

import pytest

from dashboards.report import report_html
from scenarios import apply_patch

WIDTHS = (390, 1280, 1920)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def page(launch_run):
    """The report without the drawing library in it."""
    html = (launch_run / "report.html").read_text("utf-8")
    scripts = re.findall(r"<script>.*?</script>", html, flags=re.DOTALL)
    return html.replace(max(scripts, key=len), "")


def payload(page):
    """What the page's script draws."""
    return json.loads(re.search(r'id="report-data">(.*?)</script>', page, re.DOTALL).group(1))


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
    assert page.count('role="img"') == page.count("<figure>") == page.count("The numbers as a table") == 12


def test_the_why_chart_knows_every_delegation(page, launch):
    why = payload(page)["why"]
    assert set(why["values"]) == set(launch.data.country.values)
    assert page.count("<option") == launch.data.sizes["country"] + 4 * launch.data.sizes["text"]


def test_words_of_a_scenario_are_never_markup(launch):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    scenario = apply_patch(
        launch.scenario, {"title": evil, "events": {"pakistan-welcomes": {"sentence": evil}}}
    )
    data = launch.data.assign_coords(text_title=("text", [evil, "b", "c", "d"]))
    html = report_html(replace(launch, scenario=scenario, data=data))
    assert evil not in html
    assert "<img src=x" not in html


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_without_network_errors_or_sideways_scrolling(width, launch_run):
    from playwright.sync_api import sync_playwright

    complaints = []
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        tab = context.new_page()
        tab.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda one: complaints.append(one.url) if "file:" not in one.url else None)
        tab.goto((launch_run / "report.html").as_uri())
        tab.wait_for_function("document.querySelectorAll('.chart .main-svg').length >= 5")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        charts = tab.evaluate(
            "[...document.querySelectorAll('.chart')]"
            ".map(chart => [chart.clientWidth, chart.querySelectorAll('path').length])"
        )
        assert all(0 < wide <= width and paths > 5 for wide, paths in charts)

        tab.focus("#choose-country")
        before = tab.text_content("#said-why")
        tab.keyboard.press("ArrowDown")
        tab.wait_for_function("text => document.getElementById('said-why').textContent !== text", arg=before)
        label = tab.get_attribute("#why [role=img]", "aria-label")
        assert label == tab.text_content("#said-why")
        browser.close()
    assert complaints == []
