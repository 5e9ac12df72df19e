"""The report for paper: all of it open, nothing to choose, every picture drawn once."""

import re
from html import unescape

import pytest

from dashboards.known import known
from dashboards.pictures import pictures
from dashboards.report import ROWS_ON_PAPER, write_report
from dashboards.words import unbroken
from tests.reports import SECTIONS


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
