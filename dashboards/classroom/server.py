"""The classroom's server: this machine alone, or with `--lan` everybody in the same network."""

from __future__ import annotations

import json
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from dashboards.classroom import access
from dashboards.classroom.app import application
from dashboards.classroom.patience import Patient
from dashboards.classroom.programme import DEFAULT
from dashboards.classroom.store import RoomRow, Store, now
from dashboards.drafts import home
from dashboards.explorer.guard import HOSTS
from scenarios import load

FILE, REHEARSALS = "classroom.sqlite", "rehearsals.sqlite"


def data_file() -> Path:
    """Where rooms are kept."""
    return home() / FILE


def rehearsals_file() -> Path:
    """Where rehearsals are kept, apart from lessons."""
    return home() / REHEARSALS


def lan_address() -> str:
    """This machine's address in its network, found without sending anything; 127.0.0.1 where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            return HOSTS[0]


def open_room(
    store: Store, where: str, minutes: int = DEFAULT, seed: int = 1, speed: float = 1.0
) -> tuple[str, str]:
    """Open a room for a scenario; returns its code and the key of its control desk. Another `speed` of its
    clock than 1 makes it a rehearsal.

    Raises ScenarioError where the scenario cannot be read.
    """
    scenario = load(where)
    codes = {one.code for one in store.rooms()}
    code = next(one for one in iter(access.new_code, "") if one not in codes)
    key = access.new_token()
    store.add_room(
        RoomRow(
            code,
            access.digest(key),
            json.dumps(scenario.model_dump(mode="json")),
            where,
            minutes,
            seed,
            now(),
        )
    )
    if speed != 1.0:
        store.rehearse(code, speed)
    return code, key


def reopen_room(store: Store, code: str) -> str:
    """A new key for the control desk of a room that is there. Raises KeyError where there is none."""
    if code not in {one.code for one in store.rooms()}:
        raise KeyError(code)
    key = access.new_token()
    store.set_desk(code, access.digest(key))
    return key


def serve(
    store: Store,
    listener: socket.socket,
    hosts: tuple[str, ...],
    open_at: str = "",
    robots: Callable[[], str] | None = None,
) -> None:
    """Answer until Ctrl-C. `open_at` is opened in a browser; `robots` play until they are through with the
    programme, what they return is printed, and that is the end."""
    if open_at:
        webbrowser.open(open_at)
    server = uvicorn.Server(settings(application(store, hosts)))

    def play(robots: Callable[[], str]) -> None:
        try:
            print(robots(), flush=True)
        finally:
            server.should_exit = True

    if robots:
        threading.Thread(target=play, args=(robots,), daemon=True).start()
    server.run(sockets=[listener])


def settings(app: Starlette) -> uvicorn.Config:
    """How the classroom is served: no addresses in logs, small messages from pages, nothing packed (packing
    for two hundred phones would cost more than it saves)."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        http=Patient,
        ws="websockets-sansio",
        ws_max_size=4096,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
    )
