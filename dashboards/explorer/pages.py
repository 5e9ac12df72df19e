"""The pages: the list of scenarios, the views of one, and a message where something is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dashboards.explorer.shelf import Shelf
from dashboards.words import unbroken
from scenarios import load

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=lambda words: unbroken(words) if type(words) is str else words,
)


def page(template: str, status: int = 200, **words: Any) -> HTMLResponse:
    """A page made from a template."""
    return HTMLResponse(TEMPLATES.get_template(template).render(**words), status_code=status)


def message(title: str, words: str, status: int) -> HTMLResponse:
    """A page with one clear message."""
    return page("message.html.j2", status, title=title, words=words)


def index(request: Request) -> HTMLResponse:
    """What can be looked at: first what the server was started with, then all shipped scenarios."""
    shelf: Shelf = request.app.state.shelf
    keys = [*shelf.given, *(key for key in shelf.items if key not in shelf.given)]
    return page("index.html.j2", entries=[_entry(shelf, key) for key in keys], given=len(shelf.given))


def _entry(shelf: Shelf, key: str) -> dict[str, str]:
    item = shelf.items[key]
    if item.is_run:
        return {"key": key, "title": key, "question": f"A finished run, in {item.where}", "size": ""}
    scenario = load(item.where)
    size = f"{len(scenario.delegations)} delegations, {len(scenario.texts)} texts"
    return {"key": key, "title": scenario.title, "question": scenario.question, "size": size}


def view(request: Request) -> HTMLResponse:
    """A view of a scenario or run; while it is being run, a page that waits for it."""
    key = request.path_params["key"]
    item = request.app.state.shelf.item(key)
    if item.state == "failed":
        return message(f"“{key}” cannot be shown", item.problem, 500)
    if item.state != "ready":
        return page("waiting.html.j2", item=item)
    return page("answer.html.j2", item=item, answer=item.shown.answer)
