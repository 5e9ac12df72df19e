"""Paper mode: what delegations hand in on paper counts as theirs, and the log says who entered it."""

import pytest

from dashboards.classroom.clerk import may
from dashboards.classroom.kinds import KINDS
from dashboards.classroom.paper import columns, read, rows
from dashboards.classroom.room import folded, opened
from scenarios import load
from tests.classes import running
from tests.pages import PATIENCE, serious

TEXT = "un-text"


@pytest.fixture
def lesson(tmp_path):
    """A class of fifteen seats."""
    with running(tmp_path / "rooms.sqlite") as one:
        yield one


def log(lesson):
    """What the log holds of what was done, without the answers of the model's seats."""
    return [act for act in lesson.store.acts(lesson.code) if act.by != "model"]


def for_seat(lesson, desk, seat, kind, payload, key="12345678"):
    """The desk does something for a seat; status and answer."""
    document = {"seat": seat, "kind": kind, "payload": payload, "key": key}
    return lesson.ask(f"/desk/{lesson.code}/act", document, desk)[:2]


def paste(lesson, desk, table, key="12345678", **where):
    """The desk pastes a table; status and answer."""
    return lesson.ask(f"/desk/{lesson.code}/paper", {"table": table, "key": key, **where}, desk)[:2]


def stances(lesson):
    """By seat its stance on the text."""
    support = lesson.seen()["support"][TEXT]
    return {seat: stance for stance, who in support.items() for seat, _ in who}


def test_what_the_desk_does_for_a_seat_is_the_seats_act_and_marked_as_the_desks(lesson):
    desk = lesson.desk()
    status, found = for_seat(lesson, desk, "KEN", "stance", {"text": TEXT, "stance": "oppose"})
    assert status == 200
    (act,) = log(lesson)
    assert (act.number, act.seat, act.by, act.kind) == (found["number"], "KEN", "desk", "stance")
    assert stances(lesson)["KEN"] == "oppose"
    assert lesson.seen()["lines"][-1][3].startswith("Kenya opposes the ")


def test_the_desk_does_for_a_seat_what_people_do_and_nothing_else(lesson):
    desk = lesson.desk()
    assert for_seat(lesson, desk, "KEN", "part", {"part": 1})[0] == 403
    for seat in ("ZZZ", "", 7, ["KEN"], None):
        assert for_seat(lesson, desk, seat, "stance", {"text": TEXT, "stance": "oppose"})[0] == 422
    assert log(lesson) == []
    for kind in KINDS.values():
        assert may(kind, "desk", "KEN") == ("people" in kind.by) and may(kind, "desk", "desk") == (
            "desk" in kind.by
        )


def test_only_the_desk_acts_for_a_seat(lesson):
    china = lesson.sit("CHN")
    before = log(lesson)
    document = {"seat": "KEN", "kind": "stance", "payload": {"text": TEXT, "stance": "oppose"}}
    number = lesson.ask(f"/room/{lesson.code}/act", {**document, "key": "12345678"}, china)[1]["number"]
    assert [act.seat for act in log(lesson)[len(before) :]] == ["CHN"] and number
    assert paste(lesson, china, "KEN\te")[0] == 403
    assert lesson.ask(f"/desk/{lesson.code}/paper", cookie=china)[0] == 401


def test_a_paper_vote_counts_beside_the_models(lesson):
    desk = lesson.desk()
    ballot = {"text": TEXT, "ballot": "no"}
    assert for_seat(lesson, desk, "KEN", "vote", ballot)[1]["problem"] == "There is no vote on this text now."
    lesson.act(desk, "call-vote", {"text": TEXT})
    assert for_seat(lesson, desk, "KEN", "vote", ballot, "12345679")[0] == 200
    assert lesson.seen()["votes"][TEXT]["ballots"]["KEN"] == "no"


def test_a_bad_cell_changes_nothing_else_and_is_named(lesson):
    desk, before = lesson.desk(), stances(lesson)
    heading = "Delegation\t" + "\t".join(one.title for one in columns(opened(load("launch-2020-class"))))
    table = f"{heading}\nKenya\te\t\to\t\nFRA\tmaybe\t\ts\t\nChina\t\t\te\ty\nAtlantis\te\t\te\t\n"
    status, found = paste(lesson, desk, table)
    assert status == 200
    wrong = {
        (one["seat"], one["kind"], one["text"]): one["problem"] for one in found["cells"] if "problem" in one
    }
    assert wrong == {
        ("FRA", "stance", "global-initiative"): "“maybe” is none of e, s, o.",
        ("CHN", "vote", TEXT): "There is no vote on this text now.",
    }
    assert found["problems"] == ["There is no delegation “Atlantis”."]
    changed = {"KEN": "oppose", "FRA": "study", "CHN": "endorse"}
    assert stances(lesson) == {**before, **changed}
    entered = [act for act in log(lesson) if act.kind == "stance"]
    assert {(act.seat, act.by) for act in entered} == {(seat, "desk") for seat in changed}
    assert len(entered) == 4


def test_a_seat_that_is_entered_on_paper_is_no_longer_the_models(lesson):
    desk = lesson.desk()
    paste(lesson, desk, "KEN\te\nFRA\tx")
    played = {seat for seat, one in lesson.seen()["seats"].items() if one["played"] == "people"}
    assert played == {"KEN"}


def test_a_table_pasted_twice_with_one_key_is_entered_once(lesson):
    desk = lesson.desk()
    first = paste(lesson, desk, "KEN\te\nFRA\to")
    after = log(lesson)
    assert paste(lesson, desk, "KEN\te\nFRA\to") == first and log(lesson) == after


@pytest.mark.parametrize(
    "document",
    [{"table": 7}, {"table": "x", "seat": []}, {"table": "x", "column": "a"}, {"table": "x", "key": 1}],
)
def test_rubbish_is_refused_in_words(lesson, document):
    status, found, _ = lesson.ask(f"/desk/{lesson.code}/paper", {"key": "12345678"} | document, lesson.desk())
    assert status == 422 and found["problem"] and log(lesson) == []


def test_a_table_without_names_begins_where_it_is_pasted():
    room = opened(load("launch-2020-class"))
    below = rows(room)[3:]
    found = read(room, "o\tn\ns\ta\n", below[0], 2)
    assert [(cell.seat, cell.column.kind, cell.column.text, cell.words) for cell in found.cells] == [
        (below[0], "stance", TEXT, "o"),
        (below[0], "vote", TEXT, "n"),
        (below[1], "stance", TEXT, "s"),
        (below[1], "vote", TEXT, "a"),
    ]
    assert found.problems == []
    over = read(room, "e\te\te\te\te\n" * 16)
    assert len(over.cells) == 15 * 4
    assert "Line 16 lies below the last delegation." in over.problems
    assert f"The line of {room.seats[rows(room)[0]].name} is longer than the grid." in over.problems


@pytest.mark.browser
def test_a_grid_is_filled_by_keyboard_and_by_pasting(browser, axe, lesson):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    complaints = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.set_default_timeout(1000 * PATIENCE)
    tab.goto(f"{lesson.origin}/desk/{lesson.code}/#{lesson.key}")
    tab.get_by_role("link", name="Enter what is on paper").click()
    tab.wait_for_selector("body[data-ready]")
    first, second = rows(opened(load("launch-2020-class")))[:2]
    tab.focus("#cell-0-2")
    for key in ("o", "ArrowDown", "s", "ArrowRight", "y"):
        tab.keyboard.press(key)
    tab.wait_for_selector("#cell-1-3-told.wrong:has-text('There is no vote on this text now.')")
    assert tab.locator("#cell-1-3").input_value() == ""
    tab.wait_for_selector("#cell-1-2-told:has-text('kept')")
    stands = folded(load("launch-2020-class"), 75, lesson.store.acts(lesson.code)).stands[TEXT]
    assert [(stands[seat].stance, stands[seat].by) for seat in (first, second)] == [
        ("oppose", "desk"),
        ("study", "desk"),
    ]
    tab.get_by_text("Paste a table").click()
    tab.fill("#table", f"{first}\te\n{second}\tno idea\n")
    tab.get_by_role("button", name="Enter it").click()
    tab.wait_for_selector("#problems li:has-text('1 of 2 cells are kept.')")
    tab.wait_for_selector("#cell-1-0-told.wrong")
    tab.select_option("#slip-text", TEXT)
    tab.select_option("#slip-seat", first)
    tab.fill("#slip-words", "A fund of its own <b>")
    tab.get_by_role("button", name="Put it into brackets").click()
    tab.wait_for_selector("#slip-done:has-text('in brackets')")
    wordings = [
        one
        for article in folded(load("launch-2020-class"), 75, lesson.store.acts(lesson.code))
        .drafts[TEXT]
        .articles.values()
        for one in article.wordings.values()
        if one.words == "A fund of its own <b>"
    ]
    assert [(one.by, one.status) for one in wordings] == [((first,), "open")]
    assert lesson.act(lesson.desk(), "open-silence", {"text": TEXT, "minutes": 2})[0] == 200
    tab.select_option("#objecting", second)
    tab.fill("#reason", "Article 4.")
    tab.get_by_role("button", name="Object").click()
    tab.wait_for_selector("#silent:has-text('Objections: ')")
    room = folded(load("launch-2020-class"), 75, lesson.store.acts(lesson.code))
    assert room.silence.objections == {second: "Article 4."}
    assert serious(tab, axe) == [] and complaints == []
    context.close()
