"""What a run can and cannot tell is one click away from every view, in the words of the report."""

import json
import re
from html import unescape

import pytest

from dashboards import sections
from dashboards.explorer.shown import Shown
from dashboards.explorer.views import entries
from dashboards.known import known
from dashboards.report_parts.honesty import honesty
from dashboards.sections.recorded_votes import fared
from dashboards.summary import summarise
from dashboards.validation_table import computed
from tests.pages import ask, plain, serious, within
from tests.test_explorer_in_browser import opened


@pytest.fixture(scope="module")
def panels(launch):
    """The panels as the report has them."""
    forecast = sections.section("forecast", launch, known(launch))
    return honesty(launch, summarise(launch), {"forecast": forecast}).panels


def test_every_view_leads_to_it(port, launch):
    asked = [key for key, one in entries(Shown(launch, "launch-2020")).items() if not one.waits]
    for key in (*asked, "validation-rows"):
        page = ask(port, f"/of/launch/{key}?text=un-text")[2]
        leads = re.findall(r'<a href="/of/launch/honesty\?([^"]*)">How far to trust it</a>', page)
        assert len(leads) == (key != "honesty"), key
        assert all("text=un-text" in one for one in leads)


def test_it_says_word_for_word_what_the_report_says(port, launch_run, panels):
    page = plain(ask(port, "/of/launch/honesty")[2])
    report = plain(
        (launch_run / "report.html").read_text("utf-8").split('<script type="application/json"')[0]
    )
    said = [words for panel in panels for words in (panel.title, *panel.sentences, *panel.points, panel.note)]
    assert len(said) > 30
    for words in filter(None, said):
        assert words in page
        assert words in report


def test_it_says_where_simple_rules_are_better_with_seed_replicates_and_what_is_fitted(port, launch):
    page = plain(ask(port, "/of/launch/honesty")[2])
    assert fared()[-1] in page and "A simple rule has the better ranked probability score" in page
    assert f"{launch.data.sizes['replicate']} replicates from seed {launch.manifest['seed']}" in page
    assert "fitted are only the equation" in page and "docs/limits.md" in page


def test_what_it_leads_to_is_there(port, panels):
    leads = [panel.leads[0] for panel in panels if panel.leads]
    assert len(leads) == 4
    for key in leads:
        assert ask(port, f"/of/launch/{key}")[0] == 200, key


def test_the_whole_table_of_numbers_has_a_page_of_its_own(port):
    ask(port, "/of/launch/validation-rows")
    within(lambda: json.loads(ask(port, "/api/launch/working/validation-rows")[2])["state"] == "ready")
    page = ask(port, "/of/launch/validation-rows")[2]
    rows = [row for part in computed() for row in part.rows]
    assert len(re.findall(r"<tr><td>", page)) == len(rows)
    assert all(group.source in unescape(page) for part in computed() for group in part.groups)


@pytest.mark.browser
@pytest.mark.parametrize("width", (390, 1280))
def test_nothing_serious_keeps_anybody_from_reading_it(port, browser, axe, width):
    complaints = []
    tab = opened(browser, port, "/of/launch/overview", width, complaints=complaints)
    tab.select_option("#text", "un-text")
    tab.get_by_role("link", name="How far to trust it").press("Enter")
    tab.wait_for_selector(".honest")
    tab.wait_for_selector("body[data-ready]")
    assert "text=un-text" in tab.url
    assert tab.locator(".honest section").count() == 10
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = serious(tab, axe)
    tab.context.close()
    assert (found, complaints) == ([], [])
