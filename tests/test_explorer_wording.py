"""The text and its brackets in the explorer: what stands after a round, what changed, and who holds what."""

import json
import re
from html import unescape

import pytest

from dashboards.explorer.state import State
from dashboards.explorer.wording import answer, held, part
from dashboards.texts.holders import ANSWERS
from dashboards.texts.html import shown
from dashboards.texts.revisions import revised, revisions
from scenarios import apply_patch
from tests.pages import PATIENCE, ask, serious
from tests.test_explorer_in_browser import opened

TEXT = "clean-network"
LAST = 35


def words(html):
    """The words of a part of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def stands(results, round):
    """The text as it stands after a round, by the revisions of the run."""
    before = [one for one in revisions(results, TEXT, None) if one.round <= round]
    return before[-1], revised(results, TEXT, before[-1], None)


def test_the_text_is_the_revision_that_stands_after_the_round(launch):
    path = revisions(launch, TEXT, None)
    assert len(path) > 2
    for round in (0, path[1].round - 1, path[1].round, LAST):
        revision, text = stands(launch, round)
        found = answer(launch, State(TEXT, "CHN", round))
        assert found["standing"] == revision.number
        assert found["html"] == part(shown(launch.scenario, text))
    assert [one["number"] for one in found["revisions"]] == list(range(len(path)))


def test_the_redline_holds_the_words_that_went_and_those_that_came(launch):
    path = revisions(launch, TEXT, None)
    found = answer(launch, State(TEXT, "CHN", LAST), "0", str(path[-1].number))
    pairs = list(zip(path[0].chosen, path[-1].chosen, strict=True))
    changed = [place for place, (old, new) in enumerate(pairs) if old != new]
    assert changed and found["redline"].count('class="label"') == len(changed)
    for place in changed:
        article = list(launch.scenario.texts[TEXT].articles.values())[place]
        wordings = [article.wording, *(one.wording for one in article.options.values())]
        before, after = (
            re.sub(rf"<{tag}>.*?</{tag}>", "", found["redline"], flags=re.DOTALL) for tag in ("ins", "del")
        )
        old, new = (wordings[number] for number in pairs[place])
        assert " ".join(old.split()) in words(before)
        assert " ".join(new.split()) in words(after)


def test_a_revision_held_against_itself_shows_no_change(launch):
    found = answer(launch, State(TEXT, "CHN", LAST), "1", "1")
    assert found["redline"] == "" and found["finding"].startswith("Both are the same revision")


def test_every_delegation_replies_to_every_open_article(launch):
    _, text = stands(launch, LAST)
    found = held(launch.scenario, TEXT, text)
    assert found["table"]["head"] == ["article", *ANSWERS]
    assert found["open"].startswith(str(len(found["table"]["rows"])))
    assert {sum(row[1:]) for row in found["table"]["rows"]} == {launch.data.sizes["country"]}


def test_words_of_a_text_never_become_tags(launch):
    evil = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    patch = {"texts": {TEXT: {"articles": {"1": {"wording": evil, "title": evil}}}}}
    scenario = apply_patch(launch.scenario, patch)
    html = part(shown(scenario, scenario.texts[TEXT]))
    assert "<script" not in html and "<img" not in html
    assert words(html).count("alert(1)") == 4


def test_the_page_and_its_text_come_on_the_wire(port, launch):
    status, _, page = ask(port, "/of/launch/wording")
    assert status == 200 and "/static/text.css" in page
    assert ask(port, "/static/text.css")[1]["content-type"].startswith("text/css")
    found = json.loads(ask(port, f"/api/launch/wording?text={TEXT}&round=12&first=0&second=1")[2])
    assert found == json.loads(json.dumps(answer(launch, State(TEXT, "USA", 12), "0", "1")))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("first=99", "There is no revision '99'"),
        ("second=two", "There is no revision 'two'"),
        ("text=nothing", "There is no text 'nothing'"),
        ("round=99", "There is no round '99'"),
    ],
)
def test_what_is_not_there_gets_one_clear_message(port, query, told):
    status, _, found = ask(port, f"/api/launch/wording?{query}")
    assert status == 404 and json.loads(found)["problem"].startswith(told)


@pytest.mark.browser
def test_the_text_follows_the_round_and_prices_are_worked_out_on_demand(port, browser, launch, axe):
    complaints = []
    tab = opened(browser, port, f"/of/launch/wording?text={TEXT}", complaints=complaints)
    tab.wait_for_selector("#text-body .written p")
    articles = len(launch.scenario.texts[TEXT].articles)
    assert tab.locator("#text-body .written p").count() == articles
    assert tab.locator("#redline-body del").count() > 0
    tab.focus("#round")
    tab.keyboard.press("Home")
    tab.wait_for_selector("#redline-words:has-text('Both are the same revision')")
    assert tab.locator("#redline-body del").count() == 0
    tab.select_option("#second", "1")
    tab.wait_for_selector("#redline-words:has-text('between revision 0 and revision 1')")
    assert tab.url.endswith("&round=0&second=1")
    assert serious(tab, axe) == []
    tab.click("#price")
    tab.wait_for_selector("#table-prices tbody tr", timeout=1000 * PATIENCE)
    assert "price" in tab.locator("#table-prices thead th").all_text_contents()
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.context.close()
    assert complaints == []
