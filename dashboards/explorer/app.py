"""The application: which address leads where."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agents.registry import UnknownEntry
from dashboards import editor
from dashboards.explorer import api, assets, changing, files, pages
from dashboards.explorer.guard import HEADERS, Guard
from dashboards.explorer.shelf import Shelf


def application(shelf: Shelf) -> Starlette:
    """The explorer of what is on `shelf`."""
    app = Starlette(
        routes=[
            Route("/", pages.index, methods=["GET"]),
            Route("/of/{key}", pages.view, methods=["GET"]),
            Route("/of/{key}/{view}", pages.view, methods=["GET"]),
            Route("/api/{key}/progress", api.progress, methods=["GET"]),
            Route("/api/{key}/map", api.world, methods=["GET"]),
            Route("/api/{key}/working/{view}", api.working, methods=["GET"]),
            Route("/api/{key}/picture/{name}", api.picture, methods=["GET"]),
            Route("/api/{key}/wording", api.written, methods=["GET"]),
            Route("/api/{key}/table", files.table, methods=["GET"]),
            Route("/api/{key}/file/{name}", files.file, methods=["GET"]),
            Route("/api/{key}/what-if", changing.what_if, methods=["POST"]),
            Route("/api/{key}/kept", changing.side_by_side, methods=["POST"]),
            Route("/api/{key}/draft", changing.save, methods=["POST"]),
            Route("/api/{key}/packed", changing.packed, methods=["POST"]),
            Route("/api/{key}/others", api.others, methods=["GET"]),
            Route("/api/{key}/beside/{other}", api.held_against, methods=["GET"]),
            Route("/static/{name}", assets.asset, methods=["GET"]),
            *editor.routes(),
        ],
        middleware=[Middleware(Guard), Middleware(GZipMiddleware, minimum_size=2000)],
        exception_handlers={UnknownEntry: missing, HTTPException: refused, Exception: broken},
    )
    app.state.shelf = shelf
    return app


def missing(request: Request, error: Exception) -> Response:
    """The answer where a name leads to nothing."""
    return _told(request, "Not found", _sentence(str(error)), 404)


def refused(request: Request, error: Exception) -> Response:
    """The answer to an address that is none, or to a method that is not for it."""
    assert isinstance(error, HTTPException)
    words = {
        404: "There is no such page.",
        413: "That is too much.",
        503: "The results are being worked out again; load the page anew in a moment.",
    }.get(error.status_code, "This address does not take that.")
    title = "Not found" if error.status_code == 404 else "Not possible"
    return _told(request, title, words, error.status_code)


def broken(request: Request, error: Exception) -> Response:
    """The answer to a mistake of Plenary's own."""
    answer = _told(request, "This does not work", pages.BROKEN, 500)
    answer.headers.update(HEADERS)  # this answer does not pass the guard
    return answer


def _told(request: Request, title: str, words: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"problem": words}, status_code=status)
    return pages.message(title, words, status)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?")) else ".")
