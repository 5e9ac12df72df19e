"""The pages of the editor: the list of drafts, a draft, and a draft as one file."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.editor import drafts
from dashboards.editor.forms import forms
from dashboards.explorer.shelf import Shelf
from dashboards.templating import environment
from scenarios import ScenarioError, load
from scenarios.sheets import PACKED_LIMIT

HERE = Path(__file__).parent
TEMPLATES = environment(HERE / "templates", HERE.parent / "explorer" / "templates")
TABS = {
    "about": "Title, rule, calendar",
    "positions": "Positions",
    "texts": "Texts",
    "blocs": "Blocs",
    "events": "Events",
    "delegations": "Delegations",
}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same draft gives the same file


def drafts_page(request: Request) -> HTMLResponse:
    """The drafts there are, and how to begin one."""
    shelf = request.app.state.shelf
    return _page(
        "drafts.html.j2",
        drafts=[_entry(name, shelf) for name in drafts.names()],
        sources=list(shelf.items),
        chosen=request.query_params.get("from", ""),
        home=drafts.home() / "drafts",
        limit=PACKED_LIMIT,
    )


def _entry(name: str, shelf: Shelf) -> dict[str, Any]:
    try:
        scenario, key = drafts.read(name).scenario, shelf.put(drafts.folder(name))
    except ScenarioError:
        return {"name": name, "title": name, "size": "changed outside and cannot be read", "key": ""}
    size = f"{len(scenario.delegations)} delegations, {len(scenario.texts)} texts"
    return {"name": name, "title": scenario.title or name, "size": size, "key": key}


def editor_page(request: Request) -> HTMLResponse:
    """A draft, which is put on the explorer's shelf so that it can be run."""
    name = request.path_params["name"]
    place = drafts.folder(name)
    try:
        scenario = load(place)
    except ScenarioError as error:
        return _page("broken.html.j2", 422, name=name, place=place, problems=error.problems)
    key = request.app.state.shelf.put(place)
    return _page(
        "editor.html.j2", name=name, key=key, place=place, scenario=scenario, tabs=TABS, forms=forms()
    )


def download(request: Request) -> Response:
    """A draft as a workbook, or its folder packed."""
    name, kind = request.path_params["name"], request.path_params["kind"]
    place = drafts.folder(name)
    if kind == "zip":
        return _file(_packed(place, name), "application/zip", f"{name}.zip")
    if kind != "xlsx":
        raise HTTPException(404)
    from scenarios.workbook import to_workbook

    try:
        with tempfile.TemporaryDirectory() as scratch:
            book = Path(scratch) / f"{name}.xlsx"
            to_workbook(drafts.read(name).scenario, book)
            return _file(book.read_bytes(), SHEET, book.name)
    except ScenarioError as error:
        return _page("broken.html.j2", 422, name=name, place=place, problems=error.problems)


def _packed(place: Path, name: str) -> bytes:
    held = io.BytesIO()
    with drafts.LOCK, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(place.rglob("*")):
            if file.is_file():
                inside = zipfile.ZipInfo(f"{name}/{file.relative_to(place).as_posix()}", EPOCH)
                inside.compress_type = zipfile.ZIP_DEFLATED
                inside.external_attr = 0o644 << 16
                packed.writestr(inside, file.read_bytes())
    return held.getvalue()


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(template: str, status: int = 200, **words: Any) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(template).render(**words), status_code=status)
