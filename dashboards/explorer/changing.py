"""What the page of changes asks for: what they do, variants side by side, and a scenario made of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from agents.registry import UnknownEntry
from dashboards.explorer import changes, effects, kept, saving
from dashboards.explorer.api import shown_of
from dashboards.explorer.courses import Side
from dashboards.explorer.shelf import Shelf
from dashboards.explorer.shown import Shown
from dashboards.explorer.whatif import Superseded
from dashboards.pictures._picture import Picture
from scenarios import ScenarioError
from simulation.results import counted

LONGEST, FIELDS = 6000, 60  # bytes and fields of a question
SUPERSEDED = "Something else was asked for meanwhile."
GONE = "The changes take this text off the table; choose another one to look at."


async def what_if(request: Request) -> JSONResponse:
    """What the changes of a form do to the scenario, run again under the same luck.

    The address tells which page asks, the number of its question, for how many replicates and which text.
    """
    shown, form = shown_of(request), await form_of(request)
    asked = changes.asked_of(form, shown.what_if.offered)
    page, number = request.query_params.get("page", "")[:32], _number(request, "number", 0)
    replicates = _number(request, "replicates", shown.what_if.steps[0])
    if replicates not in shown.what_if.steps:
        raise UnknownEntry("number of replicates", str(replicates), [str(one) for one in shown.what_if.steps])
    text = request.query_params.get("text") or next(iter(shown.results.scenario.texts))
    if text not in shown.results.scenario.texts:
        raise UnknownEntry("text", text, list(shown.results.scenario.texts))
    shown.what_if.asked(page, number)
    words = shown.what_if.words(asked)
    chips = [
        {"name": one.name, "written": one.written, "words": said}
        for one, said in zip(asked, words, strict=True)
    ]

    def answered() -> dict[str, Any]:
        found = shown.what_if.answer(
            asked,
            replicates,
            shelf_of(request).work,
            lambda: shown.what_if.superseded(page, number),
        )
        if text not in found.text.values:
            return {"problem": GONE}
        return {
            "replicates": replicates,
            "more": next((one for one in shown.what_if.steps if one > replicates), None),
            "brief": effects.brief(found, text, bool(asked)),
            "effect": effects.effect(found, bool(asked)),
            "course": _course(shown, found, text),
            "moved": effects.most_moved(found, text),
        }

    try:
        told = await run_in_threadpool(answered)
        return JSONResponse({"changes": chips, **told}, status_code=422 if "problem" in told else 200)
    except ScenarioError as error:
        return JSONResponse({"problem": str(error), "changes": chips}, status_code=422)
    except Superseded:
        return JSONResponse({"problem": SUPERSEDED}, status_code=409)


async def side_by_side(request: Request) -> JSONResponse:
    """The kept variants of a form, each a field `variant` with its changes as in an address after a field
    `name`, held against the scenario."""
    shown, form = shown_of(request), await form_of(request, kept.MOST * LONGEST)
    text = request.query_params.get("text") or next(iter(shown.results.scenario.texts))
    if text not in shown.results.scenario.texts:
        raise UnknownEntry("text", text, list(shown.results.scenario.texts))
    variants = kept.variants_of(form, shown.what_if.offered, FIELDS)
    try:
        return JSONResponse(
            await run_in_threadpool(kept.side_by_side, shown.what_if, variants, text, shelf_of(request).work)
        )
    except ScenarioError as error:
        return JSONResponse({"problem": str(error)}, status_code=422)


async def save(request: Request) -> JSONResponse:
    """Lay down the changed scenario as a new folder among the drafts."""
    return await _made(request, lambda name, scenario: JSONResponse(saving.saved(name, scenario)))


async def packed(request: Request) -> Response:
    """The changed scenario as a packed folder."""

    def content(name: str, scenario: Any) -> Response:
        headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
        return Response(saving.packed(name, scenario), media_type="application/zip", headers=headers)

    return await _made(request, content)


async def _made(request: Request, make: Any) -> Any:
    shown, form = shown_of(request), await form_of(request)
    asked = changes.asked_of(form, shown.what_if.offered)
    name = dict(form).get("name", "").strip()

    def made() -> Any:
        saving.check(name)
        return make(name, saving.renamed(shown.what_if.changed(asked), name, shown.what_if.words(asked)))

    try:
        return await run_in_threadpool(made)
    except ScenarioError as error:
        return JSONResponse({"problem": str(error)}, status_code=422)
    except saving.Unfit as error:
        return JSONResponse({"problem": str(error)}, status_code=422)


async def form_of(request: Request, longest: int = LONGEST) -> list[tuple[str, str]]:
    """The fields of a form. Raises HTTPException for one that is too large or none."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > longest:
            raise HTTPException(413)
    try:
        return parse_qsl(content.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise HTTPException(400) from None


def shelf_of(request: Request) -> Shelf:
    """What this server shows."""
    shelf: Shelf = request.app.state.shelf
    return shelf


def _course(shown: Shown, found: Any, text: str) -> Picture | None:
    """The curves of a text as it is and changed; none where the changes bring another calendar."""
    if "changed_course" not in found:
        return None
    data = shown.results.data
    dates = [str(date) for date in data.date.values]
    before, after = (found[name].sel(text=text).values for name in ("base_course", "changed_course"))
    sides = Side(effects.AS_IT_IS, dates, before), Side(effects.CHANGED, dates, after)
    return effects.course(*sides, counted(data).sizes["country"])


def _number(request: Request, name: str, absent: int) -> int:
    word = request.query_params.get(name, str(absent))
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise UnknownEntry(name, word, ["whole numbers"])
    return int(word)
