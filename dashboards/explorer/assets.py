"""The files that pages load, all from this machine: Plotly's script, the world's shapes, style and script."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboards.report import TEMPLATES
from dashboards.world_shapes import SHAPES

OWN = Path(__file__).parent / "static"
SCRIPT, STYLE, DATA = "text/javascript", "text/css", "application/json"
ENDINGS = {".js": SCRIPT, ".css": STYLE}
KINDS = {
    "plotly.js": SCRIPT,
    "world.json": DATA,
    "text.css": STYLE,
    **{file.name: ENDINGS[file.suffix] for file in sorted(OWN.iterdir()) if file.suffix in ENDINGS},
}


@cache
def packed(name: str) -> bytes:
    """A file of `KINDS`, packed by gzip. The script of Plotly is the one that came with its Python side."""
    if name == "world.json":
        return SHAPES.read_bytes()
    if name == "plotly.js":
        from plotly.offline import get_plotlyjs

        return gzip.compress(get_plotlyjs().encode("utf-8"), compresslevel=6)
    if name == "text.css":
        return gzip.compress((TEMPLATES / name).read_bytes())
    return gzip.compress((OWN / name).read_bytes())


def asset(request: Request) -> Response:
    """One of the files, packed unless the browser cannot unpack it."""
    name = request.path_params["name"]
    if name not in KINDS:
        return PlainTextResponse("There is no such file.", status_code=404)
    content, headers = packed(name), {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    if name in ("plotly.js", "world.json"):  # large, and the same until the server is started anew
        headers["Cache-Control"] = "private, max-age=3600"
    return Response(content, media_type=KINDS[name], headers=headers)
