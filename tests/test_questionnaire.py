"""The questions before and after a lesson: counted, and of nobody."""

import json

import pytest
from sqlalchemy import text

from dashboards.classroom.questionnaire import FEWEST, STATEMENTS
from tests.classes import running
from tests.pages import PATIENCE, serious


@pytest.fixture
def lesson(tmp_path):
    """A class of fifteen seats."""
    with running(tmp_path / "rooms.sqlite") as one:
        yield one


def answer(lesson, cookie, moment="before", mark=4, words="", **more):
    """Answer; status, answer and cookies."""
    given = {"moment": moment, "marks": dict.fromkeys(STATEMENTS, mark), "words": words} | more
    return lesson.ask(f"/room/{lesson.code}/answers", given, cookie)


def seen(lesson, desk, answered):
    """What the desk sees of the moment before as soon as so many have answered."""
    return lesson.seen(desk, lambda parts: parts["answers"][0]["answered"] == answered)["answers"][0]


def test_nothing_is_asked_until_the_teacher_wants_it_and_only_when_it_is_time(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    assert lesson.seen(kenya)["programme"]["asks"] == "" and answer(lesson, kenya)[0] == 409
    lesson.act(desk, "questionnaire", {"on": True})
    asked = {}
    for part in (None, 0, 1, 5):
        if part is not None:
            lesson.act(desk, "part", {"part": part})
        asked[part] = lesson.seen(kenya)["programme"]["asks"]
    assert asked == {None: "before", 0: "before", 1: "", 5: "after"}
    assert answer(lesson, kenya, "before")[0] == 409 and answer(lesson, kenya, "after")[0] == 200
    lesson.act(desk, "questionnaire", {"on": False})
    assert answer(lesson, kenya, "after")[0] == 409


def test_the_summary_counts_and_shows_no_person(lesson):
    desk, cookies = (
        lesson.desk(),
        [lesson.sit(seat, f"Name of {seat}") for seat in ("KEN", "FRA", "CHN", "EGY")],
    )
    lesson.act(desk, "questionnaire", {"on": True})
    for place, cookie in enumerate(cookies[: FEWEST - 1]):
        answer(lesson, cookie, mark=place + 1, words=f"own words {place}")
    few = seen(lesson, desk, FEWEST - 1)
    assert few["counts"] == {} and few["words"] == []
    answer(lesson, cookies[FEWEST - 1], mark=5, words="the votes")
    told = seen(lesson, desk, FEWEST)
    assert told["counts"] == dict.fromkeys(STATEMENTS, [1, 1, 0, 0, 1])
    assert told["words"] == ["own words 0", "own words 1", "the votes"]
    kit = lesson.ask(f"/desk/{lesson.code}/kit", cookie=desk)[1]
    assert f"Before the lesson: {FEWEST} answered." in kit
    for page in (json.dumps(told), kit):
        assert "Name of" not in page and cookies[0].split("=")[1] not in page
    assert "the votes" not in str(lesson.seen()) + str(lesson.seen(cookies[0]))


def test_answers_lead_to_no_seat_and_are_no_acts(lesson):
    kenya, desk = lesson.sit("KEN", "Ann"), lesson.desk()
    lesson.act(desk, "questionnaire", {"on": True})
    before = lesson.store.acts(lesson.code)
    _, _, cookies = answer(lesson, kenya)
    assert lesson.store.acts(lesson.code) == before
    with lesson.store.engine.connect() as line:
        rows = [tuple(row) for row in line.execute(text("select * from answers"))]
        digests = set(line.scalars(text("select digest from claims")))
    person = cookies[0].split("=")[1]
    assert [row[:3] for row in rows] == [(lesson.code, person, "before")]
    assert (
        not digests & {cell for row in rows for cell in row}
        and "KEN" not in str(rows)
        and "Ann" not in str(rows)
    )


def test_whoever_answers_again_is_counted_once(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    lesson.act(desk, "questionnaire", {"on": True})
    _, _, cookies = answer(lesson, kenya)
    answer(lesson, f"{kenya}; {cookies[0]}", mark=2)
    assert seen(lesson, desk, 1)["answered"] == 1
    (kept,) = lesson.store.answers(lesson.code, "before")
    assert set(kept["marks"].values()) == {2}


@pytest.mark.parametrize(
    "wrong",
    [
        {"marks": {"positions": 6}},
        {"marks": {"else": 1}},
        {"marks": 1},
        {"moment": "later"},
        {"words": "x" * 1001},
        {"name": "Ann"},
    ],
)
def test_rubbish_is_refused_in_words_and_leaves_no_trace(lesson, wrong):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    lesson.act(desk, "questionnaire", {"on": True})
    status, found, _ = answer(lesson, kenya, **wrong)
    assert status == 422 and found["problem"]
    assert answer(lesson, "plenary-seat=guessed")[0] == 401
    assert lesson.store.answers(lesson.code, "before") == []


@pytest.mark.browser
def test_somebody_answers_on_a_phone_and_is_not_asked_again(browser, axe, lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    lesson.act(desk, "questionnaire", {"on": True})
    context = browser.new_context(viewport={"width": 390, "height": 844})
    name, value = kenya.split("=", 1)
    context.add_cookies(
        [{"name": name, "value": value, "domain": "127.0.0.1", "path": f"/room/{lesson.code}/"}]
    )
    tab = context.new_page()
    complaints = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.set_default_timeout(1000 * PATIENCE)
    tab.goto(f"{lesson.origin}/room/{lesson.code}/")
    for key in STATEMENTS:
        tab.get_by_label(STATEMENTS[key]).select_option("mostly")
    assert serious(tab, axe) == []
    tab.get_by_role("button", name="Answer", exact=True).click()
    tab.wait_for_selector("#asked", state="hidden")
    tab.reload()
    tab.wait_for_selector("body[data-ready]")
    assert tab.locator("#asked").is_hidden() and complaints == []
    assert lesson.store.answers(lesson.code, "before") == [
        {"marks": dict.fromkeys(STATEMENTS, 4), "words": ""}
    ]
    context.close()
