"""Pictures of firmness: who would leave the supporters, the coalitions and the blocs, and who would move."""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.figures.margins import LOOKS, kinds
from dashboards.firmness import LINES, Firmness, landscape, on_the_line, side_name
from dashboards.pictures._picture import Picture, picture, signed
from dashboards.words import titled
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken

NAMED = 5  # how many delegations a sentence names
MOVES = 15  # how many moves the table lists


def margins(results: Any, text: str, firm: Firmness) -> Picture:
    """Every member's margin, group by group and weakest first; supporters and coalitions in words."""
    data = results.data
    stance = data.stance.sel(text=text).values[0, -1]
    share = on_the_line(results, text, firm.found.line).tolist()
    margin, chance = firm.found.margin.tolist(), firm.found.chance_to_leave.tolist()
    names, rows = data.name.values.tolist(), []
    for place, circle in enumerate(firm.circles):
        members = firm.found.weakest_first(place)
        for row, kind in zip(members, kinds(firm, place, members, stance), strict=True):
            rows.append(
                [
                    sentence_case(circle.name),
                    LINES[int(firm.found.line[place])],
                    names[row],
                    signed(margin[place][row], 3),
                    LOOKS[kind].word,
                    percent(chance[place][row]),
                    percent(share[place][row]),
                ]
            )
    head = [
        *("group", "its line", "member, weakest first", "margin", "without chance"),
        *("leaves with chance", "replicates in which it ends on the line"),
    ]
    title = data.text_title.sel(text=text).item()
    parts = [
        _told(results, firm, place, stance)
        for place, circle in enumerate(firm.circles)
        if circle.kind != "bloc"
    ]
    if not (stance == 1).any():
        parts.insert(0, "Nobody endorses it.")
    finding = f"{title}, at the end of the first replicate. {' '.join(parts)}"
    figure = figures.FIGURES["margins"](results, text, firm)
    return picture(figure, finding, head, rows, _firm(firm, title, stance))


def _firm(firm: Firmness, title: str, stance: Any) -> str:
    """How many of the supporters would leave."""
    place = next((at for at, circle in enumerate(firm.circles) if circle.kind == "supporters"), None)
    if place is None:
        return f"Nobody endorses {titled(title)}"
    leaving = int((kinds(firm, place, firm.found.weakest_first(place), stance) == 1).sum())
    who = number(leaving) if leaving else "nobody"
    return f"Asked again without chance, {who} of those who endorse {titled(title)} would leave"


def _told(results: Any, firm: Firmness, place: int, stance: Any) -> str:
    """How firm one group is, in a sentence or two."""
    circle, found = firm.circles[place], firm.found
    names = results.data.name.values
    members = found.weakest_first(place)
    kind = kinds(firm, place, members, stance)
    leaving = [row for row, one in zip(members, kind, strict=True) if one == 1]
    elsewhere = int((kind == 2).sum())
    size = f"{len(members)} delegations" if len(members) > 1 else "One delegation"
    if circle.kind == "supporters":
        opening = f"{size} endorse it" if len(members) > 1 else f"{size} endorses it"
    else:
        others = f", {number(elsewhere)} of them not" if elsewhere else ""
        opening = f"{sentence_case(circle.name)} {LINES[int(found.line[place])]} it ({len(members)}{others})"
    if leaving:
        who = listing([f"{spoken(str(names[row]))} ({_margin(firm, place, row)})" for row in leaving], NAMED)
        firmly = f"asked again without chance {who} would leave"
    else:
        firmly = (
            f"nobody would leave without chance; the nearest to it is {_nearest(firm, place, names, kind)}"
        )
    told = f"{opening}: {firmly}."
    if circle.kind == "supporters":
        told += f" With chance {found.expected_defections[place]:.1f} leave on the average."
        joining = [spoken(str(name)) for name in names[found.would_join[place]]]
        told += f" Outside, {listing(joining, NAMED) or 'nobody'} would join."
    return told


def _nearest(firm: Firmness, place: int, names: Any, kind: Any) -> str:
    """The member on the group's line with the smallest margin."""
    members = [row for row, one in zip(firm.found.weakest_first(place), kind, strict=True) if one != 2]
    return f"{spoken(str(names[members[0]]))} ({_margin(firm, place, members[0])})"


def _margin(firm: Firmness, place: int, row: int) -> str:
    return signed(float(firm.found.margin[place, row]), 3)


def moves(results: Any) -> dict[str, Any]:
    """Who would move to lower the energy of the coalitions: a sentence, and a table in order of the moves."""
    found = landscape(results)
    names = results.data.name.values
    told = (
        f"The energy of these coalitions is {signed(found.energy, 3)}, the lowest found is"
        f" {signed(found.lowest, 3)}: the likeness of those who stand apart, from −1 to 1, on the average"
        " over all pairs weighed by capability."
    )
    first = found.moves[:MOVES]
    if not first:
        return {"sentence": f"{told} No delegation would lower it by moving alone.", "table": None}
    more = f" The first {number(MOVES)} are listed." if len(found.moves) > MOVES else ""
    steps = f"{number(len(found.moves))} move{'s' if len(found.moves) > 1 else ''}"
    told += (
        f" It takes {steps}, each the best there is after those before, until nobody lowers it further.{more}"
    )
    head = ["who would move", "out of", "to", "changes the energy by"]
    rows = [
        [
            str(names[move.actor]),
            side_name(found, move.source),
            side_name(found, move.target),
            signed(move.change, 4),
        ]
        for move in first
    ]
    return {"sentence": told, "table": {"head": head, "rows": rows}}
