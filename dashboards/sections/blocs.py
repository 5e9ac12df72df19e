"""Do declared blocs match the coalitions, who stands between these, and would another method find them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.coalition_tables import (
    blocs_table,
    cohesion_by_text,
    hinges,
    overall,
    powers,
    second,
    whole,
)
from dashboards.coalitions import Bloc, Coalition, Found, blocs_in, found_in, mean_of
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section
from dashboards.words import letter
from simulation.analyses.wording import day, listing, number, percent, spoken

TITLE, GROUP = "What holds coalitions together, and who could tip them", "Who stands together"
PLACE = 50
NAMED = 3  # hinge members that a sentence names
BETWEEN = 0.05  # participation from which a sentence names a delegation


def section(results: Any, found: Known) -> Section | None:
    """Blocs against coalitions, what coalitions could do, hinge members, and Louvain's second opinion."""
    here = found_in(results)
    if not here.coalitions:
        return None
    blocs = blocs_in(results, here)
    pictures = []
    if blocs:
        figure, table = figures.FIGURES["blocs"](results, blocs), blocs_table(blocs)
        drawn = picture(figure, company(here, blocs), *table, headline(here, blocs))
        pictures.append(Drawn("blocs", "Blocs against coalitions", {"": drawn}))
    return Section(
        title=TITLE,
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
    alone = f"; {found.alone} stand{'s' if found.alone == 1 else ''} alone" if found.alone else ""
    said = [f"Over all replicates there {some} {_when(results, found)}: {listing(sized)} members{alone}."]
    said += [_told_powers(results, found), _told_hinges(results, found)]
    what = "which coalition is the largest, or what one carries or blocks"
    often = f"In {percent(found.tipping)} of replicates one delegation's move would change {what}."
    said.append(often if found.tipping else f"In no replicate would one delegation's move change {what}.")
    if blocs:
        divided = min(blocs, key=lambda one: one.together)
        said.append(
            f"{whole(blocs)} of {len(blocs)} blocs stand wholly in one coalition; most divided is the bloc"
            f" “{divided.name}”, of which two members stand together in {percent(divided.together)} of the"
            " replicates."
        )
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


def headline(found: Found, blocs: Sequence[Bloc]) -> str:
    """The same in one short line."""
    inside = float(np.mean([one.together for one in blocs]))
    any_two = percent(found.any_two)
    return f"Two members of a bloc end together in {percent(inside)} of replicates, any two in {any_two}"


def company(found: Found, blocs: Sequence[Bloc]) -> str:
    """How often two members of a bloc stand together, against any two delegations."""
    inside = float(np.mean([one.together for one in blocs]))
    return (
        f"On the average over blocs, two members of one stand together in {percent(inside)} of replicates;"
        f" any two delegations do in {percent(found.any_two)}."
    )
