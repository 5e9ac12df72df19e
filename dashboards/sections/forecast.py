"""What would classic models have foreseen, and where does Plenary lie among them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture
from dashboards.sections._section import Drawn, Section, Table
from dashboards.words import with_span
from simulation import reference_models
from simulation.analyses.forecast import (
    Ended,
    Forecasts,
    apart,
    disagreement,
    ended,
    forecasts,
    too_large,
)
from simulation.analyses.wording import listing

TITLE, GROUP = "What classic models foresee", "How sure"
PLACE = 110


def section(results: Any, found: Known) -> Section | None:
    """Every model's outcome by issue beside Plenary's band, how far they disagree, and which lies nearest."""
    if too_large(results.scenario):
        return None
    data = results.data
    told, own = forecasts(results.scenario), ended(results)
    issues, texts = data.issue_title.values.tolist(), data.text_title.values.tolist()
    left_out = [name for name in reference_models.names() if name not in {one.name for one in told.models}]
    tables = [nearness(told, own, texts), notes(told)]
    if left_out:
        titles = [reference_models.find(name).title for name in left_out]
        tables.append(
            Table("Models that take long in a large room", ["left out here"], [[title] for title in titles])
        )
    return Section(
        title=TITLE,
        question="What would other models and naive baselines have said, and how far do they disagree?",
        sentences=sentences(issues, told, own, texts),
        pictures=[Drawn("forecast", "", {"": drawn(results, told, own)})],
        tables=tables,
    )


def sentences(
    issues: Sequence[str], told: Forecasts, own: Ended | None = None, texts: Sequence[str] = ()
) -> list[str]:
    """The answer in words: where models disagree most and least, and where Plenary lies among them."""
    low, high, width = disagreement(told.others)
    if np.isnan(width).all():
        return ["No model has anything to say: no position is known."]
    most, least = int(np.nanargmax(width)), int(np.nanargmin(width))
    said = [
        f"The models disagree most on “{issues[most]}”: what they foresee runs from {low[most]:.0f}"
        f" ({_who(told, most, low)}) to {high[most]:.0f} ({_who(told, most, high)})."
    ]
    if least != most:
        said.append(f"They agree most on “{issues[least]}”, where they lie {width[least]:.0f} points apart.")
    if own is None:
        return said
    inside = within(told, own)
    said.append(
        f"Plenary's most supported text ends between the lowest and the highest of them on"
        f" {inside.sum()} of {len(issues)} issues, in the median."
    )
    text = int(own.share.argmax())
    away = apart(own.texts, told.outcomes)[text]
    if not np.isnan(away).all():
        near = int(np.nanargmin(away))
        said.append(
            f"Nearest to where the {texts[text]} ends lies the {told.models[near].title}, on average"
            f" {away[near]:.1f} points away{_baseline(told, away, near)}."
        )
    return said


def within(told: Forecasts, own: Ended) -> np.ndarray:
    """Whether the median of Plenary's most supported text lies in the range of the models (K,)."""
    low, high, _ = disagreement(told.others)
    return (low <= own.band[1]) & (own.band[1] <= high)


def drawn(results: Any, told: Forecasts, own: Ended) -> Picture:
    """The picture, its finding and its table by issue."""
    issues = results.data.issue_title.values.tolist()
    rows = issue_rows(issues, told, own)
    width = disagreement(told.others)[2]
    finding = (
        f"The models lie {np.nanmedian(width):.0f} points apart on the issue in the middle, from"
        f" {np.nanmin(width):.0f} to {np.nanmax(width):.0f}."
        if not np.isnan(width).all()
        else "No model has anything to say."
    )
    return picture(figures.FIGURES["forecast"](results, told, own), finding, issue_head(told, True), rows)


def speaking(told: Forecasts) -> list[int]:
    """The places of the models that say something of an issue."""
    return [place for place, row in enumerate(told.outcomes) if not np.isnan(row).all()]


def issue_head(told: Forecasts, own: bool) -> list[str]:
    """The heading over `issue_rows`."""
    titles = [told.models[place].title for place in speaking(told)]
    return ["issue", *titles, "models apart", *(["Plenary, middle 80 %"] if own else [])]


def issue_rows(issues: Sequence[str], told: Forecasts, own: Ended | None = None) -> list[list[str]]:
    """By issue what each model foresees, how far the models lie apart, and Plenary's median and band."""
    apart_by = disagreement(told.others)[2]
    return [
        [
            issue,
            *(number(told.outcomes[place, k]) for place in speaking(told)),
            number(apart_by[k]),
            *([] if own is None else [with_span(*(own.band[[0, 1, 2], k]))]),
        ]
        for k, issue in enumerate(issues)
    ]


def nearness(told: Forecasts, own: Ended, texts: Sequence[str]) -> Table:
    """How far each text ends from what each model foresees, nearest model first."""
    away = apart(own.texts, told.outcomes)
    kept = [place for place in speaking(told) if not np.isnan(away[:, place]).all()]
    order = sorted(
        kept, key=lambda place: float(np.nan_to_num(away[int(own.share.argmax()), place], nan=999))
    )
    rows = [[told.models[place].title, *(number(value, 1) for value in away[:, place])] for place in order]
    inside = f"Plenary inside their range on {within(told, own).sum()} of {len(own.band[0])} issues"
    return Table(
        f"Points between what a model foresees and where a text ends; {inside}", ["model", *texts], rows
    )


def notes(told: Forecasts) -> Table:
    """What each model adds in words."""
    rows = [
        [model.title, "; ".join(said)] for model, said in zip(told.models, told.notes, strict=True) if said
    ]
    return Table("What the models add", ["model", "note"], rows)


def number(value: float, digits: int = 0) -> str:
    """A number of a table, a dash where there is none."""
    return "–" if np.isnan(value) else f"{value:.{digits}f}"


def _who(told: Forecasts, issue: int, end: np.ndarray) -> str:
    """The models at one end of the range on an issue."""
    at = [
        model.title
        for model, outcome in zip(told.models, told.outcomes[:, issue], strict=True)
        if not model.baseline and outcome == end[issue]
    ]
    return listing(at)


def _baseline(told: Forecasts, away: np.ndarray, near: int) -> str:
    """How near the best of the naive baselines comes, where it is not the nearest of all."""
    naive = [place for place, model in enumerate(told.models) if model.baseline and not np.isnan(away[place])]
    if told.models[near].baseline or not naive:
        return ", a naive baseline" if told.models[near].baseline else ""
    best = min(naive, key=lambda place: float(away[place]))
    return f"; the nearest naive baseline, the {told.models[best].title}, lies {away[best]:.1f} points away"
