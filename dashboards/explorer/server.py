"""The server: bound to this machine alone, until Ctrl-C."""

from __future__ import annotations

import logging
import socket
import threading
import webbrowser

import uvicorn

from dashboards.explorer.app import application
from dashboards.explorer.assets import packed
from dashboards.explorer.shelf import Shelf

HOST = "127.0.0.1"


def listening(port: int = 0, host: str = HOST) -> socket.socket:
    """A socket that listens on `port` or on any free one; on this machine alone unless `host` is wider.

    Raises OSError where the port is taken or not for us.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)  # a class that comes back all at once
    except OSError:
        listener.close()
        raise
    return listener


def address(listener: socket.socket, shelf: Shelf) -> str:
    """Where the explorer opens: at the one thing it was started with, or at the list."""
    path = f"of/{shelf.given[0]}" if len(shelf.given) == 1 else ""
    return f"http://{HOST}:{listener.getsockname()[1]}/{path}"


def serve(shelf: Shelf, listener: socket.socket, browser: bool) -> None:
    """Answer until Ctrl-C, which ends it with KeyboardInterrupt; `browser` opens a page at once."""
    if browser:
        threading.Thread(target=webbrowser.open, args=(address(listener, shelf),), daemon=True).start()
    threading.Thread(target=packed, args=("plotly.js",), daemon=True).start()  # its packing takes a while
    config = uvicorn.Config(
        application(shelf), log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    # Answers that Ctrl-C cuts short are no news.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not server.should_exit)
    server.run(sockets=[listener])
