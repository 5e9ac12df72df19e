"""The teacher's kit: every seat has one card of its own, and everything is there that a lesson needs."""

import html
import re
import time

import pytest
from typer.testing import CliRunner

from dashboards.classroom.cards import card
from dashboards.classroom.kit.folder import write
from dashboards.classroom.kit.page import SHEETS, written
from dashboards.classroom.kit.sheets import CAUTION, kit
from dashboards.classroom.programme import MINUTES, programme
from dashboards.cli import build
from dashboards.words import unbroken
from scenarios import load
from tests.classes import running
from tests.pages import PATIENCE, serious

ORIGIN, CODE = "http://192.0.2.7:8020", "BCDF2"
OVER = """[...document.querySelectorAll(".face")].filter((face) =>
    face.scrollHeight > face.clientHeight + 1 || face.scrollWidth > face.clientWidth + 1
).map((face) => face.getAttribute("aria-label"))"""
ROOMS = {"launch-2020-class": 15, "launch-2020-class-12": 12, "launch-2020-world": 193}


@pytest.fixture(scope="module", params=ROOMS)
def printed(request):
    """A scenario, and its kit as a page."""
    scenario = load(request.param)
    return scenario, written(kit(scenario, 75, CODE, ORIGIN))


def cards(page):
    """By seat the words of its card."""
    parts = re.split(r'<article class="card" data-seat="([^"]+)">', page)[1:]
    bodies = [html.unescape(part.partition("</article>")[0]) for part in parts[1::2]]
    assert len(set(parts[::2])) == len(parts[::2])
    return dict(zip(parts[::2], bodies, strict=True))


def lines_of(scenario, seat):
    """The red lines of a seat in words."""
    return {line.reason for line in scenario.red_lines if line.delegation == seat and line.reason}


def test_every_seat_has_one_card_in_the_order_of_names(printed):
    scenario, page = printed
    found = cards(page)
    names = [scenario.delegations[seat].name for seat in found]
    assert len(found) == ROOMS[scenario.name] and names == sorted(names)
    assert all(unbroken(scenario.delegations[seat].name) in body for seat, body in found.items())


def test_a_card_has_all_red_lines_of_its_seat_and_those_of_nobody_else(printed):
    scenario, page = printed
    for seat, body in cards(page).items():
        told = set("; ".join(re.findall(r"Red line:\*</span> (.*?)\.(?:</dd>| <)", body)).split("; ")) - {""}
        assert told == lines_of(scenario, seat), seat
        assert body.count(CAUTION) == 2 and "invented for teaching" in body


def test_a_card_says_what_the_seat_may_give_away_and_never_what_it_must_hold(printed):
    scenario, _ = printed
    for seat in scenario.delegations:
        made = card(scenario, seat)
        drawn = {line.issue for line in scenario.red_lines if line.delegation == seat}
        assert drawn <= {want.issue for want in made.wants}
        assert not {want.title for want in made.wants} & set(made.gives)


def test_the_picture_leads_to_the_seat_and_holds_no_secret(printed):
    scenario, _ = printed
    for seat in kit(scenario, 75, CODE, ORIGIN).seats:
        assert seat.address == f"{ORIGIN}/join/{CODE}?seat={seat.card.seat}"
    assert len({seat.picture for seat in kit(scenario, 75, CODE, ORIGIN).seats}) == ROOMS[scenario.name]


def test_a_world_of_cards_is_made_quickly():
    scenario, begun = load("launch-2020-world"), time.monotonic()
    assert len(cards(written(kit(scenario, 90, CODE, ORIGIN)))) == 193
    assert time.monotonic() - begun < PATIENCE / 6


def test_every_sheet_is_there_and_says_what_it_is(printed):
    scenario, page = printed
    for key in SHEETS:
        assert f'<section id="{key}"' in page and f'id="show-{key}"' in page
    plain = html.unescape(page)
    for event in scenario.events.values():
        assert (event.sentence in plain) == (event.nature == "exogenous")
    for words in (scenario.objectives, scenario.teacher_notes, scenario.look_for):
        for paragraph in words.split("\n\n"):
            assert unbroken(paragraph.strip()) in plain
    tally = page[page.index('id="tally"') :].partition("</section>")[0]
    assert tally.count("E S O") == tally.count("Y A N") == ROOMS[scenario.name] * len(scenario.texts)


@pytest.mark.parametrize("minutes", MINUTES)
def test_the_programme_adds_up(minutes):
    made = kit(load("launch-2020-class"), minutes)
    column = [step.when[made.lengths.index(minutes)] for step in made.steps]
    spans = [span for span in column if span]
    assert len(spans) == len(programme(minutes)) and spans[0][0] == 0 and spans[-1][1] == minutes
    assert [begin for begin, _ in spans[1:]] == [end for _, end in spans[:-1]]


def test_a_kit_without_an_address_has_room_to_write_it_down():
    page = written(kit(load("launch-2020-class"), 50))
    assert "data:image/svg" not in page and page.count(">Address</p>") == 15


def test_the_desk_alone_gets_the_kit_of_its_room(tmp_path):
    with running(tmp_path / "rooms.sqlite", minutes=60) as lesson:
        kenya = lesson.sit("KEN")
        for cookie in ("", kenya):
            status, page, _ = lesson.ask(f"/desk/{lesson.code}/kit", cookie=cookie)
            assert status == 401 and "Red line" not in page
        status, page, _ = lesson.ask(f"/desk/{lesson.code}/kit?paper=letter", cookie=lesson.desk())
        assert status == 200 and "size: letter" in page and "60 minutes, chosen" in page
        assert len(cards(page)) == 15 and f"/join/{lesson.code}" in page


def test_the_join_page_offers_the_seat_of_the_card(tmp_path):
    with running(tmp_path / "rooms.sqlite") as lesson:
        address = f"/join/{lesson.code}"
        assert "Take the seat of Kenya" in lesson.ask(f"{address}?seat=KEN")[1]
        for other in ("", "?seat=", "?seat=ZZZ", "?seat=%3Cb%3E"):
            status, page, _ = lesson.ask(address + other)
            assert status == 200 and "Take the seat of" not in page and "<b>" not in page
        for _ in range(3):
            lesson.sit("KEN")
        assert "Three people share the seat of Kenya already" in lesson.ask(f"{address}?seat=KEN")[1]


def test_the_command_writes_a_kit_for_a_room_that_is_there_afterwards(tmp_path, monkeypatch):
    monkeypatch.setenv("PLENARY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PATH", "")  # no browser: a page alone
    done = CliRunner().invoke(build(), ["classroom", "launch-2020-class-12", "--kit", str(tmp_path / "kit")])
    assert done.exit_code == 0, done.output
    code = re.search(r"room (\w{5});", done.output)[1]
    page = (tmp_path / "kit" / "kit.html").read_text("utf-8")
    assert len(cards(page)) == 12 and f"room {code}" in page
    assert not (tmp_path / "kit" / "kit.pdf").exists()
    again = CliRunner().invoke(build(), ["classroom", code, "--kit", str(tmp_path / "again")])
    assert f"room {code};" in again.output
    wrong = CliRunner().invoke(build(), ["classroom", code, "--kit", str(tmp_path), "--paper", "a3"])
    assert wrong.exit_code == 2 and "a4 or letter" in wrong.output


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_face_fits_its_half_of_the_sheet(browser, tmp_path, paper):
    (tmp_path / "kit.html").write_text(
        written(kit(load("launch-2020-world"), 75, CODE, ORIGIN), paper), "utf-8"
    )
    context = browser.new_context()
    tab = context.new_page()
    tab.set_default_timeout(1000 * PATIENCE)
    tab.goto((tmp_path / "kit.html").as_uri())
    for key in SHEETS:
        if key != "cards":
            tab.uncheck(f"#show-{key}")
    for faces, sheets in (("#fold", 193), ("#double", 2 * 193)):
        tab.emulate_media(media="screen")
        tab.check(faces)
        tab.emulate_media(media="print")
        assert tab.evaluate(OVER) == []
        assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) == sheets
    context.close()


@pytest.mark.browser
def test_a_kit_prints_to_a_file_and_its_page_is_accessible(browser, axe, tmp_path):
    files = write(kit(load("launch-2020-class"), 75, CODE, ORIGIN), tmp_path / "kit")
    assert [file.name for file in files] == ["kit.html", "kit.pdf"]
    assert files[1].read_bytes().startswith(b"%PDF-")
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(files[0].as_uri())
    assert serious(tab, axe) == []
    context.close()
