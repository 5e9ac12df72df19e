"""The editor in a real browser: by mouse, by touch and by keyboard, with the network off."""

import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.editor import drafts
from scenarios import load, scenario_hash
from tests.pages import PATIENCE, serious, within

SOURCE = "asean-caucus"
DOT = "[data-path='delegations.IDN.positions.flow']"
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("data")]


@pytest.fixture
def name():
    """The name of a new draft."""
    return drafts.make(load(SOURCE), "talks", {}, ())


def opened(browser, port, path, width=1280, scheme="light", **more):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    tab = context.new_page()
    tab.complaints = []
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.set_default_timeout(1000 * PATIENCE)
    tab.goto(f"http://127.0.0.1:{port}{path}")
    tab.wait_for_selector("body[data-ready]")
    return tab


def editor(browser, port, name, part, **more):
    return opened(browser, port, f"/edit/draft/{name}#{part}", **more)


def saved(tab):
    tab.wait_for_selector("#state.fine:has-text('Saved')")


def position(name):
    return drafts.read(name).scenario.delegations["IDN"].positions.get("flow")


def put(tab, label, words, within="#panel"):
    """Type into a field and leave it."""
    field = tab.locator(within).get_by_label(label, exact=True)
    field.fill(words)
    field.press("Tab")


def said(tab, path):
    return tab.text_content(f"[data-path='{path}'] .said-of-it")


def test_a_copy_is_begun_from_the_list(browser, port):
    tab = opened(browser, port, f"/edit?from={SOURCE}")
    tab.fill("#name", "not a name")
    tab.click("text=Edit a copy")
    tab.wait_for_selector("#name-said:has-text('cannot have this name; use letters')")
    tab.fill("#name", "by-hand")
    tab.click("text=Edit a copy")
    tab.wait_for_selector("#state.fine")
    assert tab.url.endswith("/edit/draft/by-hand") and tab.complaints == []
    tab.context.close()


def test_a_dot_is_dragged_and_the_folder_follows(browser, port, name):
    tab = editor(browser, port, name, "positions")
    before, track = position(name), tab.locator(".dots").bounding_box()
    box = tab.locator(DOT).bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(track["x"] + 0.9 * track["width"], box["y"], steps=5)
    tab.mouse.up()
    tab.wait_for_selector("#undo:enabled")
    saved(tab)
    after = position(name)
    assert abs(after - 90) <= 1 and abs(after - before) > 10
    checked = CliRunner().invoke(build(), ["check", str(drafts.folder(name))])
    assert checked.exit_code == 0
    tab.reload()
    tab.wait_for_selector("body[data-ready]")
    assert float(tab.get_attribute(DOT, "aria-valuenow")) == after
    tab.click("#undo")
    tab.wait_for_selector("#undo:disabled")
    assert position(name) == before and tab.complaints == []
    tab.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_dots_do_not_hide_one_another(browser, port, width):
    world = drafts.make(load("launch-2020-world"), "world", {}, ())
    tab = editor(browser, port, world, "positions", width=width)
    tab.wait_for_selector(".dot")
    boxes = tab.evaluate(
        "[...document.querySelectorAll('.dot')].map((one) => {"
        "const { left, top, width } = one.getBoundingClientRect(); return [left, top, width]; })"
    )
    assert len(boxes) == len(drafts.read(world).scenario.delegations) == 193
    size = boxes[0][2]
    for place, (left, top, _) in enumerate(boxes):
        for x, y, _ in boxes[:place]:
            assert abs(left - x) > size - 1 or abs(top - y) > size - 1
    tab.context.close()


def test_a_dot_is_a_slider_for_the_keyboard(browser, port, name):
    tab = editor(browser, port, name, "positions")
    before = position(name)
    dot = tab.get_by_role("slider", name="Indonesia, position on data flow and localisation")
    dot.focus()
    for key in ("PageUp", "ArrowRight", "ArrowRight", "ArrowLeft"):
        tab.keyboard.press(key)
    tab.wait_for_selector("#undo:enabled")
    saved(tab)
    assert position(name) == before + 11
    assert dot.evaluate("(one) => document.activeElement === one")
    assert "near" in dot.get_attribute("aria-valuetext")
    tab.keyboard.press("Delete")
    tab.wait_for_selector("#unknown-IDN:focus")
    within(lambda: position(name) is None)
    tab.keyboard.press("Enter")
    within(lambda: position(name) == 50)
    tab.wait_for_selector(f"{DOT}:focus")
    assert tab.complaints == []
    tab.context.close()


def test_a_dot_is_dragged_by_touch(browser, port, name):
    tab = editor(browser, port, name, "positions", width=390, has_touch=True, is_mobile=True)
    tab.locator(DOT).scroll_into_view_if_needed()
    track, box = tab.locator(".dots").bounding_box(), tab.locator(DOT).bounding_box()
    touch = tab.context.new_cdp_session(tab)

    def send(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    y, start = box["y"] + box["height"] / 2, box["x"] + box["width"] / 2
    end = track["x"] + 0.1 * track["width"]
    send("touchStart", {"x": start, "y": y})
    for step in range(1, 6):
        send("touchMove", {"x": start + (end - start) * step / 5, "y": y})
    send("touchEnd")
    within(lambda: abs(position(name) - 10) <= 1)
    assert tab.complaints == []
    tab.context.close()


def test_a_bad_value_shows_its_message_and_the_file_stays(browser, port, name):
    tab = editor(browser, port, name, "positions")
    tab.select_option("[data-pick=look] select", "table")
    before, place = drafts.read(name).version, drafts.folder(name)
    cell = tab.get_by_label("Position of Indonesia (IDN)")
    cell.fill("140")
    cell.press("Tab")
    tab.wait_for_selector("#state.wrong")
    words = "140 is off the scale; give a number from 0 to 100 or leave the cell empty"
    assert said(tab, "delegations.IDN.positions.flow") == words
    assert cell.get_attribute("aria-invalid") == "true" and cell.input_value() == "140"
    assert drafts.version_of(place) == before
    tab.get_by_role("tab", name="Blocs").click()
    tab.get_by_role("tab", name="Positions").click()
    assert cell.input_value() == "140" and said(tab, "delegations.IDN.positions.flow") == words
    cell.fill("14")
    cell.press("Tab")
    saved(tab)
    assert position(name) == 14 and said(tab, "delegations.IDN.positions.flow") == ""
    tab.context.close()


def test_a_long_text_gets_one_message_at_its_field(browser, port, name):
    tab = editor(browser, port, name, "about")
    for length, words in ((1_000_000, "has 1,000,000 characters; shorten it"), (2_100_000, "more than 2 MB")):
        tab.evaluate(
            "(long) => { const one = document.querySelector('[data-path=story] textarea');"
            "one.value = 'x'.repeat(long); one.dispatchEvent(new Event('change')); }",
            length,
        )
        tab.wait_for_selector(f"[data-path=story] .said-of-it:has-text('{words}')")
    assert drafts.read(name).scenario.story == load(SOURCE).story
    tab.context.close()


def test_title_calendar_and_parameters_are_edited(browser, port, name):
    tab = editor(browser, port, name, "about")
    put(tab, "Title", "Talks of our own")
    put(tab, "Weight of trust in sponsors", "0,2")
    tab.locator("#panel").get_by_label("Number of rounds").last.fill("4")
    tab.keyboard.press("Tab")
    tab.select_option("[data-path='rule.name'] select", "two-thirds")
    tab.wait_for_selector("h1:has-text('Talks of our own')")
    within(lambda: drafts.read(name).scenario.rule.name == "two-thirds")
    scenario = drafts.read(name).scenario
    assert scenario.dynamics.trust_weight == 0.2 and scenario.calendar[-1].rounds == 4
    put(tab, "Quota", "2", "[data-path='rule.quota']")
    tab.wait_for_selector("[data-path='rule.quota'] .said-of-it:has-text('from 0 to 1')")
    assert tab.complaints == []
    tab.context.close()


def test_an_option_is_added_worded_chosen_and_taken_away(browser, port, name):
    tab = editor(browser, port, name, "texts")
    key = tab.locator(".choosing select").input_value()
    article = tab.locator("details.article").first
    article.locator("summary").click()
    article.get_by_label("Name of a new option").fill("softer")
    article.get_by_role("button", name="Add option").click()
    option = article.locator("fieldset.option", has_text="[ softer ]")
    option.get_by_label("Wording", exact=True).fill("as each state sees fit")
    option.get_by_label("Wording", exact=True).press("Tab")
    article.get_by_label("Wording that stands").select_option("softer")
    within(lambda: next(iter(drafts.read(name).scenario.texts[key].articles.values())).chosen == "softer")
    written = next(iter(drafts.read(name).scenario.texts[key].articles.values()))
    assert written.options["softer"].wording == "as each state sees fit"
    option.get_by_role("button", name="Take softer away").click()
    option.get_by_role("button", name="Yes, take it away").click()
    tab.wait_for_selector(".option .said-of-it:has-text('the article has no option softer')")
    article.get_by_label("Wording that stands").select_option("tabled")
    saved(tab)
    option.get_by_role("button", name="Yes, take it away").click()
    within(
        lambda: "softer" not in next(iter(drafts.read(name).scenario.texts[key].articles.values())).options
    )
    assert tab.complaints == []
    tab.context.close()


def test_a_bloc_and_an_event_are_added_and_what_they_need_is_asked_for(browser, port, name):
    tab = editor(browser, port, name, "blocs")
    tab.get_by_label("Name of a new bloc").fill("NEW")
    tab.get_by_role("button", name="Add bloc").click()
    tab.wait_for_selector("h2:has-text('NEW')")
    put(tab, "Members", "IDN, VMN")
    tab.wait_for_selector("[data-path='blocs.NEW.members'] .said-of-it:has-text('did you mean VNM?')")
    put(tab, "Members", "IDN, VNM")
    within(lambda: drafts.read(name).scenario.blocs["NEW"].members == ("IDN", "VNM"))
    tab.get_by_role("tab", name="Events").click()
    tab.get_by_label("Name of a new event").fill("a-speech")
    tab.get_by_role("button", name="Add event").click()
    tab.select_option("[data-path='events.a-speech.type'] select", "statement")
    tab.wait_for_selector("[data-path='events.a-speech.text'] .said-of-it:has-text('must say which text')")
    tab.select_option("[data-path='events.a-speech.text'] select", next(iter(load(SOURCE).texts)))
    within(lambda: drafts.read(name).scenario.events["a-speech"].type == "statement")
    assert tab.complaints == []
    tab.context.close()


def test_of_two_tabs_the_later_one_is_told_and_loads_again(browser, port, name):
    first, second = (editor(browser, port, name, "about") for _ in range(2))
    put(first, "Title", "First")
    saved(first)
    within(lambda: drafts.read(name).scenario.title == "First")
    put(second, "Title", "Second")
    second.wait_for_selector("#problem:has-text('changed elsewhere in the meantime')")
    assert drafts.read(name).scenario.title == "First"
    second.get_by_role("button", name="Load it again").click()
    second.wait_for_selector("h1:has-text('First')")
    first.context.close()
    second.context.close()


def test_a_workbook_saved_and_chosen_again_is_the_same(browser, port, name, tmp_path):
    tab = editor(browser, port, name, "about")
    with tab.expect_download() as saving:
        tab.get_by_role("link", name="Save as .xlsx").click()
    book = tmp_path / "talks.xlsx"
    saving.value.save_as(book)
    tab.goto(f"http://127.0.0.1:{port}/edit")
    tab.set_input_files("#file", book)
    tab.click("text=Make a draft of it")
    tab.wait_for_selector("#state.fine")
    again = tab.url.rpartition("/")[2]
    assert again != name
    same = [drafts.read(one).scenario.model_copy(update={"name": "same"}) for one in (name, again)]
    assert scenario_hash(same[0]) == scenario_hash(same[1])
    tab.context.close()


def test_a_bad_file_gets_its_message_beside_the_control(browser, port, tmp_path):
    tab = opened(browser, port, "/edit")
    large, odd = tmp_path / "large.zip", tmp_path / "odd.zip"
    with large.open("wb") as file:
        file.truncate(10**9)
    odd.write_bytes(b"PK\x03\x04 is all there is")
    before = drafts.names()
    for file, words in ((large, "larger than 10 MB"), (odd, "no workbook and no packed folder")):
        tab.set_input_files("#file", file)
        tab.click("text=Make a draft of it")
        tab.wait_for_selector(f"#file-said:has-text('{words}')")
    assert drafts.names() == before
    tab.context.close()


def test_a_draft_is_opened_in_the_explorer(browser, port, name):
    tab = editor(browser, port, name, "about")
    put(tab, "Title", "Ready to be run")
    saved(tab)
    tab.click("#open")
    tab.wait_for_selector("h1:has-text('Ready to be run')")
    tab.wait_for_selector("#support .said:not(:empty)")
    tab.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["about", "positions", "texts", "blocs", "events", "delegations"])
def test_nobody_is_kept_out_and_nothing_scrolls_sideways(browser, port, name, axe, part, scheme):
    tab = editor(browser, port, name, part, width=390, scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    for one in tab.locator("#panel details:not([open]) > summary").all()[:3]:
        one.click()
    assert serious(tab, axe) == []
    for width in (1280, 1920):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.complaints == []
    tab.context.close()


def test_the_list_of_drafts_keeps_nobody_out(browser, port, name, axe):
    for width in (390, 1280):
        tab = opened(browser, port, "/edit", width)
        assert serious(tab, axe) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.context.close()


def test_the_tabs_are_walked_by_arrow_keys(browser, port, name):
    tab = editor(browser, port, name, "about")
    tab.focus("#tab-about")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector("#tab-positions[aria-selected=true]:focus")
    tab.keyboard.press("End")
    tab.wait_for_selector("#tab-delegations[aria-selected=true]:focus")
    tab.context.close()
