"""What the classroom lets in and out, on the wire: every byte that others get, and all they may try."""

import asyncio
import http.client
import json
import socket
import time
from typing import Literal, get_args, get_origin

import pytest
import websockets
from pydantic import ValidationError

from benchmarks.classroom import LOG, serving
from dashboards.classroom import access, patience
from dashboards.classroom.kinds import KINDS
from dashboards.classroom.server import open_room
from dashboards.classroom.store import RoomRow, Store, now
from dashboards.classroom.visitor import Declined, Visitor
from scenarios import load
from tests.classes import Class, running
from tests.pages import PATIENCE

TEXT = "un-text"
EVIL = "<img src=x onerror=document.body.dataset.broken=1><script>document.body.dataset.broken=2</script>"
STANCE = {"text": TEXT, "stance": "study", "reason": ""}


@pytest.fixture
def lesson(tmp_path):
    """A class of fifteen seats."""
    with running(tmp_path / "rooms.sqlite") as one:
        yield one


def raw(lesson, path, cookie=""):
    """The first messages that a page gets, as they come."""

    async def hear():
        address, found = f"ws://127.0.0.1:{lesson.port}{path}", []
        async with websockets.connect(
            address, additional_headers={"Cookie": cookie}, origin=lesson.origin
        ) as line:
            while True:
                try:
                    found.append(await asyncio.wait_for(line.recv(), 0.4))
                except TimeoutError:
                    return "".join(found)

    return asyncio.run(hear())


def secretive(store):
    """A room in which every delegation has a red line with a reason that only its own card may tell."""
    scenario = load("launch-2020-class")
    line = {"min": 0, "max": 100, "kind": "forbids"}
    lines = [
        {"delegation": seat, "issue": issue, "reason": f"secret-of-{seat}", **line}
        for seat in scenario.delegations
        for issue in scenario.issues
    ]
    found = scenario.model_dump(mode="json") | {"red_lines": lines}
    code, key = access.new_code(), access.new_token()
    store.add_room(RoomRow(code, access.digest(key), json.dumps(found), "", 75, 1, now()))
    return code, key


def test_no_byte_of_a_seats_secrets_reaches_another_seat_or_the_projector(tmp_path):
    with running(tmp_path / "rooms.sqlite") as lesson:
        lesson.code, lesson.key = secretive(lesson.store)
        china, kenya, france = lesson.sit("CHN"), lesson.sit("KEN"), lesson.sit("FRA")
        press = lesson.sit("press")
        lesson.act(china, "note", {"to": "KEN", "words": "secret-note"})
        lesson.act(china, "offer", {"to": "KEN", "gives": "secret-gift", "asks": "secret-price"})
        lesson.act(lesson.sit("IDN"), "note", {"to": "bloc:ASEAN", "words": "secret-bloc"})
        code, own = lesson.code, {"CHN": china, "KEN": kenya, "FRA": france, "press": press, "": ""}
        told = {}
        for seat, cookie in own.items():
            where = "room" if seat else "screen"
            pages = [f"/room/{code}/", f"/join/{code}", f"/screen/{code}", f"/desk/{code}/"]
            pages += [f"/room/{code}/mine", f"/screen/{code}/debrief", f"/desk/{code}/debrief"]
            pages += [f"/desk/{code}/{one}" for one in ("debrief/CHN", "paper", "kit")]
            told[seat] = raw(lesson, f"/{where}/{code}/live", cookie)
            told[seat] += "".join(str(lesson.ask(path, cookie=cookie)) for path in pages)
        for seat in ("CHN", "KEN"):
            assert all(word in told[seat] for word in ("secret-note", "secret-gift", "secret-price"))
        assert "secret-of-CHN" in told["CHN"] and "secret-of-FRA" in told["FRA"]
        mine = {"CHN": ("note", "gift", "price", "of-CHN"), "KEN": ("note", "gift", "price", "of-KEN")}
        mine["FRA"] = ("of-FRA",)
        for seat, words in told.items():
            for one in mine.get(seat, ()):
                words = words.replace(f"secret-{one}", "")
            assert "secret-" not in words, seat


def test_delegations_do_nothing_that_is_the_desks_and_the_desk_nothing_that_is_theirs(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    before = len(lesson.store.acts(lesson.code))
    for name, kind in KINDS.items():
        if "people" not in kind.by:
            assert lesson.act(kenya, name)[0] in (403, 429), name
        if "desk" not in kind.by:
            assert lesson.act(desk, name)[0] == 403, name
        assert lesson.act("plenary-seat=guess", name)[0] == 401
        assert (
            lesson.ask(f"/desk/{lesson.code}/act", {"kind": name, "payload": {}, "key": "12345678"})[0] == 403
        )
    assert len(lesson.store.acts(lesson.code)) == before


def test_a_delegation_acts_for_itself_whatever_it_says(lesson):
    kenya = lesson.sit("KEN")
    asked = {"kind": "stance", "payload": STANCE, "key": "12345678", "seat": "FRA", "by": "desk"}
    assert lesson.ask(f"/room/{lesson.code}/act", asked, kenya)[0] == 200
    assert {(act.seat, act.by) for act in lesson.store.acts(lesson.code) if act.kind == "stance"} == {
        ("KEN", "people")
    }


@pytest.mark.parametrize("path", ["/room/{}/live", "/screen/{}/live", "/desk/{}/live"])
def test_sockets_of_other_pages_are_refused(lesson, path):
    kenya = lesson.sit("KEN")
    address = f"ws://127.0.0.1:{lesson.port}" + path.format(lesson.code)

    async def tried(**how):
        async with websockets.connect(address, **how):
            pass

    for how in ({"origin": "https://evil.example"}, {"origin": None}, {"origin": "null"}):
        with pytest.raises(websockets.InvalidStatus):
            asyncio.run(tried(additional_headers={"Cookie": kenya}, **how))


def test_a_seat_of_one_room_opens_no_other_and_no_desk(lesson):
    kenya = lesson.sit("KEN")
    other, _ = open_room(lesson.store, "launch-2020-class")
    asked = {"kind": "stance", "payload": STANCE, "key": "12345678"}
    assert lesson.ask(f"/room/{other}/act", asked, kenya)[0] == 401
    assert lesson.ask(f"/desk/{lesson.code}/act", asked, kenya)[0] == 403
    desk_with_seat = kenya.replace("plenary-seat", "plenary-desk")
    assert lesson.ask(f"/desk/{lesson.code}/act", asked, desk_with_seat)[0] == 403
    seat_with_key = f"plenary-seat={lesson.key}"
    assert lesson.ask(f"/room/{lesson.code}/act", asked, seat_with_key)[0] == 401


def test_cookies_are_for_the_room_alone_and_for_no_script(lesson):
    def set_by(path, document):
        line = http.client.HTTPConnection("127.0.0.1", lesson.port, timeout=PATIENCE)
        line.request("POST", path, json.dumps(document), {"Origin": lesson.origin, "X-Plenary": "1"})
        found = [one for name, one in line.getresponse().getheaders() if name == "set-cookie"]
        line.close()
        return found

    code = lesson.code
    seats = set_by(f"/join/{code}", {"seat": "KEN", "name": ""})
    desks = set_by(f"/desk/{code}/key", {"key": lesson.key})
    paths = {part.partition("=")[2] for one in seats + desks for part in one.split("; ") if "Path" in part}
    assert paths == {f"/room/{code}/", f"/join/{code}", f"/desk/{code}/"}
    assert all("HttpOnly" in one and "SameSite=strict" in one for one in seats + desks)


def test_wrong_codes_shut_nobody_out_who_sits_in_the_room(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    assert {lesson.ask(f"/join/ZZZZ{number}")[0] for number in range(2, 10)} == {404}
    assert [lesson.ask("/join/ZZZZZ")[0] for _ in range(4)][-1] == 429
    assert lesson.ask(f"/join/{lesson.code}")[0] == 429
    assert lesson.act(kenya, "stance", STANCE)[0] == 200
    assert lesson.act(desk, "chair", {"words": "Order."})[0] == 200
    assert lesson.seen(kenya)["lines"]


def test_a_seat_that_floods_the_room_is_slowed_and_others_are_not(lesson):
    kenya, france = lesson.sit("KEN"), lesson.sit("FRA")

    async def flood():
        noisy, calm = Visitor(lesson.port, lesson.code), Visitor(lesson.port, lesson.code)
        noisy.cookie, calm.cookie, noisy.seat, calm.seat = kenya, france, "KEN", "FRA"
        gate, took, answers = asyncio.Semaphore(20), [], []

        async def one():
            async with gate:
                try:
                    await noisy.act("stance", STANCE)
                    answers.append(200)
                except Declined as why:
                    answers.append(why.status)

        begun = time.monotonic()
        busy = [asyncio.create_task(one()) for _ in range(400)]
        for _ in range(5):
            at = time.monotonic()
            await calm.act("stance", STANCE)
            took.append(time.monotonic() - at)
        await asyncio.gather(*busy)
        return answers, took, time.monotonic() - begun

    answers, took, lasted = asyncio.run(flood())
    assert set(answers) == {200, 429}
    assert answers.count(200) <= access.ACTS + access.REFILL * lasted + 1
    assert max(took) <= 2.0


def test_a_body_without_a_length_and_a_slow_one_are_bounded(lesson, monkeypatch):
    monkeypatch.setattr(patience, "BODY", 0.5)
    kenya = lesson.sit("KEN")
    head = (
        f"POST /room/{lesson.code}/act HTTP/1.1\r\nHost: 127.0.0.1:{lesson.port}\r\n"
        f"Origin: {lesson.origin}\r\nX-Plenary: 1\r\nCookie: {kenya}\r\n"
    )
    chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
    endless = socket.create_connection(("127.0.0.1", lesson.port), PATIENCE)
    endless.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 10)
    assert b" 413 " in endless.recv(4096).split(b"\r\n")[0]
    endless.close()
    slow = socket.create_connection(("127.0.0.1", lesson.port), PATIENCE)
    slow.sendall(head.encode() + b"Content-Length: 100\r\n\r\n{")
    assert b" 408 " in slow.recv(4096).split(b"\r\n")[0]
    slow.close()
    assert lesson.act(kenya, "stance", STANCE)[0] == 200


def test_whoever_connects_and_says_nothing_is_hung_up_on(lesson, monkeypatch):
    monkeypatch.setattr(patience, "HEADERS", 0.3)
    for begun in (b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "):
        silent = socket.create_connection(("127.0.0.1", lesson.port), PATIENCE)
        silent.sendall(begun)
        assert silent.recv(10) == b""
        silent.close()
    kept = http.client.HTTPConnection("127.0.0.1", lesson.port, timeout=PATIENCE)
    for _ in range(2):
        kept.request("GET", "/")
        assert kept.getresponse().read()
    kept.close()


def test_what_pages_send_on_their_sockets_means_nothing_and_is_bounded(lesson):
    kenya = lesson.sit("KEN")
    before = len(lesson.store.acts(lesson.code))

    async def send(*messages):
        address = f"ws://127.0.0.1:{lesson.port}/room/{lesson.code}/live"
        async with websockets.connect(
            address, additional_headers={"Cookie": kenya}, origin=lesson.origin
        ) as line:
            await line.recv()
            for one in messages:
                await line.send(one)
            try:
                while True:
                    await asyncio.wait_for(line.recv(), 0.5)
            except TimeoutError:
                return None
            except websockets.ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006

    act = json.dumps({"kind": "stance", "payload": STANCE, "key": "12345678"})
    assert asyncio.run(send(act, b"\x00\xff", "")) is None
    assert asyncio.run(send(*[act] * 30)) == 1008
    assert asyncio.run(send("x" * 10_000)) == 1009
    assert len(lesson.store.acts(lesson.code)) == before


def test_the_oldest_page_of_a_seat_gives_way_to_the_thirteenth(lesson):
    kenya = lesson.sit("KEN")

    async def many():
        address = f"ws://127.0.0.1:{lesson.port}/room/{lesson.code}/live"
        how = {"additional_headers": {"Cookie": kenya}, "origin": lesson.origin}
        lines = []
        for _ in range(14):
            lines.append(await websockets.connect(address, **how))
            await lines[-1].recv()
        for one in lines[:2]:
            await asyncio.wait_for(one.wait_closed(), PATIENCE)
        codes = [one.close_code for one in lines]
        for one in lines:
            await one.close()
        return codes

    assert asyncio.run(many()) == [4408] * 2 + [None] * 12


def test_tokens_stand_in_no_address_and_in_nothing_that_the_server_says(tmp_path):
    store = Store(tmp_path / "classroom.sqlite")
    code, _ = open_room(store, "launch-2020-class")
    store.close()
    with serving(tmp_path, code) as (port, _):
        key = (tmp_path / LOG).read_text("utf-8").partition(f"/desk/{code}/#")[2].split()[0]
        lesson = Class(port, code, key, None)
        kenya, desk = lesson.sit("KEN", "Ann"), lesson.desk()
        lesson.act(kenya, "stance", STANCE)
        lesson.act(desk, "chair", {"words": "hello"})
        lesson.seen(kenya), lesson.seen(desk)
        lesson.ask("/join/ZZZZZ")
        lesson.ask(f"/room/{code}/act", b"\xff", kenya)
        said = (tmp_path / LOG).read_text("utf-8")
        pages = "".join(str(lesson.ask(f"/{one}/{code}/", cookie=kenya)[1]) for one in ("room", "screen"))
    token = kenya.partition("=")[2]
    assert token not in said and token not in pages and key not in pages
    assert said.count(key) == 1 and "Ann" not in said
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("classroom.sqlite*"))
    assert token.encode() not in kept and key.encode() not in kept


def filled(model, seat_number):
    """A payload of a kind, whatever it is, with markup wherever words may stand."""
    known = {
        "text": TEXT,
        "article": "10",
        "wording": "tabled",
        "to": "KEN",
        "seat": "FRA",
        "event": "",
        "number": seat_number,
    }
    found = {}
    for name, about in model.model_fields.items():
        kind, literal = about.annotation, get_origin(about.annotation) is Literal
        if literal:
            found[name] = get_args(kind)[0]
        elif name in known:
            found[name] = known[name]
        elif kind is str:
            found[name] = (
                EVIL[:78] if any(getattr(one, "max_length", 0) == 80 for one in about.metadata) else EVIL
            )
        elif kind is bool:
            found[name] = True
        elif kind in (int, float):
            found[name] = 1
        else:
            found[name] = {}
    return found


FIRST = ("part", "propose", "stance", "call-vote", "vote", "explain", "note", "offer", "chair", "event")
LAST = ("close-vote", "lock", "undo", "mute", "hand")


def in_order():
    """All kinds of acts, those first that others need, and those last that would end everything."""
    rest = [name for name in KINDS if name not in (*FIRST, *LAST)]
    return [name for name in (*FIRST, *rest) if name in KINDS]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_refuses_a_megabyte_strange_types_and_more_than_it_knows(lesson, name):
    cookie = lesson.sit("KEN") if "people" in KINDS[name].by else lesson.desk()
    where = "room" if "people" in KINDS[name].by else "desk"
    good = filled(KINDS[name].payload, 1)
    before = len(lesson.store.acts(lesson.code))
    bad = [{**good, "more": 1}, *({**good, field: [[]]} for field in good)]
    bad += [{**good, field: None} for field in good]
    for payload in bad:
        status, found = lesson.act(cookie, name, payload)
        assert status == 422 and found["problem"], (payload, found)
    for field in good:
        large = {"kind": name, "payload": {**good, field: "x" * 1_000_000}, "key": "12345678"}
        assert lesson.ask(f"/{where}/{lesson.code}/act", large, cookie)[0] == 413
        with pytest.raises(ValidationError):
            KINDS[name].payload.model_validate({**good, field: "x" * 19_000})
    assert len(lesson.store.acts(lesson.code)) == before


@pytest.mark.browser
def test_markup_in_any_field_of_any_kind_comes_back_as_words(tmp_path, browser):
    complaints = []
    with running(tmp_path / "rooms.sqlite") as lesson:
        kenya, china, desk = lesson.sit("KEN", EVIL[:40]), lesson.sit("CHN", EVIL[:40]), lesson.desk()
        done = {}
        for name in in_order():
            kind = KINDS[name]
            last = lesson.store.acts(lesson.code)[-1].number
            asker = china if "people" in kind.by else desk
            done[name] = lesson.act(asker, name, filled(kind.payload, last))[0]
            if name == "vote":
                lesson.act(kenya, name, filled(kind.payload, last))
        lesson.act(desk, "chair", {"words": EVIL})
        assert {"propose", "stance", "note", "offer", "chair", "explain"} <= {
            name for name, status in done.items() if status == 200
        }
        for cookie, path in (
            (kenya, f"/room/{lesson.code}/"),
            (china, f"/room/{lesson.code}/"),
            ("", f"/screen/{lesson.code}"),
            (desk, f"/desk/{lesson.code}/"),
        ):
            context = browser.new_context(viewport={"width": 390, "height": 844})
            if cookie:
                name, value = cookie.split("=", 1)
                context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": path}])
            tab = context.new_page()
            tab.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
            tab.on("pageerror", lambda error: complaints.append(str(error)))
            tab.goto(lesson.origin + path)
            tab.wait_for_selector("body[data-ready]", timeout=1000 * PATIENCE)
            assert tab.locator("img[src=x]").count() == 0
            assert tab.locator("script:not([src]):not([type='application/json'])").count() == 0
            assert tab.get_attribute("body", "data-broken") is None
            assert "<img src=x" in tab.text_content("main")
            context.close()
    assert complaints == []
