"""A server that is killed at any moment: nothing that was confirmed is lost, nothing happens twice."""

import asyncio
import random
import secrets
import time

import pytest

from benchmarks.classroom import free_port, serving, slack, started
from dashboards.classroom import parts
from dashboards.classroom.act import Act
from dashboards.classroom.robots import Robot
from dashboards.classroom.room import folded
from dashboards.classroom.server import open_room
from dashboards.classroom.store import Store, now
from dashboards.classroom.visitor import Declined, Visitor
from scenarios import load
from tests.classes import Class
from tests.pages import PATIENCE

BACK = 5.0  # seconds after a restart within which every page is live again


class Witness(Visitor):
    """A page that asks again with the same key until it has an answer, and remembers what was confirmed."""

    def __init__(self, port, code):
        super().__init__(port, code)
        self.confirmed, self.asked = {}, {}

    async def act(self, kind, payload=None, key=""):
        key = key or secrets.token_hex(16)
        self.asked[key] = (kind, payload)
        while True:
            try:
                number = await super().act(kind, payload, key)
            except Declined as why:
                if why.status == 429:
                    await asyncio.sleep(0.5)
                    continue
                raise
            except (OSError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            self.confirmed[f"{self.seat}/{key}"] = number
            return number


async def killed(folder, code, seats, people, kills, seed):
    """Robots act while a server is killed again and again; the witnesses, and the seconds it took until all
    were live again after each restart."""
    luck, port, back = random.Random(seed), free_port(), []
    process = started(folder, code, port=port)
    gate = asyncio.Semaphore(20)

    async def sit(number):
        async with gate:
            one = Witness(port, code)
            await one.sit(seats[number % len(seats)])
            return one

    try:
        witnesses = await asyncio.gather(*(sit(number) for number in range(people)))
        async with asyncio.timeout(PATIENCE + 15 * kills), asyncio.TaskGroup() as group:
            hearing = [group.create_task(one.listen()) for one in witnesses]
            acting = [group.create_task(Robot(one, number).play()) for number, one in enumerate(witnesses)]
            for _ in range(kills):
                await asyncio.sleep(luck.uniform(0.3, 1.3))
                process.kill()
                process.wait(PATIENCE)
                process = await asyncio.to_thread(started, folder, code, port=port)
                answers = time.monotonic()
                while not all(one.connected and one.heard > answers for one in witnesses):
                    await asyncio.sleep(0.02)
                back.append(time.monotonic() - answers)
                print(f"live again after {back[-1]:.2f} s")
            while sum(len(one.confirmed) for one in witnesses) <= people:  # the lesson goes on
                await asyncio.sleep(0.02)
            for task in acting:
                task.cancel()
            await asyncio.sleep(1)
            newest = max(number for one in witnesses for number in one.confirmed.values())
            while not all(one.last >= newest for one in witnesses):
                await asyncio.sleep(0.02)
            for task in hearing:
                task.cancel()
        process.kill()
        return witnesses, back
    finally:
        process.kill()
        process.wait(PATIENCE)


def check(tmp_path, where, people, kills, seed=1):
    """Kill a server and hold its log against what was confirmed; returns seconds and acts."""
    store = Store(tmp_path / "classroom.sqlite")
    code, _ = open_room(store, where, speed=10)
    store.append([(code, Act(1, 0.0, now(), "desk", "desk", "part", {"part": 2}, "desk/12345678"))])
    store.close()
    seats = [name for name, one in load(where).delegations.items() if not one.observer]
    witnesses, back = asyncio.run(killed(tmp_path, code, seats, people, kills, seed))
    store = Store(tmp_path / "classroom.sqlite")
    log = store.acts(code)
    numbers = {act.key: act.number for act in log}
    store.close()
    assert [act.number for act in log] == list(range(1, len(log) + 1))
    assert len(numbers) == len(log)
    confirmed = {key: number for one in witnesses for key, number in one.confirmed.items()}
    assert {key: numbers.get(key) for key in confirmed} == confirmed
    told = {act.key: act.payload for act in log}
    for one in witnesses:
        for key, (_, payload) in one.asked.items():
            if f"{one.seat}/{key}" in told:
                assert told[f"{one.seat}/{key}"].items() >= payload.items()
    shown = parts.shared(folded(load(where), 75, log), {})
    current = [one.parts for one in witnesses if one.last == len(log)]
    assert current and all(
        one[name] == shown[name] for one in current for name in ("support", "votes", "floor")
    )
    assert max(back) <= BACK * slack(), back
    return back, len(confirmed)


def test_a_server_that_is_killed_three_times_loses_nothing(tmp_path):
    back, acts = check(tmp_path, "launch-2020-class", 30, 3)
    assert len(back) == 3 and acts > 30


@pytest.mark.long
def test_a_server_with_200_people_that_is_killed_twenty_times_loses_nothing(tmp_path):
    back, acts = check(tmp_path, "launch-2020-world", 200, 20)
    print(f"{acts} acts; live again within {max(back):.1f} s of each of {len(back)} restarts")
    assert len(back) == 20 and acts > 200


def phone(browser, port, code, cookie):
    """The page of a seat on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    name, value = cookie.split("=", 1)
    place = f"/room/{code}/"
    context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": place}])
    tab = context.new_page()
    tab.goto(f"http://127.0.0.1:{port}{place}")
    tab.wait_for_selector("body[data-ready]", timeout=1000 * PATIENCE)
    return tab


@pytest.mark.browser
def test_what_somebody_is_typing_outlives_the_server_and_a_reload(tmp_path, browser):
    store = Store(tmp_path / "classroom.sqlite")
    code, _ = open_room(store, "launch-2020-class")
    store.close()
    with serving(tmp_path, code) as (port, process):
        tab = phone(browser, port, code, Class(port, code, "", None).sit("KEN"))
        tab.click('.tabs a[href="#talk"]')
        tab.fill("#words", "Not sent yet")
        process.kill()
        process.wait(PATIENCE)
        tab.wait_for_selector('body[data-connection="lost"]', timeout=1000 * PATIENCE)
        with serving(tmp_path, code, port):
            tab.wait_for_selector('body[data-connection="open"]', timeout=1000 * PATIENCE)
            assert tab.input_value("#words") == "Not sent yet"
            tab.reload()
            tab.wait_for_selector("body[data-ready]", timeout=1000 * PATIENCE)
            assert tab.input_value("#words") == "Not sent yet"
        tab.context.close()
