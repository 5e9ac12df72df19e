"""A whole lesson in real browsers, on a fast clock: the desk, the projector, and twelve phones."""

import re
import time

import pytest

from benchmarks.classroom import LOG, free_port, started
from tests.classes import running
from tests.pages import PATIENCE, within

SPEED = 60  # times as fast as a lesson
PHONES = 12


def opened(browser, address, complaints, width=390):
    """A page in a browser window of its own, and every complaint it makes."""
    context = browser.new_context(viewport={"width": width, "height": 844 if width < 600 else 900})
    tab = context.new_page()
    tab.set_default_timeout(1000 * PATIENCE)
    tab.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(address)
    return tab


def press(tab, words, where="#ask"):
    """Press a button by its words, where it is."""
    tab.locator(where).get_by_role("button", name=words, exact=True).click()


@pytest.mark.browser
def test_twelve_phones_go_through_a_whole_lesson(tmp_path, browser):
    complaints, begun = [], time.monotonic()
    with running(tmp_path / "rooms.sqlite", minutes=50, speed=SPEED) as lesson:
        join = f"{lesson.origin}/join/{lesson.code}"
        desk = opened(browser, f"{lesson.origin}/desk/{lesson.code}/#{lesson.key}", complaints, 1280)
        desk.wait_for_selector("body[data-ready]")
        # the key is asked for, and given, before the desk is there: its first answer is no complaint
        complaints[:] = [one for one in complaints if "401" not in one]
        screen = opened(browser, f"{lesson.origin}/screen/{lesson.code}", complaints, 1920)
        screen.wait_for_selector("body[data-ready]")
        phones = []
        for number in range(PHONES):
            phone = opened(browser, join, complaints)
            phone.fill("#name", f"Student {number}")
            phone.locator("button[data-seat]").nth(number + 1).click()  # the first one is any seat
            phone.wait_for_selector("body[data-ready]")
            phones.append(phone)
        seats = [
            phone.evaluate("JSON.parse(document.querySelector('#facts').textContent).seat")
            for phone in phones
        ]
        assert len(set(seats)) == PHONES
        screen.get_by_text(f"{PHONES} of 15 seats taken").wait_for()

        desk.click("#next")  # Begin
        for tab in (desk, screen, *phones):
            tab.locator("#part").get_by_text("Read your brief").wait_for()
        desk.click("#next")
        for number, phone in enumerate(phones):
            phone.locator("#ask .question").wait_for()
            phone.fill("#reason", "Our capital has made up its mind.")
            press(phone, ("Endorse", "Study", "Oppose")[number % 3])
        screen.locator("#lines li").first.wait_for()

        desk.click("#next")
        proposer, taker = phones[0], phones[1]
        proposer.click('.tabs a[href="#text"]')
        fold = proposer.locator("#articles details").first
        fold.locator("summary").click()
        fold.locator("textarea").fill("Each Party keeps the public core of the Internet out of conflict.")
        fold.get_by_role("button", name="Propose").click()
        desk.locator("#awaiting .bracket").wait_for()
        press(desk, "Confirm", "#awaiting")
        screen.locator("#text .open", has_text="public core").wait_for()
        proposer.click('.tabs a[href="#talk"]')
        proposer.locator("#talk details summary").click()
        proposer.select_option("#offer-to", seats[1])
        proposer.fill("#gives", "a word in article 3")
        proposer.fill("#asks", "your endorsement")
        proposer.locator("#offer button").click()
        press(taker, "Accept")
        proposer.locator("#trades", has_text="accepted").wait_for()

        desk.click("#next")  # the decision
        desk.locator("#decisions").get_by_role("button", name="Put it under silence").click()
        phones[2].fill("#objection", "It goes too far.")
        press(phones[2], "Object")
        desk.locator("#decisions", has_text="Broken by").wait_for()
        press(desk, "End the silence", "#decisions")
        press(desk, "Call the vote", "#decisions")
        proposer.click('.tabs a[href="#now"]')
        for number, phone in enumerate(phones):
            press(phone, ("Yes", "Abstain", "No")[number % 3])
        desk.locator("#decisions", has_text="15 of 15 have voted").wait_for()
        press(desk, "Close the vote", "#decisions")
        phones[3].fill("#explanation", "We could live with it.")
        press(phones[3], "Explain")
        drafts = "Object.keys(localStorage).filter((one) => one.includes('draft')).length"
        within(lambda: phones[3].evaluate(drafts) == 0)  # what was sent is a draft no more
        screen.locator("#support h2", has_text=re.compile("adopted")).wait_for()

        desk.click("#next")  # looking back
        for tab in (desk, screen, *phones):
            tab.locator("#part").get_by_text("Looking back").wait_for()
            assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]
            tab.context.close()
    assert complaints == []
    print(f"a whole lesson with {PHONES} phones in {time.monotonic() - begun:.0f} s")
    assert time.monotonic() - begun < 240


@pytest.mark.browser
def test_from_one_command_to_a_seat_on_a_phone(tmp_path, browser):
    complaints, begun = [], time.monotonic()
    process = started(tmp_path, "launch-2020-class", "--lan", port=free_port())
    try:
        said = (tmp_path / LOG).read_text("utf-8")
        join = re.search(r"Delegations: (\S+)", said)[1]
        phone = opened(browser, join, complaints)
        phone.locator("button[data-seat]").first.click()
        phone.wait_for_selector("body[data-ready]")
        took = time.monotonic() - begun
        assert phone.locator("#card").count() == 1
        phone.context.close()
    finally:
        process.kill()
        process.wait(PATIENCE)
    print(f"from the command to a seat in {took:.1f} s")
    assert took < 20 and complaints == []


@pytest.mark.browser
def test_a_rehearsal_is_marked_and_its_timers_run_as_fast_as_it_does(tmp_path, browser):
    with running(tmp_path / "rooms.sqlite", speed=SPEED) as lesson:
        complaints = []
        lesson.act(lesson.desk(), "part", {"part": 2})
        tab = opened(browser, f"{lesson.origin}/screen/{lesson.code}", complaints, 1280)
        tab.wait_for_selector("body[data-ready]")
        assert "60 times as fast" in tab.text_content(".rehearsal")
        seconds = []
        tab.locator("#left", has_text=":").wait_for()
        for _ in range(2):
            minutes, rest = tab.text_content("#left").split(":")
            seconds.append(60 * int(minutes) + int(rest))
            tab.wait_for_timeout(1500)
        assert 60 <= seconds[0] - seconds[1] <= 300
        tab.context.close()
        assert complaints == []
