"""Each picture of the report with the finding it shows, in words, and its numbers as a table."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures._style import LEANS
from dashboards.figures.start import STEPS, leanings
from dashboards.figures.timeline import speaker, statements
from dashboards.groups import labels_by_round
from dashboards.summary import Summary, bands
from dashboards.words import letter, span, with_span
from simulation.analyses.lives import events
from simulation.analyses.wording import day, listing, percent, spoken

Picture = dict[str, Any]
NAMED = 6  # how many delegations are named where several moved


def pictures(results: Any) -> dict[str, dict[str, Picture]]:
    """Every picture by name, and for each of its choices (an empty word where there is none to make)."""
    texts = results.data.text.values.tolist()
    made = {
        "support": {text: _support(results, text) for text in texts},
        "coalitions": {"": _coalitions(results)},
        "timeline": {"": _timeline(results)},
        "start": {"": _start(results)},
    }
    if not statements(results):
        del made["timeline"]
    return made


def support_at_the_end(answer: Summary) -> dict[str, list]:
    """The table of texts after the last round."""
    head = [
        "text",
        "endorsing",
        "studying",
        "opposing",
        "leaning towards it",
        "adopted in",
        "notional vote passes in",
    ]
    rows = [
        [
            one.title,
            *(with_span(*band) for band in (one.endorsing, one.studying, one.opposing)),
            f"{one.leaning:.0f}",
            percent(one.adopted),
            percent(one.vote_passed),
        ]
        for one in answer.texts
    ]
    return {"head": head, "rows": rows}


def _picture(figure: Any, finding: str, head: list[str], rows: list[list]) -> Picture:
    return {"figure": json.loads(figure.to_json()), "finding": finding, "table": {"head": head, "rows": rows}}


def _support(results: Any, text: str) -> Picture:
    data = results.data
    counts = {count: bands(data, count, text) for count in ("endorsing", "studying", "opposing")}
    dates = [day(str(date)) for date in data.date.values]
    rows = [
        [date, *(with_span(*band[:, index]) for band in counts.values())] for index, date in enumerate(dates)
    ]
    (low, endorsing, high), (_, studying, _), (_, opposing, _) = (band[:, -1] for band in counts.values())
    finding = (
        f"By {dates[-1]}, {endorsing:.0f} of {data.sizes['country']} delegations endorse it "
        f"({span(low, high)} in the middle 80 % of replicates), "
        f"{opposing:.0f} oppose it in public and {studying:.0f} study it."
    )
    return _picture(figures.FIGURES["support"](results, text), finding, ["date", *counts], rows)


def _coalitions(results: Any) -> Picture:
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
    return _picture(figures.FIGURES["coalitions"](results), finding, head, rows)


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


def _timeline(results: Any) -> Picture:
    said = statements(results)
    head = ["date", "speaker", "what was said", "rung", "reported by", "endorses in the model by then"]
    rows = [
        [
            day(row["date"]),
            speaker(row),
            row["sentence"],
            row["wording"] or "",
            row["reported_by"],
            "" if row["model"] is None else f"{percent(row['model'])} of replicates",
        ]
        for row in said
    ]
    finding = f"{len(said)} statements on the record fall within the run; the model is not told any of them."
    return _picture(figures.FIGURES["timeline"](results), finding, head, rows)


def _start(results: Any) -> Picture:
    counts = leanings(results)
    titles = results.data.text_title.values.tolist()
    rows = [
        [title, step, *(f"{counts[step][lean][place]:.0f}" for lean in LEANS)]
        for place, title in enumerate(titles)
        for step in STEPS
    ]
    parts = [
        f"{title} {counts[STEPS[1]][1][place]:.0f} at first, {counts[STEPS[2]][1][place]:.0f} at the end"
        for place, title in enumerate(titles)
    ]
    finding = "Leaning favourable: " + "; ".join(parts) + "."
    return _picture(
        figures.FIGURES["start"](results),
        finding,
        ["text", "step", *(mark.word for mark in LEANS.values())],
        rows,
    )
