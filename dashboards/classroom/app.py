"""The application: which address leads where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from dashboards.classroom import api, desk, joining, pages, paper, questionnaire
from dashboards.classroom.access import Buckets, Failures
from dashboards.classroom.clerk import FULL, Clerk, Refused
from dashboards.classroom.debrief.routes import ROUTES as DEBRIEF
from dashboards.classroom.hub import Hub
from dashboards.classroom.kit import page as kit
from dashboards.classroom.prompter import Prompter
from dashboards.classroom.store import Store
from dashboards.explorer.guard import HEADERS, HOSTS, Guard


def application(store: Store, hosts: tuple[str, ...] = HOSTS) -> Starlette:
    """The classroom with the rooms of a store, called by one of `hosts`."""

    @asynccontextmanager
    async def working(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(one.work()) for one in (clerk, Prompter(clerk))]
        yield
        for task in tasks:
            task.cancel()
        store.close()

    app = Starlette(
        routes=[
            Route("/", pages.start, methods=["GET"]),
            Route("/join/{code}", pages.join, methods=["GET"]),
            Route("/join/{code}", joining.take_seat, methods=["POST"]),
            Route("/join/{code}/moved", joining.move_here, methods=["POST"]),
            Route("/room/{code}/", pages.delegate, methods=["GET"]),
            Route("/room/{code}/act", api.act, methods=["POST"]),
            Route("/room/{code}/answers", questionnaire.take, methods=["POST"]),
            Route("/room/{code}/why/{text}", api.why, methods=["GET"]),
            Route("/room/{code}/move", joining.move, methods=["POST"]),
            WebSocketRoute("/room/{code}/live", api.live),
            Route("/screen/{code}", pages.screen, methods=["GET"]),
            WebSocketRoute("/screen/{code}/live", api.watch),
            Route("/desk/{code}/", pages.desk, methods=["GET"]),
            Route("/desk/{code}/key", desk.unlock, methods=["POST"]),
            Route("/desk/{code}/act", desk.act, methods=["POST"]),
            Route("/desk/{code}/clear", desk.clear, methods=["POST"]),
            WebSocketRoute("/desk/{code}/live", desk.live),
            Route("/desk/{code}/paper", paper.sheet, methods=["GET"]),
            Route("/desk/{code}/paper", paper.pasted, methods=["POST"]),
            Route("/desk/{code}/kit", kit.show, methods=["GET"]),
            *DEBRIEF,
            Route("/static/{name}", pages.asset, methods=["GET"]),
        ],
        middleware=[Middleware(Guard, hosts=hosts), Middleware(GZipMiddleware, minimum_size=2000)],
        exception_handlers={
            Refused: refused,
            OperationalError: full,
            HTTPException: missing,
            Exception: broken,
        },
        lifespan=working,
    )
    hub = Hub(store)
    clerk = Clerk(store, hub.tell)
    hub.clerk = clerk
    app.state.store, app.state.hub, app.state.clerk, app.state.hosts = store, hub, clerk, hosts
    app.state.failures, app.state.buckets, app.state.moves = Failures(), Buckets(), {}
    return app


def refused(_: Request, error: Exception) -> Response:
    """The answer to an act that is not taken."""
    assert isinstance(error, Refused)
    return JSONResponse({"problem": error.why}, status_code=error.status)


def full(request: Request, error: Exception) -> Response:
    """The answer where the disk takes nothing more."""
    print(f"The file of rooms: {getattr(error, 'orig', error)}", flush=True)  # no words of anybody
    if request.method == "GET":
        return pages.message(FULL, 507)
    return JSONResponse({"problem": FULL}, status_code=507)


def missing(request: Request, error: Exception) -> Response:
    """The answer to an address that is none, or to somebody who may not go there."""
    assert isinstance(error, HTTPException)
    words = error.detail if error.detail and error.status_code != 405 else "This address does not take that."
    if request.method != "GET":
        return JSONResponse({"problem": words}, status_code=error.status_code)
    return pages.message(words, error.status_code)


def broken(_: Request, __: Exception) -> Response:
    """The answer to a mistake of Plenary's own."""
    answer = pages.message("Plenary made a mistake here; the terminal in which it runs tells which.", 500)
    answer.headers.update(HEADERS)  # this answer does not pass the guard
    return answer
