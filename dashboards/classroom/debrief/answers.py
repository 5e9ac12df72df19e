"""What the look back answers: the desk, the projector, a delegation, and whoever takes files away."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.classroom import pages
from dashboards.classroom.access import GUESTS
from dashboards.classroom.asking import at_desk, place_of, seated
from dashboards.classroom.clerk import Open
from dashboards.classroom.debrief import shown
from dashboards.classroom.debrief.deals import RULE
from dashboards.classroom.debrief.ensemble import Ensemble
from dashboards.classroom.debrief.exports import ANONYMOUS, acts_csv, acts_jsonl
from dashboards.classroom.debrief.look import Look, Looks, begun
from dashboards.classroom.store import Store

CLOSED = "This opens when the chair begins the last part of the programme, “Looking back”."
FIRST = threading.Lock()
AGAIN = 2  # seconds until a page that waits for the model looks again


def desk(request: Request) -> Response:
    """The look back for the control desk."""
    return _page(request, _held(request), "desk")


def screen(request: Request) -> Response:
    """The look back for the projector, once it has begun."""
    place = place_of(request)
    _open(place)
    return _page(request, place, "screen")


def _page(request: Request, place: Open, where: str) -> Response:
    state, model = _model(request, place)
    words = _all(request, place, model, True)
    facts = {
        "figures": {one.key: json.loads(one.figure.to_json()) for one in _drawn(words)},
        "names": {},
        "live": f"/screen/{place.row.code}/live" if where == "screen" else "",
    }
    return pages.page("debrief.html.j2", **words, state=state, where=where, facts=facts)


def mine(request: Request) -> Response:
    """The look back of one seat, for those who sit there."""
    place = place_of(request)
    claim = seated(request, place)
    if claim is None:
        return RedirectResponse(f"/join/{place.row.code}", 303)
    if claim.seat in GUESTS:
        raise HTTPException(403, "Only delegations have a page of their own.")
    _open(place)
    return _seat(request, place, claim.seat, f"/room/{place.row.code}/")


def seat(request: Request) -> Response:
    """The same page of any seat, for the control desk."""
    place, key = _held(request), request.path_params["seat"]
    if key not in place.room.seats:
        raise HTTPException(404, "There is no such delegation.")
    _open(place)
    return _seat(request, place, key, f"/desk/{place.row.code}/debrief")


def _seat(request: Request, place: Open, key: str, back: str) -> Response:
    look, (state, model) = _look(request, place), _model(request, place)
    return pages.page(
        "mine.html.j2",
        code=place.row.code,
        seat=shown.seat(look, model, key),
        acts=shown.own_acts(look, key),
        replies=shown.replies(look, key),
        replicates=model.replicates if model else 0,
        state=state,
        again=AGAIN,
        back=back,
    )


def report(request: Request) -> Response:
    """The look back as one file that opens offline and prints."""
    place = _held(request)
    state, model = _model(request, place)
    if state == "running":
        raise HTTPException(503, "The model’s repetitions are being worked out; ask again in a moment.")
    words = report_html(_all(request, place, model, not _anonymous(request)), _anonymous(request))
    return _file(words, place, "debrief", "html", request)


def csv(request: Request) -> Response:
    """The log as a table."""
    place = _held(request)
    return _file(acts_csv(_acts(request, place), _anonymous(request)), place, "acts", "csv", request)


def jsonl(request: Request) -> Response:
    """The log as JSON Lines."""
    place = _held(request)
    return _file(acts_jsonl(_acts(request, place), _anonymous(request)), place, "acts", "jsonl", request)


def plotly(request: Request) -> Response:
    """The script that draws, as it came with its Python side."""
    from dashboards.explorer.assets import packed

    content, headers = (
        packed("plotly.js"),
        {"Vary": "Accept-Encoding", "Cache-Control": "private, max-age=3600"},
    )
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return Response(content, media_type="text/javascript", headers=headers)


def report_html(words: Mapping[str, Any], anonymous: bool) -> str:
    """The whole look back as one document, with everything that it needs inside."""
    from plotly.offline import get_plotlyjs

    drawn = {
        one.key: Markup(
            one.figure.to_html(full_html=False, include_plotlyjs=False, config={"displayModeBar": False})
        )
        for one in _drawn(words)
    }
    return pages.TEMPLATES.get_template("debrief.html.j2").render(
        **words,
        where="file",
        state="ready",
        drawn=drawn,
        plotly_js=Markup(get_plotlyjs()) if drawn else "",
        style=Markup((pages.HOME / "static" / "classroom.css").read_text(encoding="utf-8")),
        left_out=ANONYMOUS if anonymous else "",
    )


def words_of(
    look: Look, model: Ensemble | None, typed: bool, names: Mapping[str, list[str]]
) -> dict[str, Any]:
    """What the page of everything says; secrets only once the last part has begun."""
    open_now = begun(look.room)
    return {
        "room": look.room,
        "scenario": look.room.scenario,
        "texts": shown.texts(look, model),
        "turnings": shown.turnings(look, typed),
        "deals": shown.deals(look, typed),
        "moves": shown.moves(look),
        "missed": shown.missed(look, typed),
        "asked": shown.asked(look),
        "seats": shown.seats(look, model, names) if open_now else [],
        "open": open_now,
        "replicates": model.replicates if model else 0,
        "again": AGAIN,
        "closed": CLOSED,
        "promise_rule": RULE,
        "anonymous_words": ANONYMOUS,
    }


def names_at(store: Store, code: str) -> dict[str, list[str]]:
    """By seat the names that people there gave themselves."""
    names: dict[str, list[str]] = {}
    for claim in store.claims(code):
        names.setdefault(claim.seat, []).append(claim.name or "somebody")
    return names


def _drawn(words: Mapping[str, Any]) -> list[shown.Drawn]:
    return [one for text in words["texts"] for one in text["pictures"]]


def _all(request: Request, place: Open, model: Ensemble | None, typed: bool) -> dict[str, Any]:
    look, known = _look(request, place), model is not None
    if request.url.path.startswith("/desk/"):
        names = names_at(request.app.state.store, place.row.code) if typed else {}
        return words_of(look, model, typed, names) | {"code": place.row.code}
    if known not in look.told:
        look.told[known] = words_of(look, model, typed, {})
    return look.told[known] | {"code": place.row.code}


def _held(request: Request) -> Open:
    place = place_of(request)
    if not at_desk(request, place):
        raise HTTPException(403, "Only the control desk can open this.")
    return place


def _open(place: Open) -> None:
    if not begun(place.room):
        raise HTTPException(403, CLOSED)


def _looks(request: Request) -> Looks:
    """The looks back of this server, there from the first question on."""
    state = request.app.state
    with FIRST:
        if not hasattr(state, "looks"):
            state.looks = Looks()
        return state.looks


def _look(request: Request, place: Open) -> Look:
    return _looks(request).of(request.app.state.store, place)


def _model(request: Request, place: Open) -> tuple[str, Ensemble | None]:
    return _looks(request).ensembles.ask(place.row.code, place.room.scenario, place.row.seed)


def _acts(request: Request, place: Open) -> Any:
    store: Store = request.app.state.store
    return store.acts(place.row.code)


def _anonymous(request: Request) -> bool:
    return request.query_params.get("anonymous", "") not in ("", "0")


def _file(words: str, place: Open, name: str, ending: str, request: Request) -> Response:
    """An answer that is kept as a file."""
    called = f"{place.row.code}-{name}{'-anonymous' if _anonymous(request) else ''}.{ending}"
    kinds = {"csv": "text/csv", "html": "text/html", "jsonl": "application/x-ndjson"}
    headers = {"Content-Disposition": f'attachment; filename="{called}"'}
    return Response(words.encode("utf-8"), media_type=kinds[ending], headers=headers)
