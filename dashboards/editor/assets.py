"""The editor's own style and scripts."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

OWN = Path(__file__).parent / "static"
KINDS = {".js": "text/javascript", ".css": "text/css"}


def asset(request: Request) -> Response:
    """One of the files in static/. Raises HTTPException where there is none of that name."""
    found = next((one for one in OWN.iterdir() if one.name == request.path_params["name"]), None)
    if found is None or found.suffix not in KINDS:
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type=KINDS[found.suffix])
