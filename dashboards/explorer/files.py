"""What a run can be taken away as: its rows after a round, its data set, its acts, and its tables."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from agents.registry import UnknownEntry
from dashboards.data_table import COLUMNS, rows
from dashboards.explorer.api import shown_of
from dashboards.explorer.shown import Shown
from dashboards.explorer.state import state_of
from dashboards.minutes import jsonl
from dashboards.run_folder import as_csv, tables
from simulation import save
from simulation.results import DATA
from simulation.threads import one_thread

KINDS = {
    DATA: "application/x-netcdf",
    "acts.jsonl": "application/jsonl",
    "tables.zip": "application/zip",
}


def table(request: Request) -> JSONResponse:
    """A row a delegation and text after the round of the address, with the columns."""
    shown = shown_of(request)
    state = state_of(request.query_params, shown.results)
    return JSONResponse(
        {"columns": [one._asdict() for one in COLUMNS], "rows": rows(shown.results, state.round)}
    )


def file(request: Request) -> Response:
    """One of the files of `KINDS`. Raises UnknownEntry for any other."""
    shown, name = shown_of(request), request.path_params["name"]
    if name not in KINDS:
        raise UnknownEntry("file", name, list(KINDS))
    called = f"{request.path_params['key']}-{name}"
    if name == DATA:
        return _data(request, shown, called)
    with shown.deep, one_thread():
        content = jsonl(shown.acts).encode("utf-8") if name == "acts.jsonl" else zipped(shown)
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(called)}"}
    return Response(content, media_type=KINDS[name], headers=headers)


def _data(request: Request, shown: Shown, called: str) -> FileResponse:
    """The data set: the file of the run's folder, or, where there is none, one that is written now."""
    item = request.app.state.shelf.item(request.path_params["key"])
    kept = Path(item.where) / DATA
    if item.is_run and kept.is_file():
        return FileResponse(kept, media_type=KINDS[DATA], filename=called)
    folder = Path(tempfile.mkdtemp(prefix="plenary-"))
    with shown.first:
        save(shown.results, folder)
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(folder / DATA, media_type=KINDS[DATA], filename=called, background=gone)


def zipped(shown: Shown) -> bytes:
    """All tables of a run folder as CSV, with the manifest, in one zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, (head, lines) in tables(shown.results, shown.found).items():
            bundle.writestr(_entry(f"{name}.csv"), as_csv(head, lines))
        manifest: dict[str, Any] = shown.results.manifest
        bundle.writestr(_entry("manifest.json"), json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return content.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A member of a zip without a time, so that equal results have equal files."""
    found = zipfile.ZipInfo(name)
    found.compress_type = zipfile.ZIP_DEFLATED
    return found
