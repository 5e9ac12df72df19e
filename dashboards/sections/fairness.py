"""Is what was agreed fair, and who paid for the agreement?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards import figures
from dashboards.figures.burden import burden_rows, group_median
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture, signed
from dashboards.sections._section import Drawn, Section, Table
from simulation.analyses.burden import Burden, Group, burden, envy
from simulation.analyses.fairness import Fairness, fairness
from simulation.analyses.wording import listing, percent, spoken
from simulation.results import counted

TITLE, GROUP = "Who gains, and who paid", "The text"
PLACE = 90
NAMED = 3
LISTED = 8
LEAST = 0.0005  # gain units; less is printed as nothing
HEAD = ("delegation", "gain as tabled", "gain at the end", "change", "envy")


class Told(NamedTuple):
    """What is told of one text: gains by replicate (R, N), four measures of fairness as tabled and at the end
    (R,), and envy (R, N)."""

    found: Burden
    before: Fairness
    after: Fairness
    envy: NDArray[np.floating]


def told(results: Any, text: str) -> Told:
    """Work out fairness and burden on a text."""
    found = burden(results, text)
    return Told(found, fairness(found.tabled), fairness(found.end), envy(found.end))


def section(results: Any, found: Known) -> Section:
    """Gains by group and delegation, four measures of fairness, and who paid for the agreement."""
    data = results.data
    texts = list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True))
    groups = burden_rows(results)
    known = {text: told(results, text) for text, _ in texts}
    first, title = texts[0]
    return Section(
        title=TITLE,
        question="Is what was agreed fair, and who gave something up for it?",
        sentences=sentences(results, title, known[first]),
        pictures=[
            Drawn(
                "burden",
                "",
                {text: drawn(results, text, known[text], groups) for text, _ in texts},
                texts,
                "Text",
            )
        ],
        tables=[measures(known, texts), *(_extremes(results, known[text], title) for text, title in texts)],
    )


def sentences(results: Any, title: str, one: Told) -> list[str]:
    """The answer for one text in words."""
    names = [spoken(str(name)) for name in counted(results.data).name.values]
    change = np.median(one.found.change, axis=0)
    won = [row for row in np.argsort(-change, kind="stable")[:NAMED] if change[row] > LEAST]
    paid = [row for row in np.argsort(change, kind="stable")[:NAMED] if change[row] < -LEAST]
    gaining, before = (float(np.median(of.gaining)) for of in (one.after, one.before))
    said = [
        f"At the end the {title} brings {percent(gaining)} of delegations more than no text would, and as it"
        f" was tabled {percent(before)} (medians over the replicates).",
    ]
    by_name = [f"{name} ({signed(value, 3)})" for name, value in zip(names, change.tolist(), strict=True)]
    if won:
        said.append(f"Most was won by redrafting for {listing([by_name[row] for row in won])}.")
    if paid:
        said.append(f"Most was paid by {listing([by_name[row] for row in paid])}.")
    elif won:
        said.append("Nobody is worse off in the median than with the text as it was tabled.")
    else:
        said.append("Redrafting changed nobody's gain in the median.")
    return said


def drawn(results: Any, text: str, one: Told, groups: list[Group]) -> Picture:
    """The picture of one text, its finding and its table by group."""
    rows = [
        [
            group.name,
            str(int(group.members.sum())),
            *(signed(group_median(values, group), 3) for values in (one.found.tabled, one.found.end)),
        ]
        for group in groups
    ]
    best = max(groups, key=lambda group: group_median(one.found.end, group), default=None)
    worst = min(groups, key=lambda group: group_median(one.found.end, group), default=None)
    finding = (
        f"Best served at the end: {best.name} ({signed(group_median(one.found.end, best), 3)}); worst:"
        f" {worst.name} ({signed(group_median(one.found.end, worst), 3)})."
        if best and worst
        else "No group has three delegations here."
    )
    figure = figures.FIGURES["burden"](results, text, one.found, groups)
    return picture(figure, finding, ["group", "delegations", "gain as tabled", "gain at the end"], rows)


def measures(known: dict[str, Told], texts: list[tuple[str, str]]) -> Table:
    """Four measures of fairness a text, as tabled and at the end."""
    rows = []
    for text, title in texts:
        for word, of in (("as tabled", known[text].before), ("at the end", known[text].after)):
            gini = float(np.nanmedian(of.gini)) if not np.isnan(of.gini).all() else np.nan
            rows.append(
                [
                    f"{title}, {word}",
                    percent(float(np.median(of.gaining))),
                    signed(float(np.median(of.smallest)), 3),
                    "–" if np.isnan(gini) else f"{gini:.2f}",
                    f"{float(np.median(of.nash)):.3f}",
                ]
            )
    head = ["text", "share that gains", "smallest gain", "Gini of the gains", "Nash product"]
    return Table("Four measures of fairness", head, rows)


def delegation_rows(results: Any, one: Told) -> list[list[Any]]:
    """Each delegation's key, name, gains, change and envy: medians over the replicates."""
    columns = [np.median(of, axis=0) for of in (one.found.tabled, one.found.end, one.found.change, one.envy)]
    data = counted(results.data)
    return [
        [str(key), str(name), *(float(column[row]) for column in columns)]
        for row, (key, name) in enumerate(zip(data.country.values, data.name.values, strict=True))
    ]


def _extremes(results: Any, one: Told, title: str) -> Table:
    """Those who won and paid most, with their envy."""
    rows = sorted(delegation_rows(results, one), key=lambda row: -row[4])
    kept = rows if len(rows) <= 2 * LISTED else rows[:LISTED] + rows[-LISTED:]
    words = [[row[1], *(signed(value, 3) for value in row[2:5]), f"{row[5]:.3f}"] for row in kept]
    return Table(f"Who won and who paid most: {title}", HEAD, words)
