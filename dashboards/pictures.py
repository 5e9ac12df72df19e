"""Each picture of the report with the finding it shows, in words, and its numbers as a table."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures._style import LEANS
from dashboards.figures.start import STEPS, leanings
from dashboards.figures.timeline import statements
from dashboards.summary import Summary
from dashboards.words import day, letter, percent, span

Picture = dict[str, Any]


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
            *(
                f"{middle:.0f} ({span(low, high)})"
                for low, middle, high in (one.endorsing, one.studying, one.opposing)
            ),
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
    data = results.data.sel(text=text)
    counts = {
        name: np.quantile(data[name].values, [0.1, 0.5, 0.9], axis=0)
        for name in ("endorsing", "studying", "opposing")
    }
    rows = [
        [
            day(str(date)),
            *(
                f"{middle[place]:.0f} ({span(low[place], high[place])})"
                for low, middle, high in counts.values()
            ),
        ]
        for place, date in enumerate(data.date.values)
    ]
    low, middle, high = counts["endorsing"][:, -1]
    finding = (
        f"By {day(str(data.date.values[-1]))}, {middle:.0f} of {data.sizes['country']} delegations endorse "
        f"{data.text_title.item()} (middle 80 % of the replicates: {span(low, high)}), "
        f"{counts['opposing'][1, -1]:.0f} oppose it and {counts['studying'][1, -1]:.0f} study it."
    )
    return _picture(figures.FIGURES["support"](results, text), finding, ["date", *counts], rows)


def _coalitions(results: Any) -> Picture:
    data = results.data
    labels = np.asarray(data.coalition_by_round.values)
    sizes = [[int((row == label).sum()) for label in range(labels.max() + 1)] for row in labels]
    head = ["date", *(f"coalition {letter(label)}" for label in range(labels.max() + 1))]
    rows = [[day(str(date)), *row] for date, row in zip(data.date.values, sizes, strict=True)]
    ended = [f"{letter(label)} with {size}" for label, size in enumerate(sizes[-1]) if size > 1]
    moved = int((labels[0] != labels[-1]).sum())
    finding = (
        f"In the first replicate {len(ended)} coalitions stand at the end: {', '.join(ended)} delegations. "
        f"{moved} delegations ended in another coalition than they began in."
    )
    return _picture(figures.FIGURES["coalitions"](results), finding, head, rows)


def _timeline(results: Any) -> Picture:
    said = statements(results)
    head = ["date", "speaker", "what was said", "rung", "reported by", "endorses in the model by then"]
    rows = [
        [
            day(row["date"]),
            f"{row['speaker']} for {row['on_behalf_of']}" if row["on_behalf_of"] else row["speaker"],
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
