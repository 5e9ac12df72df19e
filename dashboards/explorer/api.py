"""What the pages fetch: how far a run is, the map, and pictures for the state of the page."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboards.explorer.shown import Shown
from dashboards.explorer.state import state_of
from dashboards.explorer.views import more


def progress(request: Request) -> JSONResponse:
    """How far the run of a scenario is."""
    item = request.app.state.shelf.item(request.path_params["key"])
    return JSONResponse({"state": item.state, "done": item.done, "total": item.total})


def world(request: Request) -> JSONResponse:
    """The world map for every text and round."""
    shown = _shown(request)
    with shown.first:
        return JSONResponse(shown.map)


def views(request: Request) -> JSONResponse:
    """The views that take a while to work out, each with its title."""
    return JSONResponse(more(_shown(request)))


def picture(request: Request) -> JSONResponse:
    """A picture for the state of the page: figure, finding, table; and when the stance changed, for why."""
    shown, name = _shown(request), request.path_params["name"]
    state = state_of(request.query_params, shown.results)
    drawn = shown.picture(name, state, request.query_params.get("pick"))
    if name == "why":
        with shown.first:
            changes = shown.changes.get(state.country, {}).get(state.text, [])
        drawn = {**drawn, "changes": changes}
    return JSONResponse(drawn)


def _shown(request: Request) -> Shown:
    """The results that are asked for. Raises HTTPException as long as they are not there."""
    item = request.app.state.shelf.item(request.path_params["key"])
    if item.shown is None:
        raise HTTPException(503)
    return item.shown
