"""A class for tests: a room on a real server, people at seats, and a desk."""

import asyncio
import http.client
import json
import threading
import time
from contextlib import contextmanager

import uvicorn

from dashboards.classroom.app import application
from dashboards.classroom.changes import merged
from dashboards.classroom.server import open_room, settings
from dashboards.classroom.store import Store
from dashboards.explorer.server import listening
from tests.pages import PATIENCE, within


class Class:
    """A room and how to reach it."""

    def __init__(self, port, code, key, store):
        self.port, self.code, self.key, self.store = port, code, key, store
        self.origin = f"http://127.0.0.1:{port}"
        self.count = 0

    def ask(self, path, document=None, cookie="", method=None, **headers):
        """Status, answer and cookies of a request; a document makes it a POST from one of its own pages."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        own = {"Origin": self.origin, "X-Plenary": "1"} if document is not None else {}
        body = document if isinstance(document, (bytes, str)) else json.dumps(document)
        given = {name.replace("_", "-"): one for name, one in headers.items()}
        try:
            verb = method or ("GET" if document is None else "POST")
            sent = None if document is None else body
            line.request(verb, path, sent, {**own, "Cookie": cookie, **given})
            answer = line.getresponse()
            content = answer.read().decode("utf-8")
            cookies = [one.split(";")[0] for name, one in answer.getheaders() if name == "set-cookie"]
            is_json = answer.headers.get("content-type", "").startswith("application/json")
            return answer.status, json.loads(content) if is_json else content, cookies
        finally:
            line.close()

    def sit(self, seat, name=""):
        """Take a seat; its cookie."""
        status, found, cookies = self.ask(f"/join/{self.code}", {"seat": seat, "name": name})
        assert status == 200, found
        return cookies[0]

    def desk(self):
        """Take the control desk; its cookie."""
        status, _, cookies = self.ask(f"/desk/{self.code}/key", {"key": self.key})
        assert status == 200
        return cookies[0]

    def act(self, cookie, kind, payload=None, key=None, **headers):
        """Do something; status and answer."""
        self.count += 1
        document = {"kind": kind, "payload": payload or {}, "key": key or f"key-{self.count:08}"}
        where = "desk" if cookie.startswith("plenary-desk") else "room"
        return self.ask(f"/{where}/{self.code}/act", document, cookie, **headers)[:2]

    async def hear(self, cookie, path, enough):
        """The parts that a page holds as soon as they are `enough`."""
        import websockets

        parts, until = {}, time.monotonic() + PATIENCE
        address = f"ws://127.0.0.1:{self.port}{path}"
        async with websockets.connect(
            address, additional_headers={"Cookie": cookie}, origin=self.origin
        ) as line:
            while time.monotonic() < until:
                found = json.loads(await asyncio.wait_for(line.recv(), PATIENCE))
                parts.update(found["parts"])
                for name, change in found["changes"].items():
                    parts[name] = merged(parts[name], change)
                if enough(parts):
                    return parts
        raise AssertionError("it took too long")

    def seen(self, cookie="", enough=bool, path=None):
        """The parts that a seat, the desk or (without a cookie) the projector sees."""
        where = "desk" if cookie.startswith("plenary-desk") else "room" if cookie else "screen"
        return asyncio.run(self.hear(cookie, path or f"/{where}/{self.code}/live", enough))


@contextmanager
def running(file, where="launch-2020-class", minutes=75, speed=1.0):
    """A class in a room of its own, on a real server."""
    store = Store(file)
    code, key = open_room(store, where, minutes, speed=speed)
    listener = listening()
    port = listener.getsockname()[1]
    config = settings(application(store))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    within(lambda: server.started)
    try:
        yield Class(port, code, key, store)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
