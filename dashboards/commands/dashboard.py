"""`plenary dashboard`: scenarios and runs in the browser, offline."""

from __future__ import annotations

from typing import Annotated

import typer

What = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME|RUN…]", help="Scenarios, scenario folders or run folders; all if absent."),
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="The port to listen on; any free one by default.")
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")]


def command(what: What = None, port: Port = 0, no_open: NoOpen = False) -> None:
    """Explore scenarios and runs in the browser.

    Serves pages on this machine alone, without any network, until Ctrl-C. A scenario is run with 64
    replicates when its page is first opened.
    """
    from dashboards.explorer.server import address, listening, serve
    from dashboards.explorer.shelf import Shelf

    shelf = Shelf(what or ())
    try:
        listener = listening(port)
    except OSError as error:
        raise typer.BadParameter(f"cannot listen on {port}: {error.strerror}", param_hint="--port") from None
    print(f"Explorer at {address(listener, shelf)}  (Ctrl-C ends it)", flush=True)
    serve(shelf, listener, browser=not no_open)
