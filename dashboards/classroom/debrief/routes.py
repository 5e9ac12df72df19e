"""The addresses of the look back. What answers them is loaded with the first question: that takes a while."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def _answer(name: str) -> Callable[[Request], Response]:
    """A function of `answers` by its name."""

    def answer(request: Request) -> Response:
        from dashboards.classroom.debrief import answers

        found: Response = getattr(answers, name)(request)
        return found

    return answer


ROUTES = [
    Route(path, _answer(name), methods=["GET"])
    for path, name in (
        ("/desk/{code}/debrief", "desk"),
        ("/desk/{code}/debrief.html", "report"),
        ("/desk/{code}/acts.csv", "csv"),
        ("/desk/{code}/acts.jsonl", "jsonl"),
        ("/desk/{code}/debrief/{seat}", "seat"),
        ("/screen/{code}/debrief", "screen"),
        ("/room/{code}/mine", "mine"),
        ("/static/plotly.js", "plotly"),
    )
]
