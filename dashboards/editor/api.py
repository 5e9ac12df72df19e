"""What the editor's pages send: new drafts, uploads, changes. Every refusal is a sentence."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any, BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from agents.registry import UnknownEntry
from dashboards.editor import drafts
from dashboards.editor.archives import read_upload
from dashboards.editor.marks import marks
from scenarios import Problem, ScenarioError, load, to_document
from scenarios.loading import find
from scenarios.patching import EVERY, combine, nest
from scenarios.sheets import PACKED_LIMIT
from simulation import open_run
from simulation.results import RunError

LONGEST = 2_000_000  # bytes of a change
CHANGES, DEPTH, SHOWN = 500, 12, 100
HERE = (drafts.LABEL, "upload", "request")  # what problems name as their file where it is none
STALE = (
    "This draft was changed elsewhere in the meantime. Load it again to go on from there; "
    "what is not saved yet is lost then."
)
Handler = Callable[[Request], Awaitable[JSONResponse]]


class TooMuch(Exception):
    """More was sent than is taken; the message says how much is."""


def answered(handler: Handler) -> Handler:
    """The handler, with everything that may go wrong told in words."""

    @wraps(handler)
    async def answer(request: Request) -> JSONResponse:
        try:
            return await handler(request)
        except ScenarioError as error:
            told = [{"column": one.column, "said": in_words(one)} for one in error.problems[:SHOWN]]
            return JSONResponse({"problems": told}, status_code=422)
        except drafts.Stale:
            return JSONResponse({"problem": STALE}, status_code=409)
        except UnknownEntry as error:
            return JSONResponse({"problem": _capital(str(error))}, status_code=404)
        except TooMuch as error:
            headers = {"Connection": "close"}  # what is still on its way is not read
            return JSONResponse({"problem": str(error)}, status_code=413, headers=headers)
        except OSError as error:
            words = (
                f"The draft could not be written ({error.strerror or 'unknown error'}); nothing was changed."
            )
            return JSONResponse({"problem": words}, status_code=500)

    return answer


def in_words(problem: Problem) -> str:
    """A problem in words; the place only where it is in a file, as fields and controls know their own."""
    here = problem.file in HERE
    return _capital(f"{problem.message}; {problem.mend}") if here else str(problem)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@answered
async def new(request: Request) -> JSONResponse:
    """A new draft: a copy of what is on the shelf, or of another draft."""
    asked = await _json(request)
    source, wanted = str(asked.get("from", "")), str(asked.get("name", "")).strip()
    return JSONResponse(await run_in_threadpool(_copied, request, source, wanted))


def _copied(request: Request, source: str, wanted: str) -> dict[str, str]:
    shelf = request.app.state.shelf
    if source in drafts.names():
        scenario, overlays = drafts.read(source).scenario, drafts.overlays_in(drafts.folder(source))
    elif source not in shelf.items:
        raise UnknownEntry("scenario", source, list(shelf.items))
    else:
        item = shelf.items[source]
        if item.is_run:
            try:
                scenario, overlays = open_run(Path(item.where)).scenario, {}
            except RunError as error:
                raise ScenarioError([Problem(source, None, "", str(error), "choose another one")]) from None
        else:
            scenario, overlays = load(item.where), drafts.overlays_in(find(item.where))
    name = drafts.make(scenario, wanted or f"{scenario.name[:59]}-copy", overlays, shelf.items)
    return {"address": f"/edit/draft/{name}"}


@answered
async def upload(request: Request) -> JSONResponse:
    """A draft of an uploaded file, which is the body of the request as it is."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "upload"
        with file.open("wb") as opened:
            await _received(request, opened)
        name = await run_in_threadpool(_uploaded, request, file)
    return JSONResponse({"address": f"/edit/draft/{name}"})


def _uploaded(request: Request, file: Path) -> str:
    found = read_upload(file)
    return drafts.make(found.scenario, found.scenario.name, found.overlays, request.app.state.shelf.items)


async def _received(request: Request, opened: BinaryIO, limit: int = PACKED_LIMIT) -> None:
    """Write the body of a request away as it comes. Raises TooMuch as soon as it is more than `limit`."""
    told = request.headers.get("content-length", "")
    got = int(told) if told.isdecimal() and len(told) < 20 else 0
    words = "The file is larger than 10 MB; drop what is not needed."
    if got > limit:
        raise TooMuch(words)
    got = 0
    async for part in request.stream():
        got += len(part)
        if got > limit:
            raise TooMuch(words)
        opened.write(part)


@answered
async def draft(request: Request) -> JSONResponse:
    """A draft as it lies on disk."""
    found = await run_in_threadpool(drafts.read, request.path_params["name"])
    return JSONResponse(_told(found))


@answered
async def change(request: Request) -> JSONResponse:
    """Changes of single values: `{"version": …, "changes": [{"path": […], "value": …}]}`, null deletes."""
    asked = await _json(request)
    patch = _patch(asked.get("changes"))
    name, version = request.path_params["name"], str(asked.get("version"))
    found = await run_in_threadpool(drafts.change, name, version, patch)
    request.app.state.shelf.forget(drafts.folder(name))
    return JSONResponse(_told(found))


@answered
async def undo(request: Request) -> JSONResponse:
    """The draft as it was before its last change."""
    asked, name = await _json(request), request.path_params["name"]
    found = await run_in_threadpool(drafts.undo, name, str(asked.get("version")))
    request.app.state.shelf.forget(drafts.folder(name))
    return JSONResponse(_told(found))


@answered
async def remove(request: Request) -> JSONResponse:
    """Delete a draft."""
    name = request.path_params["name"]
    place = drafts.folder(name)
    await run_in_threadpool(drafts.remove, name)
    request.app.state.shelf.take_off(place)
    return JSONResponse({"address": "/edit"})


def _told(found: drafts.Draft) -> dict[str, Any]:
    return {
        "version": found.version,
        "undoable": found.undoable,
        "document": to_document(found.scenario),
        "marks": marks(found.scenario),
    }


async def _json(request: Request) -> dict[str, Any]:
    """The object in the body of a request. Raises TooMuch, or ScenarioError where it holds none."""
    content = b""
    try:
        async for part in request.stream():
            content += part
            if len(content) > LONGEST:
                raise TooMuch("That is more than 2 MB; shorten it.")
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ScenarioError([Problem("request", None, "", "it is no JSON object", "load the page again")])
    return found


def _patch(changes: Any) -> dict[str, Any]:
    """One patch that makes all changes. Raises ScenarioError where they are none, or concern the name."""
    patch: dict[str, Any] = {}
    listed = changes if isinstance(changes, list) and len(changes) <= CHANGES else []
    paths = [_path(one) for one in listed]
    if not paths or None in paths:
        raise ScenarioError([Problem("request", None, "", "it holds no changes", "load the page again")])
    for one, path in zip(listed, paths, strict=True):
        patch = combine(patch, nest(path or [], one.get("value")))
    return patch


def _path(change: Any) -> list[str] | None:
    """The keys that lead to the value of a change; none where it is no change that a draft takes."""
    path = change.get("path") if isinstance(change, dict) else None
    if not isinstance(path, list) or not 0 < len(path) <= DEPTH or path[0] == "name":
        return None
    return path if all(isinstance(key, str) and key != EVERY for key in path) else None
