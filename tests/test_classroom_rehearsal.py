"""Rehearsals: robots play a whole lesson on a faster clock, in a room apart from lessons."""

import time

import pytest

from benchmarks.classroom import LOG, free_port, started
from dashboards.classroom import parts
from dashboards.classroom.act import Act
from dashboards.classroom.clerk import Clerk
from dashboards.classroom.robots import Robot
from dashboards.classroom.room import folded, opened
from dashboards.classroom.server import open_room
from dashboards.classroom.store import Store, now
from dashboards.classroom.visitor import Visitor
from scenarios import load
from tests.classes import running
from tests.pages import PATIENCE

WHERE = "launch-2020-class"


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory):
    """The folder and the words of a rehearsal that has come to its end by itself."""
    folder = tmp_path_factory.mktemp("rehearsal")
    options = (WHERE, "--rehearse", "--speed", "500", "--minutes", "50")
    process = started(folder, *options, port=free_port())
    try:
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    return folder, (folder / LOG).read_text("utf-8")


def test_a_rehearsal_ends_by_itself_and_says_what_was_decided(rehearsed):
    _, words = rehearsed
    assert "A rehearsal, 500 times as fast as a lesson" in words
    scenario, last = load(WHERE), words.splitlines()[-1]
    assert last.startswith("The rehearsal is over.")
    assert all(text.title in last for text in scenario.texts.values()) and "open" not in last
    assert "Traceback" not in words


def test_robots_do_what_people_do_in_every_part(rehearsed):
    folder, _ = rehearsed
    store = Store(folder / "rehearsals.sqlite")
    (row,) = store.rooms()
    acts = store.acts(row.code)
    assert store.speed(row.code) == 500
    store.close()
    kinds = {act.kind for act in acts}
    assert kinds >= {"part", "stance", "reply", "vote", "explain", "open-silence", "call-vote", "close-vote"}
    assert kinds & {"propose", "note", "offer"}
    assert [act.payload["part"] for act in acts if act.kind == "part"] == list(range(5))
    room = folded(load(WHERE), row.programme, acts)
    assert {seat.played for seat in room.seats.values()} == {"people"}
    assert all(len(vote.ballots) == len(room.seats) for vote in room.votes.values())


def test_a_rehearsal_is_kept_apart_from_lessons(rehearsed):
    folder, _ = rehearsed
    assert not (folder / "classroom.sqlite").exists()


def test_the_clock_of_a_rehearsal_is_as_fast_after_a_restart(tmp_path):
    store = Store(tmp_path / "rooms.sqlite")
    code, lesson = open_room(store, WHERE, speed=50)[0], open_room(store, WHERE)[0]
    first = Clerk(store, print).enter(code)
    time.sleep(0.1)
    clock = first.clock()
    assert 5 <= clock < 50 * PATIENCE
    store.append([(code, Act(1, clock, now(), "desk", "desk", "part", {"part": 0}, "desk/12345678"))])
    store.close()
    again = Clerk(Store(tmp_path / "rooms.sqlite"), print)
    assert again.enter(code).speed == 50 and again.enter(lesson).speed == 1
    assert clock <= again.enter(code).clock() <= clock + 50 * PATIENCE
    again.store.close()


def test_pages_of_a_rehearsal_say_so_and_hear_how_fast_it_runs(tmp_path):
    with running(tmp_path / "rooms.sqlite", speed=20) as lesson:
        kenya, desk = lesson.sit("KEN"), lesson.desk()
        pages = (
            (f"/screen/{lesson.code}", ""),
            (f"/room/{lesson.code}/", kenya),
            (f"/desk/{lesson.code}/", desk),
        )
        for path, cookie in pages:
            assert "20 times as fast" in lesson.ask(path, cookie=cookie)[1]
    with running(tmp_path / "lessons.sqlite") as lesson:
        assert "as fast as a lesson" not in lesson.ask(f"/screen/{lesson.code}")[1]


def test_a_robot_with_the_same_seed_sees_the_same_and_does_the_same():
    room = opened(load(WHERE))
    room.part = 2

    def chosen(seed):
        visitor = Visitor(1, "BCDFG")
        visitor.seat = "KEN"
        visitor.parts = parts.shared(room, {}) | parts.own(room, "KEN")
        robot = Robot(visitor, seed)
        return [robot.next() for _ in range(30)]

    assert chosen(1) == chosen(1) != chosen(2)


def test_robots_on_opposite_sides_of_a_text_stand_on_opposite_sides():
    room = opened(load(WHERE))
    stances = {}
    for seat in room.seats:
        visitor = Visitor(1, "BCDFG")
        visitor.seat, visitor.parts = seat, parts.shared(room, {}) | parts.own(room, seat)
        stances[seat] = Robot(visitor, 1).stance("global-initiative")
    assert len(set(stances.values())) > 1
    assert stances["CHN"] == "endorse"
