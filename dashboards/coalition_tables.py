"""Tables of coalitions: what they could do, who stands between them, how blocs fit, what Louvain finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboards.coalitions import Bloc, Coalition, Found, mean_of
from dashboards.sections._section import Table
from dashboards.words import letter
from simulation.analyses.wording import listing, percent, spoken

FIRST = 3  # members named as the first to move
LISTED = 12  # hinge members that the table lists
ABLE = ("is the largest", "carries a text alone", "blocks a text alone")


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
            "no" if not able else "yes" if moves is None else f"until {moves} move"
            for able, moves in zip(one.able, one.until, strict=True)
        ]
        first = first_to_move(found, one)
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


def first_to_move(found: Found, one: Coalition) -> list[int]:
    """The members of a coalition of highest participation."""
    return [row for row in found.hinges() if found.number[row] == one.number][:FIRST]


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
        ["delegations that stand alone", str(found.alone)],
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


def whole(blocs: Sequence[Bloc]) -> int:
    """How many blocs stand wholly in one coalition."""
    return sum(max(one.shares.values(), default=0.0) == 1 for one in blocs)
