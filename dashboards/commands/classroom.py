"""`plenary classroom`: a lesson with people in some seats and the model in the rest."""

from __future__ import annotations

from typing import Annotated

import typer

Name = Annotated[
    str, typer.Argument(metavar="[NAME|CODE]", help="A scenario, its folder, or the code of an earlier room.")
]
Lan = Annotated[bool, typer.Option("--lan", help="Let devices in the same network in.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on.")]
Minutes = Annotated[int, typer.Option("--minutes", help="The length of the lesson: 50, 60, 75 or 90.")]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Do not open the control desk in a browser.")]


def command(
    name: Name = "launch-2020-class",
    lan: Lan = False,
    port: Port = 8020,
    minutes: Minutes = 75,
    no_open: NoOpen = False,
) -> None:
    """Open a room for a class, with a control desk for the teacher and a page for the projector.

    Everything that happens is on disk before anybody sees it; the code of an earlier room opens it again.
    """
    from dashboards.classroom import access
    from dashboards.classroom.programme import MINUTES
    from dashboards.classroom.server import data_file, lan_address, open_room, reopen_room, serve
    from dashboards.classroom.store import Store
    from dashboards.explorer.guard import HOSTS
    from dashboards.explorer.server import listening

    if minutes not in MINUTES:
        raise typer.BadParameter(f"choose one of {', '.join(map(str, MINUTES))}", param_hint="--minutes")
    store = Store(data_file())
    known = {one.code for one in store.rooms()}
    code = access.as_code(name) if access.as_code(name) in known else ""
    if code:
        key = reopen_room(store, code)
    else:
        code, key = open_room(store, name, minutes)
    host = lan_address() if lan else HOSTS[0]
    try:
        listener = listening(port, "0.0.0.0" if lan else HOSTS[0])
    except OSError as error:
        raise typer.BadParameter(f"cannot listen on {port}: {error.strerror}", param_hint="--port") from None
    number = listener.getsockname()[1]
    desk = f"http://{HOSTS[0]}:{number}/desk/{code}/#{key}"
    _tell(f"http://{host}:{number}", code, desk)
    serve(store, listener, (*HOSTS, host), "" if no_open else desk)


def _tell(address: str, code: str, desk: str) -> None:
    """Where everybody goes, with a picture that phones read."""
    import segno

    join = f"{address}/join/{code}"
    print(f"Room {code}")
    print(f"  Delegations: {join}")
    print(f"  Projector:   {address}/screen/{code}")
    print(f"  Your desk:   {desk}  (keep this to yourself)")
    segno.make(join, error="m").terminal(compact=True)
    print("Ctrl-C ends it; `plenary classroom " + code + "` opens this room again.", flush=True)
