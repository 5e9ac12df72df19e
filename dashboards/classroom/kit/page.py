"""The kit as one page that prints: at a room's desk, or as a file that needs nothing else."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.classroom import pages
from dashboards.classroom import questionnaire as asked
from dashboards.classroom.asking import at_desk, place_of
from dashboards.classroom.kit.sheets import CAUTION, Kit, kit
from dashboards.words import prose

PAPERS = {"a4": ("A4", "277mm"), "letter": ("letter", "259mm")}  # name, height within margins of 10 mm
SHEETS = {
    "programme": "Programme",
    "cards": "Role cards, one sheet for each delegation",
    "texts": "The texts, one for each table",
    "slips": "Amendment slips, as many as you like",
    "events": "Event cards, to cut apart",
    "tally": "Tally sheet, for the desk",
    "questionnaire": "Questions before and after, one for each person",
    "debrief": "Questions for looking back, one for each table",
    "notes": "Notes for the teacher alone",
}


def written(made: Kit, paper: str = "a4", **more: Any) -> str:
    """The page of a kit for a kind of paper ("a4" or "letter")."""
    size, height = PAPERS[paper]
    style = (pages.HOME / "static" / "kit.css").read_text("utf-8")
    return pages.TEMPLATES.get_template("kit.html.j2").render(
        kit=made,
        style=Markup(f"@page {{ size: {size}; }} :root {{ --sheet: {height}; }}\n{style}"),
        sheets=SHEETS,
        caution=CAUTION,
        papers={key: name for key, (name, _) in PAPERS.items()},
        paper=paper,
        prose=prose,
        statements=asked.STATEMENTS,
        marks=asked.MARKS,
        moments=asked.MOMENTS,
        open_questions=asked.OPEN,
        fewest=asked.FEWEST,
        **more,
    )


def show(request: Request) -> Response:
    """The kit of a room, for its desk alone."""
    place = place_of(request)
    if not at_desk(request, place):
        return pages.page("key.html.j2", 401, code=place.row.code)
    paper = request.query_params.get("paper", "a4")
    address = f"{request.url.scheme}://{request.headers['host']}"
    made = kit(place.room.scenario, place.row.programme, place.row.code, address)
    summary = asked.summary(request.app.state.store, place.row.code)
    shown = summary if any(one.answered for one in summary) else []
    return HTMLResponse(written(made, paper if paper in PAPERS else "a4", summary=shown, at_desk=True))
