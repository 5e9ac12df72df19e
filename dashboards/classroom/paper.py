"""Paper mode: what delegations hand in on paper, entered at the desk as their acts.

The grid has a row for each delegation, by name, and for each text a column of stances and one of votes.
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboards.classroom import pages
from dashboards.classroom.act import DESK
from dashboards.classroom.asking import asked_act, at_desk, document, place_of
from dashboards.classroom.clerk import Open, Refused
from dashboards.classroom.desk import held
from dashboards.classroom.room import Room

STANCES = {"e": "endorse", "s": "study", "o": "oppose"}
BALLOTS = {"y": "yes", "a": "abstain", "n": "no"}
FIELDS = {"stance": ("stance", STANCES), "vote": ("ballot", BALLOTS)}  # by kind of act


class Column(NamedTuple):
    """A column of the grid: the kind of act it holds, the text, and its heading."""

    kind: str
    text: str
    title: str


class Cell(NamedTuple):
    """A filled cell of a pasted table: the seat, its column, and what it says."""

    seat: str
    column: Column
    words: str


class Table(NamedTuple):
    """A pasted table: its filled cells, and what belongs to no row or column of the grid, in words."""

    cells: list[Cell]
    problems: list[str]


def columns(room: Room) -> list[Column]:
    """The columns of the grid, two for each text."""
    return [
        Column(kind, text, f"{draft.title}: {kind}") for text, draft in room.drafts.items() for kind in FIELDS
    ]


def rows(room: Room) -> list[str]:
    """The rows of the grid: delegations in the order of their names."""
    return sorted(room.seats, key=lambda key: room.seats[key].name)


def meant(kind: str, words: str) -> str:
    """What a cell means: a letter, or the word itself; an empty word for anything else.

    >>> meant("stance", "E"), meant("vote", " abstain "), meant("vote", "e")
    ('endorse', 'abstain', '')
    """
    letters, said = FIELDS[kind][1], words.strip().casefold()
    return letters.get(said, said if said in letters.values() else "")


def read(room: Room, table: str, seat: str = "", column: int = 0) -> Table:
    """A table of tab-separated cells as a spreadsheet gives it.

    Rows that begin with the key or the name of a delegation are for that one; if none does, the table begins
    at the row of `seat`. Columns follow a line of headings if there is one; else they begin at `column`.
    """
    lines = [line.split("\t") for line in table.replace("\r", "").split("\n") if line.strip()]
    known = {word.casefold(): key for key, one in room.seats.items() for word in (key, one.name)}
    named = any(line[0].strip().casefold() in known for line in lines)
    grid = columns(room)
    places: list[Column | None] = [*grid[max(0, column) :]]
    problems, titles = [], {one.title.casefold(): one for one in grid}
    if lines and any(word.strip().casefold() in titles for word in lines[0]):
        heading = lines.pop(0)[1 if named else 0 :]
        places = [titles.get(word.strip().casefold()) for word in heading]
        problems = [
            f"There is no column “{word.strip()}”."
            for word, place in zip(heading, places, strict=True)
            if not place
        ]
    below = rows(room)[rows(room).index(seat) if seat in room.seats else 0 :]
    cells: list[Cell] = []
    for number, line in enumerate(lines):
        if named:
            found, said = known.get(line[0].strip().casefold(), ""), line[1:]
            missing = f"There is no delegation “{line[0].strip()}”."
        else:
            found, said = below[number] if number < len(below) else "", line
            missing = f"Line {number + 1} lies below the last delegation."
        if not found:
            problems.append(missing)
            continue
        if any(word.strip() for word in said[len(places) :]):
            problems.append(f"The line of {room.seats[found].name} is longer than the grid.")
        cells += [
            Cell(found, place, word.strip())
            for place, word in zip(places, said, strict=False)
            if place and word.strip()
        ]
    return Table(cells, problems)


async def sheet(request: Request) -> Response:
    """The page of the grid, or the question for the desk's key."""
    place = place_of(request)
    if not at_desk(request, place):
        return pages.page("key.html.j2", 401, code=place.row.code)
    facts = {
        "names": {key: seat.name for key, seat in place.room.seats.items()},
        "rows": rows(place.room),
        "columns": [one._asdict() for one in columns(place.room)],
        "live": f"/desk/{place.row.code}/live",
        "code": place.row.code,
        "issues": pages.issues(place),
    }
    return pages.page("paper.html.j2", code=place.row.code, facts=facts)


async def pasted(request: Request) -> JSONResponse:
    """Enter a pasted table, each cell an act of its own; what is wrong with a cell keeps no other from being
    taken, and is told beside it."""
    place, found = held(request), await document(request)
    table, seat, column = found.get("table"), found.get("seat", ""), found.get("column", 0)
    if not isinstance(table, str) or not isinstance(seat, str) or not isinstance(column, int):
        raise Refused("A table has words, and where it begins.", 422)
    key = asked_act({"kind": "paper", "key": found.get("key")}, DESK)[2]
    read_table = read(place.room, table, seat, column)
    if len(read_table.cells) > len(place.room.seats) * len(columns(place.room)):
        raise Refused("That is more than the grid holds.", 422)
    entered = await asyncio.gather(*(_enter(request, place, cell, key) for cell in read_table.cells))
    return JSONResponse({"cells": entered, "problems": read_table.problems})


async def _enter(request: Request, place: Open, cell: Cell, key: str) -> dict[str, Any]:
    """Enter a cell: the number of its act, or why it is not taken."""
    clerk, code, kind = request.app.state.clerk, place.row.code, cell.column.kind
    told = {"seat": cell.seat, "kind": kind, "text": cell.column.text, "words": cell.words}
    field, letters = FIELDS[kind]
    value = meant(kind, cell.words)
    if not value:
        return told | {"problem": f"“{cell.words}” is none of {', '.join(letters)}."}
    payload, own = {"text": cell.column.text, field: value}, f"{key}/{kind}/{cell.seat}/{cell.column.text}"
    try:
        number = await clerk.act(code, cell.seat, "desk", kind, payload, own)
        if place.room.seats[cell.seat].played == "model":
            handed = {"seat": cell.seat, "played": "people"}
            await clerk.act(code, DESK, "desk", "hand", handed, f"{key}/hand/{cell.seat}")
    except Refused as refused:
        return told | {"problem": refused.why}
    return told | {"number": number}
