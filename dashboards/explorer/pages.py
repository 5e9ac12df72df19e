"""The pages: the list of scenarios, the views of one, and a message where something is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from dashboards.explorer import changes
from dashboards.explorer.shelf import Shelf
from dashboards.explorer.shown import Shown
from dashboards.explorer.state import coalitions, state_of
from dashboards.explorer.views import GROUPS, entries, entry, overview, what_if
from dashboards.explorer.views._view import View
from dashboards.pictures.course import support_at_the_end
from dashboards.templating import environment
from dashboards.words import seated
from dashboards.world_shapes import NOTE
from scenarios import load
from simulation.analyses.wording import day

TEMPLATES = environment(Path(__file__).parent / "templates")


LAUNCH = ("launch-2020", "launch-2020-world", "launch-2020-class")
BROKEN = "Plenary made a mistake here; the terminal in which it runs tells which."


def page(template: str, status: int = 200, **words: Any) -> HTMLResponse:
    """A page made from a template."""
    return HTMLResponse(TEMPLATES.get_template(template).render(**words), status_code=status)


def message(title: str, words: str, status: int) -> HTMLResponse:
    """A page with one clear message."""
    return page("message.html.j2", status, title=title, words=words)


def index(request: Request) -> HTMLResponse:
    """What can be looked at: first what the server was started with, then the launch, then all others."""
    shelf: Shelf = request.app.state.shelf
    keys = list(dict.fromkeys([*shelf.given, *LAUNCH, *shelf.items]))
    return page("index.html.j2", entries=[_entry(shelf, key) for key in keys], given=len(shelf.given))


def _entry(shelf: Shelf, key: str) -> dict[str, str]:
    item = shelf.items[key]
    if item.is_run:
        return {"key": key, "title": key, "question": f"A finished run, in {item.where}", "size": ""}
    scenario = load(item.where)
    texts = f"{len(scenario.texts)} text{'s' if len(scenario.texts) > 1 else ''}"
    size = f"{len(scenario.delegations)} delegations, {texts}"
    return {"key": key, "title": scenario.title, "question": scenario.question, "size": size}


def view(request: Request) -> HTMLResponse:
    """A view of a scenario or run; while it is being run, a page that waits for it."""
    key = request.path_params["key"]
    item = request.app.state.shelf.item(key)
    shown = item.shown
    if item.state == "failed":
        return message(f"“{key}” cannot be shown", item.problem, 500)
    if shown is None:
        return page("waiting.html.j2", item=item)
    state = state_of(request.query_params, shown.results)
    data = shown.results.data
    asked = entry(shown, request.path_params.get("view", overview.KEY))
    work = shown.working(asked.key, asked.make) if asked.waits else "ready"
    if work == "failed":
        return message(f"“{asked.title}” cannot be shown", BROKEN, 500)
    changing = _changing(shown, request.query_params.multi_items()) if asked.key == what_if.KEY else {}
    listed = list(entries(shown).values())
    return page(
        "view.html.j2",
        item=item,
        entry=asked,
        view=asked.make() if work == "ready" else View(),
        working=work == "running",
        **changing,
        groups=[(group, [one for one in listed if one.group == group]) for group in GROUPS],
        answer=shown.answer,
        seats=seated(shown.answer.delegations, len(shown.answer.observers)),
        support=support_at_the_end(shown.answer),
        state=state,
        query=state.address(),
        texts=list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True)),
        countries=sorted(
            zip(data.country.values.tolist(), data.name.values.tolist(), strict=True), key=_name
        ),
        dates=[day(str(date)) for date in data.date.values],
        note=NOTE,
        facts={
            "key": key,
            "names": dict(zip(data.country.values.tolist(), data.name.values.tolist(), strict=True)),
            "coalitions": coalitions(data),
            "dates": [str(date) for date in data.date.values],
            "days": [day(str(date)) for date in data.date.values],
        },
    )


def _changing(shown: Shown, query: list[tuple[str, str]]) -> dict[str, Any]:
    """What the page of changes offers, and what its address asks for."""
    what_if = shown.what_if
    with shown.first:
        offer = what_if.offered
    asked = changes.asked_of(query, offer)
    words = what_if.words(asked)
    return {
        "offer": [(key, changes.titles()[key], controls) for key, controls in offer.items()],
        "asked": [(one.name, one.written, said) for one, said in zip(asked, words, strict=True)],
        "moved": {one.name for one in asked},
        "controls": [one.plain() for controls in offer.values() for one in controls],
        "steps": what_if.steps,
        "texts_on_table": len(shown.results.scenario.texts),
    }


def _name(pair: tuple[str, str]) -> str:
    return pair[1]
