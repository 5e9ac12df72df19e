"""`plenary classroom`: a lesson with people in some seats and the model in the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dashboards.classroom.store import Store

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME|CODE…]",
        help="Scenarios, their folders, or codes of earlier rooms, a room each; launch-2020-class if absent.",
    ),
]
Lan = Annotated[bool, typer.Option("--lan", help="Let devices in the same network in.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on.")]
Minutes = Annotated[int, typer.Option("--minutes", help="The length of the lesson: 50, 60, 75 or 90.")]
Export = Annotated[
    str, typer.Option("--export", metavar="CODE", help="Write the look back and the log of a room, and end.")
]
To = Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where --export writes.")]
Anonymous = Annotated[
    bool, typer.Option("--anonymous", help="Export without names and without what people typed.")
]
Rehearse = Annotated[
    bool,
    typer.Option("--rehearse", help="Let robots play a whole lesson, in a room apart from your lessons."),
]
Speed = Annotated[
    float, typer.Option("--speed", min=2, max=600, help="How fast the clock of a rehearsal runs.")
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Do not open the control desk in a browser.")]

KitFolder = Annotated[
    Path | None,
    typer.Option("--kit", metavar="FOLDER", help="Write role cards and sheets to print, and open no server."),
]
Paper = Annotated[str, typer.Option("--paper", help="The paper of the kit: a4 or letter.")]
CheckNetwork = Annotated[
    bool, typer.Option("--check-network", help="Find out whether phones reach this computer.")
]

DEFAULT = "launch-2020-class"


def command(
    names: Names = None,
    lan: Lan = False,
    port: Port = 8020,
    minutes: Minutes = 75,
    no_open: NoOpen = False,
    kit: KitFolder = None,
    paper: Paper = "a4",
    check_network: CheckNetwork = False,
    export: Export = "",
    to: To = Path("."),
    anonymous: Anonymous = False,
    rehearse: Rehearse = False,
    speed: Speed = 10,
) -> None:
    """Open a room for a class, with a control desk for the teacher and a page for the projector.

    Everything that happens is on disk before anybody sees it; the code of an earlier room opens it again.
    Several names open a room each on the same server.
    Without a class, --kit writes what is printed for a room, and --check-network tries the network.
    With `--rehearse` robots take all seats and the desk, and play the programme at ten times the speed.
    """
    from dashboards.classroom import access
    from dashboards.classroom.programme import MINUTES
    from dashboards.classroom.server import data_file, lan_address, rehearsals_file, serve
    from dashboards.classroom.store import Store
    from dashboards.explorer.guard import HOSTS
    from dashboards.explorer.server import listening

    if check_network:
        from dashboards.classroom.network import check

        try:
            check(port)
        except OSError as error:
            raise typer.BadParameter(
                f"cannot listen on {port}: {error.strerror}", param_hint="--port"
            ) from None
        return
    if minutes not in MINUTES:
        raise typer.BadParameter(f"choose one of {', '.join(map(str, MINUTES))}", param_hint="--minutes")
    if paper not in ("a4", "letter"):
        raise typer.BadParameter("choose a4 or letter", param_hint="--paper")
    store = Store(rehearsals_file() if rehearse else data_file())
    if export:
        _export(store, access.as_code(export), to, anonymous)
        return
    rooms = [_open(store, name, minutes, speed if rehearse else 1.0) for name in names or [DEFAULT]]
    code, key = rooms[0]
    if kit is not None:
        _write_kit(store, code, port, kit, paper)
        return
    host = lan_address() if lan else HOSTS[0]
    try:
        listener = listening(port, "0.0.0.0" if lan else HOSTS[0])
    except OSError as error:
        raise typer.BadParameter(f"cannot listen on {port}: {error.strerror}", param_hint="--port") from None
    number = listener.getsockname()[1]
    desks = [f"http://{HOSTS[0]}:{number}/desk/{code}/#{key}" for code, key in rooms]
    for (one, _), desk in zip(rooms, desks, strict=True):
        _tell(f"http://{host}:{number}", one, desk, " --rehearse" if rehearse else "")
    play = robots(store, number, code, key) if rehearse else None
    serve(store, listener, (*HOSTS, host), "" if no_open else desks[0], play)


def _open(store: Store, name: str, minutes: int, speed: float) -> tuple[str, str]:
    """Code and key of a room: an earlier one by its code, or a new one for a scenario."""
    from dashboards.classroom import access
    from dashboards.classroom.server import open_room, reopen_room

    code = access.as_code(name)
    if code in {one.code for one in store.rooms()}:
        return code, reopen_room(store, code)
    return open_room(store, name, minutes, speed=speed)


def _write_kit(store: Store, code: str, port: int, folder: Path, paper: str) -> None:
    """Write the kit of a room, and say how its lesson begins."""
    import json

    from dashboards.classroom.kit.folder import write
    from dashboards.classroom.kit.sheets import kit
    from dashboards.classroom.server import lan_address
    from dashboards.explorer.guard import HOSTS
    from scenarios.schema import Scenario

    row = next(one for one in store.rooms() if one.code == code)
    host = lan_address()
    origin = "" if host in HOSTS or not port else f"http://{host}:{port}"
    made = kit(Scenario.model_validate(json.loads(row.scenario)), row.programme, code, origin)
    for file in write(made, folder, paper):
        print(file)
    number = f" --port {port}" if port != 8020 else ""
    print(
        f"These are the cards of room {code}; begin its lesson with `plenary classroom {code} --lan{number}`."
    )
    if not origin:
        print("This computer is in no network, so the cards have room for an address in place of a picture.")


def _export(store: Store, code: str, folder: Path, anonymous: bool) -> None:
    """Write a room's files and say where they are."""
    from dashboards.classroom.debrief import folder as files

    try:
        written = files.export(store, code, folder, anonymous)
    except KeyError:
        raise typer.BadParameter(f"there is no room {code}", param_hint="--export") from None
    except OSError as error:
        raise typer.BadParameter(f"cannot write there: {error.strerror}", param_hint="--to") from None
    for file in written:
        print(file)


def robots(store: Store, port: int, code: str, key: str) -> Callable[[], str]:
    """What lets robots play a room on a port of this machine, once it answers there."""
    import asyncio
    import json

    from dashboards.classroom.rehearsal import rehearse
    from dashboards.classroom.room import opened
    from scenarios.schema import Scenario

    row = store.room(code)
    assert row is not None
    seats = list(opened(Scenario.model_validate(json.loads(row.scenario))).seats)
    for seat in seats:  # robots of an earlier time have lost their cookies
        store.clear(code, seat)
    print(
        f"A rehearsal, {store.speed(code):g} times as fast as a lesson: robots sit at all seats.", flush=True
    )
    return lambda: asyncio.run(rehearse(port, code, key, seats, row.seed))


def _tell(address: str, code: str, desk: str, how: str) -> None:
    """Where everybody goes, with a picture that phones read."""
    import segno

    join = f"{address}/join/{code}"
    print(f"Room {code}")
    print(f"  Delegations: {join}")
    print(f"  Projector:   {address}/screen/{code}")
    print(f"  Your desk:   {desk}  (keep this to yourself)")
    segno.make(join, error="m").terminal(compact=True)
    print("Ctrl-C ends it; `plenary classroom " + code + how + "` opens this room again.", flush=True)
