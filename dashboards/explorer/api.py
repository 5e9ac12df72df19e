"""What the pages fetch: how far a run is, the map, and pictures for the state of the page."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboards.explorer import beside, wording
from dashboards.explorer.shown import Shown
from dashboards.explorer.state import state_of
from dashboards.explorer.views import entry
from simulation.threads import one_thread


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
    with one_thread():
        found = wording.answer(shown.results, state, asked.get("first", ""), asked.get("second", ""))
    return JSONResponse(found)


def others(request: Request) -> JSONResponse:
    """The keys of what else is on the shelf, what the server was started with first."""
    shelf, mine = request.app.state.shelf, request.path_params["key"]
    shelf.item(mine)
    keys = [*shelf.given, *(key for key in shelf.items if key not in shelf.given)]
    return JSONResponse([key for key in keys if key != mine])


def held_against(request: Request) -> JSONResponse:
    """Another item of the shelf held against this one, or how far it is as long as it is being run."""
    shelf, shown = request.app.state.shelf, shown_of(request)
    first, second = (shelf.item(request.path_params[name]) for name in ("key", "other"))
    if second.state == "failed":
        return JSONResponse({"problem": second.problem}, status_code=422)
    if second.shown is None:
        return JSONResponse({"state": "running", "done": second.done, "total": second.total})
    texts = beside.shared(first, second)
    if not texts:
        return JSONResponse({"problem": beside.NO_TEXT}, status_code=422)
    asked = request.query_params.get("text", "")
    text = state_of({"text": asked} if asked else {}, shown.results).text
    found = beside.side_by_side(first, second, text if text in texts else texts[0], shelf.work)
    return JSONResponse({"state": "ready", **found})


def shown_of(request: Request) -> Shown:
    """The results that are asked for. Raises HTTPException as long as they are not there."""
    item = request.app.state.shelf.item(request.path_params["key"])
    if item.shown is None:
        raise HTTPException(503)
    return item.shown
