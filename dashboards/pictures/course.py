"""Pictures of the course: how support grew, what was said, and where it started and ended."""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.figures._style import LEANS
from dashboards.figures.start import STEPS, leanings
from dashboards.figures.timeline import speaker, statements
from dashboards.pictures._picture import Picture, picture
from dashboards.summary import Summary, bands
from dashboards.words import span, titled, with_span
from simulation.analyses.wording import day, percent
from simulation.results import counted


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


def support(results: Any, text: str) -> Picture:
    data = results.data
    counts = {count: bands(data, count, text) for count in ("endorsing", "studying", "opposing")}
    dates = [day(str(date)) for date in data.date.values]
    rows = [
        [date, *(with_span(*band[:, index]) for band in counts.values())] for index, date in enumerate(dates)
    ]
    (low, endorsing, high), (_, studying, _), (_, opposing, _) = (band[:, -1] for band in counts.values())
    finding = (
        f"By {dates[-1]}, {endorsing:.0f} of {counted(data).sizes['country']} delegations endorse it "
        f"({span(low, high)} in the middle 80 % of replicates), "
        f"{opposing:.0f} oppose it in public and {studying:.0f} study it."
    )
    title = titled(data.text_title.sel(text=text).item())
    headline = (
        f"{endorsing:.0f} of {counted(data).sizes['country']} delegations endorse {title} by {dates[-1]}"
    )
    return picture(figures.FIGURES["support"](results, text), finding, ["date", *counts], rows, headline)


def timeline(results: Any) -> Picture:
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
    fall = (
        "1 statement on the record falls" if len(said) == 1 else f"{len(said)} statements on the record fall"
    )
    finding = f"{fall} within the run; the model is not told any of them."
    return picture(figures.FIGURES["timeline"](results), finding, head, rows)


def start(results: Any) -> Picture:
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
    first, last = (f"{counts[step][1][0]:.0f}" for step in STEPS[1:3])
    return picture(
        figures.FIGURES["start"](results),
        finding,
        ["text", "step", *(mark.word for mark in LEANS.values())],
        rows,
        f"{first} delegations lean towards {titled(titles[0])} at first, {last} at the end",
    )
