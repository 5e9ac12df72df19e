"""The look back in a real browser: it draws, it fits, and the projector shows it while the desk says so."""

import pytest

from tests.classes import running
from tests.pages import PATIENCE, serious, within

LONG = 1000 * PATIENCE


@pytest.fixture
def lesson(tmp_path):
    """A short lesson in its last part."""
    with running(tmp_path / "rooms.sqlite") as one:
        one.kenya, one.desk_cookie = one.sit("KEN", "Ann"), one.desk()
        one.act(one.desk_cookie, "part", {"part": 1})
        one.act(
            one.kenya, "stance", {"text": "global-initiative", "stance": "endorse", "reason": "It helps."}
        )
        one.act(one.desk_cookie, "part", {"part": 5})
        yield one


def tab_of(browser, lesson, width, scheme, complaints):
    """A tab that holds a seat and the desk."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for cookie, place in ((lesson.kenya, "room"), (lesson.desk_cookie, "desk")):
        name, value = cookie.split("=", 1)
        path = f"/{place}/{lesson.code}/"
        context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": path}])
    tab = context.new_page()
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    return tab


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (1920, "light")])
def test_the_look_back_draws_the_class_beside_the_model_and_fits(width, scheme, lesson, browser, axe):
    complaints = []
    tab = tab_of(browser, lesson, width, scheme, complaints)
    for path in (f"/desk/{lesson.code}/debrief", f"/screen/{lesson.code}/debrief"):
        tab.goto(lesson.origin + path)
        tab.wait_for_selector("[data-figure] .main-svg", timeout=LONG)
        assert (
            tab.locator(".debrief figure").count() == 3
        )  # two bands, and a cloud for the text with sponsors
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert serious(tab, axe) == []
    tab.goto(f"{lesson.origin}/room/{lesson.code}/mine")
    tab.wait_for_selector(".percentile", timeout=LONG)
    assert "Kenya endorses the Global Initiative" in tab.text_content("main")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(tab, axe) == []
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
def test_the_projector_goes_to_the_look_back_and_returns(lesson, browser):
    tab = tab_of(browser, lesson, 1280, "light", [])
    tab.goto(f"{lesson.origin}/screen/{lesson.code}")
    tab.wait_for_selector("body[data-ready]", timeout=LONG)
    lesson.act(lesson.desk_cookie, "spotlight", {"what": "debrief"})
    tab.wait_for_selector("main.debrief", timeout=LONG)
    lesson.act(lesson.desk_cookie, "spotlight", {"what": "support"})
    within(lambda: tab.wait_for_timeout(50) or tab.url.endswith(f"/screen/{lesson.code}"))
    tab.context.close()
