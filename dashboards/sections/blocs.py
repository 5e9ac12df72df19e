"""Do declared blocs match the coalitions, who stands between these, and would another method find them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.coalitions import Bloc, Coalition, Found, blocs_in, found_in, mean_of
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section, Table
from dashboards.words import letter
from simulation.analyses.wording import day, listing, number, percent, spoken

PLACE = 50
NAMED = 3  # hinge members that a sentence names
LISTED = 12  # hinge members that the table lists
BETWEEN = 0.05  # participation from which a sentence names a delegation
ABLE = ("is the largest", "carries a text alone", "blocks a text alone")


def section(results: Any, found: Known) -> Section | None:
    """Blocs against coalitions, what coalitions could do, hinge members, and Louvain's second opinion."""
    here = found_in(results)
    if not here.coalitions:
        return None
    blocs = blocs_in(results, here)
    pictures = []
    if blocs:
        drawn = picture(figures.FIGURES["blocs"](results, blocs), told_of_blocs(blocs), *blocs_table(blocs))
        pictures.append(Drawn("blocs", "Blocs against coalitions", {"": drawn}))
    return Section(
        title="What holds coalitions together, and who could tip them",
        question="Do declared blocs match the coalitions, what could these do, and on whom do they turn?",
        sentences=sentences(results, here, blocs),
        pictures=pictures,
        tables=[
            powers(results, here),
            hinges(results, here),
            *([cohesion_by_text(results, blocs)] if blocs else []),
            overall(here, blocs),
            second(here),
        ],
    )


def sentences(results: Any, found: Found, blocs: Sequence[Bloc]) -> list[str]:
    """The answer in words."""
    if not found.coalitions:
        return ["No two delegations stand together in at least half of the replicates."]
    sized = [f"{letter(one.number)} with {len(one.members)}" for one in found.coalitions]
    count = len(found.coalitions)
    some = "is one coalition" if count == 1 else f"are {number(count)} coalitions"
    alone = int((found.number < 0).sum())
    rest = f"; {alone} delegation{'s stand' if alone > 1 else ' stands'} alone" if alone else ""
    said = [f"Over all replicates there {some} {_when(results, found)}: {listing(sized)} members{rest}."]
    said += [_told_powers(results, found), _told_hinges(results, found)]
    often = f"In {percent(found.tipping)} of replicates" if found.tipping else "In no replicate"
    said.append(
        f"{often} would the move of one delegation change which coalition is the largest, or what one carries"
        " or blocks."
    )
    if blocs:
        said.append(told_of_blocs(blocs))
    said.append(
        f"Asked in single replicates, Louvain finds coalitions of modularity"
        f" {mean_of(found.second, 'louvain_modularity'):.2f} where these have"
        f" {mean_of(found.second, 'modularity'):.2f}; the two agree by an adjusted Rand index of"
        f" {mean_of(found.second, 'adjusted_rand'):.2f}, where one is full agreement."
    )
    return said


def _when(results: Any, found: Found) -> str:
    data = results.data
    at_end = found.when == data.sizes["round"] - 1
    return "at the end" if at_end else f"after the round of {day(str(data.date.values[found.when]))}"


def _told_powers(results: Any, found: Found) -> str:
    rule = results.scenario.rule.name.replace("-", " ")
    told = []
    for one in found.coalitions:
        verbs: dict[str, list[str]] = {}
        for place, verb in ((1, "carries"), (2, "blocks")):
            if one.able[place]:
                verbs.setdefault(_until(one, place), []).append(verb)
        powers = [f"{listing(verb)} a text alone{until}" for until, verb in verbs.items()]
        if powers:
            told.append(f"coalition {letter(one.number)} {listing(powers)}")
    if not told:
        return f"By the rule, {rule}, no coalition carries or blocks a text against everybody else."
    return f"By the rule, {rule}, {listing(told)}."


def _until(one: Coalition, place: int) -> str:
    moves = one.until[place]
    return "" if moves is None else f" until {moves} of its members move{'s' if moves == 1 else ''}"


def _told_hinges(results: Any, found: Found) -> str:
    names = results.data.name.values
    between = [row for row in found.hinges()[:NAMED] if found.participation[row] >= BETWEEN]
    if not between:
        return "Nobody stands between coalitions."
    told = [
        f"{spoken(str(names[row]))} ({found.participation[row]:.2f}, drawn to {letter(found.drawn_to[row])})"
        for row in between
    ]
    return f"Most between coalitions, by participation: {listing(told)}."


def told_of_blocs(blocs: Sequence[Bloc]) -> str:
    """How many blocs stand wholly in one coalition, and which is most divided."""
    divided = min(blocs, key=lambda one: one.together)
    return (
        f"{whole(blocs)} of {len(blocs)} blocs stand wholly in one coalition; most divided is the bloc"
        f" “{divided.name}”, two of whose members stand together in {percent(divided.together)}."
    )


def whole(blocs: Sequence[Bloc]) -> int:
    """How many blocs stand wholly in one coalition."""
    return sum(max(one.shares.values(), default=0.0) == 1 for one in blocs)


def blocs_table(blocs: Sequence[Bloc]) -> tuple[list[str], list[list[str]]]:
    """Every bloc, the coalition most like it, and how often two members end together."""
    head = [
        *("bloc", "members", "coalition most like it", "likeness (Jaccard)", "members there"),
        "two members together",
    ]
    rows = [
        [
            one.name,
            str(int(one.members.sum())),
            letter(one.number),
            f"{one.likeness:.2f}",
            percent(one.share),
            percent(one.together),
        ]
        for one in sorted(blocs, key=lambda one: -one.together)
    ]
    return head, rows


def cohesion_by_text(results: Any, blocs: Sequence[Bloc], texts: Sequence[str] = ()) -> Table:
    """Agreement index and Rice index of every bloc on the texts; all of them unless some are named."""
    data = results.data
    keys, titles = data.text.values.tolist(), data.text_title.values.tolist()
    chosen = [place for place, key in enumerate(keys) if not texts or key in texts]
    rows = [
        [one.name, *(f"{one.agreement[place]:.2f} ({_or_dash(one.rice[place])})" for place in chosen)]
        for one in blocs
    ]
    caption = "Cohesion of blocs: agreement index (Rice index), medians over the replicates"
    return Table(caption, ["bloc", *(titles[place] for place in chosen)], rows)


def _or_dash(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"


def powers(results: Any, found: Found) -> Table:
    """What each coalition could do, and how many members would have to move until it no longer could."""
    names = results.data.name.values
    rows = []
    for one in found.coalitions:
        cells = [
            "no" if not able else "yes, whoever moves" if moves is None else f"yes, until {moves} move"
            for able, moves in zip(one.able, one.until, strict=True)
        ]
        first = [row for row in found.hinges() if found.number[row] == one.number][:NAMED]
        rows.append(
            [
                letter(one.number),
                str(len(one.members)),
                *cells,
                listing([spoken(str(names[row])) for row in first]) or "–",
            ]
        )
    rule = results.scenario.rule.name.replace("-", " ")
    head = ["coalition", "members", *ABLE, "first to move"]
    return Table(f"What coalitions could do by the rule: {rule}", head, rows)


def hinges(results: Any, found: Found) -> Table:
    """The delegations of highest participation."""
    rows = [
        [
            str(results.data.name.values[row]),
            letter(found.number[row]),
            letter(found.drawn_to[row]),
            f"{found.participation[row]:.2f}",
            percent(found.at_home[row]),
            percent(found.there[row]),
            percent(found.settled[row]),
            percent(found.tips[row]),
        ]
        for row in found.hinges()[:LISTED]
    ]
    head = [
        *(
            "delegation",
            "coalition",
            "drawn to",
            "participation",
            "with its own",
            "with those it is drawn to",
        ),
        *("how settled", "its move tips"),
    ]
    return Table("Hinge members: between coalitions, those of highest participation first", head, rows)


def overall(found: Found, blocs: Sequence[Bloc]) -> Table:
    """A few numbers over all replicates."""
    rows = [
        ["coalitions over all replicates", str(len(found.coalitions))],
        ["delegations that stand alone", str(int((found.number < 0).sum()))],
        ["modularity of single replicates, median", f"{float(np.median(found.clear)):.2f}"],
        [
            "single replicates agree with these (adjusted Rand), median",
            f"{float(np.median(found.agreement)):.2f}",
        ],
        ["replicates in which one move changes what coalitions can do", percent(found.tipping)],
        ["blocs that stand wholly in one of them", f"{whole(blocs)} of {len(blocs)}"],
    ]
    return Table("How clear the coalitions are", ["over all replicates", ""], rows)


def second(found: Found) -> Table:
    """What Louvain finds in single replicates."""
    head = ["replicate", "coalitions", "modularity", "Louvain's", "its modularity", "adjusted Rand"]
    rows = [
        [
            str(one.replicate + 1),
            str(one.coalitions),
            f"{one.modularity:.2f}",
            str(one.louvain_coalitions),
            f"{one.louvain_modularity:.2f}",
            f"{one.adjusted_rand:.2f}",
        ]
        for one in found.second
    ]
    names = ("coalitions", "modularity", "louvain_coalitions", "louvain_modularity", "adjusted_rand")
    means = [mean_of(found.second, name) for name in names]
    rows.append(
        ["mean", *(f"{value:.{digits}f}" for value, digits in zip(means, (1, 2, 1, 2, 2), strict=True))]
    )
    return Table("Would Louvain find the same in single replicates?", head, rows)
