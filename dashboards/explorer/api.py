"""What the pages fetch: how far a run is, the map, and pictures for the state of the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from threadpoolctl import threadpool_limits

from dashboards.explorer import whatif, wording
from dashboards.explorer.shown import Shown
from dashboards.explorer.state import state_of
from dashboards.explorer.views import entry
from scenarios import ScenarioError


def progress(request: Request) -> JSONResponse:
    """How far the run of a scenario is."""
    item = request.app.state.shelf.item(request.path_params["key"])
    return JSONResponse({"state": item.state, "done": item.done, "total": item.total})


def world(request: Request) -> JSONResponse:
    """The world map for every text and round."""
    shown = shown_of(request)
    with shown.first:
        return JSONResponse(shown.map)


def working(request: Request) -> JSONResponse:
    """How far a view is that takes a while."""
    shown = shown_of(request)
    asked = entry(shown, request.path_params["view"])
    return JSONResponse({"state": shown.working(asked.key, asked.make) if asked.waits else "ready"})


def picture(request: Request) -> JSONResponse:
    """A picture for the state of the page: figure, finding, table; and when the stance changed, for why."""
    shown, name = shown_of(request), request.path_params["name"]
    state = state_of(request.query_params, shown.results)
    drawn = shown.picture(name, state, request.query_params.get("pick"))
    if name == "why":
        with shown.first:
            changes = shown.changes.get(state.country, {}).get(state.text, [])
        drawn = {**drawn, "changes": changes}
    return JSONResponse(drawn)


def written(request: Request) -> JSONResponse:
    """The chosen text after the chosen round, with a redline between the revisions `first` and `second`."""
    shown, asked = shown_of(request), request.query_params
    state = state_of(asked, shown.results)
    with threadpool_limits(limits=1):
        found = wording.answer(shown.results, state, asked.get("first", ""), asked.get("second", ""))
    return JSONResponse(found)


async def what_if(request: Request) -> JSONResponse:
    """What the changes of a form do to the scenario, run again under the same luck."""
    form = await _form(request)
    try:
        return JSONResponse(await run_in_threadpool(_changed, request, form))
    except ScenarioError as error:
        return JSONResponse({"problem": str(error)}, status_code=422)


def _changed(request: Request, form: list[tuple[str, str]]) -> dict[str, Any]:
    shown, shelf = shown_of(request), request.app.state.shelf
    scenario = shown.results.scenario
    asked = whatif.asked_of(form, scenario, shown.offered)
    with shelf.work, threadpool_limits(limits=1):
        return whatif.answer(scenario, shown.where, asked)


async def _form(request: Request) -> list[tuple[str, str]]:
    """The fields of a form. Raises HTTPException for one that is too large or none."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > whatif.LONGEST:
            raise HTTPException(413)
    try:
        return parse_qsl(content.decode("utf-8"), max_num_fields=whatif.FIELDS)
    except ValueError:
        raise HTTPException(400) from None


def shown_of(request: Request) -> Shown:
    """The results that are asked for. Raises HTTPException as long as they are not there."""
    item = request.app.state.shelf.item(request.path_params["key"])
    if item.shown is None:
        raise HTTPException(503)
    return item.shown
