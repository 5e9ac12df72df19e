"""Pictures of coalitions: who stands with whom, round by round, at the end, and over all replicates."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures._seriation import coalition_of
from dashboards.figures.life_lines import telling_rounds
from dashboards.groups import labels_by_round
from dashboards.pictures._picture import Picture, picture
from dashboards.words import letter
from simulation.analyses.lives import events
from simulation.analyses.wording import day, listing, number, percent, sentence_case, spoken

NAMED = 6  # how many delegations are named where several moved
COMPANIONS = 3  # how many companions of a delegation the table names


def coalitions(results: Any) -> Picture:
    data = results.data
    labels = labels_by_round(data)
    found = [label for label in range(labels.max() + 1) if (labels == label).any()]
    sizes = [[int((row == label).sum()) for label in found] for row in labels]
    dates = [day(str(date)) for date in data.date.values]
    happened = ["; ".join(told) for told in _lives(labels, data.name.values)]
    rows = [[date, *size, told] for date, size, told in zip(dates, sizes, happened, strict=True)]
    ended = [f"{letter(label)} with {size}" for label, size in zip(found, sizes[-1], strict=True) if size]
    moved = int((labels[0] != labels[-1]).sum())
    finding = (
        f"In the first replicate {listing(ended)} delegations stand at the end; "
        f"{moved or 'no'} delegations ended elsewhere than they began."
    )
    head = ["date", *(letter(label) for label in found), "who came and went"]
    return picture(figures.FIGURES["coalitions"](results), finding, head, rows, _standing(sizes[-1]))


def _standing(sizes: list[int]) -> str:
    """How many coalitions stand at the end, and how large they are."""
    here = sorted((str(size) for size in sizes if size), key=int, reverse=True)
    if len(here) < 2:
        return f"One coalition of {here[0]} stands at the end" if here else "No coalition stands at the end"
    many = sentence_case(number(len(here)))
    return f"{many} coalitions stand at the end, of {listing(here, NAMED)} delegations"


def _lives(labels: np.ndarray, names: np.ndarray) -> list[list[str]]:
    """What happened to the coalitions in each round after the opening, in words."""
    told: list[list[str]] = [[] for _ in labels]
    for event in events(labels):
        if event.round == 0:
            continue
        who = listing([spoken(str(names[member])) for member in event.members], NAMED)
        coalition, other = letter(event.coalition), letter(event.other if event.other is not None else -1)
        told[event.round].append(
            {
                "born": f"{coalition} forms: {who}",
                "split": f"{coalition} splits from {other}: {who}",
                "joined": f"{who} to {coalition}",
                "left": f"{who} out of {coalition}",
                "merged": f"{coalition} merges into {other}",
                "died": f"{coalition} dissolves",
            }[event.kind]
        )
    return told


def life_lines(results: Any) -> Picture:
    """Which delegations went from one coalition to another between the days that the figure shows."""
    data = results.data
    labels = labels_by_round(data)
    shown = telling_rounds(labels)
    names = data.name.values
    dates = [day(str(data.date.values[index])) for index in shown]
    rows = []
    for place, (before, after) in enumerate(zip(shown, shown[1:], strict=False)):
        for old, new in sorted({*zip(labels[before].tolist(), labels[after].tolist(), strict=True)}):
            if old == new:
                continue
            who = np.flatnonzero((labels[before] == old) & (labels[after] == new))
            going = listing([spoken(str(names[row])) for row in who])
            rows.append([dates[place], dates[place + 1], letter(old), letter(new), str(len(who)), going])
    opening, end = labels[0], labels[-1]
    sizes = [
        f"{letter(label)} goes from {(opening == label).sum()} to {(end == label).sum()} members"
        for label in sorted(set(labels[[0, -1]].ravel().tolist()) - {-1})
    ]
    first, last = int((opening == -1).sum()), int((end == -1).sum())
    alone = f"{first} delegations stand alone at first and {last} at the end" if first or last else ""
    finding = f"From the opening to {dates[-1]}: {'; '.join([*sizes, *filter(None, [alone])])}."
    head = ["from", "until", "out of", "to", "how many", "who"]
    return picture(figures.FIGURES["life-lines"](results), finding, head, rows, _changed_most(opening, end))


def _changed_most(opening: np.ndarray, end: np.ndarray) -> str:
    """Which coalition grew or shrank most."""
    size = {
        label: (int((opening == label).sum()), int((end == label).sum()))
        for label in sorted({*opening.tolist(), *end.tolist()} - {-1})
    }
    most = max(size, key=lambda label: abs(size[label][1] - size[label][0]), default=-1)
    if most < 0 or size[most][0] == size[most][1]:
        return "Every coalition ends as large as it began"
    return f"Coalition {letter(most)} changes most, from {size[most][0]} to {size[most][1]} members"


def together(results: Any) -> Picture:
    """How often delegations end in one coalition."""
    data = results.data
    share, labels, names = data.together.values.astype(float), coalition_of(data), data.name.values
    settled = data.settled.values.astype(float)
    others = ~np.eye(len(names), dtype=bool)
    same = (labels[:, None] == labels) & (labels[:, None] >= 0) & others
    apart = (labels[:, None] != labels) & others
    rows = []
    for row in np.lexsort((names.astype(str), np.where(labels < 0, len(labels), labels))).tolist():
        ranked = [one for one in np.argsort(-share[row], kind="stable").tolist() if one != row][:COMPANIONS]
        near = listing([f"{spoken(str(names[one]))} ({percent(share[row, one])})" for one in ranked])
        rows.append([str(names[row]), letter(int(labels[row])), percent(float(settled[row])), near])
    means = [percent(float(share[pairs].mean())) if pairs.any() else "" for pairs in (same, apart)]
    parts = [
        f"two delegations of {which} end together in {mean} of replicates"
        for which, mean in zip(("one coalition", "different coalitions, or alone,"), means, strict=True)
        if mean
    ]
    finding = f"On the average, {listing(parts)}."
    headline = f"Partners in a coalition end together in {means[0]} of replicates, others in {means[1]}"
    head = ["delegation", "coalition", "how settled", "most often together with"]
    return picture(figures.FIGURES["together"](results), finding, head, rows, headline if all(means) else "")
