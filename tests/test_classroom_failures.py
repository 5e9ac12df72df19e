"""What the classroom does when something fails: connections, clocks, disks, and people who press twice."""

import asyncio
import datetime as dt
import json
import resource
import threading
import time
from types import SimpleNamespace

import pytest
import websockets

from benchmarks.classroom import serving
from dashboards.classroom import store as stores
from dashboards.classroom.clerk import Clerk
from dashboards.classroom.prompter import Prompter
from dashboards.classroom.room import Vote, folded, opened
from dashboards.classroom.server import open_room
from dashboards.classroom.store import Store
from dashboards.classroom.visitor import Visitor
from scenarios import load
from tests.classes import Class, running
from tests.pages import PATIENCE

TEXT = "un-text"
WORDS = "These words take up some room on the disk. " * 20


@pytest.fixture
def lesson(tmp_path):
    """A class of fifteen seats."""
    with running(tmp_path / "rooms.sqlite") as one:
        yield one


def stance(words="", stance="oppose"):
    """What comes with a stance."""
    return {"text": TEXT, "stance": stance, "reason": words[:1000]}


def test_a_page_whose_connection_drops_comes_back_and_shows_what_it_missed(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()

    async def drop_and_return():
        page = Visitor(lesson.port, lesson.code)
        page.cookie, page.seat = kenya, "KEN"
        hearing = asyncio.create_task(page.listen())
        await until(lambda: page.parts)
        reading, writing = await asyncio.open_connection("127.0.0.1", lesson.port)
        writing.transport.abort()  # and somebody else's connection breaks in the middle of nothing
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        await asyncio.to_thread(lesson.act, desk, "chair", {"words": "Welcome back."})
        again = asyncio.create_task(page.listen())
        await until(lambda: page.parts["lines"] and "Welcome back." in page.parts["lines"][-1][3])
        again.cancel()
        await asyncio.gather(again, return_exceptions=True)

    asyncio.run(drop_and_return())


async def until(happened):
    """Wait until it has happened."""
    async with asyncio.timeout(PATIENCE):
        while not happened():
            await asyncio.sleep(0.02)


def test_twenty_times_the_same_question_at_the_same_time_is_one_act(lesson):
    kenya, answers = lesson.sit("KEN"), []
    asked = ("stance", stance("Once."), "the-same-key")
    threads = [threading.Thread(target=lambda: answers.append(lesson.act(kenya, *asked))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(answers) == 20 and len({(status, found["number"]) for status, found in answers}) == 1
    assert [act.kind for act in lesson.store.acts(lesson.code)].count("stance") == 1


def test_two_tabs_of_a_seat_show_the_same_and_both_act(lesson):
    kenya = lesson.sit("KEN")
    for words in ("from one tab", "from the other"):
        assert lesson.act(kenya, "note", {"to": "FRA", "words": words})[0] == 200
    pages = [lesson.seen(kenya, lambda parts: len(parts["notes"]) == 2) for _ in range(2)]
    assert pages[0]["notes"] == pages[1]["notes"]


def test_a_jump_of_the_time_of_day_moves_no_timer(tmp_path, monkeypatch):
    class Yesterday(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime.now(tz) - dt.timedelta(days=1)

    with running(tmp_path / "rooms.sqlite") as lesson:
        desk = lesson.desk()
        lesson.act(desk, "part", {"part": 0})
        before = lesson.seen()["programme"]["ends"]
        monkeypatch.setattr(stores, "dt", SimpleNamespace(datetime=Yesterday, UTC=dt.UTC))
        monkeypatch.setattr(time, "time", lambda: 0.0)
        assert lesson.act(desk, "chair", {"words": "What time is it?"})[0] == 200
        assert lesson.seen()["programme"]["ends"] == before
        acts = lesson.store.acts(lesson.code)
        assert acts[-1].at < acts[0].at and acts[0].clock <= acts[-1].clock < acts[0].clock + PATIENCE
        monkeypatch.undo()
        assert folded(load("launch-2020-class"), 75, acts).ends == before
        again = Clerk(lesson.store, print).enter(lesson.code)
        assert acts[-1].clock <= again.clock() <= acts[-1].clock + PATIENCE


def test_a_full_disk_refuses_in_words_keeps_what_was_and_goes_on_when_there_is_room(tmp_path):
    store = Store(tmp_path / "classroom.sqlite")
    code, _ = open_room(store, "launch-2020-class")
    store.close()
    with serving(tmp_path, code) as (port, process):
        lesson = Class(port, code, "", None)
        kenya = lesson.sit("KEN")
        assert lesson.act(kenya, "stance", stance("Before."))[0] == 200
        before = lesson.seen()["support"]
        files = [tmp_path / name for name in ("classroom.sqlite", "classroom.sqlite-wal")]
        least = min(file.stat().st_size for file in files)
        _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (least, hard))
        refused = [lesson.act(kenya, "stance", stance(WORDS, "endorse")) for _ in range(3)]
        assert [status for status, _ in refused] == [507] * 3
        assert all("The disk takes nothing more" in found["problem"] for _, found in refused)
        status, found, _ = lesson.ask(f"/join/{code}", {"seat": "FRA", "name": "x"})
        assert status == 507 and "The disk takes nothing more" in found["problem"]
        assert lesson.seen()["support"] == before
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert lesson.act(kenya, "stance", stance("After."))[0] == 200
        assert lesson.sit("FRA")
        process.kill()
        process.wait(PATIENCE)
    store = Store(tmp_path / "classroom.sqlite")
    said = [act.payload["reason"] for act in store.acts(code) if act.kind == "stance"]
    store.close()
    assert said == ["Before.", "After."]


def test_a_room_that_the_model_cannot_play_ends_the_play_of_no_other(tmp_path, capsys):
    store = Store(tmp_path / "rooms.sqlite")
    codes = [open_room(store, "launch-2020-class")[0] for _ in range(2)]
    clerk = Clerk(store, lambda *_: None)
    broken, whole = [clerk.enter(code) for code in codes]
    broken.room.votes["no such text"] = Vote("no such text")
    whole.room.votes[TEXT] = Vote(TEXT)

    async def lesson():
        tasks = [asyncio.create_task(one.work()) for one in (clerk, Prompter(clerk))]
        await until(lambda: whole.room.votes[TEXT].ballots)
        assert not any(task.done() for task in tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(lesson())
    store.close()
    assert f"The model's seats of room {codes[0]}" in capsys.readouterr().out


def test_what_the_model_reads_stands_still_while_the_room_goes_on():
    room = opened(load("launch-2020-class"))
    still, before = room.still(), room.snapshot()
    room.drafts[TEXT].articles["10"].standing = "proposal-1"
    room.stands[TEXT]["KEN"].stance = "oppose"
    room.seats["KEN"].played = "people"
    room.snapshots.append(before)
    room.happened["anything"] = 1
    assert still.snapshot() == before != room.snapshot()
    assert (still.seats["KEN"].played, still.snapshots, still.happened) == ("model", [], {})


def test_a_page_that_reads_nothing_holds_up_nobody(lesson):
    kenya = lesson.sit("KEN")

    async def deaf():
        address = f"ws://127.0.0.1:{lesson.port}/screen/{lesson.code}/live"
        async with websockets.connect(address, origin=lesson.origin, max_queue=1):
            for number in range(30):
                asked = ("note", {"to": "FRA", "words": WORDS + str(number)})
                status, _ = await asyncio.to_thread(lesson.act, kenya, *asked)
                assert status in (200, 429)
            begun = time.monotonic()
            await asyncio.to_thread(lesson.seen)
            return time.monotonic() - begun

    assert asyncio.run(deaf()) < PATIENCE / 6
    assert json.dumps(lesson.seen(kenya)["notes"][-1])
