"""The network check, on this machine alone: what devices report, and what is said when none does."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn

from dashboards.classroom.network import ADVICE, MOST, Device, Found, application, told, watch, works
from dashboards.explorer.server import listening
from tests.classes import Class
from tests.pages import PATIENCE, serious, within

MAIN = "from dashboards.cli import main; main()"


@contextmanager
def checking():
    """A check that is under way: how to reach it, and what it has found."""
    found, listener = Found(), listening()
    config = uvicorn.Config(application(found), log_level="warning", ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    within(lambda: server.started)
    try:
        yield Class(listener.getsockname()[1], "", "", None), found
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def report(line, device="device-1", cookie="", **more):
    """A device reports; status and answer."""
    given = {"device": device, "websocket": True, "storage": True, "time": time.time() * 1000} | more
    return line.ask("/found", given, cookie)[:2]


def said(found, **limits):
    """What the terminal says within a moment."""
    lines = []
    asyncio.run(watch(found, lines.append, **{"patience": PATIENCE, "ends": 0.3} | limits))
    return lines


def test_a_device_reports_what_works_and_the_terminal_says_so():
    with checking() as (line, found):
        status, _, cookies = line.ask("/")
        assert status == 200 and found.pages == 1
        assert report(line, cookie=cookies[0]) == (200, {"cookies": True})
        assert report(line, "device-2", websocket=False) == (200, {"cookies": False})
        report(line, cookie=cookies[0])  # after a reload: the same device
    assert len(found.devices) == 2
    first, fine, second, both = said(found)
    assert first.startswith("Device 1: page reached, live connection works, storage allowed, cookies allowed")
    assert fine == "A lesson works on 1 of 1 device."
    assert "no live connection" in second and "no cookies" in second
    assert both == "A lesson works on 1 of 2 devices."


def test_the_live_connection_answers():
    async def once(port):
        import websockets

        origin = f"http://127.0.0.1:{port}"
        async with websockets.connect(f"ws://127.0.0.1:{port}/echo", origin=origin) as socket:
            await socket.send("here")
            return await asyncio.wait_for(socket.recv(), PATIENCE)

    with checking() as (line, _):
        assert asyncio.run(once(line.port)) == "here"


def test_where_nothing_arrives_the_usual_reasons_are_said_once():
    assert said(Found(), patience=0.02, ends=0.2) == [ADVICE]
    for reason in ("client isolation", "VPN", "firewall", "another network", "hotspot", "paper mode"):
        assert reason in ADVICE
    opened = said(Found(pages=1), patience=0.02, ends=0.2)
    assert opened[0].endswith("The page was opened, but nothing came back.")
    assert said(Found(), ends=0.05) == []


@pytest.mark.parametrize(
    ("device", "fine", "words"),
    [
        (Device(True, True, True, 0.0), True, "clock right"),
        (Device(True, True, True, 600.0), True, "clock 10 min ahead"),
        (Device(True, True, True, -600.0), True, "clock 10 min behind"),
        (Device(True, True, False, 0.0), False, "no cookies"),
        (Device(True, False, True, 0.0), False, "no storage"),
        (Device(False, True, True, 0.0), False, "no live connection"),
    ],
)
def test_what_keeps_a_device_out_is_named(device, fine, words):
    assert works(device) == fine and words in told(device)


def test_rubbish_and_strangers_change_nothing():
    with checking() as (line, found):
        for wrong in ({"device": "x"}, {"websocket": "yes"}, {"time": -1}, {"more": 1}):
            assert report(line, **wrong)[0] == 422
        assert line.ask("/found", {}, Origin="https://evil.example")[0] == 403
        assert line.ask("/", Host="evil.example")[0] == 403
        assert line.ask("/nothing")[0] == 404
        found.devices = {f"device-{number}": Device(True, True, True, 0.0) for number in range(MOST)}
        assert report(line, "one too many")[0] == 200 and len(found.devices) == MOST


def test_it_prints_an_address_and_ends_quietly():
    words = [sys.executable, "-c", MAIN, "classroom", "--check-network", "--port", "0"]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as running:
        printed = []
        for line in running.stdout:
            printed.append(line)
            if line.startswith("Ctrl-C"):
                break
        port = int(re.search(r"http://[\d.]+:(\d+)/", "".join(printed))[1])
        within(lambda: answers(port))
        running.send_signal(signal.SIGINT)
        _, complaints = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0 and complaints == ""


def answers(port):
    """Whether somebody answers there."""
    try:
        return Class(port, "", "", None).ask("/")[0] == 200
    except OSError:
        return False


@pytest.mark.browser
def test_a_phone_sees_that_it_can_take_part(browser, axe):
    with checking() as (line, found):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        tab = context.new_page()
        tab.set_default_timeout(1000 * PATIENCE)
        tab.goto(line.origin)
        tab.wait_for_selector("#verdict:has-text('This device can take part.')")
        tab.reload()
        tab.wait_for_selector("body[data-ready]")
        (device,) = found.devices.values()
        assert works(device) and abs(device.ahead) < PATIENCE
        assert serious(tab, axe) == []
        context.close()
